package dev.elbo.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One case of golden/tensor_ops.txt: an operation of {@link Tensor}, its arguments and its results.
 * The script that writes the file, golden/tensor_ops.py, explains its format.
 */
record GoldenOpCase(
    String name,
    String operation,
    Map<String, String> settings,
    List<Value> inputs,
    List<Value> outputs,
    Tolerance tolerance) {

  /** How many units in the last place of a result, or of a floor, it may be off. */
  record Tolerance(int ulps, double floor) {
    /** The distance of two numbers in those units. */
    double distance(double actual, double expected, DType dtype) {
      if (actual == expected || (Double.isNaN(actual) && Double.isNaN(expected))) {
        return 0;
      }
      double scale = Math.max(Math.abs(expected), floor);
      double ulp = dtype == DType.FLOAT32 ? Math.ulp((float) scale) : Math.ulp(scale);
      double distance = Math.abs(actual - expected) / ulp;
      return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }
  }

  /** A tensor of the file: its elements are exact in float64. */
  record Value(DType dtype, Shape shape, double[] elements) {
    static Value parse(String text) {
      int bar = text.indexOf('|');
      String[] head = text.substring(0, bar).trim().split(" ");
      int[] dims = Arrays.stream(head).skip(1).mapToInt(Integer::parseInt).toArray();
      DType dtype = DType.valueOf(head[0].toUpperCase(Locale.ROOT));
      String elements = text.substring(bar + 1).trim();
      double[] values =
          elements.isEmpty()
              ? new double[0]
              : Arrays.stream(elements.split(" ")).mapToDouble(e -> number(e, dtype)).toArray();
      return new Value(dtype, Shape.of(dims), values);
    }

    private static double number(String text, DType dtype) {
      return switch (text) {
        case "nan" -> Double.NaN;
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> dtype == DType.FLOAT32 ? Float.parseFloat(text) : Double.parseDouble(text);
      };
    }

    Tensor tensor() {
      return Tensor.of(elements, shape).cast(dtype).evaluate();
    }
  }

  static List<GoldenOpCase> readAll() {
    try (InputStream in = GoldenOpCase.class.getResourceAsStream("/golden/tensor_ops.txt")) {
      if (in == null) {
        throw new IllegalStateException(
            "golden/tensor_ops.txt is missing: run golden/tensor_ops.py to write it");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<GoldenOpCase> parse(String file) {
    List<GoldenOpCase> cases = new ArrayList<>();
    List<String> lines = file.lines().filter(line -> !line.startsWith("#")).toList();
    int at = 0;
    while (at < lines.size()) {
      int end = at + 1;
      while (end < lines.size() && !lines.get(end).startsWith("case ")) {
        end++;
      }
      cases.add(parse(lines.subList(at, end)));
      at = end;
    }
    return cases;
  }

  private static GoldenOpCase parse(List<String> lines) {
    String name = "";
    String operation = "";
    Map<String, String> settings = new LinkedHashMap<>();
    List<Value> inputs = new ArrayList<>();
    List<Value> outputs = new ArrayList<>();
    Tolerance tolerance = new Tolerance(0, 0);
    for (String line : lines) {
      int space = line.indexOf(' ');
      String rest = line.substring(space + 1);
      switch (line.substring(0, space)) {
        case "case" -> name = rest;
        case "operation" -> operation = rest;
        case "setting" -> {
          int end = rest.indexOf(' ') < 0 ? rest.length() : rest.indexOf(' ');
          settings.put(rest.substring(0, end), rest.substring(end).trim());
        }
        case "in" -> inputs.add(Value.parse(rest));
        case "out" -> outputs.add(Value.parse(rest));
        case "ulp" -> {
          String[] numbers = rest.split(" ");
          tolerance = new Tolerance(Integer.parseInt(numbers[0]), Double.parseDouble(numbers[1]));
        }
        default -> throw new IllegalStateException("unexpected line: " + line);
      }
    }
    return new GoldenOpCase(name, operation, settings, inputs, outputs, tolerance);
  }

  /** The arguments as tensors. */
  List<Tensor> tensors() {
    return inputs.stream().map(Value::tensor).toList();
  }

  /** Applies the operation to tensors like this case's own. */
  List<Tensor> apply(List<Tensor> in) {
    return switch (operation) {
      case "zeros" ->
          List.of(has("dtype") ? Tensor.zeros(shape(), dtype()) : Tensor.zeros(shape()));
      case "ones" -> List.of(has("dtype") ? Tensor.ones(shape(), dtype()) : Tensor.ones(shape()));
      case "full" ->
          List.of(
              has("dtype")
                  ? Tensor.full(shape(), number("value"), dtype())
                  : Tensor.full(shape(), number("value")));
      case "scalar" ->
          List.of(
              has("dtype")
                  ? Tensor.scalar(number("value"), dtype())
                  : Tensor.scalar(number("value")));
      case "arange" -> {
        double[] range = numbers("range");
        yield List.of(
            has("stop")
                ? Tensor.arange(integer("stop"))
                : Tensor.arange(range[0], range[1], range[2], dtype()));
      }
      case "linspace" ->
          List.of(Tensor.linspace(numbers("range")[0], numbers("range")[1], integer("count")));
      case "eye" -> List.of(Tensor.eye(integer("size")));
      case "oneHot" -> List.of(Tensor.oneHot(in.getFirst(), integer("classes")));
      case "where" -> List.of(Tensor.where(in.get(0), in.get(1), in.get(2)));
      case "concat" -> List.of(Tensor.concat(in, integer("axis")));
      case "stack" -> List.of(Tensor.stack(in, integer("axis")));
      case "split" -> in.getFirst().split(integer("parts"), integer("axis"));
      default -> List.of(has("number") ? withNumber(in.getFirst()) : of(in.getFirst(), in));
    };
  }

  private Tensor withNumber(Tensor x) {
    double number = number("number");
    return switch (operation) {
      case "add" -> x.add(number);
      case "subtract" -> x.subtract(number);
      case "multiply" -> x.multiply(number);
      case "divide" -> x.divide(number);
      case "pow" -> x.pow(number);
      case "maximum" -> x.maximum(number);
      case "minimum" -> x.minimum(number);
      case "equal" -> x.equal(number);
      case "notEqual" -> x.notEqual(number);
      case "less" -> x.less(number);
      case "lessEqual" -> x.lessEqual(number);
      case "greater" -> x.greater(number);
      case "greaterEqual" -> x.greaterEqual(number);
      default -> throw new IllegalStateException("no such operation: " + operation);
    };
  }

  private Tensor of(Tensor x, List<Tensor> in) {
    return switch (operation) {
      case "add" -> x.add(in.get(1));
      case "subtract" -> x.subtract(in.get(1));
      case "multiply" -> x.multiply(in.get(1));
      case "divide" -> x.divide(in.get(1));
      case "pow" -> x.pow(in.get(1));
      case "maximum" -> x.maximum(in.get(1));
      case "minimum" -> x.minimum(in.get(1));
      case "equal" -> x.equal(in.get(1));
      case "notEqual" -> x.notEqual(in.get(1));
      case "less" -> x.less(in.get(1));
      case "lessEqual" -> x.lessEqual(in.get(1));
      case "greater" -> x.greater(in.get(1));
      case "greaterEqual" -> x.greaterEqual(in.get(1));
      case "and" -> x.and(in.get(1));
      case "or" -> x.or(in.get(1));
      case "xor" -> x.xor(in.get(1));
      case "not" -> x.not();
      case "clip" -> x.clip(numbers("bounds")[0], numbers("bounds")[1]);
      case "negate" -> x.negate();
      case "abs" -> x.abs();
      case "sign" -> x.sign();
      case "square" -> x.square();
      case "relu" -> x.relu();
      case "step" -> x.step();
      case "floor" -> x.floor();
      case "sqrt" -> x.sqrt();
      case "rsqrt" -> x.rsqrt();
      case "exp" -> x.exp();
      case "expm1" -> x.expm1();
      case "log" -> x.log();
      case "log1p" -> x.log1p();
      case "tanh" -> x.tanh();
      case "sigmoid" -> x.sigmoid();
      case "softplus" -> x.softplus();
      case "erf" -> x.erf();
      case "sin" -> x.sin();
      case "cos" -> x.cos();
      case "sum" -> keepDims() ? x.sum(axes(), true) : x.sum(axes());
      case "mean" -> keepDims() ? x.mean(axes(), true) : x.mean(axes());
      case "variance" -> keepDims() ? x.variance(axes(), true) : x.variance(axes());
      case "max" -> keepDims() ? x.max(axes(), true) : x.max(axes());
      case "min" -> keepDims() ? x.min(axes(), true) : x.min(axes());
      case "prod" -> keepDims() ? x.prod(axes(), true) : x.prod(axes());
      case "argmax" -> keepDims() ? x.argmax(axes(), true) : x.argmax(axes());
      case "logSumExp" -> keepDims() ? x.logSumExp(axes(), true) : x.logSumExp(axes());
      case "any" -> keepDims() ? x.any(axes(), true) : x.any(axes());
      case "all" -> keepDims() ? x.all(axes(), true) : x.all(axes());
      case "softmax" -> x.softmax(integer("axis"));
      case "logSoftmax" -> x.logSoftmax(integer("axis"));
      case "matmul" -> factor("a", x).matmul(factor("b", in.get(1)));
      case "reshape" -> x.reshape(ints("dims"));
      case "transpose" -> has("axes") ? x.transpose(axes()) : x.transpose();
      case "broadcastTo" -> x.broadcastTo(shape());
      case "expandDims" -> x.expandDims(integer("axis"));
      case "squeeze" -> x.squeeze(axes());
      case "slice" -> {
        int[] range = ints("range");
        yield range[3] == 1
            ? x.slice(range[0], range[1], range[2])
            : x.slice(range[0], range[1], range[2], range[3]);
      }
      case "gather" ->
          integer("axis") == 0 ? x.gather(in.get(1)) : x.gather(in.get(1), integer("axis"));
      case "pad" ->
          number("value") == 0
              ? x.pad(ints("low"), ints("high"))
              : x.pad(ints("low"), ints("high"), number("value"));
      case "flip" -> x.flip(axes());
      case "tile" -> x.tile(ints("repeats"));
      case "cast" -> x.cast(dtype());
      default -> throw new IllegalStateException("no such operation: " + operation);
    };
  }

  /** A factor, whose last two axes are exchanged if the case has it stored that way. */
  private Tensor factor(String which, Tensor stored) {
    if (!settings.getOrDefault("transpose", "").contains(which)) {
      return stored;
    }
    int rank = stored.shape().rank();
    int[] exchange = new int[rank];
    Arrays.setAll(exchange, i -> i < rank - 2 ? i : 2 * rank - 3 - i);
    return stored.transpose(exchange);
  }

  private boolean has(String key) {
    return settings.containsKey(key);
  }

  private boolean keepDims() {
    return Boolean.parseBoolean(settings.get("keepDims"));
  }

  private int[] axes() {
    return ints("axes");
  }

  private Shape shape() {
    return Shape.of(ints("shape"));
  }

  private DType dtype() {
    return DType.valueOf(settings.getOrDefault("dtype", "").toUpperCase(Locale.ROOT));
  }

  private int integer(String key) {
    return ints(key)[0];
  }

  private double number(String key) {
    return numbers(key)[0];
  }

  private int[] ints(String key) {
    return Arrays.stream(numbers(key)).mapToInt(value -> (int) value).toArray();
  }

  private double[] numbers(String key) {
    String value = settings.getOrDefault(key, "");
    return value.isEmpty()
        ? new double[0]
        : Arrays.stream(value.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
