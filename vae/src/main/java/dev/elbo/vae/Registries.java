package dev.elbo.vae;

import dev.elbo.nn.config.Registry;

/** The parts of a {@link Vae} by the names under which files know them. */
final class Registries {
  static final Registry<Likelihood> LIKELIHOODS =
      Registry.<Likelihood>of("likelihood")
          .with(BernoulliLikelihood.NAME, config -> BernoulliLikelihood.of())
          .with(NormalLikelihood.NAME, config -> NormalLikelihood.of(config.number("stddev", 1)));

  static final Registry<Prior> PRIORS =
      Registry.<Prior>of("prior").with(StandardNormal.NAME, config -> StandardNormal.of());

  static final Registry<Divergence> DIVERGENCES =
      Registry.<Divergence>of("divergence")
          .with(ClosedFormKl.NAME, config -> ClosedFormKl.of())
          .with(MonteCarloKl.NAME, config -> MonteCarloKl.of());

  static final Registry<Estimator> ESTIMATORS =
      Registry.<Estimator>of("estimator")
          .with(
              Reparameterized.NAME,
              config -> Reparameterized.of().samples(config.wholeNumber("samples", 1)));

  private Registries() {}
}
