package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.graph.Scope;
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
 * <p><b>Shapes.</b> Binary operations broadcast as NumPy does: shapes are aligned at their last
 * axes, and axes of length 1 are repeated. Axes count from 0, or from the end: -1 is the last. A
 * tensor has at most 2^31 - 17 elements.
 *
 * <p><b>Types.</b> Operands of two types take the higher one of bool &lt; int32 &lt; float32 &lt;
 * float64 (NumPy goes from int32 and float32 to float64). Arithmetic and reductions on bool give
 * int32; what needs fractions ({@link #divide}, {@link #exp}, {@link #mean}, {@link #matmul} ...)
 * turns whole numbers into float32 first. int32 wraps around. uint8 is storage: {@link #cast} it
 * before arithmetic. A Java number takes the tensor's type, except that a fraction makes a tensor
 * of whole numbers float32: {@code Tensor.of(1, 2).add(0.5)} is float32.
 *
 * <p><b>Accuracy.</b> {@link #add}, {@link #subtract}, {@link #multiply}, {@link #divide} and
 * {@link #sqrt} are correctly rounded; {@link #exp}, {@link #log}, {@link #tanh} and the other
 * functions are within 2 units in the last place. All have the same bits on every machine, with any
 * number of threads.
 *
 * <p><b>Errors.</b> Operations throw {@code IllegalArgumentException} where shapes do not
 * broadcast, an axis does not exist or is named twice, a type has no such operation, or the result
 * would have too many elements; the message says what to do. Readings throw {@code
 * IllegalStateException} on a symbolic tensor.
 *
 * <p>Safe for use by several threads.
 */
public final class Tensor {
  private final Node node;

  private Tensor(Node node) {
    this.node = node;
  }

  // ---- creation -------------------------------------------------------------------------------

  /**
   * A float32 tensor of a shape; {@code values} in row-major order, copied.
   *
   * @throws IllegalArgumentException unless there are as many values as the shape has elements
   */
  public static Tensor of(float[] values, Shape shape) {
    return Creation.ofArray(values.clone(), shape, DType.FLOAT32);
  }

  /**
   * A float64 tensor of a shape; {@code values} in row-major order, copied.
   *
   * @throws IllegalArgumentException unless there are as many values as the shape has elements
   */
  public static Tensor of(double[] values, Shape shape) {
    return Creation.ofArray(values.clone(), shape, DType.FLOAT64);
  }

  /**
   * An int32 tensor of a shape; {@code values} in row-major order, copied.
   *
   * @throws IllegalArgumentException unless there are as many values as the shape has elements
   */
  public static Tensor of(int[] values, Shape shape) {
    return Creation.ofArray(values.clone(), shape, DType.INT32);
  }

  /**
   * A bool tensor of a shape; {@code values} in row-major order, copied.
   *
   * @throws IllegalArgumentException unless there are as many values as the shape has elements
   */
  public static Tensor of(boolean[] values, Shape shape) {
    return Creation.ofBooleans(values, shape);
  }

  /**
   * A uint8 tensor of a shape; {@code values} in row-major order, unsigned, copied.
   *
   * @throws IllegalArgumentException unless there are as many values as the shape has elements
   */
  public static Tensor ofUint8(byte[] values, Shape shape) {
    return Creation.ofArray(values.clone(), shape, DType.UINT8);
  }

  /** A float32 vector, shape (n,). */
  public static Tensor of(float... values) {
    return of(values, Shape.of(values.length));
  }

  /** A float64 vector, shape (n,). */
  public static Tensor of(double... values) {
    return of(values, Shape.of(values.length));
  }

  /** An int32 vector, shape (n,). */
  public static Tensor of(int... values) {
    return of(values, Shape.of(values.length));
  }

  /**
   * A float32 matrix, shape (rows, columns), copied.
   *
   * @throws IllegalArgumentException if two rows differ in length
   */
  public static Tensor of(float[][] rows) {
    return Creation.ofRows(rows);
  }

  /** A float32 number as a tensor of shape (). */
  public static Tensor scalar(double value) {
    return full(Shape.scalar(), value, DType.FLOAT32);
  }

  /** A number as a tensor of shape (), in a type as {@link #full(Shape, double, DType)} has it. */
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

  /**
   * A tensor with one value everywhere, converted as {@link #cast} does.
   *
   * @throws IllegalArgumentException if an axis of the shape is {@link Shape#BATCH}
   */
  public static Tensor full(Shape shape, double value, DType dtype) {
    return Creation.full(shape, value, dtype);
  }

  /** {@code 0, 1, ..., stop - 1} in int32, shape (stop,); empty if {@code stop} is negative. */
  public static Tensor arange(int stop) {
    return Creation.arange(stop);
  }

  /**
   * {@code start + i step} for i = 0, 1, ... as long as it is below {@code stop} (above it if the
   * step is negative): shape (max(0, ceil((stop - start) / step)),). Computed in float64, then
   * cast.
   *
   * @throws IllegalArgumentException if an argument is not finite, the step is 0, or there would be
   *     too many elements
   */
  public static Tensor arange(double start, double stop, double step, DType dtype) {
    return Creation.arange(start, stop, step, dtype);
  }

  /**
   * {@code start + i (stop - start) / (count - 1)} for i = 0, ..., count - 1: evenly spaced float32
   * numbers from {@code start} to {@code stop}, both included; {@code start} alone if {@code count}
   * is 1. Shape (count,). Computed in float64.
   *
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public static Tensor linspace(double start, double stop, int count) {
    return Creation.linspace(start, stop, count);
  }

  /**
   * The float32 identity matrix, shape (size, size).
   *
   * @throws IllegalArgumentException if {@code size} is negative or above 46,340
   */
  public static Tensor eye(int size) {
    return Creation.eye(size);
  }

  /**
   * {@code y[..., c] = 1 if indices[...] = c, else 0}: float32, with one axis more than {@code
   * indices}, of length {@code classes}. An index outside [0, classes) gives a row of zeros.
   *
   * @throws IllegalArgumentException if the indices are not int32 or {@code classes} is negative
   */
  public static Tensor oneHot(Tensor indices, int classes) {
    return Creation.oneHot(indices, classes);
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

  /**
   * The elements in row-major order, as a new array of float32.
   *
   * @throws IllegalStateException if the tensor is symbolic
   */
  public float[] toFloats() {
    return Reading.floats(this);
  }

  /**
   * The elements in row-major order, as a new array of float64.
   *
   * @throws IllegalStateException if the tensor is symbolic
   */
  public double[] toDoubles() {
    return Reading.doubles(this);
  }

  /**
   * The elements of an int32, bool or uint8 tensor in row-major order, as a new array.
   *
   * @throws IllegalStateException if the tensor is symbolic or has another type
   */
  public int[] toInts() {
    return Reading.ints(this);
  }

  /**
   * The elements of a bool tensor in row-major order, as a new array.
   *
   * @throws IllegalStateException if the tensor is symbolic or has another type
   */
  public boolean[] toBooleans() {
    return Reading.booleans(this);
  }

  /**
   * The elements of a uint8 tensor in row-major order, unsigned, as a new array.
   *
   * @throws IllegalStateException if the tensor is symbolic or has another type
   */
  public byte[] toBytes() {
    return Reading.bytes(this);
  }

  /**
   * The value of a tensor with one element.
   *
   * @throws IllegalStateException if the tensor is symbolic or has not one element
   */
  public double item() {
    return Reading.item(this);
  }

  /**
   * The tensor that this one is the softmax of, over the last axis, if it is directly the result of
   * {@link #softmax}. A loss computed from it is exact where probabilities are rounded to 0 or 1.
   */
  public Optional<Tensor> softmaxLogits() {
    return Optional.ofNullable(node.keptBy(Softmax.class)).map(Tensor::of);
  }

  /**
   * The tensor that this one is the sigmoid of, if it is directly the result of {@link #sigmoid}.
   */
  public Optional<Tensor> sigmoidLogits() {
    return Optional.ofNullable(node.keptBy(Sigmoid.class)).map(Tensor::of);
  }

  /** Where in a model this tensor was made, as {@link Elbo#within} named the place, if it did. */
  public Optional<String> place() {
    return Optional.ofNullable(node.scope()).map(Scope::place);
  }

  /** Whether this tensor belongs to a compiled function, and so has no numbers. */
  public boolean isSymbolic() {
    return node.isTraced();
  }

  /**
   * Computes this tensor now, if it has not been computed yet, and returns it.
   *
   * @throws IllegalStateException if the tensor is symbolic
   */
  public Tensor evaluate() {
    Reading.array("evaluate", this);
    return this;
  }

  /**
   * NumPy's layout. A tensor that would take more than a little work to compute, and a symbolic
   * one, is described instead; printing never starts work on other threads.
   */
  @Override
  public String toString() {
    return Reading.text(this);
  }

  // ---- arithmetic -------------------------------------------------------------------------------

  /** {@code a + b} */
  public Tensor add(Tensor other) {
    return Operations.binary("add", new Add(), this, other);
  }

  /** {@code a + b} */
  public Tensor add(double other) {
    return add(Operations.number("add", other, this));
  }

  /** {@code a - b} */
  public Tensor subtract(Tensor other) {
    return Operations.binary("subtract", new Subtract(), this, other);
  }

  /** {@code a - b} */
  public Tensor subtract(double other) {
    return subtract(Operations.number("subtract", other, this));
  }

  /** {@code a b}, element by element. */
  public Tensor multiply(Tensor other) {
    return Operations.binary("multiply", new Multiply(), this, other);
  }

  /** {@code a b}, element by element. */
  public Tensor multiply(double other) {
    return multiply(Operations.number("multiply", other, this));
  }

  /** {@code a / b}; whole numbers become float32 first. */
  public Tensor divide(Tensor other) {
    return Operations.binary(
        "divide",
        new Divide(),
        Operations.floating("divide", this),
        Operations.floating("divide", other));
  }

  /** {@code a / b}; whole numbers become float32 first. */
  public Tensor divide(double other) {
    Tensor x = Operations.floating("divide", this);
    return x.divide(Operations.number("divide", other, x));
  }

  /**
   * {@code a^b}, with the special cases of {@link Math#pow}; whole numbers become float32 first.
   */
  public Tensor pow(Tensor other) {
    return Operations.binary(
        "pow", new Pow(), Operations.floating("pow", this), Operations.floating("pow", other));
  }

  /**
   * {@code a^b}, with the special cases of {@link Math#pow}; whole numbers become float32 first.
   */
  public Tensor pow(double other) {
    Tensor x = Operations.floating("pow", this);
    return x.pow(Operations.number("pow", other, x));
  }

  /** {@code max(a, b)}, element by element; NaN if either is; at a tie the gradient goes to a. */
  public Tensor maximum(Tensor other) {
    return Operations.binary("maximum", new Maximum(), this, other);
  }

  /** {@code max(a, b)}, element by element; NaN if either is; at a tie the gradient goes to a. */
  public Tensor maximum(double other) {
    return maximum(Operations.number("maximum", other, this));
  }

  /** {@code min(a, b)}, element by element; NaN if either is; at a tie the gradient goes to a. */
  public Tensor minimum(Tensor other) {
    return Operations.binary("minimum", new Minimum(), this, other);
  }

  /** {@code min(a, b)}, element by element; NaN if either is; at a tie the gradient goes to a. */
  public Tensor minimum(double other) {
    return minimum(Operations.number("minimum", other, this));
  }

  /**
   * {@code min(max(x, low), high)}; NaN for NaN. The gradient is 1 from low to high, both included,
   * else 0.
   *
   * @throws IllegalArgumentException unless {@code low <= high}
   */
  public Tensor clip(double low, double high) {
    Tensor x = Operations.numeric("clip", this);
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "clip: expected low <= high, received low "
              + low
              + " and high "
              + high
              + ". Exchange them.");
    }
    return x.maximum(low).minimum(high);
  }

  /** {@code -x} */
  public Tensor negate() {
    return apply(new Negate(), Operations.numeric("negate", this));
  }

  /** {@code |x|}; the gradient at 0 is 0. */
  public Tensor abs() {
    return apply(new Abs(), Operations.numeric("abs", this));
  }

  /** {@code -1 if x < 0, 0 if x = 0, 1 if x > 0}; NaN for NaN; the gradient is 0. */
  public Tensor sign() {
    return apply(new Sign(), Operations.numeric("sign", this));
  }

  /** {@code x^2} */
  public Tensor square() {
    return apply(new Square(), Operations.numeric("square", this));
  }

  /** {@code max(x, 0)}; NaN for NaN; the gradient at 0 is 0. */
  public Tensor relu() {
    return apply(new Relu(), Operations.numeric("relu", this));
  }

  /** {@code 1 if x > 0, else 0}, in the tensor's own type; NaN for NaN; the gradient is 0. */
  public Tensor step() {
    return apply(new Step(), Operations.numeric("step", this));
  }

  /** {@code max of whole n <= x}: rounded down; the gradient is 0. */
  public Tensor floor() {
    return apply(new Floor(), Operations.numeric("floor", this));
  }

  /** {@code sqrt(x)}, correctly rounded; NaN below 0. */
  public Tensor sqrt() {
    return apply(new Sqrt(), Operations.floating("sqrt", this));
  }

  /** {@code 1 / sqrt(x)}; infinite at 0, NaN below. */
  public Tensor rsqrt() {
    return apply(new Rsqrt(), Operations.floating("rsqrt", this));
  }

  /** {@code e^x} */
  public Tensor exp() {
    return apply(new Exp(), Operations.floating("exp", this));
  }

  /** {@code e^x - 1}, exact near 0. */
  public Tensor expm1() {
    return apply(new Expm1(), Operations.floating("expm1", this));
  }

  /** {@code ln x}; -inf at 0, NaN below. */
  public Tensor log() {
    return apply(new Log(), Operations.floating("log", this));
  }

  /** {@code ln(1 + x)}, exact near 0; -inf at -1, NaN below. */
  public Tensor log1p() {
    return apply(new Log1p(), Operations.floating("log1p", this));
  }

  /** {@code (e^x - e^-x) / (e^x + e^-x)} */
  public Tensor tanh() {
    return apply(new Tanh(), Operations.floating("tanh", this));
  }

  /** {@code 1 / (1 + e^-x)} */
  public Tensor sigmoid() {
    return apply(new Sigmoid(), Operations.floating("sigmoid", this));
  }

  /** {@code ln(1 + e^x)}, without overflow. */
  public Tensor softplus() {
    return apply(new Softplus(), Operations.floating("softplus", this));
  }

  /** {@code 2 / sqrt(pi) * integral of e^(-t^2) dt from 0 to x} */
  public Tensor erf() {
    return apply(new Erf(), Operations.floating("erf", this));
  }

  /** {@code sin x}, x in radians. */
  public Tensor sin() {
    return apply(new Sin(), Operations.floating("sin", this));
  }

  /** {@code cos x}, x in radians. */
  public Tensor cos() {
    return apply(new Cos(), Operations.floating("cos", this));
  }

  // ---- comparison and choice --------------------------------------------------------------------

  /** {@code a == b}, a bool tensor; false if either is NaN. */
  public Tensor equal(Tensor other) {
    return Operations.binary("equal", new Equal(), this, other);
  }

  /** {@code a == b}, a bool tensor; false if either is NaN. */
  public Tensor equal(double other) {
    return equal(Operations.number("equal", other, this));
  }

  /** {@code a != b}, a bool tensor; true if either is NaN. */
  public Tensor notEqual(Tensor other) {
    return Operations.binary("notEqual", new NotEqual(), this, other);
  }

  /** {@code a != b}, a bool tensor; true if either is NaN. */
  public Tensor notEqual(double other) {
    return notEqual(Operations.number("notEqual", other, this));
  }

  /** {@code a < b}, a bool tensor; false if either is NaN. */
  public Tensor less(Tensor other) {
    return Operations.binary("less", new Less(), this, other);
  }

  /** {@code a < b}, a bool tensor; false if either is NaN. */
  public Tensor less(double other) {
    return less(Operations.number("less", other, this));
  }

  /** {@code a <= b}, a bool tensor; false if either is NaN. */
  public Tensor lessEqual(Tensor other) {
    return Operations.binary("lessEqual", new LessEqual(), this, other);
  }

  /** {@code a <= b}, a bool tensor; false if either is NaN. */
  public Tensor lessEqual(double other) {
    return lessEqual(Operations.number("lessEqual", other, this));
  }

  /** {@code a > b}, a bool tensor; false if either is NaN. */
  public Tensor greater(Tensor other) {
    return Operations.exchanged("greater", new Less(), this, other);
  }

  /** {@code a > b}, a bool tensor; false if either is NaN. */
  public Tensor greater(double other) {
    return greater(Operations.number("greater", other, this));
  }

  /** {@code a >= b}, a bool tensor; false if either is NaN. */
  public Tensor greaterEqual(Tensor other) {
    return Operations.exchanged("greaterEqual", new LessEqual(), this, other);
  }

  /** {@code a >= b}, a bool tensor; false if either is NaN. */
  public Tensor greaterEqual(double other) {
    return greaterEqual(Operations.number("greaterEqual", other, this));
  }

  /** {@code a and b} on bool tensors. */
  public Tensor and(Tensor other) {
    return Operations.logical("and", new LogicalAnd(), this, other);
  }

  /** {@code a or b} on bool tensors. */
  public Tensor or(Tensor other) {
    return Operations.logical("or", new LogicalOr(), this, other);
  }

  /** {@code a != b} on bool tensors. */
  public Tensor xor(Tensor other) {
    return Operations.logical("xor", new LogicalXor(), this, other);
  }

  /** {@code not a} on a bool tensor. */
  public Tensor not() {
    Checks.requireBool("not", this);
    return xor(full(Shape.scalar(), 1, DType.BOOL));
  }

  /**
   * {@code condition ? a : b}, element by element; all three broadcast. Two bools give a bool.
   *
   * @throws IllegalArgumentException if the condition is not bool
   */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Operations.where(condition, a, b);
  }

  // ---- reductions -------------------------------------------------------------------------------

  /** {@code sum of x} over some axes, which go, or over all when none is named. */
  public Tensor sum(int... axes) {
    return sum(axes, false);
  }

  /**
   * {@code sum of x} over some axes (none named: all); 0 over nothing. Its order is set by the
   * shape alone.
   *
   * @param keepDims whether the axes stay, with length 1
   */
  public Tensor sum(int[] axes, boolean keepDims) {
    return Reductions.reduce("sum", Sum::new, this, axes, keepDims);
  }

  /** {@code sum of x / n} over some axes, which go, or over all when none is named. */
  public Tensor mean(int... axes) {
    return mean(axes, false);
  }

  /**
   * {@code sum of x / n} over some axes (none named: all); n is the number of elements of each sum;
   * NaN over nothing.
   *
   * @param keepDims whether the axes stay, with length 1
   */
  public Tensor mean(int[] axes, boolean keepDims) {
    return Reductions.mean(this, axes, keepDims);
  }

  /** {@code mean of (x - mean of x)^2} over some axes, which go, or over all when none is named. */
  public Tensor variance(int... axes) {
    return variance(axes, false);
  }

  /**
   * {@code mean of (x - mean of x)^2} over some axes (none named: all); without Bessel's
   * correction; NaN over nothing.
   *
   * @param keepDims whether the axes stay, with length 1
   */
  public Tensor variance(int[] axes, boolean keepDims) {
    return Reductions.variance(this, axes, keepDims);
  }

  /** {@code max of x} over some axes, which go, or over all when none is named. */
  public Tensor max(int... axes) {
    return max(axes, false);
  }

  /**
   * {@code max of x} over some axes (none named: all); NaN if one is. Elements that tie share the
   * gradient evenly.
   *
   * @param keepDims whether the axes stay, with length 1
   * @throws IllegalArgumentException if one of the axes is empty
   */
  public Tensor max(int[] axes, boolean keepDims) {
    return Reductions.extreme("max", Max::new, this, axes, keepDims);
  }

  /** {@code min of x} over some axes, which go, or over all when none is named. */
  public Tensor min(int... axes) {
    return min(axes, false);
  }

  /**
   * {@code min of x} over some axes (none named: all); NaN if one is. Elements that tie share the
   * gradient evenly.
   *
   * @param keepDims whether the axes stay, with length 1
   * @throws IllegalArgumentException if one of the axes is empty
   */
  public Tensor min(int[] axes, boolean keepDims) {
    return Reductions.extreme("min", Min::new, this, axes, keepDims);
  }

  /** {@code product of x} over some axes, which go, or over all when none is named. */
  public Tensor prod(int... axes) {
    return prod(axes, false);
  }

  /**
   * {@code product of x} over some axes (none named: all); 1 over nothing. An element's gradient is
   * the product of the others, at zeros too.
   *
   * @param keepDims whether the axes stay, with length 1
   */
  public Tensor prod(int[] axes, boolean keepDims) {
    return Reductions.reduce("prod", Prod::new, this, axes, keepDims);
  }

  /**
   * {@code first i with x[i] = max of x} along some axes, which go, or along all when none is
   * named; int32. NaN wins: if there is one, its index is the result. Several axes count as one, in
   * row-major order.
   *
   * @throws IllegalArgumentException if one of the axes is empty
   */
  public Tensor argmax(int... axes) {
    return argmax(axes, false);
  }

  /**
   * {@code first i with x[i] = max of x} along some axes (none named: all); see {@link
   * #argmax(int...)}.
   *
   * @param keepDims whether the axes stay, with length 1
   * @throws IllegalArgumentException if one of the axes is empty
   */
  public Tensor argmax(int[] axes, boolean keepDims) {
    return Reductions.argmax(this, axes, keepDims);
  }

  /** {@code ln(sum of e^x)} over some axes, which go, or over all when none is named. */
  public Tensor logSumExp(int... axes) {
    return logSumExp(axes, false);
  }

  /**
   * {@code ln(sum of e^x)} over some axes (none named: all); without overflow; -inf over nothing.
   *
   * @param keepDims whether the axes stay, with length 1
   */
  public Tensor logSumExp(int[] axes, boolean keepDims) {
    return Reductions.logSumExp(this, axes, keepDims);
  }

  /** {@code x[0] or x[1] or ...} over some axes, which go, or over all when none is named. */
  public Tensor any(int... axes) {
    return any(axes, false);
  }

  /**
   * {@code x[0] or x[1] or ...} over some axes (none named: all); of a bool tensor; false over
   * nothing.
   *
   * @param keepDims whether the axes stay, with length 1
   * @throws IllegalArgumentException if the tensor is not bool
   */
  public Tensor any(int[] axes, boolean keepDims) {
    return Reductions.any(this, axes, keepDims);
  }

  /** {@code x[0] and x[1] and ...} over some axes, which go, or over all when none is named. */
  public Tensor all(int... axes) {
    return all(axes, false);
  }

  /**
   * {@code x[0] and x[1] and ...} over some axes (none named: all); of a bool tensor; true over
   * nothing.
   *
   * @param keepDims whether the axes stay, with length 1
   * @throws IllegalArgumentException if the tensor is not bool
   */
  public Tensor all(int[] axes, boolean keepDims) {
    return Reductions.all(this, axes, keepDims);
  }

  /** {@code e^x / sum of e^x} along an axis, without overflow; the shape stays. */
  public Tensor softmax(int axis) {
    return Reductions.alongLast("softmax", new Softmax(), this, axis);
  }

  /** {@code x - ln(sum of e^x)} along an axis, without overflow; the shape stays. */
  public Tensor logSoftmax(int axis) {
    return Reductions.alongLast("logSoftmax", new LogSoftmax(), this, axis);
  }

  // ---- products ---------------------------------------------------------------------------------

  /**
   * {@code y[..., i, j] = sum over p of a[..., i, p] b[..., p, j]}: the matrix product of the last
   * two axes, (..., m, k) by (..., k, n) gives (..., m, n); the axes before them broadcast. Whole
   * numbers become float32 first. Each element is one chain of fused multiply-adds over ascending
   * p. A factor that is transposed in its last two axes, or repeated along the others, is read in
   * place, without a copy.
   *
   * @throws IllegalArgumentException if a factor has fewer than two axes, or the inner lengths
   *     differ
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

  /**
   * The same elements in row-major order under other axis lengths, one of which may be -1 and is
   * worked out.
   *
   * @throws IllegalArgumentException if the numbers of elements differ
   */
  public Tensor reshape(int... dims) {
    return Shapes.reshape(this, dims);
  }

  /**
   * The same elements in row-major order under another shape; one axis may be {@link Shape#BATCH}
   * and is worked out.
   *
   * @throws IllegalArgumentException if the numbers of elements differ
   */
  public Tensor reshape(Shape shape) {
    return Shapes.reshape(this, shape.dims());
  }

  /** {@code y[..., j, i] = x[i, j, ...]}: reverses the axes. */
  public Tensor transpose() {
    int rank = shape().rank();
    int[] reversed = new int[rank];
    Arrays.setAll(reversed, i -> rank - 1 - i);
    return transpose(reversed);
  }

  /**
   * Axis i of the result is axis {@code permutation[i]} of this tensor.
   *
   * @throws IllegalArgumentException unless each axis is named once
   */
  public Tensor transpose(int... permutation) {
    return Shapes.transpose(this, permutation);
  }

  /**
   * Repeats axes of length 1, and adds axes in front, up to a shape.
   *
   * @throws IllegalArgumentException if another axis would change
   */
  public Tensor broadcastTo(Shape shape) {
    return Shapes.broadcastTo(this, shape);
  }

  /**
   * Adds an axis of length 1 before position {@code axis}, 0 to the rank; -1 adds it at the end.
   *
   * @throws IllegalArgumentException if there is no such position
   */
  public Tensor expandDims(int axis) {
    return Shapes.expandDims("expandDims", this, axis);
  }

  /**
   * Drops axes of length 1: those named, or all when none is named.
   *
   * @throws IllegalArgumentException if an axis named has another length
   */
  public Tensor squeeze(int... axes) {
    return Shapes.squeeze(this, axes);
  }

  /**
   * Joins tensors along an axis, which gets the sum of their lengths. The result takes the highest
   * of their types.
   *
   * @throws IllegalArgumentException if there are none, or their other axes differ
   */
  public static Tensor concat(List<Tensor> tensors, int axis) {
    return Shapes.concat(tensors, axis);
  }

  /**
   * Joins tensors of one shape along a new axis before position {@code axis}, 0 to the rank; -1
   * adds it at the end. The result takes the highest of their types.
   *
   * @throws IllegalArgumentException if there are none, or their shapes differ
   */
  public static Tensor stack(List<Tensor> tensors, int axis) {
    return Shapes.stack(tensors, axis);
  }

  /**
   * Cuts an axis into parts of equal length, in order.
   *
   * @throws IllegalArgumentException if the number of parts does not divide the axis's length
   */
  public List<Tensor> split(int parts, int axis) {
    return Shapes.split(this, parts, axis);
  }

  /**
   * Elements {@code from} (inclusive) to {@code to} (exclusive) of an axis; both count from the end
   * if negative.
   *
   * @throws IllegalArgumentException unless {@code 0 <= from <= to <= length}
   */
  public Tensor slice(int axis, int from, int to) {
    return slice(axis, from, to, 1);
  }

  /**
   * Every {@code step}-th element from {@code from} (inclusive) to {@code to} (exclusive) of an
   * axis; both count from the end if negative. The axis gets length {@code ceil((to - from) /
   * step)}.
   *
   * @throws IllegalArgumentException unless {@code 0 <= from <= to <= length} and {@code step >= 1}
   */
  public Tensor slice(int axis, int from, int to, int step) {
    return Shapes.slice(this, axis, from, to, step);
  }

  /** {@link #gather(Tensor, int)} along the first axis. */
  public Tensor gather(Tensor indices) {
    return gather(indices, 0);
  }

  /**
   * {@code y[outer, i..., inner] = x[outer, indices[i...], inner]}: the elements at some indices
   * along an axis, whose place the indices' axes take.
   *
   * <p>An index outside [0, length) is found when the numbers are computed, since only then is it
   * known: reading the result, or calling the compiled function, throws {@code
   * IndexOutOfBoundsException} with the index and the line that called {@code gather}.
   *
   * @throws IllegalArgumentException if the indices are not int32
   */
  public Tensor gather(Tensor indices, int axis) {
    return Shapes.gather(this, indices, axis);
  }

  /** Adds {@code low[i]} zeros before and {@code high[i]} after the elements of axis i. */
  public Tensor pad(int[] low, int[] high) {
    return pad(low, high, 0);
  }

  /**
   * Adds {@code low[i]} elements of a value before and {@code high[i]} after the elements of axis
   * i, whose length becomes {@code low[i] + length + high[i]}.
   *
   * @throws IllegalArgumentException if a count is negative, or there is not one for each axis
   */
  public Tensor pad(int[] low, int[] high, double value) {
    return Shapes.pad(this, low, high, value);
  }

  /** {@code y[i] = x[length - 1 - i]} along some axes, or along all when none is named. */
  public Tensor flip(int... axes) {
    return Shapes.flip(this, axes);
  }

  /**
   * Repeats the whole tensor {@code repeats[i]} times along axis i, whose length becomes {@code
   * length repeats[i]}.
   *
   * @throws IllegalArgumentException if a count is negative, or there is not one for each axis
   */
  public Tensor tile(int... repeats) {
    return Shapes.tile(this, repeats);
  }

  // ---- type and gradient ------------------------------------------------------------------------

  /**
   * The same numbers in another type. To float32: rounded. To int32: toward zero, beyond its range
   * the nearest end, NaN to 0. To uint8: as to int32, then modulo 256. To bool: {@code x != 0}.
   * From bool: 0 or 1. The gradient passes between floating types alone.
   */
  public Tensor cast(DType dtype) {
    return dtype == dtype() ? this : apply(new Cast(dtype), this);
  }

  /** {@code x}, through which no gradient flows. */
  public Tensor stopGradient() {
    return apply(new StopGradient(), this);
  }

  /**
   * {@code x}, and an error if an element is NaN or infinite. As that is known only when the
   * numbers are computed, reading the result, or calling the compiled function, throws {@code
   * ArithmeticException} with the element and the line that called {@code checkFinite}.
   *
   * @param what what the numbers are, for the error
   */
  public Tensor checkFinite(String what) {
    return apply(new CheckFinite(what), Operations.floating("checkFinite", this));
  }
}
