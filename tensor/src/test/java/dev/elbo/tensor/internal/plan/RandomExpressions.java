package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Grows expressions at random: each turn applies an operation to tensors that are there. The same
 * seed on inputs of the same shapes grows the same expression.
 */
final class RandomExpressions {
  /** Around what matters to plans: nothing, one, the sides of vectors, tiles and blocks of rows. */
  private static final int[] LENGTHS = {1, 2, 3, 5, 7, 8, 10, 31, 33, 64, 65, 130, 257, 1025};

  private static final long MOST_ELEMENTS = 9_000;

  private final java.util.Random rng;
  private final List<Tensor> pool = new ArrayList<>();

  RandomExpressions(long seed) {
    rng = new java.util.Random(seed);
  }

  /** Shapes of some inputs, small enough together. */
  static List<Shape> shapes(long seed, int count) {
    java.util.Random rng = new java.util.Random(~seed);
    List<Shape> shapes = new ArrayList<>();
    while (shapes.size() < count) {
      int rank = rng.nextInt(4);
      int[] dims = new int[rank];
      for (int axis = 0; axis < rank; axis++) {
        dims[axis] = rng.nextInt(60) == 0 ? 0 : LENGTHS[rng.nextInt(LENGTHS.length)];
      }
      // Now and then the shape of another: things that can be fused.
      Shape shape =
          !shapes.isEmpty() && rng.nextInt(3) == 0
              ? shapes.get(rng.nextInt(shapes.size()))
              : Shape.of(dims);
      if (shape.size() <= MOST_ELEMENTS) {
        shapes.add(shape);
      }
    }
    return shapes;
  }

  void add(Tensor tensor) {
    pool.add(tensor);
  }

  Tensor any() {
    // The younger, the likelier: expressions grow deep as well as wide.
    int size = pool.size();
    return pool.get(size - 1 - Math.min(rng.nextInt(size), rng.nextInt(size)));
  }

  /** A tensor of a shape, made from what is there. */
  Tensor ofShape(Shape shape) {
    for (int tries = 0; tries < 8; tries++) {
      Tensor x = any();
      if (x.shape().equals(shape) && x.dtype() == DType.FLOAT32) {
        return x;
      }
    }
    Tensor x = any().cast(DType.FLOAT32);
    return fits(x.shape(), shape) ? x.broadcastTo(shape) : x.sum().tanh().broadcastTo(shape);
  }

