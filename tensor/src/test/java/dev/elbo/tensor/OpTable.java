package dev.elbo.tensor;

import static dev.elbo.tensor.OpRow.Domain.POSITIVE;
import static dev.elbo.tensor.OpRow.Domain.UNIT;
import static dev.elbo.tensor.OpRow.Domain.WITH_ZEROS;
import static dev.elbo.tensor.OpRow.Kind.CONSTANT;
import static dev.elbo.tensor.OpRow.Kind.DIFFERENTIABLE;
import static dev.elbo.tensor.OpRow.Kind.SMOOTH;

import dev.elbo.tensor.OpRow.Argument;
import dev.elbo.tensor.OpRow.Kind;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.primitive.*;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The table of operations: at least one row for each primitive. */
final class OpTable {
  private static final Shape SCALAR = Shape.scalar();
  private static final Shape EMPTY = Shape.of(0, 3);

  private OpTable() {}

  static List<OpRow> rows() {
    List<OpRow> rows = new ArrayList<>();
    rows.addAll(unary());
    rows.addAll(binary());
    rows.addAll(comparisons());
    rows.addAll(reductions());
    rows.addAll(products());
    rows.addAll(shapes());
    rows.addAll(picking());
    rows.addAll(random());
    rows.addAll(ImageOpRows.rows());
    return rows;
  }

  private static OpRow unary(
      Class<? extends Primitive> primitive, Kind kind, UnaryOperator<Tensor> function) {
    return OpRow.of(primitive, kind, x -> function.apply(x.getFirst()))
        .on(SCALAR)
        .on(Shape.of(2, 3))
        .on(EMPTY);
  }

  private static List<OpRow> unary() {
    return List.of(
        unary(Negate.class, SMOOTH, Tensor::negate).alsoInt32(),
        unary(Abs.class, DIFFERENTIABLE, Tensor::abs).alsoInt32(),
        unary(Sign.class, CONSTANT, Tensor::sign).alsoInt32(),
        unary(Square.class, SMOOTH, Tensor::square).alsoInt32(),
        unary(Relu.class, DIFFERENTIABLE, Tensor::relu).alsoInt32(),
        unary(Step.class, CONSTANT, Tensor::step).alsoInt32(),
        unary(Floor.class, CONSTANT, Tensor::floor).alsoInt32(),
        unary(Sqrt.class, SMOOTH, Tensor::sqrt).in(POSITIVE),
        unary(Rsqrt.class, SMOOTH, Tensor::rsqrt).in(POSITIVE),
        unary(Exp.class, SMOOTH, Tensor::exp),
        unary(Expm1.class, SMOOTH, Tensor::expm1),
        unary(Log.class, SMOOTH, Tensor::log).in(POSITIVE),
        unary(Log1p.class, SMOOTH, Tensor::log1p).in(UNIT),
        unary(Tanh.class, SMOOTH, Tensor::tanh),
        unary(Sigmoid.class, SMOOTH, Tensor::sigmoid),
        unary(Softplus.class, SMOOTH, Tensor::softplus),
        unary(Erf.class, SMOOTH, Tensor::erf),
        unary(Sin.class, SMOOTH, Tensor::sin),
        unary(Cos.class, SMOOTH, Tensor::cos),
        unary(Cast.class, CONSTANT, x -> x.multiply(7).cast(DType.INT32).cast(DType.FLOAT32))
            .titled("through int32"),
        unary(Cast.class, CONSTANT, x -> x.cast(DType.BOOL)).titled("to bool").in(WITH_ZEROS),
        unary(Cast.class, CONSTANT, x -> x.multiply(101).cast(DType.UINT8)).titled("to uint8"),
        unary(StopGradient.class, CONSTANT, x -> x.stopGradient().square()),
        unary(Identity.class, SMOOTH, x -> Tensor.apply(new Identity(), x).square()),
        unary(CheckFinite.class, SMOOTH, x -> x.checkFinite("x").square()));
  }

