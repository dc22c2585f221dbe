package dev.elbo.nn.internal;

import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SafetensorsTest {

  private static byte[] write(Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(tensors, metadata, out);
    assertThat(Safetensors.size(tensors, metadata)).isEqualTo(out.size());
    return out.toByteArray();
  }

  private static Map<String, Tensor> read(byte[] bytes) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
  }

  @Test
  void allTypesComeBackWithTheSameBits() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "floats",
        Tensor.of(new float[] {1, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY}, Shape.of(2, 2)));
    tensors.put("doubles", Tensor.of(new double[] {Math.PI, -1e300}, Shape.of(2)));
    tensors.put("ints", Tensor.of(new int[] {Integer.MIN_VALUE, 7}, Shape.of(2, 1)));
    tensors.put("bytes", Tensor.ofUint8(new byte[] {-1, 0, 1}, Shape.of(3)));
    tensors.put("flags", Tensor.of(new boolean[] {true, false}, Shape.of(2)));
    tensors.put("empty", Tensor.zeros(Shape.of(0, 3)));
    tensors.put("scalar", Tensor.scalar(3));
    Map<String, Tensor> again = read(write(tensors, Map.of("format", "elbo")));
    assertThat(again.keySet()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
    tensors.forEach((name, tensor) -> assertSame(again.get(name), tensor));
  }

  @Test
  void theLayoutIsThatOfTheFormat() throws IOException {
    byte[] bytes = write(Map.of("w", Tensor.of(1f, -2f)), Map.of());
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) buffer.getLong();
    assertThat(header % 8).isZero();
    assertThat(new String(bytes, 8, header, StandardCharsets.UTF_8).stripTrailing())
        .isEqualTo("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
    buffer.position(8 + header);
    assertThat(buffer.getFloat()).isEqualTo(1f);
    assertThat(buffer.getFloat()).isEqualTo(-2f);
    assertThat(buffer.hasRemaining()).isFalse();
  }

  @Test
  void aFileOfAnotherWriterIsRead() throws IOException {
    String header =
        " {\"__metadata__\": {\"a\": \"b\"}, \"second\": {\"dtype\": \"U8\", \"shape\": [],"
            + " \"data_offsets\": [4, 5]}, \"first\": {\"shape\": [1], \"data_offsets\": [0, 4],"
            + " \"dtype\": \"I32\"}}";
    Map<String, Tensor> tensors = read(file(header, new byte[] {1, 0, 0, 0, 9}));
    assertThat(tensors.keySet()).containsExactly("first", "second");
    assertThat(tensors.get("first").item()).isEqualTo(1);
    assertThat(tensors.get("second").item()).isEqualTo(9);
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "F32|[2]|[0,4]|to take 8 bytes, received the places 0 to 4",
        "F32|[1]|[4,8]|'w' to begin at byte 0, received 4",
        "F32|[1]|[-4,0]|to take 4 bytes, received the places -4 to 0",
        "F32|[0]|[0,0]|0 bytes of data, as the header says, received 4",
        "F32|[2]|[0,8]|8 bytes of data, as the header says, received 4",
        "F32|[-1]|[0,4]|axis lengths of 'w', received [-1]",
        "F32|[1.5]|[0,4]|axis lengths of 'w', received [1.5]",
        "F32|[4294967296,4294967296]|[0,4]|axis lengths of 'w'",
        "F32|[65536,65536]|[0,17179869184]|at most 2^31 - 1 bytes of 'w'",
        "F32|[2147483647,2147483647,2147483647]|[0,4]|at most 2^31 - 1 bytes of 'w'",
        "BF16|[2]|[0,4]|'w' of type F32, F64, I32, U8 or BOOL, received BF16",
        "F32|[1]|[0]|dtype, shape and data_offsets of 'w'"
      })
  void headersThatLie(String dtype, String shape, String offsets, String message) {
    String header =
        "{\"w\":{\"dtype\":\""
            + dtype
            + "\",\"shape\":"
            + shape
            + ",\"data_offsets\":"
            + offsets
            + "}}";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(file(header, new byte[4])))
        .withMessageStartingWith("safetensors: expected ")
        .withMessageContaining(message);
  }

  @Test
  void overlapsAndGaps() {
    String entry = "{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[%d,%d]}";
    for (int begin : new int[] {1, 3}) {
      String header =
          "{\"a\":" + entry.formatted(0, 2) + ",\"b\":" + entry.formatted(begin, begin + 2) + "}";
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(file(header, new byte[5])))
          .withMessage("safetensors: expected 'b' to begin at byte 2, received " + begin);
    }
  }

  @Test
  void lengthsThatLie() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(new byte[5]))
        .withMessage("safetensors: expected at least 8 bytes, received 5");
    for (long length : new long[] {-1, 1, 3, Long.MAX_VALUE}) {
      byte[] bytes =
          ByteBuffer.allocate(10)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(length)
              .put((byte) '{')
              .put((byte) '}')
              .array();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(bytes))
          .withMessage(
              "safetensors: expected a header of 2 to 2 bytes, received a length of " + length);
    }
    byte[] whole =
        file("{\"w\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", new byte[4]);
    assertThatThrownBy(() ->
            Safetensors.read(new ByteArrayInputStream(whole, 0, whole.length - 1), whole.length))
        .isInstanceOf(EOFException.class)
        .hasMessage("safetensors: expected 4 bytes more, received 3");
  }
}
