package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in docs/data.md compiles. */
class GuideTest {
  private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path classes;

  @Test
  void everySampleCompiles() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "."));
    Matcher samples =
        SAMPLE.matcher(Files.readString(module.resolve("..").resolve("docs").resolve("data.md")));
    int count = 0;
    while (samples.find()) {
      count++;
      assertThat(errors("Sample" + count, samples.group(1))).isEmpty();
    }
    assertThat(count).isEqualTo(2);
    assertThat(errors("Wrong", "Tensor t = Mnist.sample();")).hasSize(1);
  }

  private List<String> errors(String name, String body) {
    String source =
        "import dev.elbo.data.*; import dev.elbo.tensor.*; import java.nio.file.Path; class "
            + name
            + " { void run() {\n"
            + body
            + "}}";
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    compiler.getTask(null, null, found, options, null, List.of(file)).call();
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(Object::toString)
        .toList();
  }
}
