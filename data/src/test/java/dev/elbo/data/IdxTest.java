package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final byte[] SIX = IdxBytes.of(new byte[] {1, 2, 3, 4, 5, (byte) 255}, 2, 3);

  @TempDir private Path folder;

  private Path file(byte[] content) {
    return IdxBytes.write(folder.resolve("some-idx"), content);
  }

  @Test
  void readsAPlainFile() {
    Tensor tensor = Idx.read(file(SIX));

    assertThat(tensor.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(tensor.dtype()).isEqualTo(DType.UINT8);
    assertThat(tensor.toBytes()).containsExactly(1, 2, 3, 4, 5, 255);
  }

  @Test
  void tellsGzipByContentWhateverTheName() {
    Tensor packed = Idx.read(file(IdxBytes.gzip(SIX)));
    Tensor plain = Idx.read(IdxBytes.write(folder.resolve("plain.gz"), SIX));

    assertThat(packed.toBytes()).containsExactly(1, 2, 3, 4, 5, 255);
    assertThat(plain.toBytes()).containsExactly(1, 2, 3, 4, 5, 255);
  }

  @Test
  void readsMoreThanOneBuffer() {
    byte[] content = IdxBytes.counting(3, 100, 28, 28);

    Tensor tensor = Idx.read(file(IdxBytes.gzip(content)));

    assertThat(tensor.shape()).isEqualTo(Shape.of(100, 28, 28));
    assertThat(tensor.toBytes()).isEqualTo(Arrays.copyOfRange(content, 16, content.length));
  }

  @Test
  void readsAFileWithoutElements() {
    assertThat(Idx.read(file(IdxBytes.of(new byte[0], 0, 28, 28))).shape())
        .isEqualTo(Shape.of(0, 28, 28));
  }

  @ParameterizedTest
  @CsvSource({
    "13, 'expected 18 bytes (header: (2, 3) uint8), received 13: the file is cut off.'",
    "17, 'expected 18 bytes (header: (2, 3) uint8), received 17: the file is cut off.'",
    "12, 'expected 18 bytes (header: (2, 3) uint8), received 12: the file is cut off.'",
    "9, 'expected 12 bytes (the header of a file of rank 2), received 9: the file is cut off.'",
    "3, 'not an IDX file: expected it to start with 00 00 08 and its rank (1 to 8), received 00'",
    "0, 'not an IDX file: expected it to start with 00 00 08 and its rank (1 to 8), received an'",
  })
  void saysHowMuchOfACutOffFileCame(int length, String message) {
    Path file = file(Arrays.copyOf(SIX, length));

    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": " + message);
  }

  @Test
  void refusesBytesAfterTheEnd() {
    Path file = file(Arrays.copyOf(SIX, 19));

    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": expected 18 bytes (header: (2, 3) uint8), received more: something follows the"
                + " last element. Fetch the file again.");
  }

  @Test
  void namesTheBytesOfWhatIsNotIdx() {
    Path file = file(new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3});

    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not an IDX file")
        .hasMessageContaining("received 89 50 4e 47. Fetch the file again, or pass another one.");
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 9, -1})
  void refusesARankOutsideOneToEight(byte rank) {
    byte[] content = SIX.clone();
    content[3] = rank;
    Path file = file(content);

    assertThatThrownBy(() -> Idx.read(file)).hasMessageContaining("not an IDX file");
  }

  @ParameterizedTest
  @CsvSource({"9, 09 (signed byte)", "11, 0b (int16)", "12, 0c (int32)", "13, 0d (float32)"})
  void namesAnElementTypeThatItDoesNotTake(byte type, String name) {
    byte[] content = SIX.clone();
    content[2] = type;
    Path file = file(content);

    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": expected elements of type 08 (unsigned byte), received type "
                + name
                + ". Convert the file to unsigned bytes.");
  }

  @Test
  void refusesAnAxisOfTwoToThe31OrMore() {
    Path file = file(IdxBytes.of(new byte[1], 1, -1));

    assertThatThrownBy(() -> Idx.read(file)).hasMessageContaining("received 4294967295 for axis 1");
  }

  @ParameterizedTest
  @CsvSource({"2147483647,2147483647,2147483647", "1000000,1000,2", "2147483647,1,1"})
  void refusesAHeaderThatDeclaresMoreThanTheLimit(int a, int b, int c) {
    Path file = file(IdxBytes.of(new byte[5], a, b, c));

    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s: its header declares (%d, %d, %d) unsigned bytes, more than the limit of 1073741824"
                + " bytes. Fetch the file again, or raise the limit if you trust it.",
            file, a, b, c);
  }

  @Test
  void countsTheHeaderTowardsTheLimit() {
    Path file = file(SIX);

    assertThat(Idx.read(file, 18).shape()).isEqualTo(Shape.of(2, 3));
    assertThatThrownBy(() -> Idx.read(file, 17))
        .hasMessageContaining("declares (2, 3) unsigned bytes, more than the limit of 17 bytes");
  }

  @Test
  void aForgedHeaderCostsNoMemory() {
    // 2 GB are declared and 5 bytes come. This would not fit the heap of a test run 64 times.
    Path file = file(IdxBytes.of(new byte[5], 2_000_000_000));

    for (int i = 0; i < 64; i++) {
      assertThatThrownBy(() -> Idx.read(file, Long.MAX_VALUE))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("expected 2000000008 bytes")
          .hasMessageContaining("received 13");
    }
  }

  @Test
  void saysThatAGzipStreamIsCutOff() {
    byte[] packed = IdxBytes.gzip(IdxBytes.counting(1, 10, 28, 28));
    Path file = file(Arrays.copyOf(packed, packed.length / 2));

    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": its gzip stream is cut off: received ")
        .hasMessageEndingWith("bytes unpacked, expected more. Fetch the file again.");
  }

  @Test
  void saysThatAGzipHeaderIsBroken() {
    Path cutOff = file(Arrays.copyOf(IdxBytes.gzip(SIX), 5));
    Path wrongMethod = IdxBytes.write(folder.resolve("method"), new byte[] {0x1f, (byte) 0x8b, 1});

    assertThatThrownBy(() -> Idx.read(cutOff))
        .isInstanceOf(DataException.class)
        .hasMessage(cutOff + ": its gzip header is broken. Fetch the file again.");
    assertThatThrownBy(() -> Idx.read(wrongMethod))
        .isInstanceOf(DataException.class)
        .hasMessage(wrongMethod + ": its gzip header is broken. Fetch the file again.");
  }

  @Test
  void everyChangedByteOfAGzipStreamIsFoundOrHarmless() {
    byte[] packed = IdxBytes.gzip(SIX);
    // Bytes 4 to 9 of a gzip header hold a time and hints, which change nothing.
    for (int at = 10; at < packed.length; at++) {
      byte[] changed = packed.clone();
      changed[at] ^= 0x10;
      Path file = file(changed);
      assertThatThrownBy(() -> Idx.read(file)).as("byte %d", at).isInstanceOf(DataException.class);
    }
  }

  @Test
  void saysThatAFileCannotBeRead() {
    Path missing = folder.resolve("nowhere");

    assertThatThrownBy(() -> Idx.read(missing))
        .isInstanceOf(UncheckedIOException.class)
        .isNotInstanceOf(DataException.class)
        .hasMessageContaining(missing + ": cannot be read (")
        .hasMessageEndingWith("Check that it exists and its permissions.");
  }
}
