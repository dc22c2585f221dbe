package dev.elbo.nn.internal;

import dev.elbo.nn.lint.Finding;
import dev.elbo.nn.lint.Lint;
import dev.elbo.nn.lint.Severity;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Tensor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where those that find a mistake report it: to the model that is at work, else to the log. */
public final class Findings {
  private static final System.Logger LOG = System.getLogger("dev.elbo.nn");
  private static final ScopedValue<Consumer<Finding>> COLLECTOR = ScopedValue.newInstance();

  /** How far from [0, 1] a probability may be by rounding. */
  private static final double TOLERANCE = 1e-3;

  private Findings() {}

  /** Runs something whose findings go to a collector. */
  public static <T> T collect(Consumer<Finding> collector, Supplier<T> body) {
    return ScopedValue.where(COLLECTOR, collector).call(body::get);
  }

  /** Writes a finding to the log. */
  public static void log(Finding finding) {
    LOG.log(System.Logger.Level.WARNING, finding::toString);
  }

  /** Reports what may be a mistake. */
  private static void warn(Lint lint, String message) {
    Finding finding = new Finding(lint, Severity.WARNING, message);
    if (COLLECTOR.isBound()) {
      COLLECTOR.get().accept(finding);
    } else {
      log(finding);
    }
  }

  /**
   * Warns of logits that are the output of a softmax or a sigmoid.
   *
   * @param owner the loss of logits, for the message
   * @param remedy what to use instead, as the end of "Use ..."
   */
  public static void requireLogits(String owner, Tensor logits, String remedy) {
    boolean softmax = logits.softmaxLogits().isPresent();
    if (softmax || logits.sigmoidLogits().isPresent()) {
      String activation = softmax ? "softmax" : "sigmoid";
      warn(
          Lint.PROBABILITIES_WITH_LOGITS_LOSS,
          owner
              + ": expected logits, received the "
              + logits
                  .place()
                  .map(layer -> activation + " of " + layer)
                  .orElse("output of a " + activation)
              + ", of shape "
              + logits.shape()
              + ", which it takes for logits and so the "
              + activation
              + " is applied twice. Give it the layer's output before the activation, or use "
              + remedy
              + ".");
    }
  }

  /**
   * Warns of probabilities that are none. Symbolic tensors, which have no numbers, are passed over.
   *
   * @param owner the loss of probabilities, for the message
   */
  public static void requireProbabilities(String owner, Tensor probabilities) {
    if (probabilities.isSymbolic() || probabilities.shape().size() == 0) {
      return;
    }
    Tensor low = probabilities.min();
    Tensor high = probabilities.max();
    Elbo.evaluate(probabilities, low, high);
    if (isOutside(low.item(), high.item())) {
      warn(
          Lint.LOGITS_WITH_PROBABILITY_LOSS,
          owner
              + ": expected probabilities, received values"
              + probabilities.place().map(layer -> " of " + layer).orElse("")
              + " from "
              + (float) low.item()
              + " to "
              + (float) high.item()
              + ", which are clipped and have no gradient there. Are these logits? Use"
              + " fromLogits(true), or put a softmax or sigmoid before the loss.");
    }
  }

  /** Whether values are no probabilities, by more than rounding. */
  public static boolean isOutside(double low, double high) {
    return low < -TOLERANCE || high > 1 + TOLERANCE;
  }
}
