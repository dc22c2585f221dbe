package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What one step of training or evaluation works on: row i of each part belongs to example i.
 *
 * @param x the inputs, one for each input of the model, uint8 already cast
 * @param y the targets, one for each output of the model, or none
 * @param sampleWeight what each example counts in the loss, (n), if not 1
 */
public record Examples(List<Tensor> x, List<Tensor> y, Optional<Tensor> sampleWeight) {
  public Examples {
    x = List.copyOf(x);
    y = List.copyOf(y);
  }

  /** Number of examples. */
  public int size() {
    return x.getFirst().shape().dim(0);
  }
}
