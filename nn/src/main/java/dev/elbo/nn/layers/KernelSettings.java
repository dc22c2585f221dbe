package dev.elbo.nn.layers;

import dev.elbo.nn.activations.Activation;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.initializers.GlorotUniform;
import dev.elbo.nn.initializers.Initializer;
import dev.elbo.nn.initializers.Initializers;
import dev.elbo.nn.initializers.Zeros;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.nn.regularizers.Regularizers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The settings that layers with a kernel share. */
record KernelSettings(
    Activation activation,
    boolean useBias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    Optional<Regularizer> kernelRegularizer,
    Optional<Regularizer> biasRegularizer) {

  static KernelSettings of() {
    return new KernelSettings(
        Activations.LINEAR,
        true,
        GlorotUniform.of(),
        Zeros.of(),
        Optional.empty(),
        Optional.empty());
  }

  static KernelSettings of(Config config) {
    KernelSettings defaults = of();
    return new KernelSettings(
        config.part("activation", Activations.registry(), defaults.activation()),
        config.flag("useBias", defaults.useBias()),
        config.part("kernelInitializer", Initializers.registry(), defaults.kernelInitializer()),
        config.part("biasInitializer", Initializers.registry(), defaults.biasInitializer()),
        config.part("kernelRegularizer", Regularizers.registry()),
        config.part("biasRegularizer", Regularizers.registry()));
  }

  /** Some settings of the layer's own, followed by these. */
  Map<String, Object> config(Map<String, Object> own) {
    Map<String, Object> all = new LinkedHashMap<>(own);
    all.put("activation", Config.part(activation));
    all.put("useBias", useBias);
    all.put("kernelInitializer", Config.part(kernelInitializer));
    all.put("biasInitializer", Config.part(biasInitializer));
    kernelRegularizer.ifPresent(part -> all.put("kernelRegularizer", Config.part(part)));
    biasRegularizer.ifPresent(part -> all.put("biasRegularizer", Config.part(part)));
    return Collections.unmodifiableMap(all);
  }

  KernelSettings withActivation(Activation value) {
    return new KernelSettings(
        value, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer);
  }

  KernelSettings withUseBias(boolean value) {
    return new KernelSettings(
        activation, value, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer);
  }

  KernelSettings withKernelInitializer(Initializer value) {
    return new KernelSettings(
        activation, useBias, value, biasInitializer, kernelRegularizer, biasRegularizer);
  }

  KernelSettings withBiasInitializer(Initializer value) {
    return new KernelSettings(
        activation, useBias, kernelInitializer, value, kernelRegularizer, biasRegularizer);
  }

  KernelSettings withKernelRegularizer(Optional<Regularizer> value) {
    return new KernelSettings(
        activation, useBias, kernelInitializer, biasInitializer, value, biasRegularizer);
  }

  KernelSettings withBiasRegularizer(Optional<Regularizer> value) {
    return new KernelSettings(
        activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, value);
  }
}
