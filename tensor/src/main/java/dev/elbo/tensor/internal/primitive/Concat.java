package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/** The inputs one after another along an axis; all other axes agree. */
public record Concat(int axis) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    int total = inputs.stream().mapToInt(input -> input.shape().dim(axis)).sum();
    return inputs.getFirst().shape().with(axis, total);
  }

  @Override
  public void vjp(Backward at) {
    int from = 0;
    for (int i = 0; i < at.inputs(); i++) {
      int to = from + at.input(i).shape().dim(axis);
      if (at.wants(i)) {
        at.add(i, at.cotangent().slice(axis, from, to));
      }
      from = to;
    }
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    Shape target = signature.outputShape();
    int outer = (int) target.slice(0, axis).size();
    int row = (int) target.slice(axis, target.rank()).size();
    int[] widths =
        signature.shapes().stream()
            .mapToInt(shape -> (int) shape.slice(axis, shape.rank()).size())
            .toArray();
    return (chunk, inputs, output, scratch) -> {
      int column = 0;
      for (int i = 0; i < widths.length; i++) {
        for (int r = 0; r < outer; r++) {
          System.arraycopy(inputs[i], r * widths[i], output, r * row + column, widths[i]);
        }
        column += widths[i];
      }
    };
  }
}