  private static OpRow binary(
      Class<? extends Primitive> primitive, Kind kind, BinaryOperator<Tensor> function) {
    return OpRow.of(primitive, kind, x -> function.apply(x.get(0), x.get(1)))
        .on(SCALAR, SCALAR)
        .on(Shape.of(2, 3), Shape.of(2, 3))
        .on(Shape.of(2, 3), SCALAR)
        .on(Shape.of(3), Shape.of(2, 3))
        .on(Shape.of(2, 1, 3), Shape.of(4, 1))
        .on(EMPTY, Shape.of(1, 3))
        .on(Shape.of(1), Shape.of(0));
  }

  private static List<OpRow> binary() {
    return List.of(
        binary(Add.class, SMOOTH, Tensor::add).alsoInt32(),
        binary(Subtract.class, SMOOTH, Tensor::subtract).alsoInt32(),
        binary(Multiply.class, SMOOTH, Tensor::multiply).alsoInt32(),
        binary(Divide.class, SMOOTH, Tensor::divide).in(POSITIVE),
        binary(Pow.class, SMOOTH, Tensor::pow).in(POSITIVE),
        OpRow.of(Pow.class, SMOOTH, x -> x.getFirst().pow(3))
            .titled("of negative numbers, constant exponent")
            .on(Shape.of(2, 3)),
        OpRow.of(Pow.class, DIFFERENTIABLE, x -> x.getFirst().pow(0))
            .titled("to the power 0")
            .in(WITH_ZEROS)
            .on(Shape.of(2, 3)),
        binary(Maximum.class, DIFFERENTIABLE, Tensor::maximum).alsoInt32(),
        binary(Minimum.class, DIFFERENTIABLE, Tensor::minimum).alsoInt32(),
        OpRow.of(Minimum.class, DIFFERENTIABLE, x -> x.getFirst().clip(-0.1, 0.2))
            .titled("clip")
            .on(Shape.of(3, 4)),
        OpRow.of(Where.class, DIFFERENTIABLE, x -> Tensor.where(x.get(0), x.get(1), x.get(2)))
            .alsoInt32()
            .with(bools(2, 3), real(2, 3), real(2, 3))
            .with(bools(3), real(2, 1), real())
            .with(bools(), real(2), real(2))
            .with(bools(0, 3), real(3), real(1, 3)),
        OpRow.of(Where.class, CONSTANT, x -> Tensor.where(x.get(0), x.get(1), x.get(2)))
            .titled("on bools")
            .with(bools(2, 3), bools(3), bools(2, 1))
            .with(bools(), bools(), bools())
            .with(bools(0, 3), bools(3), bools()));
  }

  private static OpRow comparison(
      Class<? extends Primitive> primitive, BinaryOperator<Tensor> function) {
    // Both have zeros, so that some elements are equal.
    return OpRow.of(
            primitive, CONSTANT, x -> function.apply(x.get(0), x.get(1).floor().multiply(0.5)))
        .alsoInt32()
        .in(WITH_ZEROS)
        .on(SCALAR, SCALAR)
        .on(Shape.of(4, 3), Shape.of(4, 3))
        .on(Shape.of(4, 1), Shape.of(3))
        .on(EMPTY, SCALAR);
  }

  private static OpRow logical(
      Class<? extends Primitive> primitive, BinaryOperator<Tensor> function) {
    return OpRow.of(primitive, CONSTANT, x -> function.apply(x.get(0), x.get(1)))
        .with(bools(), bools())
        .with(bools(2, 3), bools(3))
        .with(bools(2, 1), bools(1, 4))
        .with(bools(0, 3), bools(3));
  }

  private static List<OpRow> comparisons() {
    return List.of(
        comparison(Equal.class, Tensor::equal),
        comparison(NotEqual.class, Tensor::notEqual),
        comparison(Less.class, Tensor::less),
        comparison(LessEqual.class, Tensor::lessEqual),
        comparison(Less.class, Tensor::greater).titled("greater"),
        comparison(LessEqual.class, Tensor::greaterEqual).titled("greaterEqual"),
        logical(LogicalAnd.class, Tensor::and),
        logical(LogicalOr.class, Tensor::or),
        logical(LogicalXor.class, Tensor::xor));
  }

