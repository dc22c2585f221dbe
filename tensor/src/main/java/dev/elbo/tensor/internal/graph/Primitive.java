package dev.elbo.tensor.internal.graph;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.util.List;

/**
 * One operation on nodes, owning its rules: the shape and type of its result and its gradient.
 * Implementations are records, so that two equal primitives on equal inputs are the same
 * computation and can be merged. How one is computed is said by the interface it implements in
 * {@code internal.primitive}: element by element, or by a kernel of its own.
 *
 * <p>A primitive trusts its inputs: the operation that created it has validated them, promoted
 * their types and made broadcasting explicit.
 */
public interface Primitive {

  /** The name used in errors, plans and the operation table, such as {@code matMul}. */
  default String name() {
    String name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** The shape of the result. */
  Shape shape(List<Node> inputs);

  /** The element type of the result; that of the first input unless overridden. */
  default DType dtype(List<Node> inputs) {
    return inputs.getFirst().dtype();
  }

  /**
   * Hands the cotangent of the output on to the inputs, with operations on tensors, so that
   * gradients have gradients. A primitive that has no gradient leaves this empty.
   */
  default void vjp(Backward at) {}

  /**
   * True if a result keeps hold of what it was computed from, even once it is computed: a loss of a
   * softmax goes back to the logits. Of one input.
   */
  default boolean keepsInput() {
    return false;
  }

  /** True if running it can fail for some values, so that the user's line is worth keeping. */
  default boolean canFail() {
    return false;
  }
}
