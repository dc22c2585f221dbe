package dev.elbo.nn;

import dev.elbo.nn.lint.Finding;
import dev.elbo.nn.lint.Lint;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/** Whether what comes out of a model is what its loss takes. */
final class OutputLints {
  private OutputLints() {}

  /** What the layers show by themselves. */
  static Optional<Finding> ofLayers(String where, OutputLook look, LossLook loss) {
    if (!look.isKnown()) {
      return Optional.empty();
    }
    if (loss.fromLogits()) {
      return withLogitsLoss(where, look, loss);
    }
    return loss.wantsProbabilities() ? withProbabilityLoss(where, look, loss) : Optional.empty();
  }

  private static Optional<Finding> withLogitsLoss(String where, OutputLook look, LossLook loss) {
    if (look.isSoftmax() || look.isSigmoid()) {
      return Optional.of(
          finding(
              Lint.PROBABILITIES_WITH_LOGITS_LOSS,
              where
                  + ": expected logits for "
                  + loss.described()
                  + ", received the "
                  + look.activation()
                  + " of "
                  + look.layer()
                  + ", which would be applied twice. Leave fromLogits(true) out, or the "
                  + look.activation()
                  + "."));
    }
    OutputLook.Range range = look.range();
    if (Double.isInfinite(range.low()) && Double.isInfinite(range.high())) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
            Lint.ACTIVATION_WITH_LOGITS_LOSS,
            where
                + ": expected logits, which may be any number, for "
                + loss.described()
                + ", received the "
                + look.activation()
                + " of "
                + look.layer()
                + ", numbers "
                + text(range)
                + ". Leave the activation out."));
  }

  private static Optional<Finding> withProbabilityLoss(
      String where, OutputLook look, LossLook loss) {
    if (look.isLinear() || look.activation().equals("log_softmax")) {
      return Optional.of(
          finding(
              Lint.LOGITS_WITH_PROBABILITY_LOSS,
              where
                  + ": expected probabilities for "
                  + loss.name()
                  + ", received the output of "
                  + look.layer()
                  + (look.isLinear()
                      ? ", which has no activation: these are logits"
                      : " after a log_softmax: these are logits")
                  + ", of which those outside [0, 1] would be clipped and learn nothing. "
                  + remedy(loss)));
    }
    if (!look.range().isProbability()) {
      return Optional.of(
          finding(
              Lint.ACTIVATION_WITH_PROBABILITY_LOSS,
              where
                  + ": expected probabilities for "
                  + loss.name()
                  + ", received the "
                  + look.activation()
                  + " of "
                  + look.layer()
                  + ", of which what is outside [0, 1] is clipped. Use activation("
                  + activation(loss)
                  + ") there."));
    }
    if (look.isOfSingleUnits() && loss.isOfClasses()) {
      return Optional.of(
          finding(
              Lint.SIGMOID_WITH_CATEGORICAL_LOSS,
              where
                  + ": expected the probabilities of classes that exclude each other for "
                  + loss.name()
                  + ", received the "
                  + look.activation()
                  + " of "
                  + look.layer()
                  + ", each output by itself. Use activation(SOFTMAX) there, or"
                  + " BinaryCrossentropy.of() where several classes may be true at once."));
    }
    return Optional.empty();
  }

  private static String text(OutputLook.Range range) {
    if (Double.isInfinite(range.high())) {
      return "from " + (float) range.low() + " up";
    }
    return "from " + (float) range.low() + " to " + (float) range.high();
  }

  private static String activation(LossLook loss) {
    return loss.family() == LossLook.Family.BINARY ? "SIGMOID" : "SOFTMAX";
  }

  private static String remedy(LossLook loss) {
    boolean hasLogits =
        loss.family() != LossLook.Family.DIVERGENCE
            && !loss.name().equals("CategoricalGeneralizedCrossEntropy");
    return "Use "
        + (hasLogits ? loss.name() + ".of().fromLogits(true), or " : "")
        + "activation("
        + activation(loss)
        + ") in the last layer.";
  }

  /**
   * What the output for some examples shows, where the layers do not tell.
   *
   * @param output of a few examples, numbers that can be read
   */
  static Optional<Finding> ofValues(String where, OutputLook look, LossLook loss, Tensor output) {
    boolean softmax = output.softmaxLogits().isPresent();
    boolean sigmoid = output.sigmoidLogits().isPresent();
    if (softmax || sigmoid) {
      OutputLook seen =
          new OutputLook(softmax ? "softmax" : "sigmoid", look.settings(), look.layer());
      return ofLayers(where, seen, loss);
    }
    if (output.shape().size() == 0) {
      return Optional.empty();
    }
    Extremes values = Extremes.of(output);
    if (loss.wantsProbabilities() && values.areNoProbabilities()) {
      return Optional.of(
          finding(
              Lint.LOGITS_WITH_PROBABILITY_LOSS,
              where
                  + ": expected probabilities for "
                  + loss.name()
                  + ", received outputs of "
                  + look.layer()
                  + " "
                  + values
                  + ". "
                  + remedy(loss)));
    }
    if (loss.fromLogits() && loss.isOfClasses() && sumsToOne(output, values)) {
      return Optional.of(
          finding(
              Lint.PROBABILITIES_WITH_LOGITS_LOSS,
              where
                  + ": expected logits for "
                  + loss.described()
                  + ", received outputs of "
                  + look.layer()
                  + " from 0 to 1 that sum to 1 in each row: a softmax would be applied twice. Leave"
                  + " fromLogits(true) out, or the softmax."));
    }
    return Optional.empty();
  }

  private static boolean sumsToOne(Tensor output, Extremes values) {
    if (values.areNoProbabilities() || output.shape().dim(-1) < 2) {
      return false;
    }
    return output.sum(-1).subtract(1).abs().max().item() < 1e-4;
  }

  private static Finding finding(Lint lint, String message) {
    return new Finding(lint, lint.severity(), message);
  }
}
