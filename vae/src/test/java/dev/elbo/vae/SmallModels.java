package dev.elbo.vae;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.activations.Activations.TANH;

import dev.elbo.nn.Input;
import dev.elbo.nn.Model;
import dev.elbo.nn.SymbolicTensor;
import dev.elbo.nn.activations.Activation;
import dev.elbo.nn.layers.Dense;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;
import java.util.Objects;

/** Models that are small enough to be checked by hand, in float64. */
final class SmallModels {
  static final int PIXELS = 6;
  static final int LATENT = 2;

  private SmallModels() {}

  /** 6-5-2-5-6 with relu, as golden/vae_step.py has it. */
  static Vae relu() {
    return of(RELU);
  }

  /** 6-5-2-5-6 with tanh, which has a derivative everywhere. */
  static Vae smooth() {
    return of(TANH);
  }

  private static Vae of(Activation activation) {
    SymbolicTensor x = Input.of("x", DType.FLOAT64, PIXELS);
    SymbolicTensor features = dense(5).activation(activation).on(x);
    SymbolicTensor mean = dense(LATENT).name("mean").on(features);
    SymbolicTensor logVariance = dense(LATENT).name("log_variance").on(features);
    SymbolicTensor z = Input.of("z", DType.FLOAT64, LATENT);
    SymbolicTensor logits = dense(PIXELS).name("logits").on(dense(5).activation(activation).on(z));
    return Vae.of(
            Model.of(List.of(x), List.of(mean, logVariance)).name("encoder").seed(0),
            Model.of(z, logits).name("decoder").seed(0))
        .seed(3);
  }

  /**
   * {@code z ~ N(0, 1), x = z + N(0, stddev^2)}, with the exact posterior {@code N(x / (1 +
   * stddev^2), stddev^2 / (1 + stddev^2))} as its encoder.
   */
  static Vae exact(double stddev, Divergence divergence) {
    SymbolicTensor x = Input.of("x", DType.FLOAT64, 1);
    SymbolicTensor mean = dense(1).name("mean").on(x);
    SymbolicTensor logVariance = dense(1).name("log_variance").on(x);
    SymbolicTensor z = Input.of("z", DType.FLOAT64, 1);
    Vae vae =
        Vae.of(
                Model.of(List.of(x), List.of(mean, logVariance)).name("encoder").seed(0),
                Model.of(z, dense(1).name("mean").on(z)).name("decoder").seed(0))
            .likelihood(NormalLikelihood.of(stddev))
            .divergence(divergence)
            .seed(0);
    double variance = stddev * stddev;
    assign(vae, "encoder/mean/kernel", 1 / (1 + variance));
    assign(vae, "encoder/log_variance/kernel", 0);
    assign(vae, "encoder/log_variance/bias", Math.log(variance / (1 + variance)));
    assign(vae, "decoder/mean/kernel", 1);
    return vae;
  }

  private static void assign(Vae vae, String name, double value) {
    Variable weight = Objects.requireNonNull(vae.namedWeights().get(name));
    weight.assign(Tensor.full(weight.shape(), value, DType.FLOAT64));
  }

  private static Dense dense(int units) {
    return Dense.of(units).dtype(DType.FLOAT64);
  }
}
