package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.constraints.Constraints;
import dev.elbo.nn.initializers.Initializers;
import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.nn.layers.Layers;
import dev.elbo.nn.losses.Losses;
import dev.elbo.nn.regularizers.Regularizers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The families that are whole, held against Keras's lists in keras/names.md: nothing is missing but
 * what is named here with its reason, and every member has golden values.
 */
final class CatalogueTest {
  /** Regularizers that Keras has not; they have tests of their own beside the common ones. */
  private static final Set<String> OWN_REGULARIZERS = Set.of("GroupL2", "Proximal");

  /** A member of Keras that Elbo has not, and why. */
  private static final Map<String, Map<String, String>> LEFT_OUT =
      Map.of(
          "Losses",
          Map.of(
              "CTC", "comes with the layers for sequences that it is for",
              "Circle", "comes with the metric learning that it is for"),
          "Activations",
          Map.of(),
          "Initializers",
          Map.of("STFT", "comes with the layer that it is for, the spectrogram"),
          "Callbacks",
          Map.of(
              "History", "is what fit returns",
              "ProgbarLogger", "is Progress, which fit has on its own",
              "OrbaxCheckpoint", "writes a format of JAX alone",
              "RemoteMonitor", "posts to a server; a LambdaCallback does in a line",
              "SwapEMAWeights", "comes with optimizers that average weights"));

  @Test
  void losses() {
    holds("Losses", ", ", Losses.registry().names());
    assertThat(golden("losses.txt")).isEqualTo(Losses.registry().names());
  }

  @Test
  void activations() {
    holds("Activations", " ", Activations.registry().names());
    assertThat(golden("activations.txt")).isEqualTo(Activations.registry().names());
  }

  /** CallbackConformanceTest has a row for each of the same. */
  @Test
  void callbacks() throws IOException {
    Path sources =
        Path.of(System.getProperty("basedir", ".")).resolve("src/main/java/dev/elbo/nn/callbacks");
    Set<String> members = new LinkedHashSet<>();
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains(" implements Callback {")) {
          members.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    holds("Callbacks", ", ", members);
  }

  @Test
  void initializers() {
    holds("Initializers", ", ", Initializers.registry().names());
  }

  @Test
  void regularizers() {
    String list = line("Regularizers");
    Set<String> expected =
        names(list.substring(list.indexOf(": ") + 2, list.indexOf(". **Constraints")), ", ");
    assertThat(golden("regularizers.txt")).containsAll(expected).contains("GroupL2");
    expected.addAll(OWN_REGULARIZERS);
    assertThat(Regularizers.registry().names()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void constraints() {
    String list = line("Regularizers");
    Set<String> expected = names(list.substring(list.indexOf("**Constraints**: ") + 17), ", ");
    assertThat(expected).hasSize(4);
    assertThat(Constraints.registry().names()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(golden("constraints.txt")).isEqualTo(expected);
  }

  @Test
  void layersOfActivations() {
    String line = line("Layers");
    int start = line.indexOf("activations: ") + "activations: ".length();
    Set<String> expected = names(line.substring(start, line.indexOf(" ·", start)), ", ");
    assertThat(expected).hasSize(6);
    assertThat(Layers.registry().names()).containsAll(expected);
  }

  private static void holds(String family, String separator, Set<String> members) {
    String line = line(family);
    Set<String> expected = names(line.substring(line.indexOf(": ") + 2), separator);
    Set<String> leftOut = LEFT_OUT.getOrDefault(family, Map.of()).keySet();
    assertThat(expected).as("Keras's list of %s", family).hasSizeGreaterThan(10);
    assertThat(expected).as("what is left out").containsAll(leftOut);
    expected.removeAll(leftOut);
    assertThat(members).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The members of a golden file. */
  private static Set<String> golden(String file) {
    return GoldenCase.readAll(file).stream().map(GoldenCase::member).collect(Collectors.toSet());
  }

  private static Set<String> names(String list, String separator) {
    return Arrays.stream(list.replaceAll(" ?\\([^)]*\\)", "").split(separator, -1))
        .map(String::strip)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String line(String family) {
    try (InputStream in = CatalogueTest.class.getResourceAsStream("/keras/names.md")) {
      if (in == null) {
        throw new IllegalStateException("keras/names.md is missing from src/test/resources");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("- **" + family + "**"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
