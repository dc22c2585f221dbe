package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What operations refuse, and in which words: where, what was expected, what came, what to do. The
 * edges of creation are in {@link CreationTest}, those of convolutions in {@link ConvolutionTest}.
 */
class PreconditionsTest {
  private static final Tensor X = Tensor.zeros(Shape.of(2, 3));
  private static final Tensor Y = Tensor.zeros(Shape.of(2, 4));
  private static final Tensor FLAGS = Tensor.zeros(Shape.of(2, 3), DType.BOOL);
  private static final Tensor BYTES = Tensor.ofUint8(new byte[6], Shape.of(2, 3));
  private static final Tensor COLUMN = Tensor.zeros(Shape.of(65_536, 1));
  private static final Tensor ROW = Tensor.zeros(Shape.of(1, 65_536));
  private static final Shape UNKNOWN = Shape.of(Shape.BATCH, 3);

  /** A call and the message of what it throws. */
  record Refused(Supplier<?> call, String message) {
    @Override
    public String toString() {
      return message;
    }
  }

  private static Refused refused(Supplier<?> call, String message) {
    return new Refused(call, message);
  }

  static Stream<Refused> arguments() {
    List<Refused> all = new ArrayList<>();
    all.addAll(broadcasting());
    all.addAll(types());
    all.addAll(reductions());
    all.addAll(products());
    all.addAll(reshaping());
    all.addAll(joining());
    all.addAll(picking());
    all.addAll(sizes());
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void argumentsThatDoNotFitAreRefused(Refused refused) {
    assertThatThrownBy(refused.call()::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refused.message());
  }

  @ParameterizedTest
  @MethodSource("readings")
  void readingsThatCannotBeAreRefused(Refused refused) {
    assertThatThrownBy(refused.call()::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(refused.message());
  }

  private static List<Refused> broadcasting() {
    String mismatch =
        ": shapes (2, 3) and (2, 4) do not broadcast: axis -1 is 3 against 4. Make the lengths"
            + " equal, or one of them 1.";
    return List.of(
        refused(() -> X.add(Y), "add" + mismatch),
        refused(() -> X.subtract(Y), "subtract" + mismatch),
        refused(() -> X.multiply(Y), "multiply" + mismatch),
        refused(() -> X.divide(Y), "divide" + mismatch),
        refused(() -> X.pow(Y), "pow" + mismatch),
        refused(() -> X.maximum(Y), "maximum" + mismatch),
        refused(() -> X.minimum(Y), "minimum" + mismatch),
        refused(() -> X.equal(Y), "equal" + mismatch),
        refused(() -> X.notEqual(Y), "notEqual" + mismatch),
        refused(() -> X.less(Y), "less" + mismatch),
        refused(() -> X.lessEqual(Y), "lessEqual" + mismatch),
        refused(() -> X.greater(Y), "greater" + mismatch),
        refused(() -> X.greaterEqual(Y), "greaterEqual" + mismatch),
        refused(() -> FLAGS.and(Y.equal(0)), "and" + mismatch),
        refused(() -> FLAGS.or(Y.equal(0)), "or" + mismatch),
        refused(() -> FLAGS.xor(Y.equal(0)), "xor" + mismatch),
        refused(() -> Tensor.where(FLAGS, X, Y), "where" + mismatch),
        refused(
            () -> Tensor.where(FLAGS, Y, Y),
            "where: condition and values: shapes (2, 3) and (2, 4) do not broadcast: axis -1 is 3"
                + " against 4. Make the lengths equal, or one of them 1."),
        refused(
            () -> X.broadcastTo(Shape.of(2, 4)),
            "broadcastTo: shape (2, 3) cannot become (2, 4): axis -1 is 3 against 4. Only axes of"
                + " length 1 are repeated."),
        refused(
            () -> X.broadcastTo(Shape.of(3)),
            "broadcastTo: shape (2, 3) cannot become (3,), which has fewer axes. Reduce or squeeze"
                + " the first ones instead."),
        refused(
            () -> X.broadcastTo(UNKNOWN),
            "broadcastTo: expected a shape whose axes are known, received (None, 3). Replace None"
                + " by a length."));
  }

  private static List<Refused> types() {
    String storage =
        ": received a uint8 tensor of shape (2, 3), which is storage only. Cast it first, for"
            + " example cast(DType.FLOAT32).";
    String notBool =
        ": expected a bool tensor, received float32 of shape (2, 3). Compare it first, for example"
            + " greater(0).";
    return List.of(
        refused(() -> BYTES.add(1), "add" + storage),
        refused(() -> X.multiply(BYTES), "multiply" + storage),
        refused(() -> BYTES.negate(), "negate" + storage),
        refused(() -> BYTES.exp(), "exp" + storage),
        refused(() -> BYTES.greater(1), "greater" + storage),
        refused(() -> BYTES.sum(), "sum" + storage),
        refused(() -> BYTES.mean(), "mean" + storage),
        refused(() -> BYTES.max(), "max" + storage),
        refused(() -> BYTES.argmax(0), "argmax" + storage),
        refused(() -> BYTES.softmax(-1), "softmax" + storage),
        refused(() -> BYTES.matmul(X), "matmul" + storage),
        refused(() -> BYTES.clip(0, 1), "clip" + storage),
        refused(() -> Tensor.where(FLAGS, BYTES, X), "where" + storage),
        refused(() -> BYTES.checkFinite("x"), "checkFinite" + storage),
        refused(() -> X.and(FLAGS), "and" + notBool),
        refused(() -> FLAGS.or(X), "or" + notBool),
        refused(() -> X.xor(FLAGS), "xor" + notBool),
        refused(() -> X.not(), "not" + notBool),
        refused(() -> X.any(), "any" + notBool),
        refused(() -> X.all(0), "all" + notBool),
        refused(() -> Tensor.where(X, X, X), "where" + notBool),
        refused(
            () -> X.clip(2, 1),
            "clip: expected low <= high, received low 2.0 and high 1.0. Exchange them."),
        refused(
            () -> X.clip(Double.NaN, 1),
            "clip: expected low <= high, received low NaN and high 1.0. Exchange them."));
  }

  private static List<Refused> reductions() {
    List<Refused> all = new ArrayList<>();
    Tensor nothing = Tensor.zeros(Shape.of(2, 0));
    record Reducer(String name, java.util.function.Function<int[], Tensor> function) {}
    List<Reducer> reducers =
        List.of(
            new Reducer("sum", X::sum),
            new Reducer("mean", X::mean),
            new Reducer("variance", X::variance),
            new Reducer("max", X::max),
            new Reducer("min", X::min),
            new Reducer("prod", X::prod),
            new Reducer("argmax", X::argmax),
            new Reducer("logSumExp", X::logSumExp),
            new Reducer("any", FLAGS::any),
            new Reducer("all", FLAGS::all));
    for (Reducer reducer : reducers) {
      all.add(
          refused(
              () -> reducer.function().apply(new int[] {2}),
              reducer.name() + ": axis 2 is out of range for shape (2, 3). Use -2 to 1."));
      all.add(
          refused(
              () -> reducer.function().apply(new int[] {1, 0, -1}),
              reducer.name()
                  + ": axis 1 of shape (2, 3) is named twice, in (1, 0, -1). Name each axis once."));
    }
    for (String name : List.of("max", "min", "argmax")) {
      all.add(
          refused(
              () ->
                  switch (name) {
                    case "max" -> nothing.max();
                    case "min" -> nothing.min(-1);
                    default -> nothing.argmax(1);
                  },
              name
                  + ": axis 1 of shape (2, 0) is empty, and nothing has no "
                  + name
                  + ". Check that the data is not empty."));
    }
    all.add(
        refused(
            () -> X.softmax(2), "softmax: axis 2 is out of range for shape (2, 3). Use -2 to 1."));
    all.add(
        refused(
            () -> Tensor.scalar(1).logSoftmax(-1),
            "logSoftmax: axis -1 is out of range for shape (), which has no axes. Add one first."));
    return all;
  }

  private static List<Refused> products() {
    return List.of(
        refused(
            () -> X.matmul(Y),
            "matmul: expected the last axis of the first factor to equal the second-last of the"
                + " second, received shapes (2, 3) and (2, 4): 3 against 2. Transpose one of them?"),
        refused(
            () -> X.matmul(Tensor.zeros(Shape.of(3))),
            "matmul: expected two tensors of rank 2 or more, received shapes (2, 3) and (3,). Add"
                + " an axis with expandDims."),
        refused(
            () -> Tensor.zeros(Shape.of(2, 4, 3)).matmul(Tensor.zeros(Shape.of(5, 3, 4))),
            "matmul: batch axes: shapes (2,) and (5,) do not broadcast: axis -1 is 2 against 5."
                + " Make the lengths equal, or one of them 1."));
  }

  private static List<Refused> reshaping() {
    return List.of(
        refused(
            () -> X.reshape(4, 2),
            "reshape: shape (2, 3) has 6 elements and cannot become (4, 2), which has 8. Change a"
                + " length, or let one be worked out by giving -1."),
        refused(
            () -> X.reshape(4, -1),
            "reshape: shape (2, 3) has 6 elements and cannot become (4, -1): 4 does not divide 6."
                + " Change a length."),
        refused(
            () -> X.reshape(-1, -1),
            "reshape: only one axis may be -1, received (-1, -1). Give the others their lengths."),
        refused(
            () -> X.reshape(-2, 3),
            "reshape: axis lengths must be 0 or more, or -1 for one to be worked out, received (-2,"
                + " 3). Change the negative one."),
        refused(
            () -> Tensor.zeros(Shape.of(0, 3)).reshape(0, -1),
            "reshape: the axis that is -1 in (0, -1) could have any length, since another one is 0."
                + " Give it its length."),
        refused(
            () -> X.reshape(1 << 30, 1 << 30, 1 << 30),
            "reshape: shape (2, 3) has 6 elements and cannot become (1073741824, 1073741824,"
                + " 1073741824), which has more. Change a length, or let one be worked out by giving"
                + " -1."),
        refused(
            () -> X.reshape(UNKNOWN.insert(0, Shape.BATCH)),
            "reshape: only one axis may be -1, received (-1, -1, 3). Give the others their"
                + " lengths."),
        refused(
            () -> X.transpose(0, 0),
            "transpose: expected a permutation of the 2 axes of shape (2, 3), received (0, 0). Name"
                + " each axis once."),
        refused(
            () -> X.transpose(0),
            "transpose: expected a permutation of the 2 axes of shape (2, 3), received (0,). Name"
                + " each axis once."),
        refused(
            () -> X.transpose(0, 2),
            "transpose: expected a permutation of the 2 axes of shape (2, 3), received (0, 2). Name"
                + " each axis once."),
        refused(
            () -> X.expandDims(3),
            "expandDims: position 3 is out of range for shape (2, 3). Use -3 to 2."),
        refused(
            () -> X.expandDims(-4),
            "expandDims: position -4 is out of range for shape (2, 3). Use -3 to 2."),
        refused(
            () -> X.squeeze(0),
            "squeeze: axis 0 of shape (2, 3) has length 2, expected 1. Slice or reduce it instead."),
        refused(
            () -> X.expandDims(0).squeeze(0, -3),
            "squeeze: axis 0 of shape (1, 2, 3) is named twice, in (0, -3). Name each axis once."),
        refused(() -> X.flip(2), "flip: axis 2 is out of range for shape (2, 3). Use -2 to 1."),
        refused(
            () -> X.flip(0, -2),
            "flip: axis 0 of shape (2, 3) is named twice, in (0, -2). Name each axis once."),
        refused(
            () -> X.pad(new int[] {1}, new int[] {0, 0}),
            "pad: expected 2 counts of 0 or more before and after the axes of shape (2, 3), received"
                + " (1,) and (0, 0). Give each axis one; slice takes elements away."),
        refused(
            () -> X.pad(new int[] {1, 0}, new int[] {0, -1}),
            "pad: expected 2 counts of 0 or more before and after the axes of shape (2, 3), received"
                + " (1, 0) and (0, -1). Give each axis one; slice takes elements away."),
        refused(
            () -> X.tile(2),
            "tile: expected 2 repeat counts of 0 or more, one for each axis of shape (2, 3),"
                + " received (2,). Give 1 where nothing repeats."),
        refused(
            () -> X.tile(2, -1),
            "tile: expected 2 repeat counts of 0 or more, one for each axis of shape (2, 3),"
                + " received (2, -1). Give 1 where nothing repeats."));
  }

  private static List<Refused> joining() {
    return List.of(
        refused(
            () -> Tensor.concat(List.of(), 0),
            "concat: expected at least one tensor, received none. Check that the list is not"
                + " empty."),
        refused(
            () -> Tensor.concat(List.of(Tensor.scalar(1), Tensor.scalar(2)), 0),
            "concat: scalars have no axis to join along. Use Tensor.stack."),
        refused(
            () -> Tensor.concat(List.of(X, Y), 0),
            "concat: expected shapes that agree except along axis 0, received (2, 3) and (2, 4)."
                + " Reshape, slice or pad one of them."),
        refused(
            () -> Tensor.concat(List.of(X, X.expandDims(0)), 0),
            "concat: expected shapes that agree except along axis 0, received (2, 3) and (1, 2, 3)."
                + " Reshape, slice or pad one of them."),
        refused(
            () -> Tensor.concat(List.of(X, X), 2),
            "concat: axis 2 is out of range for shape (2, 3). Use -2 to 1."),
        refused(
            () -> Tensor.stack(List.of(), 0),
            "stack: expected at least one tensor, received none. Check that the list is not empty."),
        refused(
            () -> Tensor.stack(List.of(X, Y), 0),
            "stack: expected tensors of one shape, received (2, 3) and (2, 4). Reshape, slice or pad"
                + " one of them."),
        refused(
            () -> Tensor.stack(List.of(X, X), 3),
            "stack: position 3 is out of range for shape (2, 3). Use -3 to 2."),
        refused(
            () -> X.split(2, 1),
            "split: axis 1 of shape (2, 3) cannot be cut into 2 equal parts. Use a divisor of 3, or"
                + " slice."),
        refused(
            () -> X.split(0, 1),
            "split: axis 1 of shape (2, 3) cannot be cut into 0 equal parts. Use a divisor of 3, or"
                + " slice."),
        refused(
            () -> X.split(1, -3), "split: axis -3 is out of range for shape (2, 3). Use -2 to 1."));
  }

  private static List<Refused> picking() {
    return List.of(
        refused(
            () -> X.slice(1, 0, 3, 0),
            "slice: expected a step of 1 or more, received 0. Use flip to reverse an axis."),
        refused(
            () -> X.slice(1, 2, 0, -1),
            "slice: expected a step of 1 or more, received -1. Use flip to reverse an axis."),
        refused(
            () -> X.slice(1, 0, 4),
            "slice: [0, 4) is out of range for axis 1 of shape (2, 3). Expected 0 <= from <= to <="
                + " 3; negative positions count from the end."),
        refused(
            () -> X.slice(1, 2, 1),
            "slice: [2, 1) is out of range for axis 1 of shape (2, 3). Expected 0 <= from <= to <="
                + " 3; negative positions count from the end."),
        refused(
            () -> X.slice(1, -4, 3),
            "slice: [-4, 3) is out of range for axis 1 of shape (2, 3). Expected 0 <= from <= to <="
                + " 3; negative positions count from the end."),
        refused(
            () -> X.slice(2, 0, 1), "slice: axis 2 is out of range for shape (2, 3). Use -2 to 1."),
        refused(
            () -> X.gather(Tensor.of(0f, 1f)),
            "gather: expected int32 indices, received float32 of shape (2,). Use"
                + " cast(DType.INT32)."),
        refused(
            () -> X.gather(Tensor.of(0, 1), 2),
            "gather: axis 2 is out of range for shape (2, 3). Use -2 to 1."),
        refused(
            () -> Tensor.scalar(1).gather(Tensor.of(0)),
            "gather: axis 0 is out of range for shape (), which has no axes. Add one first."),
        refused(
            () -> Tensor.oneHot(X, 3),
            "oneHot: expected int32 indices, received float32 of shape (2, 3). Use"
                + " cast(DType.INT32)."),
        refused(
            () -> Tensor.oneHot(Tensor.of(0, 1), -1),
            "oneHot: expected 0 classes or more, received -1. Count the classes of the labels."));
  }

  private static List<Refused> sizes() {
    String large =
        ": the result's shape (65536, 65536) has more than 2147483631 elements, the most";
    String remedy = " that an array holds. Work on smaller pieces.";
    Tensor wide = Tensor.zeros(Shape.of(0, Integer.MAX_VALUE));
    return List.of(
        refused(() -> COLUMN.add(ROW), "add" + large + remedy),
        refused(() -> COLUMN.greater(ROW), "greater" + large + remedy),
        refused(() -> Tensor.where(COLUMN.equal(0), ROW, ROW), "where" + large + remedy),
        refused(() -> COLUMN.matmul(ROW), "matmul" + large + remedy),
        refused(() -> COLUMN.broadcastTo(Shape.of(65_536, 65_536)), "broadcastTo" + large + remedy),
        refused(() -> COLUMN.tile(1, 65_536), "tile" + large + remedy),
        refused(() -> Tensor.zeros(Shape.of(65_536, 65_536)), "Tensor.full" + large + remedy),
        refused(
            () -> Random.normal(Shape.of(65_536, 65_536)).seed(1),
            "Random.normal" + large + remedy),
        refused(
            () -> COLUMN.gather(Tensor.zeros(Shape.of(65_536), DType.INT32), 1),
            "gather" + large + remedy),
        refused(() -> COLUMN.pad(new int[] {0, 65_535}, new int[] {0, 0}), "pad" + large + remedy),
        refused(
            () -> Tensor.oneHot(Tensor.zeros(Shape.of(65_536), DType.INT32), 65_536),
            "oneHot" + large + remedy),
        refused(
            () -> Tensor.concat(List.of(wide, wide), 1),
            "concat: an axis would be of length 4294967294, more than 2147483647. Work on smaller"
                + " pieces."),
        refused(
            () -> wide.pad(new int[] {0, 1}, new int[] {0, 0}),
            "pad: an axis would be of length 2147483648, more than 2147483647. Work on smaller"
                + " pieces."),
        refused(
            () -> wide.tile(1, 2),
            "tile: an axis would be of length 4294967294, more than 2147483647. Work on smaller"
                + " pieces."),
        refused(
            () -> Tensor.full(UNKNOWN, 1),
            "Tensor.full: expected a shape whose axes are known, received (None, 3). Replace None"
                + " by a length."),
        refused(
            () -> Tensor.of(new float[6], UNKNOWN),
            "Tensor.of: expected a shape whose axes are known, received (None, 3). Replace None by"
                + " a length."),
        refused(
            () -> Tensor.of(new float[5], Shape.of(2, 3)),
            "Tensor.of: shape (2, 3) needs 6 values, received 5. Change the one or the other."),
        refused(
            () -> Tensor.of(new float[][] {{1, 2}, {3}}),
            "Tensor.of: expected rows of equal length, row 0 has 2 values and row 1 has 1. Fill the"
                + " short one up."),
        refused(
            () -> Tensor.linspace(0, 1, -1),
            "Tensor.linspace: expected a count of 0 or more, received -1. Count both ends."),
        refused(
            () -> Tensor.eye(-1),
            "Tensor.eye: expected a size of 0 or more, received -1. Count the rows."));
  }

  static Stream<Refused> readings() {
    return Stream.of(
        refused(
            () -> X.toInts(),
            "toInts: expected whole numbers, received float32. Use toFloats(), or cast(INT32)"
                + " first."),
        refused(
            () -> X.toBooleans(),
            "toBooleans: expected a bool tensor, received float32. Compare or cast it first."),
        refused(
            () -> X.toBytes(),
            "toBytes: expected a uint8 tensor, received float32. Cast it first."),
        refused(
            () -> X.item(),
            "item: expected a tensor with one element, received shape (2, 3). Reduce it, or use"
                + " toFloats()."));
  }
}