  /** Rows of a reduction: all axes, first, last, the middle, two apart, none of them long. */
  private static List<OpRow> reduction(
      Class<? extends Primitive> primitive, Kind kind, Reducer reducer) {
    return List.of(
        OpRow.of(primitive, kind, x -> reducer.reduce(x.getFirst(), new int[0], false))
            .titled("over all axes")
            .on(SCALAR)
            .on(Shape.of(5))
            .on(Shape.of(2, 3, 2)),
        OpRow.of(primitive, kind, x -> reducer.reduce(x.getFirst(), new int[] {0}, false))
            .titled("over the first axis")
            .on(Shape.of(5))
            .on(Shape.of(4, 3))
            .on(Shape.of(2, 3, 2))
            .on(Shape.of(3, 0)),
        OpRow.of(primitive, kind, x -> reducer.reduce(x.getFirst(), new int[] {-1}, true))
            .titled("over the last axis, kept")
            .on(Shape.of(5))
            .on(Shape.of(4, 3))
            .on(Shape.of(0, 3)),
        OpRow.of(primitive, kind, x -> reducer.reduce(x.getFirst(), new int[] {0, 2}, false))
            .titled("over axes that are not neighbours")
            .on(Shape.of(2, 3, 2))
            .on(Shape.of(2, 0, 2)),
        OpRow.of(primitive, kind, x -> reducer.reduce(x.getFirst(), new int[] {2, 1}, true))
            .titled("over two neighbours, kept")
            .on(Shape.of(2, 3, 2)));
  }

  private interface Reducer {
    Tensor reduce(Tensor x, int[] axes, boolean keepDims);
  }

  private static List<OpRow> reductions() {
    List<OpRow> rows = new ArrayList<>();
    reduction(Sum.class, SMOOTH, Tensor::sum).forEach(row -> rows.add(row.alsoInt32()));
    reduction(Max.class, DIFFERENTIABLE, Tensor::max).forEach(row -> rows.add(row.alsoInt32()));
    reduction(Min.class, DIFFERENTIABLE, Tensor::min).forEach(row -> rows.add(row.alsoInt32()));
    reduction(Prod.class, SMOOTH, Tensor::prod).forEach(row -> rows.add(row.alsoInt32()));
    reduction(Sum.class, SMOOTH, Tensor::mean)
        .forEach(row -> rows.add(row.titled("mean " + row.title())));
    reduction(Sum.class, SMOOTH, Tensor::variance)
        .forEach(row -> rows.add(row.titled("variance " + row.title())));
    reduction(LogSumExp.class, SMOOTH, Tensor::logSumExp).forEach(rows::add);
    reduction(ArgMax.class, CONSTANT, Tensor::argmax).forEach(row -> rows.add(row.alsoInt32()));
    reduction(Sum.class, CONSTANT, (x, axes, keepDims) -> x.greater(0).any(axes, keepDims))
        .forEach(row -> rows.add(row.titled("any " + row.title())));
    reduction(Sum.class, CONSTANT, (x, axes, keepDims) -> x.greater(0).all(axes, keepDims))
        .forEach(row -> rows.add(row.titled("all " + row.title())));
    rows.add(
        OpRow.of(Prod.class, SMOOTH, x -> x.getFirst().prod(1))
            .titled("with zeros")
            .in(WITH_ZEROS)
            .on(Shape.of(6, 2))
            .on(Shape.of(3, 4)));
    rows.add(
        OpRow.of(Prod.class, SMOOTH, x -> x.getFirst().prod())
            .titled("of a single zero")
            .in(WITH_ZEROS)
            .on(SCALAR)
            .on(Shape.of(1))
            .on(Shape.of(2)));
    rows.add(
        OpRow.of(Sum.class, SMOOTH, x -> x.getFirst().sum(1))
            .titled("over an empty axis")
            .on(Shape.of(3, 0)));
    rows.add(
        OpRow.of(Prod.class, SMOOTH, x -> x.getFirst().prod(1))
            .titled("over an empty axis")
            .on(Shape.of(3, 0)));
    rows.add(
        OpRow.of(ArgMax.class, CONSTANT, x -> x.getFirst().argmax(-2))
            .titled("along a middle axis")
            .on(Shape.of(2, 3, 4)));
    rows.add(
        OpRow.of(Softmax.class, SMOOTH, x -> x.getFirst().softmax(-1))
            .on(Shape.of(4))
            .on(Shape.of(2, 3))
            .on(EMPTY)
            .on(Shape.of(2, 0)));
    rows.add(
        OpRow.of(Softmax.class, SMOOTH, x -> x.getFirst().softmax(0))
            .titled("along the first axis")
            .on(Shape.of(2, 3)));
    rows.add(
        OpRow.of(LogSoftmax.class, SMOOTH, x -> x.getFirst().logSoftmax(-1))
            .on(Shape.of(4))
            .on(Shape.of(2, 3))
            .on(EMPTY));
    rows.add(
        OpRow.of(LogSoftmax.class, SMOOTH, x -> x.getFirst().logSoftmax(1))
            .titled("along a middle axis")
            .on(Shape.of(2, 3, 2)));
    return rows;
  }

