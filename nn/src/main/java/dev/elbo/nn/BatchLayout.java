package dev.elbo.nn;

import dev.elbo.nn.StepFunctions.Source;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the arguments of a step have its examples.
 *
 * @param rows how many examples
 * @param firstRow the number of the first of them in the user's data, if they are all there is
 * @param inputs how many of the arguments are inputs
 * @param targets how many are targets, after the inputs
 * @param weighted whether sample weights follow
 */
record BatchLayout(
    Source source, int rows, int firstRow, int inputs, int targets, boolean weighted) {
  int parts() {
    return inputs + targets + (weighted ? 1 : 0);
  }

  /** Whether a step on one is a step on the other. */
  boolean hasPartsOf(BatchLayout other) {
    return inputs == other.inputs && targets == other.targets && weighted == other.weighted;
  }

  /** The arguments of the same step on a batch of its own: the parts, and the random key. */
  List<Tensor> batch(List<Tensor> arguments) {
    List<Tensor> batch = new ArrayList<>();
    for (int i = 0; i < parts(); i++) {
      batch.add(
          switch (source) {
            case BATCH -> arguments.get(i);
            case IN_ORDER, SHUFFLED -> arguments.get(i).gather(numbers(arguments)).evaluate();
          });
    }
    batch.add(arguments.getLast());
    return batch;
  }

  /**
   * The number of an example in the user's data.
   *
   * @param row of the batch
   */
  int number(List<Tensor> arguments, int row) {
    return switch (source) {
      case BATCH -> firstRow + row;
      case IN_ORDER, SHUFFLED -> numbers(arguments).toInts()[row];
    };
  }

  private Tensor numbers(List<Tensor> arguments) {
    Tensor places = Tensor.arange(rows).add(arguments.get(arguments.size() - 2));
    return source == Source.SHUFFLED ? arguments.get(parts()).gather(places) : places;
  }
}
