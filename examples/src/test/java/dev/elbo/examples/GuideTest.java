package dev.elbo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java code in the README and in docs compiles. */
class GuideTest {
  private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE =
      Pattern.compile("^ *(public |static |final )*(class|record) ", Pattern.MULTILINE);
  private static final String IMPORTS =
      """
      import static dev.elbo.nn.activations.Activations.*;
      import static dev.elbo.nn.regularizers.Regularizers.*;
      import dev.elbo.data.*;
      import dev.elbo.nn.*;
      import dev.elbo.nn.layers.*;
      import dev.elbo.nn.losses.*;
      import dev.elbo.nn.metrics.Accuracy;
      import dev.elbo.nn.optimizers.*;
      import dev.elbo.tensor.*;
      import dev.elbo.tensor.internal.graph.Backward;
      import dev.elbo.tensor.internal.primitive.Unary;
      import dev.elbo.vae.*;
      import java.nio.file.Path;
      import java.util.List;
      import java.util.Map;
      """;

  @TempDir private Path classes;

  static Stream<Path> pages() throws IOException {
    Path root = Path.of(System.getProperty("basedir", ".")).resolve("..").normalize();
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(
          Stream.of(root.resolve("README.md")),
          docs.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream())
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everySampleCompiles(Path page) throws IOException {
    Matcher samples = SAMPLE.matcher(Files.readString(page).replaceAll("(?m)^ {3,5}(?=```)", ""));
    int count = 0;
    while (samples.find()) {
      count++;
      assertThat(errors("Sample" + count, samples.group(1))).as(page.toString()).isEmpty();
    }
  }

  @Test
  void aWrongSampleFails() {
    assertThat(errors("Wrong", "Tensor t = Mnist.sample();")).hasSize(1);
  }

  private List<String> errors(String name, String body) {
    String inside = TYPE.matcher(body).find() ? body : "void run() {\n" + body + "}";
    String source = IMPORTS + "class " + name + " {\n" + inside + "}";
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, found, options, null, List.of(file))
        .call();
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(Object::toString)
        .toList();
  }
}
