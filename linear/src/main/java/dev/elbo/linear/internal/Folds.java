package dev.elbo.linear.internal;

import dev.elbo.tensor.Random;
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

  /** The samples outside a fold, ascending. */
  public int[] training(int fold) {
    return IntStream.range(0, foldOf.length).filter(i -> foldOf[i] != fold).toArray();
  }

  /** The samples of a fold, ascending. */
  public int[] validation(int fold) {
    return IntStream.range(0, foldOf.length).filter(i -> foldOf[i] == fold).toArray();
  }
}
