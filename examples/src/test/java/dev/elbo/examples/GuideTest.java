package dev.elbo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.cli.demo.JavaCode;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.constraints.Constraints;
import dev.elbo.nn.initializers.Initializers;
import dev.elbo.nn.layers.Layers;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.metrics.Metrics;
import dev.elbo.nn.optimizers.Optimizers;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The Java code in the README and in docs compiles, in samples and in the tables of some pages. */
class GuideTest {
  private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FENCE = Pattern.compile("```java");

  /** How a page says that its samples are the bodies of methods with these parameters. */
  private static final Pattern GIVEN = Pattern.compile("<!-- samples are given: ([^>]*) -->");

  /** How a page says that the cells of its tables are Java, and what they are given. */
  private static final Pattern CELLS = Pattern.compile("<!-- cells are given: (.*) -->");

  private static final Pattern TYPE =
      Pattern.compile("^ *(public |static |final )*(class|record) ", Pattern.MULTILINE);
  private static final String IMPORTS =
      """
      import static dev.elbo.nn.activations.Activations.*;
      import static dev.elbo.nn.constraints.Constraints.*;
      import static dev.elbo.nn.regularizers.Regularizers.*;
      import dev.elbo.cli.linear.PathPlots;
      import dev.elbo.cli.linear.SavedModel;
      import dev.elbo.data.*;
      import dev.elbo.linear.*;
      import dev.elbo.nn.*;
      import dev.elbo.nn.callbacks.*;
      import dev.elbo.nn.config.Config;
      import dev.elbo.nn.constraints.*;
      import dev.elbo.nn.initializers.*;
      import dev.elbo.nn.layers.*;
      import dev.elbo.nn.losses.*;
      import dev.elbo.nn.metrics.Accuracy;
      import dev.elbo.nn.metrics.BinaryAccuracy;
      import dev.elbo.nn.metrics.CategoricalAccuracy;
      import dev.elbo.nn.metrics.Metric;
      import dev.elbo.nn.metrics.MetricFunction;
      import dev.elbo.nn.metrics.SparseCategoricalAccuracy;
      import dev.elbo.nn.optimizers.*;
      import dev.elbo.nn.regularizers.*;
      import dev.elbo.tensor.*;
      import dev.elbo.tensor.internal.graph.Backward;
      import dev.elbo.tensor.internal.primitive.Unary;
      import dev.elbo.vae.*;
      import java.awt.image.BufferedImage;
      import java.awt.image.DataBufferByte;
      import java.io.IOException;
      import java.io.PrintStream;
      import java.nio.charset.StandardCharsets;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.sql.Connection;
      import java.sql.DriverManager;
      import java.sql.ResultSet;
      import java.sql.Statement;
      import java.util.ArrayList;
      import java.util.Arrays;
      import java.util.LinkedHashMap;
      import java.util.List;
      import java.util.Locale;
      import java.util.Map;
      import java.util.Optional;
      import java.util.OptionalDouble;
      import java.util.OptionalLong;
      import java.util.Set;
      import java.util.function.Consumer;
      import java.util.function.Function;
      import java.util.stream.IntStream;
      import java.util.stream.Stream;
      import javax.imageio.ImageIO;
      """;

  @TempDir private Path classes;

