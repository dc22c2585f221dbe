package dev.elbo.tensor;

import dev.elbo.tensor.internal.format.TensorFormat;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.plan.Evaluator;
import dev.elbo.tensor.internal.primitive.*;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An immutable n-dimensional array, computed when it is read.
 *
 * <p>An operation checks its arguments and infers the result's shape and type at once; the numbers
 * are computed when somebody reads them ({@link #toFloats}, {@link #item}, {@link #toString}), or
 * when the compiled function that made the tensor runs. Inside {@link Elbo#compile} and {@link
 * Elbo#valueAndGradients} tensors are symbolic: they have a shape and a type and no numbers.
 *
 * <p>Binary operations broadcast and promote as NumPy does (bool &lt; int32 &lt; float32 &lt;
 * float64); a Java number takes the tensor's own type. Axes may count from the end. uint8 is
 * storage: {@link #cast} it before arithmetic.
 *
 * <p>Safe for use by several threads.
 */
public final class Tensor {
  /** Up to this many bytes of pending results are evaluated to print a tensor. */
  private static final long SMALL_WORK_BYTES = 4L << 20;

  private final Node node;

  private Tensor(Node node) {
    this.node = node;
  }

  // ---- creation -------------------------------------------------------------------------------

  /** A float32 tensor of a shape; {@code values} in row-major order, copied. */
  public static Tensor of(float[] values, Shape shape) {
    return ofArray(values.clone(), shape, DType.FLOAT32);
  }

  /** A float64 tensor of a shape; {@code values} in row-major order, copied. */
  public static Tensor of(double[] values, Shape shape) {
    return ofArray(values.clone(), shape, DType.FLOAT64);
  }

  /** An int32 tensor of a shape; {@code values} in row-major order, copied. */
  public static Tensor of(int[] values, Shape shape) {
    return ofArray(values.clone(), shape, DType.INT32);
  }

  /** A bool tensor of a shape; {@code values} in row-major order, copied. */
  public static Tensor of(boolean[] values, Shape shape) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return ofArray(bytes, shape, DType.BOOL);
  }

  /** A uint8 tensor of a shape; {@code values} in row-major order, unsigned, copied. */
  public static Tensor ofUint8(byte[] values, Shape shape) {
    return ofArray(values.clone(), shape, DType.UINT8);
  }

  /** A float32 vector. */
  public static Tensor of(float... values) {
    return of(values, Shape.of(values.length));
  }

  /** A float64 vector. */
  public static Tensor of(double... values) {
    return of(values, Shape.of(values.length));
  }

  /** An int32 vector. */
  public static Tensor of(int... values) {
    return of(values, Shape.of(values.length));
  }

  /** A float32 matrix; all rows have one length. */
  public static Tensor of(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] values = new float[rows.length * columns];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns) {
        throw new IllegalArgumentException(
            "Tensor.of: expected rows of equal length, row 0 has "
                + columns
                + " values and row "
                + row
                + " has "
                + rows[row].length);
      }
      System.arraycopy(rows[row], 0, values, row * columns, columns);
    }
    return ofArray(values, Shape.of(rows.length, columns), DType.FLOAT32);
  }

  private static Tensor ofArray(Object array, Shape shape, DType dtype) {
    if (!shape.isKnown() || Buffers.length(array) != shape.size()) {
      throw new IllegalArgumentException(
          "Tensor.of: shape "
              + shape
              + " needs "
              + (shape.isKnown() ? shape.size() : "a known number of")
              + " values, received "
              + Buffers.length(array));
    }
    return new Tensor(Node.ofValue(array, shape, dtype));
  }

  /** A float32 number as a tensor of shape (). */
  public static Tensor scalar(double value) {
    return full(Shape.scalar(), value, DType.FLOAT32);
  }

  /** A number as a tensor of shape (). */
  public static Tensor scalar(double value, DType dtype) {
    return full(Shape.scalar(), value, dtype);
  }

  /** A float32 tensor of zeros. */
  public static Tensor zeros(Shape shape) {
    return full(shape, 0, DType.FLOAT32);
  }

  /** A tensor of zeros. */
  public static Tensor zeros(Shape shape, DType dtype) {
    return full(shape, 0, dtype);
  }

  /** A float32 tensor of ones. */
  public static Tensor ones(Shape shape) {
    return full(shape, 1, DType.FLOAT32);
  }

  /** A tensor of ones. */
  public static Tensor ones(Shape shape, DType dtype) {
    return full(shape, 1, dtype);
  }

  /** A float32 tensor with one value everywhere. */
  public static Tensor full(Shape shape, double value) {
    return full(shape, value, DType.FLOAT32);
  }

  /** A tensor with one value everywhere. */
  public static Tensor full(Shape shape, double value, DType dtype) {
    if (!shape.isKnown()) {
      throw new IllegalArgumentException(
          "Tensor.full: expected a shape whose axes are known, received " + shape);
    }
    double stored = dtype == DType.BOOL && value != 0 ? 1 : value;
    Tensor scalar =
        new Tensor(
            Node.ofValue(Buffers.filled(dtype, Shape.scalar(), stored), Shape.scalar(), dtype));
    return shape.rank() == 0 ? scalar : scalar.broadcastTo(shape);
  }

  /** The int32 numbers 0, 1, ..., {@code stop} - 1. */
  public static Tensor arange(int stop) {
    int[] values = new int[Math.max(0, stop)];
    Arrays.setAll(values, i -> i);
    return ofArray(values, Shape.of(values.length), DType.INT32);
  }

  /**
   * The numbers {@code start + i step} below {@code stop} (above it if the step is negative), i =
   * 0, 1, ...
   */
  public static Tensor arange(double start, double stop, double step, DType dtype) {
    if (step == 0) {
      throw new IllegalArgumentException("Tensor.arange: step must not be 0");
    }
    int count = (int) Math.max(0, Math.ceil((stop - start) / step));
    return ofFormula(count, dtype, i -> start + i * step);
  }

  /**
   * {@code count} evenly spaced float32 numbers from {@code start} to {@code stop}, both included.
   */
  public static Tensor linspace(double start, double stop, int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "Tensor.linspace: expected a count of 0 or more, received " + count);
    }
    double step = count > 1 ? (stop - start) / (count - 1) : 0;
    return ofFormula(
        count, DType.FLOAT32, i -> i == count - 1 && count > 1 ? stop : start + i * step);
  }

  private static Tensor ofFormula(
      int count, DType dtype, java.util.function.IntToDoubleFunction formula) {
    double[] values = new double[count];
    Arrays.setAll(values, formula);
    return of(values).cast(dtype);
  }

  /** The float32 identity matrix of a size. */
  public static Tensor eye(int size) {
    if (size < 0) {
      throw new IllegalArgumentException(
          "Tensor.eye: expected a size of 0 or more, received " + size);
    }
    float[] values = new float[size * size];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = 1;
    }
    return ofArray(values, Shape.of(size, size), DType.FLOAT32);
  }

  /**
   * A float32 tensor with one axis more than {@code indices}: 1 where the position along it is the
   * index, else 0. An index outside [0, classes) gives a row of zeros.
   */
  public static Tensor oneHot(Tensor indices, int classes) {
    return Operations.indices("oneHot", indices)
        .expandDims(-1)
        .equal(arange(classes))
        .cast(DType.FLOAT32);
  }

  /** For Elbo's own modules: a tensor on a node of the graph. */
  public static Tensor of(Node node) {
    return new Tensor(node);
  }

  /** For Elbo's own modules: the application of a primitive to inputs it can trust. */
  public static Tensor apply(Primitive primitive, Tensor... inputs) {
    List<Node> nodes = new ArrayList<>(inputs.length);
    for (Tensor input : inputs) {
      nodes.add(input.node);
    }
    Node node = Node.of(primitive, nodes);
    if (node.isHeavy()) {
      Evaluator.evaluate(node);
    }
    return new Tensor(node);
  }

  // ---- properties and reading -------------------------------------------------------------------

  /** The axis lengths. */
  public Shape shape() {
    return node.shape();
  }

  /** The element type. */
  public DType dtype() {
    return node.dtype();
  }

  /** For Elbo's own modules: the node of the graph. */
  public Node node() {
    return node;
  }

  /** The elements in row-major order, as a new array of float32. */
  public float[] toFloats() {
    Object array = array("toFloats");
    if (array instanceof float[] floats) {
      return floats.clone();
    }
    float[] values = new float[Buffers.length(array)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Buffers.get(array, dtype(), i);
    }
    return values;
  }

  /** The elements in row-major order, as a new array of float64. */
  public double[] toDoubles() {
    Object array = array("toDoubles");
    double[] values = new double[Buffers.length(array)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Buffers.get(array, dtype(), i);
    }
    return values;
  }

  /** The elements of an int32, bool or uint8 tensor in row-major order, as a new array. */
  public int[] toInts() {
    requireNotFloating("toInts");
    Object array = array("toInts");
    int[] values = new int[Buffers.length(array)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) Buffers.get(array, dtype(), i);
    }
    return values;
  }

  /** The elements of a bool tensor in row-major order, as a new array. */
  public boolean[] toBooleans() {
    if (dtype() != DType.BOOL) {
      throw new IllegalStateException(
          "toBooleans: expected a bool tensor, received "
              + dtype()
              + ". Compare or cast it first.");
    }
    byte[] bytes = (byte[]) array("toBooleans");
    boolean[] values = new boolean[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] != 0;
    }
    return values;
  }

  /** The elements of a uint8 tensor in row-major order, unsigned, as a new array. */
  public byte[] toBytes() {
    if (dtype() != DType.UINT8) {
      throw new IllegalStateException(
          "toBytes: expected a uint8 tensor, received " + dtype() + ". Cast it first.");
    }
    return ((byte[]) array("toBytes")).clone();
  }

  /** The value of a tensor with one element. */
  public double item() {
    if (shape().size() != 1) {
      throw new IllegalStateException(
          "item: expected a tensor with one element, received shape "
              + shape()
              + ". Reduce it, or use toFloats().");
    }
    return Buffers.get(array("item"), dtype(), 0);
  }

  /**
   * The tensor that this one is the softmax of, over the last axis, if it is directly the result of
   * {@link #softmax}. A loss computed from it is exact where probabilities are rounded to 0 or 1.
   */
  public Optional<Tensor> softmaxLogits() {
    return Optional.ofNullable(node.softmaxLogits()).map(Tensor::of);
  }

  /**
   * The tensor that this one is the sigmoid of, if it is directly the result of {@link #sigmoid}.
   */
  public Optional<Tensor> sigmoidLogits() {
    return Optional.ofNullable(node.sigmoidLogits()).map(Tensor::of);
  }

  /** Computes this tensor now, if it has not been computed yet, and returns it. */
  public Tensor evaluate() {
    array("evaluate");
    return this;
  }

  private Object array(String operation) {
    if (node.isTraced()) {
      throw new IllegalStateException(
          operation
              + ": this tensor of shape "
              + shape()
              + " is symbolic: inside compile and valueAndGradients there are no numbers yet."
              + " Return it from the function and read the result.");
    }
    return Evaluator.evaluate(node);
  }

  private void requireNotFloating(String operation) {
    if (dtype().isFloating()) {
      throw new IllegalStateException(
          operation
              + ": expected whole numbers, received "
              + dtype()
              + ". Use toFloats(), or cast(INT32) first.");
    }
  }

  /**
   * NumPy's layout. A tensor that would take more than a little work to compute, and a symbolic
   * one, is described instead; printing never starts work on other threads.
   */
  @Override
  public String toString() {
    Node.Pending pending = node.pending();
    if (node.isTraced() && pending != null) {
      return "Tensor("
          + pending.primitive().name()
          + ", shape="
          + shape()
          + ", dtype="
          + dtype()
          + ", symbolic)";
    }
    Object array = node.value();
    if (array == null && node.pendingBytes() <= SMALL_WORK_BYTES) {
      array = Evaluator.evaluateOnCaller(node);
    }
    return array == null
        ? "Tensor(shape=" + shape() + ", dtype=" + dtype() + ", not evaluated)"
        : TensorFormat.format(array, dtype(), shape());
  }

  // ---- arithmetic -------------------------------------------------------------------------------

  /** {@code a + b} */
  public Tensor add(Tensor other) {
    return Operations.binary(new Add(), this, other);
  }

  /** {@code a + b} */
  public Tensor add(double other) {
    return add(Operations.number("add", other, this));
  }

  /** {@code a - b} */
  public Tensor subtract(Tensor other) {
    return Operations.binary(new Subtract(), this, other);
  }

  /** {@code a - b} */
  public Tensor subtract(double other) {
    return subtract(Operations.number("subtract", other, this));
  }

  /** {@code a b}, element by element */
  public Tensor multiply(Tensor other) {
    return Operations.binary(new Multiply(), this, other);
  }

  /** {@code a b} */
  public Tensor multiply(double other) {
    return multiply(Operations.number("multiply", other, this));
  }

  /** {@code a / b}; whole numbers become float32 first. */
  public Tensor divide(Tensor other) {
    return Operations.binary(
        new Divide(), Operations.floating("divide", this), Operations.floating("divide", other));
  }

  /** {@code a / b}; whole numbers become float32 first. */
  public Tensor divide(double other) {
    Tensor x = Operations.floating("divide", this);
    return x.divide(Operations.number("divide", other, x));
  }

  /** {@code a^b}; whole numbers become float32 first. */
  public Tensor pow(Tensor other) {
    return Operations.binary(
        new Pow(), Operations.floating("pow", this), Operations.floating("pow", other));
  }

  /** {@code a^b}; whole numbers become float32 first. */
  public Tensor pow(double other) {
    Tensor x = Operations.floating("pow", this);
    return x.pow(Operations.number("pow", other, x));
  }

  /** {@code max(a, b)}, element by element; NaN if either is. */
  public Tensor maximum(Tensor other) {
    return Operations.binary(new Maximum(), this, other);
  }

  /** {@code max(a, b)} */
  public Tensor maximum(double other) {
    return maximum(Operations.number("maximum", other, this));
  }

  /** {@code min(a, b)}, element by element; NaN if either is. */
  public Tensor minimum(Tensor other) {
    return Operations.binary(new Minimum(), this, other);
  }

  /** {@code min(a, b)} */
  public Tensor minimum(double other) {
    return minimum(Operations.number("minimum", other, this));
  }

  /** {@code min(max(x, low), high)} */
  public Tensor clip(double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "clip: expected low <= high, received low " + low + " and high " + high);
    }
    return maximum(low).minimum(high);
  }

  /** {@code -x} */
  public Tensor negate() {
    return apply(new Negate(), Operations.numeric("negate", this));
  }

  /** {@code |x|} */
  public Tensor abs() {
    return apply(new Abs(), Operations.numeric("abs", this));
  }

  /** -1, 0 or 1 */
  public Tensor sign() {
    return apply(new Sign(), Operations.numeric("sign", this));
  }

  /** {@code x^2} */
  public Tensor square() {
    return apply(new Square(), Operations.numeric("square", this));
  }

  /** {@code max(x, 0)} */
  public Tensor relu() {
    return apply(new Relu(), Operations.numeric("relu", this));
  }

  /** 1 where {@code x > 0}, else 0, in the tensor's own type. */
  public Tensor step() {
    return apply(new Step(), Operations.numeric("step", this));
  }

  /** The largest whole number not above x. */
  public Tensor floor() {
    return apply(new Floor(), Operations.numeric("floor", this));
  }

  /** The square root, correctly rounded; NaN below 0. */
  public Tensor sqrt() {
    return apply(new Sqrt(), Operations.floating("sqrt", this));
  }

  /** {@code 1 / sqrt(x)} */
  public Tensor rsqrt() {
    return apply(new Rsqrt(), Operations.floating("rsqrt", this));
  }

  /** {@code e^x} */
  public Tensor exp() {
    return apply(new Exp(), Operations.floating("exp", this));
  }

  /** {@code e^x - 1}, exact near 0 */
  public Tensor expm1() {
    return apply(new Expm1(), Operations.floating("expm1", this));
  }

  /** {@code ln x}; -inf at 0, NaN below */
  public Tensor log() {
    return apply(new Log(), Operations.floating("log", this));
  }

  /** {@code ln(1 + x)}, exact near 0 */
  public Tensor log1p() {
    return apply(new Log1p(), Operations.floating("log1p", this));
  }

  /** {@code tanh x} */
  public Tensor tanh() {
    return apply(new Tanh(), Operations.floating("tanh", this));
  }

  /** {@code 1 / (1 + e^-x)} */
  public Tensor sigmoid() {
    return apply(new Sigmoid(), Operations.floating("sigmoid", this));
  }

  /** {@code ln(1 + e^x)}, without overflow */
  public Tensor softplus() {
    return apply(new Softplus(), Operations.floating("softplus", this));
  }

  /** The error function. */
  public Tensor erf() {
    return apply(new Erf(), Operations.floating("erf", this));
  }

  /** {@code sin x}, x in radians */
  public Tensor sin() {
    return apply(new Sin(), Operations.floating("sin", this));
  }

  /** {@code cos x}, x in radians */
  public Tensor cos() {
    return apply(new Cos(), Operations.floating("cos", this));
  }

  // ---- comparison and choice --------------------------------------------------------------------

  /** {@code a == b}, a bool tensor */
  public Tensor equal(Tensor other) {
    return Operations.compare(new Equal(), this, other);
  }

  /** {@code a == b}, a bool tensor */
  public Tensor equal(double other) {
    return equal(Operations.number("equal", other, this));
  }

  /** {@code a != b}, a bool tensor */
  public Tensor notEqual(Tensor other) {
    return Operations.compare(new NotEqual(), this, other);
  }

  /** {@code a != b}, a bool tensor */
  public Tensor notEqual(double other) {
    return notEqual(Operations.number("notEqual", other, this));
  }

  /** {@code a < b}, a bool tensor */
  public Tensor less(Tensor other) {
    return Operations.compare(new Less(), this, other);
  }

  /** {@code a < b}, a bool tensor */
  public Tensor less(double other) {
    return less(Operations.number("less", other, this));
  }

  /** {@code a <= b}, a bool tensor */
  public Tensor lessEqual(Tensor other) {
    return Operations.compare(new LessEqual(), this, other);
  }

  /** {@code a <= b}, a bool tensor */
  public Tensor lessEqual(double other) {
    return lessEqual(Operations.number("lessEqual", other, this));
  }

  /** {@code a > b}, a bool tensor */
  public Tensor greater(Tensor other) {
    return other.less(this);
  }

  /** {@code a > b}, a bool tensor */
  public Tensor greater(double other) {
    return greater(Operations.number("greater", other, this));
  }

  /** {@code a >= b}, a bool tensor */
  public Tensor greaterEqual(Tensor other) {
    return other.lessEqual(this);
  }

  /** {@code a >= b}, a bool tensor */
  public Tensor greaterEqual(double other) {
    return greaterEqual(Operations.number("greaterEqual", other, this));
  }

  /** {@code a and b} on bools */
  public Tensor and(Tensor other) {
    return Operations.logical(new LogicalAnd(), this, other);
  }

  /** {@code a or b} on bools */
  public Tensor or(Tensor other) {
    return Operations.logical(new LogicalOr(), this, other);
  }

  /** {@code a exclusive-or b} on bools */
  public Tensor xor(Tensor other) {
    return Operations.logical(new LogicalXor(), this, other);
  }

  /** {@code not a} on bools */
  public Tensor not() {
    return xor(full(Shape.scalar(), 1, DType.BOOL));
  }

  /** {@code condition ? a : b}, element by element; all three broadcast. */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Operations.where(condition, a, b);
  }

  // ---- reductions -------------------------------------------------------------------------------

  /** The sum over some axes, or over all when none is named. */
  public Tensor sum(int... axes) {
    return sum(axes, false);
  }

  /** The sum over some axes (none named: all); {@code keepDims} leaves them with length 1. */
  public Tensor sum(int[] axes, boolean keepDims) {
    return Reductions.reduce("sum", Sum::new, Operations.numeric("sum", this), axes, keepDims);
  }

  /** The mean over some axes, or over all when none is named. */
  public Tensor mean(int... axes) {
    return mean(axes, false);
  }

  /** {@code sum(x) / n} over some axes (none named: all). */
  public Tensor mean(int[] axes, boolean keepDims) {
    return Reductions.mean(Operations.floating("mean", this), axes, keepDims);
  }

  /** The variance over some axes, or over all when none is named. */
  public Tensor variance(int... axes) {
    return variance(axes, false);
  }

  /**
   * {@code mean((x - mean(x))^2)} over some axes (none named: all), without Bessel's correction.
   */
  public Tensor variance(int[] axes, boolean keepDims) {
    Tensor x = Operations.floating("variance", this);
    return x.subtract(x.mean(axes, true)).square().mean(axes, keepDims);
  }

  /** The maximum over some axes, or over all when none is named. */
  public Tensor max(int... axes) {
    return max(axes, false);
  }

  /** The maximum over some axes (none named: all); NaN if one is. */
  public Tensor max(int[] axes, boolean keepDims) {
    return Reductions.extreme("max", Max::new, this, axes, keepDims);
  }

  /** The minimum over some axes, or over all when none is named. */
  public Tensor min(int... axes) {
    return min(axes, false);
  }

  /** The minimum over some axes (none named: all); NaN if one is. */
  public Tensor min(int[] axes, boolean keepDims) {
    return Reductions.extreme("min", Min::new, this, axes, keepDims);
  }

  /** The product over some axes, or over all when none is named. */
  public Tensor prod(int... axes) {
    return prod(axes, false);
  }

  /** The product over some axes (none named: all). */
  public Tensor prod(int[] axes, boolean keepDims) {
    return Reductions.reduce("prod", Prod::new, Operations.numeric("prod", this), axes, keepDims);
  }

  /** The index of the largest element along an axis, int32: the first of several. */
  public Tensor argmax(int axis) {
    return Reductions.argmax(this, axis);
  }

  /** {@code ln sum of e^x} over some axes, or over all when none is named. */
  public Tensor logSumExp(int... axes) {
    return logSumExp(axes, false);
  }

  /** {@code ln sum of e^x} over some axes (none named: all), without overflow. */
  public Tensor logSumExp(int[] axes, boolean keepDims) {
    return Reductions.logSumExp(Operations.floating("logSumExp", this), axes, keepDims);
  }

  /** Whether any element of a bool tensor is true, over some axes, or over all. */
  public Tensor any(int... axes) {
    Operations.requireBool("any", this);
    return cast(DType.INT32).sum(axes).greater(0);
  }

  /** Whether all elements of a bool tensor are true, over some axes, or over all. */
  public Tensor all(int... axes) {
    return not().any(axes).not();
  }

  /** {@code e^x / sum of e^x} along an axis. */
  public Tensor softmax(int axis) {
    return Reductions.alongLast(
        "softmax", new Softmax(), Operations.floating("softmax", this), axis);
  }

  /** {@code x - ln sum of e^x} along an axis. */
  public Tensor logSoftmax(int axis) {
    return Reductions.alongLast(
        "logSoftmax", new LogSoftmax(), Operations.floating("logSoftmax", this), axis);
  }

  // ---- products ---------------------------------------------------------------------------------

  /**
   * The matrix product of the last two axes; axes before them broadcast. (m, k) by (k, n) gives (m,
   * n). A transposed operand is read in place, without a copy.
   */
  public Tensor matmul(Tensor other) {
    return Operations.matmul(this, other);
  }

  /**
   * The convolution of images (batch, height, width, channels) with filters (height, width,
   * channels, output channels); see {@link Convolution}.
   *
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public Tensor conv2d(Tensor filters, Convolution convolution) {
    return Convolutions.conv2d(this, filters, convolution);
  }

  /**
   * The transpose of a convolution, which is its gradient in its input: images (batch, height,
   * width, channels) and filters (height, width, output channels, channels) give (batch, height
   * stride, width stride, output channels) under SAME padding; see {@link
   * Convolution#transposedOutputShape}.
   *
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public Tensor conv2dTranspose(Tensor filters, Convolution convolution) {
    return Convolutions.conv2dTranspose(this, filters, convolution);
  }

  /**
   * The maximum of each window of images (batch, height, width, channels); NaN if one is. Of equal
   * maxima the first receives the gradient.
   *
   * @throws IllegalArgumentException if the input has not four axes or the window does not fit
   */
  public Tensor maxPool2d(Pooling pooling) {
    return Convolutions.maxPool2d(this, pooling);
  }

  /**
   * The mean of each window of images (batch, height, width, channels); padding is not counted.
   *
   * @throws IllegalArgumentException if the input has not four axes or the window does not fit
   */
  public Tensor averagePool2d(Pooling pooling) {
    return Convolutions.averagePool2d(this, pooling);
  }

  // ---- shape ------------------------------------------------------------------------------------

  /** The same elements in row-major order; one axis may be -1 and is worked out. */
  public Tensor reshape(int... dims) {
    return Shapes.reshape(this, dims);
  }

  /** The same elements in row-major order. */
  public Tensor reshape(Shape shape) {
    return Shapes.reshape(this, shape.dims());
  }

  /** Reverses the axes. */
  public Tensor transpose() {
    int rank = shape().rank();
    int[] reversed = new int[rank];
    Arrays.setAll(reversed, i -> rank - 1 - i);
    return transpose(reversed);
  }

  /** Axis i of the result is axis {@code permutation[i]} of this tensor. */
  public Tensor transpose(int... permutation) {
    return Shapes.transpose(this, permutation);
  }

  /** Repeats axes of length 1, and adds axes in front, up to a shape. */
  public Tensor broadcastTo(Shape shape) {
    return Shapes.broadcastTo(this, shape);
  }

  /** Adds an axis of length 1 before position {@code axis}; -1 adds it at the end. */
  public Tensor expandDims(int axis) {
    int rank = shape().rank();
    int at = axis < 0 ? axis + rank + 1 : axis;
    if (at < 0 || at > rank) {
      throw new IllegalArgumentException(
          "expandDims: axis " + axis + " is out of range for shape " + shape());
    }
    return reshape(shape().insert(at, 1));
  }

  /** Drops axes of length 1: those named, or all when none is named. */
  public Tensor squeeze(int... axes) {
    return Shapes.squeeze(this, axes);
  }

  /** Joins tensors along an axis; their other axes agree. */
  public static Tensor concat(List<Tensor> tensors, int axis) {
    return Shapes.concat(tensors, axis);
  }

  /** Joins tensors of one shape along a new axis. */
  public static Tensor stack(List<Tensor> tensors, int axis) {
    return Shapes.concat(tensors.stream().map(tensor -> tensor.expandDims(axis)).toList(), axis);
  }

  /** Cuts an axis into equal parts. */
  public List<Tensor> split(int parts, int axis) {
    return Shapes.split(this, parts, axis);
  }

  /**
   * Elements {@code from} (inclusive) to {@code to} (exclusive) of an axis; from the end if &lt; 0.
   */
  public Tensor slice(int axis, int from, int to) {
    return slice(axis, from, to, 1);
  }

  /** Every {@code step}-th element from {@code from} (inclusive) to {@code to} (exclusive). */
  public Tensor slice(int axis, int from, int to, int step) {
    return Shapes.slice(this, axis, from, to, step);
  }

  /** The elements at some int32 indices along the first axis. */
  public Tensor gather(Tensor indices) {
    return gather(indices, 0);
  }

  /** The elements at some int32 indices along an axis, whose place the indices' axes take. */
  public Tensor gather(Tensor indices, int axis) {
    if (shape().rank() == 0) {
      throw new IllegalArgumentException("gather: expected at least one axis, received a scalar");
    }
    int resolved = Operations.axis("gather", shape(), axis);
    return apply(new Gather(resolved), this, Operations.indices("gather", indices));
  }

  /** Adds {@code low[i]} zeros before and {@code high[i]} after axis i. */
  public Tensor pad(int[] low, int[] high) {
    return pad(low, high, 0);
  }

  /** Adds {@code low[i]} elements of a value before and {@code high[i]} after axis i. */
  public Tensor pad(int[] low, int[] high, double value) {
    return Shapes.pad(this, low, high, value);
  }

  /** Reverses the order along some axes, or along all when none is named. */
  public Tensor flip(int... axes) {
    return Shapes.flip(this, axes);
  }

  /** Repeats the whole tensor {@code repeats[i]} times along axis i. */
  public Tensor tile(int... repeats) {
    return Shapes.tile(this, repeats);
  }

  // ---- type and gradient ------------------------------------------------------------------------

  /** The same numbers in another type; see {@link DType}. To int32 toward zero, saturating. */
  public Tensor cast(DType dtype) {
    return dtype == dtype() ? this : apply(new Cast(dtype), this);
  }

  /** The same numbers, through which no gradient flows. */
  public Tensor stopGradient() {
    return apply(new StopGradient(), this);
  }

  /**
   * The same numbers, and an error that names the caller's line if one is NaN or infinite when they
   * are computed.
   *
   * @param what what the numbers are, for the error
   */
  public Tensor checkFinite(String what) {
    return apply(new CheckFinite(what), Operations.floating("checkFinite", this));
  }
}