  private static boolean fits(Shape from, Shape to) {
    try {
      return from.broadcast(to).equals(to);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  int below(int bound) {
    return rng.nextInt(bound);
  }

  /** Applies some operations. */
  void grow(int operations) {
    for (int i = 0; i < operations; i++) {
      Tensor grown = next();
      if (grown.shape().size() <= MOST_ELEMENTS) {
        pool.add(grown);
      }
    }
  }

  private Tensor next() {
    Tensor x = any();
    return switch (rng.nextInt(12)) {
      case 0, 1, 2 -> unary(x);
      case 3, 4, 5 -> binary(x, any());
      case 6 -> reduction(x);
      case 7, 8 -> movement(x);
      case 9 -> product(x.cast(DType.FLOAT32));
      case 10 -> choice(x, any());
      default -> rowWise(x.cast(DType.FLOAT32));
    };
  }

  private Tensor unary(Tensor x) {
    return switch (rng.nextInt(14)) {
      case 0 -> x.negate();
      case 1 -> x.abs();
      case 2 -> x.relu();
      case 3 -> x.square().multiply(0.25);
      case 4 -> x.tanh();
      case 5 -> x.sigmoid();
      case 6 -> x.abs().add(1).log();
      case 7 -> x.minimum(3).exp();
      case 8 -> x.abs().sqrt();
      case 9 -> x.step().subtract(0.5);
      case 10 -> x.sin();
      case 11 -> x.clip(-1.5, 1.5);
      case 12 -> x.abs().add(0.5).pow(1.3);
      default -> x.multiply(3).cast(DType.INT32);
    };
  }

  private Tensor binary(Tensor a, Tensor b) {
    if (!canBroadcast(a.shape(), b.shape())) {
      return b.shape().rank() == 0 ? a : binary(a, b.cast(DType.FLOAT32).mean().tanh());
    }
    return switch (rng.nextInt(7)) {
      case 0, 1 -> a.add(b);
      case 2 -> a.subtract(b);
      case 3 -> a.multiply(b);
      case 4 -> a.divide(b.abs().add(1));
      case 5 -> a.maximum(b);
      default -> a.minimum(b);
    };
  }

  private static boolean canBroadcast(Shape a, Shape b) {
    try {
      return a.broadcast(b).size() <= MOST_ELEMENTS;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Tensor reduction(Tensor x) {
    int rank = x.shape().rank();
    List<Integer> chosen = new ArrayList<>();
    boolean hasEmpty = x.shape().size() == 0;
    for (int axis = 0; axis < rank; axis++) {
      if (rng.nextBoolean()) {
        chosen.add(axis);
      }
    }
    int[] axes = chosen.stream().mapToInt(Integer::intValue).toArray();
    boolean keepDims = rng.nextBoolean();
    return switch (hasEmpty ? rng.nextInt(2) : rng.nextInt(6)) {
      case 0 -> x.sum(axes, keepDims);
      case 1 -> x.mean(axes, keepDims);
      case 2 -> x.max(axes, keepDims);
      case 3 -> x.min(axes, keepDims);
      case 4 -> x.tanh().add(0.9).prod(axes, keepDims);
      default -> x.variance(axes, keepDims);
    };
  }

  private Tensor movement(Tensor x) {
    Shape shape = x.shape();
    int rank = shape.rank();
    if (rank == 0) {
      return x.broadcastTo(Shape.of(LENGTHS[rng.nextInt(LENGTHS.length)]));
    }
    int axis = rng.nextInt(rank);
    int length = shape.dim(axis);
    return switch (rng.nextInt(9)) {
      case 0 -> x.transpose();
      case 1 -> x.reshape(Shape.of((int) shape.size()));
      case 2 -> x.expandDims(rng.nextInt(rank + 1));
      case 3 -> x.slice(axis, length / 3, length);
      case 4 -> length > 1 ? x.slice(axis, 0, length, 2) : x.flip();
      case 5 -> x.slice(axis, 0, length - length / 3);
      case 6 -> x.flip(axis);
      case 7 -> Tensor.concat(List.of(x, x.add(1)), axis);
      default -> {
        int[] low = new int[rank];
        int[] high = new int[rank];
        low[axis] = rng.nextInt(3);
        high[rng.nextInt(rank)] += 1;
        yield x.pad(low, high, 0.5);
      }
    };
  }

  private Tensor product(Tensor x) {
    if (x.shape().rank() < 2) {
      return x.reshape(1, -1).matmul(x.reshape(-1, 1));
    }
    for (int tries = 0; tries < 6; tries++) {
      Tensor y = any().cast(DType.FLOAT32);
      if (y.shape().rank() == 2 && y.shape().dim(0) == x.shape().dim(-1)) {
        return x.matmul(y).multiply(0.1);
      }
      if (y.shape().rank() == 2 && y.shape().dim(1) == x.shape().dim(-1)) {
        return x.matmul(y.transpose()).multiply(0.1);
      }
    }
    int[] swapped = new int[x.shape().rank()];
    for (int axis = 0; axis < swapped.length; axis++) {
      swapped[axis] = axis;
    }
    swapped[swapped.length - 1] = swapped.length - 2;
    swapped[swapped.length - 2] = swapped.length - 1;
    Tensor other = x.transpose(swapped);
    return rng.nextBoolean() ? x.matmul(other).tanh() : other.matmul(x).add(0.5).relu();
  }

  private Tensor choice(Tensor a, Tensor b) {
    if (!canBroadcast(a.shape(), b.shape())) {
      return a.greater(0).cast(DType.FLOAT32).multiply(a);
    }
    return switch (rng.nextInt(4)) {
      case 0 -> Tensor.where(a.less(b), a, b.multiply(0.5));
      case 1 -> a.greaterEqual(b).and(a.notEqual(0)).cast(DType.FLOAT32);
      case 2 -> a.equal(b).or(b.lessEqual(0.3)).not().cast(DType.INT32);
      default -> Tensor.where(b.greater(0), a.add(1), b);
    };
  }

  private Tensor rowWise(Tensor x) {
    if (x.shape().rank() == 0 || x.shape().size() == 0) {
      return Random.bernoulli(Shape.of(7), 0.5).seed(rng.nextInt(5)).multiply(3);
    }
    int axis = rng.nextInt(x.shape().rank());
    return switch (rng.nextInt(6)) {
      case 0 -> x.softmax(axis);
      case 1 -> x.logSoftmax(-1);
      case 2 -> x.logSumExp(new int[] {axis}, true);
      case 3 -> x.argmax(axis).cast(DType.FLOAT32).multiply(0.1);
      case 4 -> x.gather(Tensor.of(0, x.shape().dim(0) - 1, 0));
      default -> x.multiply(Random.bernoulli(x.shape(), 0.8).seed(rng.nextInt(5)).divide(0.8));
    };
  }

  /** Some of the tensors, the youngest among them. */
  List<Tensor> results(int count) {
    List<Tensor> results = new ArrayList<>();
    results.add(pool.getLast());
    while (results.size() < count) {
      results.add(any());
    }
    return results;
  }
}
