package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A tensor that a model will have once data arrives: an input, or the output of a layer on others.
 * Keras's {@code KerasTensor}. Made by {@link Input#of} and {@link Layer#on}.
 */
public final class SymbolicTensor {
  /** One use of a layer. */
  static final class Application {
    private final Layer layer;
    private final List<SymbolicTensor> inputs;
    private final List<SymbolicTensor> outputs;

    private Application(Layer layer, List<SymbolicTensor> inputs, List<Shape> outputShapes) {
      this.layer = layer;
      this.inputs = inputs;
      List<SymbolicTensor> made = new ArrayList<>();
      for (Shape shape : outputShapes) {
        made.add(
            new SymbolicTensor(
                shape, layer.dtype(), Optional.empty(), Optional.of(this), made.size()));
      }
      this.outputs = Collections.unmodifiableList(made);
    }

    Layer layer() {
      return layer;
    }

    List<SymbolicTensor> inputs() {
      return inputs;
    }

    List<SymbolicTensor> outputs() {
      return outputs;
    }
  }

  private final Shape shape;
  private final DType dtype;
  private final Optional<String> name;
  private final Optional<Application> source;
  private final int index;

  private SymbolicTensor(
      Shape shape, DType dtype, Optional<String> name, Optional<Application> source, int index) {
    this.shape = shape;
    this.dtype = dtype;
    this.name = name;
    this.source = source;
    this.index = index;
  }

  static SymbolicTensor input(Optional<String> name, Shape shape, DType dtype) {
    return new SymbolicTensor(shape, dtype, name, Optional.empty(), 0);
  }

  static List<SymbolicTensor> apply(Layer layer, List<SymbolicTensor> inputs) {
    List<Shape> shapes = layer.outputShapes(inputs.stream().map(SymbolicTensor::shape).toList());
    return new Application(layer, List.copyOf(inputs), shapes).outputs();
  }

  /** The axis lengths; the first is {@link Shape#BATCH}. */
  public Shape shape() {
    return shape;
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** The name that an input was given. */
  Optional<String> name() {
    return name;
  }

  /** The use of a layer that it is an output of; none for an input. */
  Optional<Application> source() {
    return source;
  }

  /** Which output of its source it is. */
  int index() {
    return index;
  }

  @Override
  public String toString() {
    return "SymbolicTensor(shape=" + shape + ", dtype=" + dtype + ")";
  }
}