  private static OpRow product(String title, BinaryOperator<Tensor> function) {
    return OpRow.of(MatMul.class, SMOOTH, x -> function.apply(x.get(0), x.get(1))).titled(title);
  }

  private static List<OpRow> products() {
    return List.of(
        product("plain", Tensor::matmul)
            .on(Shape.of(2, 3), Shape.of(3, 4))
            .on(Shape.of(1, 1), Shape.of(1, 1))
            .on(Shape.of(2, 0), Shape.of(0, 3))
            .on(Shape.of(0, 3), Shape.of(3, 2))
            .on(Shape.of(2, 3), Shape.of(3, 0)),
        product("first transposed", (a, b) -> a.transpose().matmul(b))
            .on(Shape.of(3, 2), Shape.of(3, 4)),
        product("second transposed", (a, b) -> a.matmul(b.transpose()))
            .on(Shape.of(2, 3), Shape.of(4, 3)),
        product("both transposed", (a, b) -> a.transpose().matmul(b.transpose()))
            .on(Shape.of(3, 2), Shape.of(4, 3)),
        product("batches", Tensor::matmul)
            .on(Shape.of(2, 2, 3), Shape.of(2, 3, 2))
            .on(Shape.of(2, 2, 3), Shape.of(3, 2))
            .on(Shape.of(2, 3), Shape.of(2, 3, 2))
            .on(Shape.of(2, 1, 1, 2), Shape.of(3, 2, 1))
            .on(Shape.of(0, 2, 3), Shape.of(3, 2))
            .on(Shape.of(2, 3, 0), Shape.of(0, 2)),
        product("batches, transposed", (a, b) -> a.transpose(0, 2, 1).matmul(b.transpose(0, 2, 1)))
            .on(Shape.of(2, 3, 2), Shape.of(2, 2, 3))
            .on(Shape.of(1, 3, 2), Shape.of(2, 2, 3))
            .on(Shape.of(2, 3, 2), Shape.of(1, 2, 3)),
        product("batches, first transposed", (a, b) -> a.transpose(0, 2, 1).matmul(b))
            .on(Shape.of(2, 3, 2), Shape.of(3, 2))
            .on(Shape.of(2, 3, 2), Shape.of(2, 3, 2))
            .on(Shape.of(0, 3, 2), Shape.of(3, 2)),
        product("batches, second transposed", (a, b) -> a.matmul(b.transpose(0, 2, 1)))
            .on(Shape.of(2, 3), Shape.of(2, 2, 3))
            .on(Shape.of(2, 3), Shape.of(0, 2, 3)),
        product("batches of several axes", Tensor::matmul)
            .on(Shape.of(2, 1, 2, 3), Shape.of(3, 3, 2))
            .on(Shape.of(1, 2, 3), Shape.of(2, 1, 3, 2))
            .on(Shape.of(2, 1, 2, 2, 1), Shape.of(3, 1, 1, 2)),
        product("with itself", (a, b) -> a.matmul(a).add(b.matmul(b.transpose())))
            .on(Shape.of(3, 3), Shape.of(3, 2)));
  }

