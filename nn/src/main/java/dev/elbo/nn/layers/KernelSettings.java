package dev.elbo.nn.layers;

import dev.elbo.nn.activations.Activation;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.initializers.GlorotUniform;
import dev.elbo.nn.initializers.Zeros;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings that layers with a kernel share. */
record KernelSettings(
    Activation activation, boolean useBias, WeightSettings kernel, WeightSettings bias) {

  static KernelSettings of() {
    return new KernelSettings(
        Activations.LINEAR,
        true,
        WeightSettings.of(GlorotUniform.of()),
        WeightSettings.of(Zeros.of()));
  }

  static KernelSettings of(Config config) {
    KernelSettings defaults = of();
    return new KernelSettings(
        config.part("activation", Activations.registry(), defaults.activation()),
        config.flag("useBias", defaults.useBias()),
        WeightSettings.of(config, "kernel", defaults.kernel),
        WeightSettings.of(config, "bias", defaults.bias));
  }

  /** Some settings of the layer's own, followed by these. */
  Map<String, Object> config(Map<String, Object> own) {
    Map<String, Object> all = new LinkedHashMap<>(own);
    all.put("activation", Config.part(activation));
    all.put("useBias", useBias);
    kernel.addTo(all, "kernel");
    bias.addTo(all, "bias");
    return Collections.unmodifiableMap(all);
  }

  KernelSettings withActivation(Activation value) {
    return new KernelSettings(value, useBias, kernel, bias);
  }

  KernelSettings withUseBias(boolean value) {
    return new KernelSettings(activation, value, kernel, bias);
  }

  KernelSettings withKernel(WeightSettings value) {
    return new KernelSettings(activation, useBias, value, bias);
  }

  KernelSettings withBias(WeightSettings value) {
    return new KernelSettings(activation, useBias, kernel, value);
  }
}
