package dev.elbo.nn.optimizers;

import dev.elbo.nn.config.Registry;

/** The optimizers by Keras's names. */
public final class Optimizers {
  private static final Registry<Optimizer> REGISTRY =
      Registry.<Optimizer>of("optimizer")
          .with(SGD.NAME, SGD::of)
          .with(RMSprop.NAME, RMSprop::of)
          .with(Adam.NAME, Adam::of)
          .with(AdamW.NAME, AdamW::of);

  private Optimizers() {}

  /** The optimizers by Keras's names. */
  public static Registry<Optimizer> registry() {
    return REGISTRY;
  }
}