  private static List<OpRow> shapes() {
    return List.of(
        unary(Reshape.class, SMOOTH, x -> x.expandDims(0).square().reshape(-1)).alsoInt32(),
        OpRow.of(Reshape.class, SMOOTH, x -> x.getFirst().transpose().reshape(2, 3).square())
            .titled("of a transposed tensor")
            .on(Shape.of(2, 3)),
        OpRow.of(Transpose.class, SMOOTH, x -> x.getFirst().transpose().square())
            .alsoInt32()
            .on(Shape.of(3))
            .on(Shape.of(2, 3))
            .on(Shape.of(2, 3, 2))
            .on(EMPTY),
        OpRow.of(Transpose.class, SMOOTH, x -> x.getFirst().transpose(2, 0, 1).square())
            .titled("of three axes")
            .on(Shape.of(2, 3, 2)),
        OpRow.of(
                BroadcastTo.class,
                SMOOTH,
                x -> x.getFirst().broadcastTo(Shape.of(2, 4, 3)).square())
            .alsoInt32()
            .on(SCALAR)
            .on(Shape.of(3))
            .on(Shape.of(4, 1))
            .on(Shape.of(2, 1, 3)),
        OpRow.of(BroadcastTo.class, SMOOTH, x -> x.getFirst().tile(2, 3).square())
            .titled("tile")
            .on(Shape.of(2, 3))
            .on(EMPTY),
        OpRow.of(BroadcastTo.class, SMOOTH, x -> x.getFirst().broadcastTo(EMPTY).square())
            .titled("to nothing")
            .on(Shape.of(1, 3)),
        OpRow.of(Slice.class, SMOOTH, x -> x.getFirst().slice(0, 1, 3).square())
            .alsoInt32()
            .on(Shape.of(4))
            .on(Shape.of(4, 3))
            .on(Shape.of(3, 0)),
        OpRow.of(Slice.class, SMOOTH, x -> x.getFirst().slice(-1, 1, -1, 2).square())
            .titled("with a step")
            .on(Shape.of(7))
            .on(Shape.of(2, 6)),
        OpRow.of(Slice.class, SMOOTH, x -> x.getFirst().slice(0, 0, 2).square())
            .titled("of the first rows")
            .on(Shape.of(4, 3)),
        OpRow.of(Slice.class, SMOOTH, x -> x.getFirst().square().slice(0, 0, 2))
            .titled("of the first rows of a result")
            .on(Shape.of(4, 3)),
        OpRow.of(Slice.class, SMOOTH, x -> x.getFirst().slice(0, 2, 2).square())
            .titled("of nothing")
            .on(Shape.of(4, 3)),
        OpRow.of(Slice.class, SMOOTH, x -> x.getFirst().flip().square())
            .titled("flip")
            .on(Shape.of(4))
            .on(Shape.of(2, 3))
            .on(EMPTY),
        OpRow.of(Slice.class, SMOOTH, x -> x.getFirst().flip(1).slice(1, 0, 3, 2).square())
            .titled("flip, then a step")
            .on(Shape.of(2, 5)),
        OpRow.of(
                Slice.class,
                SMOOTH,
                x -> {
                  List<Tensor> parts = x.getFirst().split(3, 1);
                  return parts.get(0).multiply(parts.get(2)).add(parts.get(1));
                })
            .titled("split")
            .on(Shape.of(2, 6)),
        OpRow.of(
                Pad.class,
                SMOOTH,
                x -> x.getFirst().pad(new int[] {1, 0}, new int[] {0, 2}, 0.5).square())
            .alsoInt32()
            .on(Shape.of(2, 3))
            .on(EMPTY),
        OpRow.of(
                Pad.class,
                SMOOTH,
                x -> Tensor.apply(new Pad(List.of(1), List.of(2), List.of(2), 0), x.getFirst()))
            .titled("between elements")
            .on(Shape.of(3))
            .on(Shape.of(1)),
        OpRow.of(Concat.class, SMOOTH, x -> Tensor.concat(x, 0).square())
            .alsoInt32()
            .on(Shape.of(2), Shape.of(3))
            .on(Shape.of(2, 3), Shape.of(0, 3), Shape.of(1, 3)),
        OpRow.of(Concat.class, SMOOTH, x -> Tensor.concat(x, -1).square())
            .titled("along the last axis")
            .on(Shape.of(2, 2), Shape.of(2, 1), Shape.of(2, 3)),
        OpRow.of(Concat.class, SMOOTH, x -> Tensor.stack(x, 1).square())
            .titled("stack")
            .on(Shape.of(3), Shape.of(3))
            .on(Shape.of(2, 3), Shape.of(2, 3), Shape.of(2, 3)),
        OpRow.of(
                Concat.class,
                SMOOTH,
                x -> Tensor.concat(List.of(x.getFirst(), x.getFirst()), 0).square())
            .titled("of a tensor with itself")
            .on(Shape.of(2, 2)));
  }

