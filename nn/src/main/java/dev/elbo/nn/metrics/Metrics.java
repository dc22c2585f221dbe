package dev.elbo.nn.metrics;

import dev.elbo.nn.config.Registry;

/** The metrics by Keras's names. */
public final class Metrics {
  private static final Registry<Metric> REGISTRY =
      Registry.<Metric>of("metric")
          .with(Accuracy.NAME, config -> Accuracy.of())
          .with(
              BinaryAccuracy.NAME,
              config ->
                  BinaryAccuracy.of()
                      .threshold(config.number("threshold", BinaryAccuracy.THRESHOLD)))
          .with(CategoricalAccuracy.NAME, config -> CategoricalAccuracy.of())
          .with(SparseCategoricalAccuracy.NAME, config -> SparseCategoricalAccuracy.of())
          .with(MeanSquaredError.NAME, config -> MeanSquaredError.of());

  private Metrics() {}

  /** The metrics by Keras's names. */
  public static Registry<Metric> registry() {
    return REGISTRY;
  }
}
