package dev.elbo.tensor.internal.format;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One case of the golden file: an array and what NumPy prints for it. The script that writes the
 * file, golden/tensor_format.py, explains its format.
 */
record GoldenText(String name, DType dtype, Shape shape, String source, String repr) {

  static List<GoldenText> readAll(String resource) {
    try (InputStream in = GoldenText.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is missing: run golden/tensor_format.py to write it");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<GoldenText> parse(String file) {
    List<GoldenText> cases = new ArrayList<>();
    List<String> lines = file.lines().filter(line -> !line.startsWith("#")).toList();
    int at = 0;
    while (at < lines.size()) {
      String name = value("case ", lines.get(at++));
      DType dtype = DType.valueOf(value("dtype ", lines.get(at++)).toUpperCase(Locale.ROOT));
      int[] dims =
          Arrays.stream(words(value("shape", lines.get(at++))))
              .mapToInt(Integer::parseInt)
              .toArray();
      String source = lines.get(at++);
      List<String> repr = new ArrayList<>();
      while (at < lines.size() && lines.get(at).startsWith("repr|")) {
        repr.add(value("repr|", lines.get(at++)));
      }
      cases.add(new GoldenText(name, dtype, Shape.of(dims), source, String.join("\n", repr)));
    }
    return cases;
  }

  /** The elements as the flat array that TensorFormat takes. */
  Object array() {
    int size = Math.toIntExact(shape.size());
    float[] floats = new float[size];
    double[] doubles = new double[size];
    int[] ints = new int[size];
    byte[] bytes = new byte[size];
    if (source.startsWith("ramp ")) {
      String[] ramp = words(value("ramp", source));
      long multiplier = Long.parseLong(ramp[0]);
      long modulus = Long.parseLong(ramp[1]);
      long offset = Long.parseLong(ramp[2]);
      double divisor = Double.parseDouble(ramp[3]);
      for (int i = 0; i < size; i++) {
        double element = (i * multiplier % modulus - offset) / divisor;
        floats[i] = (float) element;
        doubles[i] = element;
        ints[i] = (int) element;
        bytes[i] = (byte) (int) element;
      }
    } else {
      String[] bits = words(value("bits", source));
      if (bits.length != size) {
        throw new IllegalStateException(name + ": " + bits.length + " elements for shape " + shape);
      }
      for (int i = 0; i < size; i++) {
        long element = Long.parseUnsignedLong(bits[i], 16);
        floats[i] = Float.intBitsToFloat((int) element);
        doubles[i] = Double.longBitsToDouble(element);
        ints[i] = (int) element;
        bytes[i] = (byte) element;
      }
    }
    return switch (dtype) {
      case FLOAT32 -> floats;
      case FLOAT64 -> doubles;
      case INT32 -> ints;
      case BOOL, UINT8 -> bytes;
    };
  }

  private static String value(String key, String line) {
    if (!line.startsWith(key)) {
      throw new IllegalStateException("expected a line with '" + key + "', read '" + line + "'");
    }
    return line.substring(key.length());
  }

  private static String[] words(String text) {
    String trimmed = text.trim();
    return trimmed.isEmpty() ? new String[0] : trimmed.split(" ", -1);
  }
}
