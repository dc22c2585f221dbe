package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code elbo tour} as it is typed. */
final class TourCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine elbo =
      Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));

  @TempDir private Path folder;

  @Test
  void someRowsAndTheirPage() throws IOException {
    Path page = folder.resolve("tour.md");
    assertThat(
            elbo.execute(
                "tour", "--data", "sample", "--row", "11,7", "--markdown", page.toString()))
        .isZero();

    assertThat(out.toString().lines().toList())
        .startsWith(
            "The digits are the embedded sample of MNIST: 10,000 to train on.",
            "",
            "11. Softmax outputs taken for logits",
            "====================================")
        .contains("7. A layer, built and called", "    out.println(layer.losses());");
    assertThat(out.toString()).contains("{kernel=array(0.25, dtype=float32)}");
    assertThat(Files.readString(page))
        .contains("## 7. A layer, built and called", "```java\nDense layer = Dense.of(5)")
        .contains("prints\n\n```\n[]\nkernel array(");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void mistakesAreToldBeforeAnythingRuns() {
    assertThat(elbo.execute("tour", "--row", "19")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "elbo tour: --row: expected a number from 1 to 18, received 19.");
    err.getBuffer().setLength(0);
    String page = folder.resolve("no/tour.md").toString();
    assertThat(elbo.execute("tour", "--markdown", page)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "elbo tour: --markdown: expected a file in a folder that exists, received '"
                + page
                + "'. Make the folder first.");
    assertThat(out.toString()).isEmpty();
  }
}
