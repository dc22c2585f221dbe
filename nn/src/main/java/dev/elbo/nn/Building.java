package dev.elbo.nn;

import dev.elbo.nn.initializers.Initializer;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.Map;
import java.util.Optional;

/**
 * Where the weights of a layer come from: from initializers, or from a file. From a file nothing is
 * allocated that is not in it.
 *
 * @param path of the layer within the model
 */
record Building(SeedGenerator seeds, String path, Optional<Map<String, Tensor>> loaded) {
  static Building of(SeedGenerator seeds) {
    return new Building(seeds, "", Optional.empty());
  }

  static Building of(Map<String, Tensor> loaded) {
    return new Building(SeedGenerator.of(0), "", Optional.of(loaded));
  }

  /** The same for a layer inside. */
  Building inside(String name) {
    return new Building(seeds, path + name + "/", loaded);
  }

  Variable weight(String layer, String name, Shape shape, DType dtype, Initializer initializer) {
    return Variable.of(
        name,
        loaded.isPresent()
            ? load(loaded.get(), layer, name, shape, dtype)
            : initialise(layer, name, shape, dtype, initializer));
  }

  private Tensor initialise(
      String layer, String name, Shape shape, DType dtype, Initializer initializer) {
    Tensor initial = initializer.call(shape, seeds).cast(dtype);
    if (!initial.shape().equals(shape)) {
      throw new IllegalStateException(
          layer
              + ": expected the initializer of '"
              + name
              + "' to return shape "
              + shape
              + ", received "
              + initial.shape()
              + ". Return a tensor of the shape that it is given.");
    }
    return initial;
  }

  private Tensor load(
      Map<String, Tensor> weights, String layer, String name, Shape shape, DType dtype) {
    Tensor weight = weights.get(path + name);
    if (weight == null || !weight.shape().equals(shape) || weight.dtype() != dtype) {
      throw new IllegalArgumentException(
          layer
              + ": expected weight '"
              + path
              + name
              + "' of shape "
              + shape
              + " "
              + dtype
              + ", received "
              + (weight == null ? "none" : "shape " + weight.shape() + " " + weight.dtype())
              + ". The weights belong to another model.");
    }
    return weight;
  }
}
