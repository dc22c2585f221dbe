package dev.elbo.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One case of golden/convolution.txt: an operation on images, its result and its gradients. The
 * script that writes the file, golden/convolution.py, explains its format.
 */
record GoldenImageCase(String name, Map<String, String> lines) {
  static List<GoldenImageCase> readAll() {
    try (InputStream in = GoldenImageCase.class.getResourceAsStream("/golden/convolution.txt")) {
      if (in == null) {
        throw new IllegalStateException(
            "golden/convolution.txt is missing: run golden/convolution.py to write it");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<GoldenImageCase> parse(String file) {
    List<GoldenImageCase> cases = new ArrayList<>();
    for (String line : file.lines().filter(line -> !line.startsWith("#")).toList()) {
      int space = line.indexOf(' ');
      String key = line.substring(0, space);
      String value = line.substring(space + 1);
      if (key.equals("case")) {
        cases.add(new GoldenImageCase(value, new LinkedHashMap<>()));
      } else {
        cases.getLast().lines.put(key, value);
      }
    }
    return cases;
  }

  String operation() {
    return value("operation");
  }

  boolean hasFilters() {
    return lines.containsKey("w");
  }

  Tensor x(DType dtype) {
    return ramp("x", 37, Integer.parseInt(value("modulus")), 32, dtype);
  }

  Tensor w(DType dtype) {
    return ramp("w", 53, 97, 64, dtype);
  }

  Tensor g(DType dtype) {
    return ramp("g", 29, 89, 16, dtype);
  }

  /** The values of y, dx or dw. */
  double[] expected(String key) {
    return Arrays.stream(value(key).split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  /** Applies the operation. */
  Tensor apply(Tensor x, Tensor w) {
    return switch (operation()) {
      case "conv2d" -> x.conv2d(w, convolution());
      case "conv2dTranspose" -> x.conv2dTranspose(w, convolution());
      case "maxPool2d" -> x.maxPool2d(pooling());
      case "averagePool2d" -> x.averagePool2d(pooling());
      default -> throw new IllegalStateException("no such operation: " + operation());
    };
  }

  private Convolution convolution() {
    int[] strides = ints("strides");
    int[] dilation = ints("dilation");
    return Convolution.of()
        .strides(strides[0], strides[1])
        .dilation(dilation[0], dilation[1])
        .padding(Padding.valueOf(value("padding")));
  }

  private Pooling pooling() {
    int[] window = ints("window");
    int[] strides = ints("strides");
    return Pooling.of(window[0], window[1])
        .strides(strides[0], strides[1])
        .padding(Padding.valueOf(value("padding")));
  }

  private Tensor ramp(String key, int multiplier, int modulus, double divisor, DType dtype) {
    Shape shape = Shape.of(ints(key));
    double[] values = new double[(int) shape.size()];
    Arrays.setAll(values, i -> (i * multiplier % modulus - modulus / 2) / divisor);
    return Tensor.of(values, shape).cast(dtype).evaluate();
  }

  private int[] ints(String key) {
    return Arrays.stream(value(key).split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private String value(String key) {
    String value = lines.get(key);
    if (value == null) {
      throw new IllegalStateException("case " + name + " has no line " + key);
    }
    return value;
  }

  @Override
  public String toString() {
    return operation() + " " + name;
  }
}
