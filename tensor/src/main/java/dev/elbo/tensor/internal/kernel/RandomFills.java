package dev.elbo.tensor.internal.kernel;

/**
 * Random float32 numbers for the elements {@code from <= i < to} of an array: element i is written
 * to {@code target[i]} and depends on the generator's key and step and on i alone, whatever the
 * range, and whatever the implementation.
 *
 * <p>The words of 16 blocks serve 64 elements: element i takes word {@code (i / 16) mod 4} of block
 * {@code 16 (i / 64) + i mod 16}. So a run of 16 elements takes the same word of consecutive
 * blocks, which lets vectors work without shuffles.
 */
public interface RandomFills {

  /** Elements that share blocks; ranges that begin and end at its multiples waste no work. */
  int GROUP = 64;

  /** Uniform in [low, high), on 2^24 points. */
  void uniform(float[] target, long from, long to, Philox philox, float low, float high);

  /** 1 where the word, unsigned, lies below the threshold (up to 2^32), else 0. */
  void bernoulli(float[] target, long from, long to, Philox philox, long threshold);

  /**
   * {@code mean + stddev * z}, z standard normal, by Box and Muller (1958): elements 64 g + j and
   * 64 g + 32 + j, j &lt; 32, are {@code r cos t} and {@code r sin t}, where r comes from the
   * first's word and t from the second's.
   */
  void normal(float[] target, long from, long to, Philox philox, float mean, float stddev);

  /** {@code mean + stddev * z}, z standard normal within (-2, 2), by the quantile function. */
  void truncatedNormal(float[] target, long from, long to, Philox philox, float mean, float stddev);
}
