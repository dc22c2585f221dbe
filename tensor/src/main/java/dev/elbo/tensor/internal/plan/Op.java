package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.primitive.Elementwise;
import dev.elbo.tensor.internal.primitive.Reduction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a graph that is being planned. Ids ascend in topological order.
 *
 * @param primitive what is computed, or null for a constant
 * @param constant the node that holds the value of a constant
 * @param origin the user's line, or empty
 */
record Op(
    int id,
    @Nullable Primitive primitive,
    List<Op> inputs,
    Shape shape,
    DType dtype,
    @Nullable Node constant,
    String origin) {

  boolean isElementwise() {
    return primitive instanceof Elementwise;
  }

  boolean isReduction() {
    return primitive instanceof Reduction;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return "%" + id + ":" + (primitive == null ? "constant" : primitive.name());
  }
}
