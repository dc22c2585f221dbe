package dev.elbo.nn.regularizers;

import dev.elbo.nn.config.Config;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * A penalty that is counted in the objective, but whose gradient is not taken: instead, each step
 * of training ends with {@code w = argmin over u of penalty(u) + sum((u - w)^2 / (2 * step))}, step
 * being how far the optimizer moves this weight for a gradient of 1. So weights become exactly 0,
 * which a step along a gradient never reaches, and training comes to rest where loss and penalty
 * together are least.
 *
 * <pre>{@code
 * Dense.of(128).kernelRegularizer(l1(0.01).proximal())
 * }</pre>
 *
 * <p>With {@code SGD} the step is the learning rate: for {@link L1} this is iterative
 * soft-thresholding. With {@code Adam} it is {@code learningRate / (sqrt(v) + epsilon)}, corrected
 * for the start, and differs from weight to weight. With momentum it is the sum of the factors that
 * all gradients so far have in the step, at the present learning rate. {@code AdamW} and {@code
 * RMSprop}, unless centered, have one too; other optimizers are refused. Clipped gradients and
 * decaying weights come to rest elsewhere. {@code model.sparsity()} counts the zeros.
 *
 * <p>Beck and Teboulle, "A Fast Iterative Shrinkage-Thresholding Algorithm", 2009, equation 1.4;
 * Yun, Lozano and Yang, "Adaptive Proximal Gradient Methods for Structured Neural Networks", 2021,
 * algorithm 1.
 *
 * @param penalty what is counted
 */
public record Proximal(Proximable penalty) implements Regularizer {
  /** The penalty, through which no gradient flows. */
  @Override
  public Tensor call(Tensor weights) {
    return penalty.call(weights).stopGradient();
  }

  @Override
  public String registeredName() {
    return "Proximal";
  }

  @Override
  public Map<String, Object> config() {
    return Config.map("penalty", Config.part(penalty));
  }
}