  private static List<OpRow> picking() {
    Argument indices = new Argument.Fixed(Tensor.of(new int[] {2, 0, 2, 1}, Shape.of(2, 2)));
    Argument one = new Argument.Fixed(Tensor.of(new int[] {1}, SCALAR));
    Argument none = new Argument.Fixed(Tensor.of(new int[0], Shape.of(0)));
    return List.of(
        OpRow.of(Gather.class, SMOOTH, x -> x.get(0).gather(x.get(1)).square())
            .alsoInt32()
            .with(real(3), indices)
            .with(real(3, 2), indices)
            .with(real(3, 2), one)
            .with(real(3, 2), none)
            .with(real(3, 0), indices),
        OpRow.of(Gather.class, SMOOTH, x -> x.get(0).gather(x.get(1), 1).square())
            .titled("along the second axis")
            .with(real(2, 3, 2), indices)
            .with(real(2, 3), one),
        OpRow.of(
                ScatterAdd.class,
                SMOOTH,
                x -> Tensor.apply(new ScatterAdd(0, 4), x.get(0), x.get(1)).square())
            .with(real(2, 2), indices)
            .with(real(2, 2, 3), indices)
            .with(real(3), one)
            .with(real(0), none),
        OpRow.of(
                ScatterAdd.class,
                SMOOTH,
                x -> Tensor.apply(new ScatterAdd(1, 3), x.get(0), x.get(1)).square())
            .titled("along the second axis")
            .with(real(3, 2, 2), indices));
  }

  /** Random numbers: a function of a key alone. */
  private static OpRow random(Random.Draw draw) {
    return OpRow.of(draw.primitive().getClass(), CONSTANT, x -> draw.key(x.getFirst()))
        .with(new Argument.Fixed(SeedGenerator.key(12, 34)));
  }

  private static List<OpRow> random() {
    Shape shape = Shape.of(3, 5);
    return List.of(
        random(Random.normal(shape).mean(1).stddev(0.5)),
        random(Random.normal(shape).dtype(DType.FLOAT64).stream(3)).titled("float64"),
        random(Random.normal(EMPTY)).titled("empty"),
        random(Random.truncatedNormal(shape)),
        random(Random.truncatedNormal(shape).dtype(DType.FLOAT64)).titled("float64"),
        random(Random.uniform(shape).range(-1, 2)),
        random(Random.uniform(SCALAR).dtype(DType.FLOAT64)).titled("float64 scalar"),
        random(Random.bernoulli(shape, 0.3)),
        random(Random.permutation(7)),
        random(Random.permutation(0)).titled("empty"));
  }

  private static Argument real(int... dims) {
    return new Argument.Real(Shape.of(dims));
  }

  /** Bools, every third of them true. */
  private static Argument bools(int... dims) {
    Shape shape = Shape.of(dims);
    boolean[] values = new boolean[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 1;
    }
    return new Argument.Fixed(Tensor.of(values, shape));
  }
}
