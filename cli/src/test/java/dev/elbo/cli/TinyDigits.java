package dev.elbo.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A folder with MNIST's four files and very little in them: noisy bars, their place the class. */
final class TinyDigits {
  /** Of the training part. */
  static final int IMAGES = 60;

  private static final int TEST_IMAGES = 20;
  private static final int CLASSES = 4;
  private static final int UINT8 = 8;

  private TinyDigits() {}

  /** Writes images of 8 x 8 pixels. */
  static Path write(Path folder) throws IOException {
    return write(folder, 8);
  }

  static Path write(Path folder, int side) throws IOException {
    Files.createDirectories(folder);
    part(folder, "train", IMAGES, side);
    part(folder, "t10k", TEST_IMAGES, side);
    return folder;
  }

  private static void part(Path folder, String name, int count, int side) throws IOException {
    SplittableRandom noise = new SplittableRandom(count);
    byte[] images = new byte[count * side * side];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % CLASSES);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          boolean ink = x / 2 == labels[i];
          images[(i * side + y) * side + x] = (byte) (ink ? 255 - noise.nextInt(60) : 0);
        }
      }
    }
    Files.write(folder.resolve(name + "-images-idx3-ubyte"), idx(UINT8, images, count, side, side));
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), idx(UINT8, labels, count));
  }

  static byte[] idx(int type, byte[] content, int... dims) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dims.length + content.length);
    file.put((byte) 0).put((byte) 0).put((byte) type).put((byte) dims.length);
    for (int dim : dims) {
      file.putInt(dim);
    }
    return file.put(content).array();
  }
}
