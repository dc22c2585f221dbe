package dev.elbo.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.nn.History;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.vae.ElboEstimate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final Picture PICTURE =
      Picture.grid(Tensor.of(new float[] {0, 0.2f, 0.4f, 1, 2, -1}, Shape.of(3, 1, 2)), 2);

  private static final Optional<String> STOPPED =
      Optional.of("in epoch 3 of 60, after step 52 of 95");

  private static Report report(Optional<Picture> manifold, Optional<String> stopped) {
    History history =
        new History(
            List.of(0, 1),
            Map.of(
                "elbo", List.of(-200.0, -150.5),
                "reconstruction", List.of(190.0, 130.5),
                "kl", List.of(10.0, 20.0),
                "val_elbo", List.of(-180.0, -160.25)));
    return new Report(
        "VAE <784>",
        "a \"folder\"",
        history,
        new ElboEstimate(-160, 141, 19, List.of(0.001, 18.999), 1234, 8),
        List.of(new Report.Pair("</script>", PICTURE)),
        PICTURE,
        manifold,
        new Scatter(
            1,
            OptionalInt.of(0),
            List.of("</script>"),
            List.of(List.of(new Scatter.Point(0.5, Double.NaN)))),
        Map.of("seed", "1"),
        Map.of("JDK", "25"),
        "./elbo demo --seed 1",
        "void main() {}",
        "java UseModel.java",
        "abc123",
        stopped);
  }

  @Test
  void everyPlaceIsFilled() {
    String html = report(Optional.of(PICTURE), STOPPED).html();

    assertThat(html)
        .doesNotContain("{{")
        .contains("\u2212160.00", "1,234 test images", "The latent plane", "abc123")
        .contains("Training was stopped in epoch 3 of 60, after step 52 of 95: the model")
        .contains("1 of 2 carries more than 0.01 nats.")
        .contains("[[\"2\",18.999],[\"1\",0.001]]");
    assertThat(report(Optional.empty(), Optional.empty()).html())
        .doesNotContain("The latent plane", "Training was stopped");
  }

  @Test
  void onlyAFinishedTrainingCanBeRepeated() {
    String promise = "gives weights with the same fingerprint, whatever the machine";

    assertThat(report(Optional.empty(), Optional.empty()).html()).contains(promise);
    assertThat(report(Optional.empty(), STOPPED).html())
        .doesNotContain(promise)
        .contains("its weights will have another fingerprint than these:");
  }

  @Test
  void chartsLeaveOutWhatIsNotFinite() {
    assertThat(report(Optional.empty(), Optional.empty()).html())
        .contains("\"points\":[[[0.5,\"NaN\"]]]");
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(report(Optional.empty(), Optional.empty()).html())
        .doesNotContain("<link", "src=\"http", "sourceMappingURL", "@import", "url(http");
  }

  @Test
  void namesAreTextAndNotMarkup() {
    String html = report(Optional.empty(), Optional.empty()).html();

    assertThat(html).contains("VAE &lt;784&gt;", "a &quot;folder&quot;", "\\u003c/script>");
    assertThat(html.split("</script>", -1)).hasSize(4);
  }

  @Test
  void everyPictureAndChartHasAText() {
    String html = report(Optional.of(PICTURE), Optional.empty()).html();

    assertThat(html.split("<img ", -1)).hasSize(4);
    assertThat(html.split(" alt=\"[A-Z]", -1)).hasSize(4);
    assertThat(html.split("<canvas ", -1)).hasSize(6);
    assertThat(html.split("role=\"img\" aria-label=\"[A-Z]", -1)).hasSize(6);
  }

  @Test
  void aGridIsAPngOfItsImages() throws IOException {
    String uri = PICTURE.dataUri();
    byte[] png = Base64.getDecoder().decode(uri.substring("data:image/png;base64,".length()));
    var raster = ImageIO.read(new ByteArrayInputStream(png)).getRaster();

    assertThat(raster.getWidth()).isEqualTo(4);
    assertThat(raster.getHeight()).isEqualTo(2);
    assertThat(raster.getSamples(0, 0, 4, 2, 0, (int[]) null))
        .containsExactly(0, 51, 102, 255, 255, 0, 0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Picture.grid(Tensor.zeros(Shape.of(3, 4)), 1))
        .withMessage("Picture.grid: expected images of shape (n, height, width), received (3, 4).");
  }
}
