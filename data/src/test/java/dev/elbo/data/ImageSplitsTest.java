package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSplitsTest {
  @TempDir private Path folder;

  private void write(String name, byte[] content) {
    IdxBytes.write(folder.resolve(name), content);
  }

  private void writeAll() {
    write("train-images-idx3-ubyte", IdxBytes.counting(0, 4, 28, 28));
    write("train-labels-idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.of(new byte[] {5, 0, 4, -1}, 4)));
    write("t10k-images.idx3-ubyte", IdxBytes.counting(9, 2, 28, 28));
    write("t10k-labels.idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.of(new byte[] {7, 2}, 2)));
  }

  @Test
  void loadsAFolderUnderAnyOfTheUsualNames() {
    writeAll();

    ImageSplits splits = Mnist.load(folder);

    assertThat(splits.train().size()).isEqualTo(4);
    assertThat(splits.train().images().shape()).isEqualTo(Shape.of(4, 28, 28));
    assertThat(splits.train().images().dtype()).isEqualTo(DType.UINT8);
    assertThat(splits.train().labels().dtype()).isEqualTo(DType.INT32);
    assertThat(splits.train().labels().toInts()).containsExactly(5, 0, 4, 255);
    assertThat(splits.test().images().toBytes()[1]).isEqualTo((byte) 16);
    assertThat(splits.test().labels().toInts()).containsExactly(7, 2);
  }

  @Test
  void takesImagesOfAnySizeUnlessMnistIsMeant() {
    writeAll();
    write("train-images-idx3-ubyte", IdxBytes.counting(0, 4, 3, 5));
    write("t10k-images.idx3-ubyte", IdxBytes.counting(9, 2, 3, 5));

    assertThat(ImageSplits.load(folder).train().images().shape()).isEqualTo(Shape.of(4, 3, 5));
    assertThatThrownBy(() -> FashionMnist.load(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder
                + ": expected images of 28 x 28 pixels, received shape (4, 3, 5). Use"
                + " ImageSplits.load(Path) for images of another size.");
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    writeAll();
    Files.delete(folder.resolve("t10k-labels.idx1-ubyte.gz"));

    assertThatThrownBy(() -> ImageSplits.load(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder
                + ": expected one of t10k-labels-idx1-ubyte, t10k-labels-idx1-ubyte.gz,"
                + " t10k-labels.idx1-ubyte, t10k-labels.idx1-ubyte.gz, found none of them. Copy it"
                + " there, or run golden/fetch-mnist FOLDER to fetch all four files of MNIST.");
  }

  @Test
  void refusesWhatIsNotAFolder() {
    Path missing = folder.resolve("nowhere");
    Path file = IdxBytes.write(folder.resolve("file"), new byte[1]);

    assertThatThrownBy(() -> ImageSplits.load(missing))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            missing
                + ": expected a folder with MNIST's four IDX files, received a path that does not"
                + " exist. Pass the folder that holds train-images-idx3-ubyte");
    assertThatThrownBy(() -> ImageSplits.load(file))
        .hasMessageStartingWith(
            file + ": expected a folder with MNIST's four IDX files, received a file. ");
  }

  @Test
  void noticesSwappedFiles() {
    writeAll();
    write("train-images-idx3-ubyte", IdxBytes.of(new byte[] {1, 2, 3, 4}, 4));

    assertThatThrownBy(() -> ImageSplits.load(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte and train-labels-idx1-ubyte.gz: expected")
        .hasMessageEndingWith("received shapes (4,) and (4,). Are the files swapped?");
  }

  @Test
  void noticesAnotherNumberOfLabels() {
    writeAll();
    write("train-labels-idx1-ubyte.gz", IdxBytes.of(new byte[] {1, 2, 3}, 3));

    assertThatThrownBy(() -> ImageSplits.load(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte and train-labels-idx1-ubyte.gz")
        .hasMessageContaining(
            "expected as many labels as images, received images (4, 28, 28) and labels (3,).");
  }

  @Test
  void noticesAnEmptyPart() {
    writeAll();
    write("t10k-images.idx3-ubyte", IdxBytes.of(new byte[0], 0, 28, 28));
    write("t10k-labels.idx1-ubyte.gz", IdxBytes.of(new byte[0], 0));

    assertThatThrownBy(() -> ImageSplits.load(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected at least one image, received shape (0, 28, 28).");
  }

  @Test
  void noticesTestImagesOfAnotherSize() {
    writeAll();
    write("t10k-images.idx3-ubyte", IdxBytes.counting(9, 2, 14, 14));

    assertThatThrownBy(() -> ImageSplits.load(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder
                + ": ImageSplits: expected test images of the training images' size (28, 28),"
                + " received (14, 14).");
  }

  @Test
  void labelledImagesWantBytesAndInts() {
    Tensor images = Tensor.ofUint8(new byte[8], Shape.of(2, 2, 2));
    Tensor labels = Tensor.of(new int[2], Shape.of(2));
    Tensor floats = Tensor.of(new float[8], Shape.of(2, 2, 2));

    assertThatThrownBy(() -> new LabelledImages(floats, labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "LabelledImages: expected images of shape (n, height, width) uint8, received (2, 2, 2)"
                + " float32.");
    assertThatThrownBy(() -> new LabelledImages(images, Tensor.ofUint8(new byte[2], Shape.of(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LabelledImages: expected labels of shape (n) int32, received (2,) uint8.");
  }
}
