package dev.elbo.nn.internal;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: the length of a header (8 bytes, little-endian), the header as JSON (name
 * to type, shape and place of each tensor), and the tensors' bytes, little-endian, without gaps.
 *
 * <p>Reading trusts nothing: the header is limited, places must follow each other and fit shape and
 * type, and no array is made before its bytes are known to be there. Source: the format's
 * description, github.com/huggingface/safetensors.
 */
public final class Safetensors {
  private static final int MAX_HEADER_BYTES = 16 << 20;
  private static final String METADATA = "__metadata__";

  private record Entry(String name, DType dtype, Shape shape, long begin, long end) {}

  private Safetensors() {}

  /** How many bytes {@link #write} writes. */
  public static long size(Map<String, Tensor> tensors, Map<String, String> metadata) {
    long size = (long) Long.BYTES + header(tensors, metadata).length;
    for (Tensor tensor : tensors.values()) {
      size += bytes(tensor);
    }
    return size;
  }

  /** Writes tensors in the map's order. */
  public static void write(
      Map<String, Tensor> tensors, Map<String, String> metadata, OutputStream out)
      throws IOException {
    byte[] header = header(tensors, metadata);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    for (Tensor tensor : tensors.values()) {
      out.write(Bytes.littleEndian(tensor));
    }
  }

  private static long bytes(Tensor tensor) {
    return tensor.shape().size() * tensor.dtype().bytes();
  }

  private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put(METADATA, metadata);
    }
    long begin = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long end = begin + bytes(tensor.getValue());
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", code(tensor.getValue().dtype()));
      entry.put("shape", Arrays.stream(tensor.getValue().shape().dims()).boxed().toList());
      entry.put("data_offsets", List.of(begin, end));
      header.put(tensor.getKey(), entry);
      begin = end;
    }
    byte[] json = Json.writeCompact(header).getBytes(StandardCharsets.UTF_8);
    // Blanks at the end, so that the data starts at a multiple of 8.
    byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, 8) * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  /**
   * Reads all tensors, in the order of their bytes.
   *
   * @param size how many bytes there are, which limits what is read and what is made
   * @throws IllegalArgumentException if they are not a safetensors file
   */
  public static Map<String, Tensor> read(InputStream in, long size) throws IOException {
    if (size < Long.BYTES) {
      throw broken("at least 8 bytes, received " + size);
    }
    long headerBytes =
        ByteBuffer.wrap(bytes(in, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, size - Long.BYTES)) {
      throw broken(
          "a header of 2 to "
              + Math.min(MAX_HEADER_BYTES, size - Long.BYTES)
              + " bytes, received a length of "
              + headerBytes);
    }
    String header = new String(bytes(in, (int) headerBytes), StandardCharsets.UTF_8);
    List<Entry> entries = entries(Json.parseObject(header));
    long data = size - Long.BYTES - headerBytes;
    long at = 0;
    for (Entry entry : entries) {
      if (entry.begin() != at) {
        throw broken(
            "'" + entry.name() + "' to begin at byte " + at + ", received " + entry.begin());
      }
      at = entry.end();
    }
    if (at != data) {
      throw broken(at + " bytes of data, as the header says, received " + data);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      byte[] bytes = bytes(in, (int) (entry.end() - entry.begin()));
      tensors.put(entry.name(), Bytes.tensor(bytes, entry.shape(), entry.dtype()));
    }
    return tensors;
  }

  private static List<Entry> entries(Map<String, Object> header) {
    List<Entry> entries = new ArrayList<>();
    header.forEach((name, value) -> {
      if (!name.equals(METADATA)) {
        entries.add(entry(name, value));
      }
    });
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return entries;
  }

  private static Entry entry(String name, Object value) {
    if (!(value instanceof Map<?, ?> map)
        || !(map.get("dtype") instanceof String code)
        || !(map.get("shape") instanceof List<?> dims)
        || !(map.get("data_offsets") instanceof List<?> offsets)
        || map.size() != 3
        || offsets.size() != 2
        || !(offsets.getFirst() instanceof Long begin)
        || !(offsets.getLast() instanceof Long end)) {
      throw broken("dtype, shape and data_offsets of '" + name + "', received " + value);
    }
    DType dtype = dtype(name, code);
    long size = dtype.bytes();
    int[] shape = new int[dims.size()];
    for (int axis = 0; axis < shape.length; axis++) {
      if (!(dims.get(axis) instanceof Long dim) || dim < 0 || dim > Integer.MAX_VALUE) {
        throw broken("axis lengths of '" + name + "', received " + dims);
      }
      shape[axis] = dim.intValue();
      size = Math.multiplyHigh(size, dim) == 0 ? size * dim : -1;
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw broken("at most 2^31 - 1 bytes of '" + name + "', received shape " + dims);
      }
    }
    if (begin < 0 || end - begin != size) {
      throw broken(
          "'"
              + name
              + "' of shape "
              + dims
              + " "
              + code
              + " to take "
              + size
              + " bytes, received the places "
              + begin
              + " to "
              + end);
    }
    return new Entry(name, dtype, Shape.of(shape), begin, end);
  }

  private static String code(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "F32";
      case FLOAT64 -> "F64";
      case INT32 -> "I32";
      case UINT8 -> "U8";
      case BOOL -> "BOOL";
    };
  }

  private static DType dtype(String name, String code) {
    for (DType dtype : DType.values()) {
      if (code(dtype).equals(code)) {
        return dtype;
      }
    }
    throw broken("'" + name + "' of type F32, F64, I32, U8 or BOOL, received " + code);
  }

  private static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException(
          "safetensors: expected " + count + " bytes more, received " + bytes.length);
    }
    return bytes;
  }

  private static IllegalArgumentException broken(String expected) {
    return new IllegalArgumentException("safetensors: expected " + expected);
  }
}
