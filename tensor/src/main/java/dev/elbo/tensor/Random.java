package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.primitive.RandomBernoulli;
import dev.elbo.tensor.internal.primitive.RandomNormal;
import dev.elbo.tensor.internal.primitive.RandomPermutation;
import dev.elbo.tensor.internal.primitive.RandomTruncatedNormal;
import dev.elbo.tensor.internal.primitive.RandomUniform;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Random tensors from the counter-based Philox 4x32-10 generator: the numbers are a function of
 * (seed, stream, step) and the position, the same on every machine and for any number of threads.
 *
 * <pre>{@code
 * Tensor noise = Random.normal(Shape.of(2, 3)).stddev(0.1).seed(7);
 * }</pre>
 *
 * <p>Each kind ends with one of {@code seed(long)}, {@code from(SeedGenerator)}, {@code
 * key(Tensor)} or {@code draw()}; {@code draw} takes a fresh seed from the machine. A random tensor
 * takes its key when it is created, so the order of reading changes no number. Inside a compiled
 * function {@code seed} gives the same numbers at each call and the others give new ones.
 */
public final class Random {
  private Random() {}

  /** Normal numbers; mean 0 and standard deviation 1 unless set. */
  public static Normal normal(Shape shape) {
    return new Normal(requireKnown(shape), DType.FLOAT32, 0, 1, false, 0);
  }

  /** Normal numbers within two standard deviations of the mean; mean 0, deviation 1 unless set. */
  public static Normal truncatedNormal(Shape shape) {
    return new Normal(requireKnown(shape), DType.FLOAT32, 0, 1, true, 0);
  }

  /** Uniform numbers in [low, high); [0, 1) unless set. */
  public static Uniform uniform(Shape shape) {
    return new Uniform(requireKnown(shape), DType.FLOAT32, 0, 1, 0);
  }

  /** 1 with a probability, else 0; float32. */
  public static Bernoulli bernoulli(Shape shape, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "Random.bernoulli: expected a probability from 0 to 1, received " + probability);
    }
    return new Bernoulli(requireKnown(shape), probability, 0);
  }

  /** The numbers 0 to {@code count} - 1 in random order, int32. */
  public static Permutation permutation(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "Random.permutation: expected a count of 0 or more, received " + count);
    }
    return new Permutation(count, 0);
  }

  /** The ways to say where the randomness comes from. */
  public interface Draw {
    /** The primitive that makes the numbers from a key. */
    Primitive primitive();

    /** The same numbers for the same seed. */
    default Tensor seed(long seed) {
      return key(SeedGenerator.key(seed, 0));
    }

    /** The numbers of the generator's next key. */
    default Tensor from(SeedGenerator generator) {
      return fresh(generator::next);
    }

    /** Numbers from a seed that the machine picks. */
    default Tensor draw() {
      return fresh(() -> SeedGenerator.key(ThreadLocalRandom.current().nextLong(), 0));
    }

    /** The numbers of a key: int32 (4,), as {@link SeedGenerator#key} makes it. */
    default Tensor key(Tensor key) {
      if (key.dtype() != DType.INT32 || !key.shape().equals(Shape.of(4))) {
        throw new IllegalArgumentException(
            "Random: expected a key of shape (4,) int32 from SeedGenerator, received shape "
                + key.shape()
                + " "
                + key.dtype());
      }
      return Tensor.apply(primitive(), key);
    }

    private Tensor fresh(Supplier<Tensor> source) {
      return key(Trace.current().map(trace -> Tensor.of(trace.key(source))).orElseGet(source));
    }
  }

  /**
   * Normal numbers, possibly truncated.
   *
   * @param stream which of the independent sequences of a seed
   */
  public record Normal(
      Shape shape, DType dtype, double mean, double stddev, boolean truncated, int stream)
      implements Draw {
    public Normal mean(double value) {
      return new Normal(shape, dtype, value, stddev, truncated, stream);
    }

    public Normal stddev(double value) {
      if (!(value >= 0)) {
        throw new IllegalArgumentException(
            "Random.normal: expected a standard deviation of 0 or more, received " + value);
      }
      return new Normal(shape, dtype, mean, value, truncated, stream);
    }

    public Normal dtype(DType value) {
      return new Normal(shape, requireFloating(value), mean, stddev, truncated, stream);
    }

    public Normal stream(int value) {
      return new Normal(shape, dtype, mean, stddev, truncated, value);
    }

    @Override
    public Primitive primitive() {
      return truncated
          ? new RandomTruncatedNormal(shape, dtype, stream, mean, stddev)
          : new RandomNormal(shape, dtype, stream, mean, stddev);
    }
  }

  /**
   * Uniform numbers in [low, high).
   *
   * @param stream which of the independent sequences of a seed
   */
  public record Uniform(Shape shape, DType dtype, double low, double high, int stream)
      implements Draw {
    public Uniform range(double from, double to) {
      if (!(from <= to)) {
        throw new IllegalArgumentException(
            "Random.uniform: expected low <= high, received " + from + " and " + to);
      }
      return new Uniform(shape, dtype, from, to, stream);
    }

    public Uniform dtype(DType value) {
      return new Uniform(shape, requireFloating(value), low, high, stream);
    }

    public Uniform stream(int value) {
      return new Uniform(shape, dtype, low, high, value);
    }

    @Override
    public Primitive primitive() {
      return new RandomUniform(shape, dtype, stream, low, high);
    }
  }

  /**
   * Zeros and ones.
   *
   * @param stream which of the independent sequences of a seed
   */
  public record Bernoulli(Shape shape, double probability, int stream) implements Draw {
    public Bernoulli stream(int value) {
      return new Bernoulli(shape, probability, value);
    }

    @Override
    public Primitive primitive() {
      return new RandomBernoulli(shape, stream, probability);
    }
  }

  /**
   * The numbers 0 to count - 1 in random order.
   *
   * @param stream which of the independent sequences of a seed
   */
  public record Permutation(int count, int stream) implements Draw {
    public Permutation stream(int value) {
      return new Permutation(count, value);
    }

    @Override
    public Primitive primitive() {
      return new RandomPermutation(count, stream);
    }
  }

  private static Shape requireKnown(Shape shape) {
    if (!shape.isKnown()) {
      throw new IllegalArgumentException(
          "Random: expected a shape whose axes are known, received " + shape);
    }
    return shape;
  }

  private static DType requireFloating(DType dtype) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException(
          "Random: expected float32 or float64, received " + dtype + ". Cast the result instead.");
    }
    return dtype;
  }
}
