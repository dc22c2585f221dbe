package dev.elbo.cli.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.linear.CrossValidation;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.RegularizationPath;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plots of any path, without the command. */
final class PathPlotsTest {
  private static final double[][] X = {{1, 2}, {2, 1}, {3, 5}, {4, 3}, {5, 8}, {6, 1}};
  private static final double[] Y = {1.1, 2.3, 2.8, 4.2, 4.9, 6.3};

  @TempDir private Path home;

  private final CrossValidation table = RegularizationPath.of(Lasso::of).crossValidate(X, Y, 3, 0);

  @Test
  void becomeFiles() throws IOException {
    PathPlots plots =
        PathPlots.of(table, List.of("size", "a name that is far too long for a legend"));

    plots.coefficientPath().savePng(home.resolve("path.png"));
    plots.validationError().saveSvg(home.resolve("error.svg"));

    BufferedImage image = ImageIO.read(home.resolve("path.png").toFile());
    assertThat(image.getWidth()).isEqualTo(1800);
    assertThat(image.getHeight()).isEqualTo(1120);
    assertThat(home.resolve("error.svg")).content().contains("viewBox=\"0 0 900 560\"");
  }

  @Test
  void theSamePathIsTheSamePicture() {
    byte[] once = PathPlots.of(table, List.of("a", "b")).coefficientPath().png();

    assertThat(PathPlots.of(table, List.of("a", "b")).coefficientPath().png()).isEqualTo(once);
  }

  @Test
  void mistakes() {
    assertThatThrownBy(() -> PathPlots.of(table, List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PathPlots.of: expected 2 names, one a feature, received 1.");
    Plot plot = PathPlots.of(table, List.of("a", "b")).validationError();
    Path nowhere = home.resolve("nowhere/error.png");
    assertThatThrownBy(() -> plot.savePng(nowhere))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(nowhere + ": the plot cannot be written");
  }
}
