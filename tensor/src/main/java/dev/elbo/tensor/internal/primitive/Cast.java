package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.graph.Backward;
import dev.elbo.tensor.internal.graph.Node;
import java.util.List;

/**
 * {@code y = (target) x}. To int32: toward zero, saturating, NaN to 0. To bool: {@code x != 0}. To
 * uint8: the int32 value modulo 256. From bool: 0 or 1.
 */
public record Cast(DType target) implements Elementwise {
  @Override
  public DType dtype(List<Node> inputs) {
    return target;
  }

  /** The float of each uint8: a table is read twice as fast as a byte is converted. */
  private static final float[] FLOAT_OF_UINT8 = new float[256];

  static {
    for (int i = 0; i < FLOAT_OF_UINT8.length; i++) {
      FLOAT_OF_UINT8[i] = i;
    }
  }

  /** {@code (float) x} for 0 &lt;= x &lt;= 255. */
  public static float uint8ToFloat(int x) {
    return FLOAT_OF_UINT8[x & 0xff];
  }

  /** The value as it is stored, by way of double, which holds every other type exactly. */
  public double apply(double x) {
    return switch (target) {
      case FLOAT32 -> (float) x;
      case FLOAT64 -> x;
      case INT32 -> (int) x;
      case BOOL -> x != 0 ? 1 : 0;
      case UINT8 -> (int) x & 0xff;
    };
  }

  @Override
  public void vjp(Backward at) {
    if (target.isFloating()) {
      at.add(0, at.cotangent().cast(at.input(0).dtype()));
    }
  }
}
