package dev.elbo.nn.initializers;

import dev.elbo.nn.config.Registry;

/** The initializers by Keras's names. */
public final class Initializers {
  private static final Registry<Initializer> REGISTRY =
      Registry.<Initializer>of("initializer")
          .with("Zeros", config -> Zeros.of())
          .with("Ones", config -> Ones.of())
          .with("GlorotNormal", config -> GlorotNormal.of())
          .with("GlorotUniform", config -> GlorotUniform.of())
          .with("HeNormal", config -> HeNormal.of())
          .with("HeUniform", config -> HeUniform.of())
          .with("LecunNormal", config -> LecunNormal.of())
          .with("LecunUniform", config -> LecunUniform.of())
          .with("Constant", config -> Constant.of(config.number("value", Constant.of().value())))
          .with("Identity", config -> Identity.of(config.number("gain", Identity.of().gain())))
          .with(
              "Orthogonal", config -> Orthogonal.of(config.number("gain", Orthogonal.of().gain())))
          .with(
              "RandomNormal",
              config ->
                  new RandomNormal(
                      config.number("mean", RandomNormal.of().mean()),
                      config.number("stddev", RandomNormal.of().stddev())))
          .with(
              "RandomUniform",
              config ->
                  new RandomUniform(
                      config.number("low", RandomUniform.of().low()),
                      config.number("high", RandomUniform.of().high())))
          .with(
              "TruncatedNormal",
              config ->
                  new TruncatedNormal(
                      config.number("mean", TruncatedNormal.of().mean()),
                      config.number("stddev", TruncatedNormal.of().stddev())))
          .with(
              "VarianceScaling",
              config ->
                  new VarianceScaling(
                      config.number("scale", VarianceScaling.of().scale()),
                      config.choice("mode", VarianceScaling.of().mode()),
                      config.choice("distribution", VarianceScaling.of().distribution())));

  private Initializers() {}

  /** The initializers by Keras's names. */
  public static Registry<Initializer> registry() {
    return REGISTRY;
  }
}
