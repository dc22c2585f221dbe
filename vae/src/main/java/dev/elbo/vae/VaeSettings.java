package dev.elbo.vae;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a {@link Vae} is made of, beside its layers. The defaults are written here and nowhere else.
 */
record VaeSettings(
    Likelihood likelihood,
    Prior prior,
    Divergence divergence,
    Estimator estimator,
    double beta,
    double inputScale,
    Optional<String> name,
    OptionalLong seed) {

  VaeSettings {
    if (!(beta >= 0 && Double.isFinite(beta))) {
      throw new IllegalArgumentException(
          "Vae.beta: expected 0 or more, received " + beta + ". 1 makes the objective the elbo.");
    }
    if (!(inputScale > 0 && Double.isFinite(inputScale))) {
      throw new IllegalArgumentException(
          "Vae.inputScale: expected a number above 0, received "
              + inputScale
              + ". 1 / 255.0 brings pixels from 0 to 255 into [0, 1].");
    }
  }

  static VaeSettings of() {
    return new VaeSettings(
        BernoulliLikelihood.of(),
        StandardNormal.of(),
        ClosedFormKl.of(),
        Reparameterized.of(),
        1,
        1,
        Optional.empty(),
        OptionalLong.empty());
  }

  VaeSettings withLikelihood(Likelihood value) {
    return new VaeSettings(value, prior, divergence, estimator, beta, inputScale, name, seed);
  }

  VaeSettings withPrior(Prior value) {
    return new VaeSettings(likelihood, value, divergence, estimator, beta, inputScale, name, seed);
  }

  VaeSettings withDivergence(Divergence value) {
    return new VaeSettings(likelihood, prior, value, estimator, beta, inputScale, name, seed);
  }

  VaeSettings withEstimator(Estimator value) {
    return new VaeSettings(likelihood, prior, divergence, value, beta, inputScale, name, seed);
  }

  VaeSettings withBeta(double value) {
    return new VaeSettings(likelihood, prior, divergence, estimator, value, inputScale, name, seed);
  }

  VaeSettings withInputScale(double value) {
    return new VaeSettings(likelihood, prior, divergence, estimator, beta, value, name, seed);
  }

  VaeSettings withName(String value) {
    return new VaeSettings(
        likelihood, prior, divergence, estimator, beta, inputScale, Optional.of(value), seed);
  }

  VaeSettings withSeed(long value) {
    return new VaeSettings(
        likelihood, prior, divergence, estimator, beta, inputScale, name, OptionalLong.of(value));
  }
}
