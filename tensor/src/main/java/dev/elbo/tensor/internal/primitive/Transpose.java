package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/** Axis {@code i} of the output is axis {@code permutation[i]} of the input. */
public record Transpose(List<Integer> permutation) implements View {
  public Transpose {
    permutation = List.copyOf(permutation);
  }

  @Override
  public Shape shape(List<Node> inputs) {
    Shape input = inputs.getFirst().shape();
    return Shape.of(permutation.stream().mapToInt(input::dim).toArray());
  }

  @Override
  public Layout layout(Layout input) {
    int[] dims = permutation.stream().mapToInt(axis -> input.shape().dim(axis)).toArray();
    int[] strides = permutation.stream().mapToInt(input::stride).toArray();
    return new Layout(Shape.of(dims), input.offset(), strides);
  }

  @Override
  public void vjp(Backward at) {
    int[] inverse = new int[permutation.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[permutation.get(i)] = i;
    }
    at.add(0, at.cotangent().transpose(inverse));
  }

  /** True if this exchanges the last two axes and moves no other. */
  public boolean isMatrixTranspose() {
    int rank = permutation.size();
    if (rank < 2) {
      return false;
    }
    for (int i = 0; i < rank - 2; i++) {
      if (permutation.get(i) != i) {
        return false;
      }
    }
    return permutation.get(rank - 1) == rank - 2;
  }
}
