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

  /** Normal numbers, float32; mean 0 and standard deviation 1 unless set. */
  public static Normal normal(Shape shape) {
    return new Normal(shape, DType.FLOAT32, 0, 1, false, 0);
  }

  /**
   * Normal numbers, float32, given that they lie within two standard deviations of the mean; mean 0
   * and deviation (before truncation, as in Keras) 1 unless set.
   */
  public static Normal truncatedNormal(Shape shape) {
    return new Normal(shape, DType.FLOAT32, 0, 1, true, 0);
  }

  /** Uniform numbers in [low, high), float32; [0, 1) unless set. */
  public static Uniform uniform(Shape shape) {
    return new Uniform(shape, DType.FLOAT32, 0, 1, 0);
  }

  /**
   * 1 with a probability, else 0; float32.
   *
   * @throws IllegalArgumentException unless the probability is from 0 to 1
   */
  public static Bernoulli bernoulli(Shape shape, double probability) {
    return new Bernoulli(shape, probability, 0);
  }

  /**
   * The numbers 0 to {@code count} - 1 in random order, int32, every order equally likely.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public static Permutation permutation(int count) {
    return new Permutation(count, 0);
  }

  /** The ways to say where the randomness comes from. */
  public interface Draw {
    /** The primitive that makes the numbers from a key. */
    Primitive primitive();

    /** The same numbers for the same seed: those of the key of this seed and step 0. */
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

    /**
     * The numbers of a key: int32 (4,), as {@link SeedGenerator#key} makes it.
     *
     * @throws IllegalArgumentException if the key has another shape or type
     */
    default Tensor key(Tensor key) {
      if (key.dtype() != DType.INT32 || !key.shape().equals(Shape.of(4))) {
        throw new IllegalArgumentException(
            "Random: expected a key of shape (4,) int32, received shape "
                + key.shape()
                + " "
                + key.dtype()
                + ". SeedGenerator makes keys.");
      }
      return Tensor.apply(primitive(), key);
    }

    private Tensor fresh(Supplier<Tensor> source) {
      return key(Trace.current().map(trace -> Tensor.of(trace.key(source))).orElseGet(source));
    }
  }

  /**
   * {@code mean + stddev z}, z standard normal, or truncated to (-2, 2).
   *
   * @param shape the axis lengths, all known
   * @param dtype float32 or float64
   * @param mean finite
   * @param stddev the standard deviation (before truncation), finite and 0 or more
   * @param truncated whether numbers beyond two deviations are left out
   * @param stream which of the independent sequences of a seed
   */
  public record Normal(
      Shape shape, DType dtype, double mean, double stddev, boolean truncated, int stream)
      implements Draw {
    public Normal {
      String name = truncated ? "Random.truncatedNormal" : "Random.normal";
      Checks.known(name, shape);
      Checks.floating(name, dtype);
      if (!Double.isFinite(mean)) {
        throw new IllegalArgumentException(
            name + ": expected a finite mean, received " + mean + ".");
      }
      if (!(stddev >= 0 && Double.isFinite(stddev))) {
        throw new IllegalArgumentException(
            name + ": expected a standard deviation of 0 or more, received " + stddev + ".");
      }
    }

    /** The same with another mean. */
    public Normal mean(double value) {
      return new Normal(shape, dtype, value, stddev, truncated, stream);
    }

    /** The same with another standard deviation; of a truncated normal, that before truncation. */
    public Normal stddev(double value) {
      return new Normal(shape, dtype, mean, value, truncated, stream);
    }

    /** The same in another type, float32 or float64. The two have different numbers. */
    public Normal dtype(DType value) {
      return new Normal(shape, value, mean, stddev, truncated, stream);
    }

    /** The same from another of the independent sequences of a seed. */
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
   * {@code low + (high - low) u}, u uniform in [0, 1).
   *
   * @param shape the axis lengths, all known
   * @param dtype float32 or float64
   * @param low the least number
   * @param high the bound that no number reaches, unless it is {@code low}
   * @param stream which of the independent sequences of a seed
   */
  public record Uniform(Shape shape, DType dtype, double low, double high, int stream)
      implements Draw {
    public Uniform {
      Checks.known("Random.uniform", shape);
      Checks.floating("Random.uniform", dtype);
      if (!(low <= high && Double.isFinite(high - low))) {
        throw new IllegalArgumentException(
            "Random.uniform: expected finite numbers low <= high, received "
                + low
                + " and "
                + high
                + ".");
      }
    }

    /** The same in another range, {@code from} inclusive, {@code to} exclusive. */
    public Uniform range(double from, double to) {
      return new Uniform(shape, dtype, from, to, stream);
    }

    /** The same in another type, float32 or float64. The two have different numbers. */
    public Uniform dtype(DType value) {
      return new Uniform(shape, value, low, high, stream);
    }

    /** The same from another of the independent sequences of a seed. */
    public Uniform stream(int value) {
      return new Uniform(shape, dtype, low, high, value);
    }

    @Override
    public Primitive primitive() {
      return new RandomUniform(shape, dtype, stream, low, high);
    }
  }

  /**
   * {@code 1 with a probability, else 0}, float32.
   *
   * @param shape the axis lengths, all known
   * @param probability of 1, from 0 to 1
   * @param stream which of the independent sequences of a seed
   */
  public record Bernoulli(Shape shape, double probability, int stream) implements Draw {
    public Bernoulli {
      Checks.known("Random.bernoulli", shape);
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            "Random.bernoulli: expected a probability from 0 to 1, received " + probability + ".");
      }
    }

    /** The same from another of the independent sequences of a seed. */
    public Bernoulli stream(int value) {
      return new Bernoulli(shape, probability, value);
    }

    @Override
    public Primitive primitive() {
      return new RandomBernoulli(shape, stream, probability);
    }
  }

  /**
   * The numbers 0 to count - 1 in random order, int32.
   *
   * @param count how many, 0 or more
   * @param stream which of the independent sequences of a seed
   */
  public record Permutation(int count, int stream) implements Draw {
    public Permutation {
      if (count < 0) {
        throw new IllegalArgumentException(
            "Random.permutation: expected a count of 0 or more, received " + count + ".");
      }
    }

    /** The same from another of the independent sequences of a seed. */
    public Permutation stream(int value) {
      return new Permutation(count, value);
    }

    @Override
    public Primitive primitive() {
      return new RandomPermutation(count, stream);
    }
  }
}
