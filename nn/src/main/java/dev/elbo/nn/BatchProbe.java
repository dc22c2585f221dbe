package dev.elbo.nn;

import dev.elbo.nn.LossLook.Family;
import dev.elbo.nn.internal.Findings;
import dev.elbo.nn.lint.Finding;
import dev.elbo.nn.lint.Lint;
import dev.elbo.nn.losses.Loss;
import dev.elbo.nn.losses.Reduction;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the output for a few examples, where layers or loss are the user's own and do not tell
 * what they are. The model is called once, and only if somebody asks.
 */
final class BatchProbe {
  private static final int ROWS = 32;

  /** Numbers of keys for looking at a batch, apart from those of training and evaluation. */
  private static final long PROBE_KEYS = 1L << 60;

  private final Model model;
  private final String where;
  private final Examples examples;
  private Optional<List<Tensor>> outputs = Optional.empty();

  BatchProbe(Model model, String where, Examples examples) {
    this.model = model;
    this.where = where;
    this.examples = examples;
  }

  List<Finding> findings(int index, OutputLook look, LossLook known, Loss loss) {
    boolean ownLoss = known.family() == Family.UNKNOWN;
    boolean ownOutput = !look.isKnown() && (known.fromLogits() || known.wantsProbabilities());
    if (!ownLoss && !ownOutput) {
      return List.of();
    }
    try {
      return look(index, look, known, loss);
    } catch (RuntimeException failed) {
      // The step fails in the same way, and says so where the user expects it.
      return List.of();
    }
  }

  private List<Finding> look(int index, OutputLook look, LossLook known, Loss loss) {
    List<Finding> found = new ArrayList<>();
    Tensor output = outputs().get(index);
    if (known.family() != Family.UNKNOWN) {
      OutputLints.ofValues(where, look, known, output).ifPresent(found::add);
      return found;
    }
    Tensor y = rows(examples.y().get(index));
    Loss unreduced = loss.reduction(Reduction.NONE);
    Tensor costs = Findings.collect(found::add, () -> unreduced.call(y, output).evaluate());
    if (y.shape().size() == output.shape().size() && !y.shape().equals(output.shape())) {
      Tensor aligned = unreduced.call(y.reshape(output.shape().dims()), output);
      if (differ(costs, aligned) && y.shape().dim(0) > 1) {
        found.add(broadcasting(known, examples.y().get(index).shape(), output.shape()));
      }
    }
    return found;
  }

  /** Whether a cost changes when the targets are given the predictions' shape. */
  private static boolean differ(Tensor costs, Tensor aligned) {
    if (!costs.shape().equals(aligned.shape())) {
      return true;
    }
    // NaN is no difference: it says nothing of shapes.
    return costs.subtract(aligned).abs().max().item() > 1e-4 * (1 + aligned.abs().max().item());
  }

  private Finding broadcasting(LossLook loss, Shape targets, Shape output) {
    return new Finding(
        Lint.BROADCASTING_TARGETS,
        Lint.BROADCASTING_TARGETS.severity(),
        where
            + ": expected targets of the predictions' shape for "
            + loss.name()
            + ", received targets of shape "
            + targets
            + " and predictions of shape "
            + output.with(0, targets.dim(0))
            + ", which broadcast against each other: each prediction is compared with each"
            + " target. Use "
            + (output.rank() > targets.rank() ? "y.expandDims(-1)." : "y.squeeze(-1)."));
  }

  private List<Tensor> outputs() {
    if (outputs.isEmpty()) {
      List<Tensor> x = examples.x().stream().map(input -> model.castInput(rows(input))).toList();
      Tensor key = SeedGenerator.key(model.seed(), PROBE_KEYS);
      outputs = Optional.of(model.call(x, Context.inference(key)));
    }
    return outputs.get();
  }

  private static Tensor rows(Tensor data) {
    return data.slice(0, 0, Math.min(ROWS, data.shape().dim(0)));
  }
}
