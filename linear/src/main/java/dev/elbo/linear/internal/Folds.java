package dev.elbo.linear.internal;

import dev.elbo.tensor.Random;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Samples dealt to folds in a random order; sizes differ by 1 at most. */
public final class Folds {
  private final int[] foldOf;

  private Folds(int[] foldOf) {
    this.foldOf = foldOf;
  }

  /** The same folds for the same seed. */
  public static Folds of(int samples, int folds, long seed) {
    double[] order = Random.permutation(samples).seed(seed).toDoubles();
    int[] foldOf = new int[samples];
    for (int i = 0; i < samples; i++) {
      foldOf[(int) order[i]] = i % folds;
    }
    return new Folds(foldOf);
  }

  /**
   * One way to part samples.
   *
   * @param training what is fitted to
   * @param validation what is predicted
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Split(int[] training, int[] validation) {}

  /** One split a fold, which is predicted from all others. */
  public List<Split> splits() {
    int folds = Arrays.stream(foldOf).max().orElse(-1) + 1;
    return IntStream.range(0, folds)
        .mapToObj(fold -> new Split(training(fold), validation(fold)))
        .toList();
  }

  /** Each of the last folds, of {@code samples / (folds + 1)} samples, after all before it. */
  public static List<Split> inTime(int samples, int folds) {
    int size = samples / (folds + 1);
    return IntStream.range(0, folds)
        .mapToObj(fold -> {
          int from = samples - (folds - fold) * size;
          return new Split(
              IntStream.range(0, from).toArray(), IntStream.range(from, from + size).toArray());
        })
        .toList();
  }

  /** The samples outside a fold, ascending. */
  public int[] training(int fold) {
    return IntStream.range(0, foldOf.length).filter(i -> foldOf[i] != fold).toArray();
  }

  /** The samples of a fold, ascending. */
  public int[] validation(int fold) {
    return IntStream.range(0, foldOf.length).filter(i -> foldOf[i] == fold).toArray();
  }
}
