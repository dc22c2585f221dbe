package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/** {@code y = x}, and an error at the user's line if an element is NaN or infinite. */
public record CheckFinite(String what) implements Custom {
  @Override
  public Shape shape(List<Node> inputs) {
    return inputs.getFirst().shape();
  }

  @Override
  public boolean canFail() {
    return true;
  }

  @Override
  public void vjp(Backward at) {
    at.add(0, at.cotangent());
  }

  @Override
  public Kernel kernel(Signature signature, String origin) {
    int size = (int) signature.outputShape().size();
    return (chunk, inputs, output, scratch) -> {
      for (int i = 0; i < size; i++) {
        double x = inputs[0] instanceof float[] floats ? floats[i] : ((double[]) inputs[0])[i];
        if (!Double.isFinite(x)) {
          throw new ArithmeticException(
              what
                  + ", checked at "
                  + origin
                  + ": element "
                  + i
                  + " of shape "
                  + signature.outputShape()
                  + " is "
                  + x
                  + ", expected finite numbers. Look for a logarithm or division of zero, an"
                  + " overflowing exponential, or a learning rate that is too high.");
        }
      }
      System.arraycopy(inputs[0], 0, output, 0, size);
    };
  }
}
