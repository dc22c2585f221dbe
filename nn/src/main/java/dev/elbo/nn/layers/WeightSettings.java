package dev.elbo.nn.layers;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.constraints.Constraint;
import dev.elbo.nn.constraints.Constraints;
import dev.elbo.nn.initializers.Initializer;
import dev.elbo.nn.initializers.Initializers;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.nn.regularizers.Regularizers;
import java.util.Map;
import java.util.Optional;

/** What a layer is told of one of its weights: where it starts, what it costs, where it may be. */
record WeightSettings(
    Initializer initializer, Optional<Regularizer> regularizer, Optional<Constraint> constraint) {

  /** A start, without penalty and constraint. */
  static WeightSettings of(Initializer initializer) {
    return new WeightSettings(initializer, Optional.empty(), Optional.empty());
  }

  /**
   * The settings of a file.
   *
   * @param weight the name of the weight, with which those of the settings begin
   */
  static WeightSettings of(Config config, String weight, WeightSettings defaults) {
    return new WeightSettings(
        config.part(weight + "Initializer", Initializers.registry(), defaults.initializer),
        config.part(weight + "Regularizer", Regularizers.registry()),
        config.part(weight + "Constraint", Constraints.registry()));
  }

  /** Adds these settings to those of a layer. */
  void addTo(Map<String, Object> config, String weight) {
    config.put(weight + "Initializer", Config.part(initializer));
    regularizer.ifPresent(part -> config.put(weight + "Regularizer", Config.part(part)));
    constraint.ifPresent(part -> config.put(weight + "Constraint", Config.part(part)));
  }

  WeightSettings withInitializer(Initializer value) {
    return new WeightSettings(value, regularizer, constraint);
  }

  WeightSettings withRegularizer(Regularizer value) {
    return new WeightSettings(initializer, Optional.of(value), constraint);
  }

  WeightSettings withConstraint(Constraint value) {
    return new WeightSettings(initializer, regularizer, Optional.of(value));
  }
}
