package dev.elbo.cli.report;

import dev.elbo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A grey picture.
 *
 * @param image 8 bits a pixel, 0 for background
 */
public record Picture(BufferedImage image) {

  /**
   * Images side by side, row after row, with nothing in between.
   *
   * @param images (n, height, width), numbers from 0 to 1
   * @param columns images in a row
   */
  public static Picture grid(Tensor images, int columns) {
    if (images.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "Picture.grid: expected images of shape (n, height, width), received "
              + images.shape()
              + ".");
    }
    int count = images.shape().dim(0);
    int height = images.shape().dim(1);
    int width = images.shape().dim(2);
    int rows = Math.ceilDiv(count, columns);
    BufferedImage image =
        new BufferedImage(columns * width, rows * height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    float[] values = images.toFloats();
    for (int i = 0; i < count; i++) {
      int corner = (i / columns) * height * image.getWidth() + (i % columns) * width;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          float value = values[(i * height + y) * width + x];
          pixels[corner + y * image.getWidth() + x] =
              (byte) Math.round(255 * Math.clamp(value, 0f, 1f));
        }
      }
    }
    return new Picture(image);
  }

  /** The picture as the address of a PNG that holds itself: {@code data:image/png;base64,...}. */
  String dataUri() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this JDK cannot write PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("report: cannot encode a picture", e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
