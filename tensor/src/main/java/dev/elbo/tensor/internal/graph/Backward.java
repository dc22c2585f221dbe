package dev.elbo.tensor.internal.graph;

import dev.elbo.tensor.Tensor;
import java.util.List;

/** What a primitive sees while its gradient is taken: its inputs, its output, the cotangent. */
public final class Backward {

  /** Receives the cotangent of one input. */
  interface Sink {
    void add(Node input, Tensor cotangent);
  }

  private final List<Node> inputs;
  private final Node output;
  private final Tensor cotangent;
  private final boolean[] wanted;
  private final Sink sink;

  Backward(List<Node> inputs, Node output, Tensor cotangent, boolean[] wanted, Sink sink) {
    this.inputs = inputs;
    this.output = output;
    this.cotangent = cotangent;
    this.wanted = wanted;
    this.sink = sink;
  }

  /** Input {@code index}, in the order of the primitive. */
  public Tensor input(int index) {
    return Tensor.of(inputs.get(index));
  }

  /** Number of inputs. */
  public int inputs() {
    return inputs.size();
  }

  /** The result of the primitive. */
  public Tensor output() {
    return Tensor.of(output);
  }

  /** The derivative of the objective with respect to the output, of the output's shape. */
  public Tensor cotangent() {
    return cotangent;
  }

  /** Whether anybody asked for the gradient of this input; if not, it need not be built. */
  public boolean wants(int index) {
    return wanted[index];
  }

  /** Adds a term to the cotangent of an input; it has the input's shape and type. */
  public void add(int index, Tensor term) {
    Node input = inputs.get(index);
    if (!input.shape().equals(term.shape()) || input.dtype() != term.dtype()) {
      throw new IllegalStateException(
          "the gradient of input "
              + index
              + " has shape "
              + term.shape()
              + " "
              + term.dtype()
              + ", expected "
              + input.shape()
              + " "
              + input.dtype());
    }
    if (wanted[index]) {
      sink.add(input, term);
    }
  }
}