  private static Path root() {
    return Path.of(System.getProperty("basedir", ".")).resolve("..").normalize();
  }

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(root().resolve("docs"))) {
      List<Path> guides = docs.filter(file -> file.toString().endsWith(".md")).sorted().toList();
      return Stream.concat(Stream.of(root().resolve("README.md")), guides.stream());
    }
  }

  /** Pages that have no Java: lists of pages, decisions, and what is done in a shell. */
  private static boolean mayHaveNone(Path page) {
    return page.endsWith("docs/README.md")
        || page.getFileName().toString().startsWith("benchmarks")
        || page.endsWith("docs/command.md")
        || page.endsWith("docs/run-the-benchmarks.md")
        || page.getParent().endsWith("adr");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everySampleCompiles(Path page) throws IOException {
    String text = Files.readString(page);
    Matcher samples = SAMPLE.matcher(text.replaceAll("(?m)^ {3,5}(?=```)", ""));
    Matcher given = GIVEN.matcher(text);
    Optional<String> parameters = given.find() ? Optional.of(given.group(1)) : Optional.empty();
    int count = 0;
    while (samples.find()) {
      count++;
      assertThat(errorsOfSample("Sample" + count, samples.group(1), parameters))
          .as(page.toString())
          .isEmpty();
    }
    assertThat(count)
        .as("samples found of those that %s begins", page)
        .isEqualTo((int) FENCE.matcher(text).results().count());
    if (!mayHaveNone(page)) {
      assertThat(count).as("samples in %s", page).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCellCompiles(Path page) throws IOException {
    String text = Files.readString(page);
    Matcher given = CELLS.matcher(text);
    if (given.find()) {
      List<String> statements = TableCells.statements(text);
      assertThat(statements).as("cells of %s", page).isNotEmpty();
      assertThat(errorsOfCells(given.group(1), statements)).as(page.toString()).isEmpty();
    }
  }

  /** The page for those who come from Keras. */
  @Test
  void whatIsRegisteredHasARow() throws IOException {
    String page = Files.readString(root().resolve("docs/from-keras.md"));
    String statements = String.join("\n", TableCells.statements(page));

    Stream.of(
            Layers.registry(),
            Losses.registry(),
            Optimizers.registry(),
            Metrics.registry(),
            Initializers.registry(),
            Constraints.registry())
        .flatMap(registry -> registry.names().stream())
        .forEach(name ->
            assertThat(statements)
                .as("docs/from-keras.md: a row for %s", name)
                .contains(name + ".of("));
    Activations.registry()
        .names()
        .forEach(name ->
            assertThat(page)
                .as("docs/from-keras.md: a row for the activation %s", name)
                .containsPattern("\\| .*`" + name + "`.* \\|"));
  }

  @Test
  void aWrongCellFails() {
    String table =
        """
        | Keras | Elbo | function | x settings and defaults |
        |---|---|---|---|
        | `Dense(1)` | `Dense.of(1)`, also `RELU` | `huber` | `useBias(true)`, `alpha` |
        | `Dense(1)` | `Dense.of()` | `dense` | `useBias("yes")` |
        """;
    List<String> statements = TableCells.statements(table);

    assertThat(statements)
        .containsExactly(
            "Dense.of(1);",
            "Object cell = RELU;",
            "Losses.huber(y, x);",
            "Dense.of(1).useBias(true);",
            "Dense.of();",
            "Losses.dense(y, x);",
            "Dense.of().useBias(\"yes\");");
    assertThat(errorsOfCells("Tensor x, Tensor y", statements.subList(0, 4))).isEmpty();
    assertThat(errorsOfCells("Tensor x, Tensor y", statements)).hasSize(3);
  }

  /** Pages of benchmarks on other machines are written by a tool, which lists them in its own. */
  @Test
  void everyPageIsListed() throws IOException {
    Path docs = root().resolve("docs");
    for (Path page : pages().toList()) {
      if (page.startsWith(docs) && !page.endsWith("docs/README.md")) {
        boolean machine = page.getFileName().toString().startsWith("benchmarks-");
        Path index = docs.resolve(machine ? "benchmarks.md" : "README.md");
        assertThat(Files.readString(index))
            .as(index.toString())
            .contains("(" + docs.relativize(page) + ")");
      }
    }
  }

  @Test
  void aWrongSampleFails() {
    assertThat(errorsOfSample("Wrong", "Tensor t = Mnist.sample();", Optional.empty())).hasSize(1);
  }

  /** What {@code elbo demo} prints, for each kind of data. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mnist.sample()",
        "FashionMnist.load()",
        "ImageSplits.load(Path.of(\"C:\\\\my \\\"digits\\\"\"))"
      })
  void theProgramOfTheDemoCompiles(String data) {
    JavaCode code =
        new JavaCode(Path.of("a \"b\"/model.elbo"), Shape.of(28, 28), 20, data, -1L << 40, 8);

    assertThat(errors("UseModel", code.program())).isEmpty();
    assertThat(errors("UseModel", code.program().replace("Vae.load", "Vae.read"))).hasSize(1);
  }

  /** A sample with a type is that type, unless the page gives its samples something. */
  private List<String> errorsOfSample(String name, String body, Optional<String> parameters) {
    String inside =
        TYPE.matcher(body).find() && parameters.isEmpty()
            ? body
            : "void run(" + parameters.orElse("") + ") throws Exception {\n" + body + "}";
    return errors(name, IMPORTS + "class " + name + " {\n" + inside + "}");
  }

  private List<String> errorsOfCells(String parameters, List<String> statements) {
    StringBuilder methods = new StringBuilder();
    for (int i = 0; i < statements.size(); i++) {
      methods.append("void cell" + i + "(" + parameters + ") throws Exception {\n");
      methods.append(statements.get(i)).append("\n}\n");
    }
    return errors("Cells", IMPORTS + "class Cells {\n" + methods + "}");
  }

  private List<String> errors(String name, String source) {
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
