package dev.elbo.nn.layers;

import dev.elbo.nn.Layer;
import dev.elbo.nn.config.Registry;

/** The layers by Keras's names. */
public final class Layers {
  private static final Registry<Layer> REGISTRY =
      Registry.<Layer>of("layer")
          .with(Activation.NAME, Activation::of)
          .with(ActivityRegularization.NAME, ActivityRegularization::of)
          .with(AveragePooling2D.NAME, AveragePooling2D::of)
          .with(BatchNormalization.NAME, BatchNormalization::of)
          .with(Conv2D.NAME, Conv2D::of)
          .with(Conv2DTranspose.NAME, Conv2DTranspose::of)
          .with(Dense.NAME, Dense::of)
          .with(Dropout.NAME, config -> Dropout.of(config.number("rate", 0)))
          .with(ELU.NAME, ELU::of)
          .with(Flatten.NAME, config -> Flatten.of())
          .with(LeakyReLU.NAME, LeakyReLU::of)
          .with(MaxPooling2D.NAME, MaxPooling2D::of)
          .with(PReLU.NAME, PReLU::of)
          .with(ReLU.NAME, ReLU::of)
          .with(Reshape.NAME, Reshape::of)
          .with(Softmax.NAME, Softmax::of);

  private Layers() {}

  /** The layers by Keras's names, for loading models; add your own with {@code with}. */
  public static Registry<Layer> registry() {
    return REGISTRY;
  }
}
