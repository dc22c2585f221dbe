package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.RandomFills;
import java.util.List;

/**
 * Random numbers of a shape, a function of a key alone. Input: the key, int32 (4,): the low and
 * high half of the seed, the low and high half of the step. Element i does not depend on how the
 * work is cut. No gradient.
 */
interface RandomFill extends Custom {
  int ELEMENTS_PER_CHUNK = 4096;

  double NANOS_PER_ELEMENT = 0.9;

  /** The shape of the numbers. */
  Shape target();

  /** Writes elements {@code from} to {@code to}, in float32 by the loops given. */
  void fill(RandomFills fills, Object output, int from, int to, long seed, long step);

  @Override
  default Shape shape(List<Node> inputs) {
    return target();
  }

  @Override
  default Kernel kernel(Signature signature, String origin) {
    int size = (int) target().size();
    RandomFills fills = Kernels.get().math().randomFills();
    return new Kernel() {
      @Override
      public int chunks() {
        return (size + ELEMENTS_PER_CHUNK - 1) / ELEMENTS_PER_CHUNK;
      }

      @Override
      public double nanos() {
        return NANOS_PER_ELEMENT * size;
      }

      @Override
      public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
        int[] key = (int[]) inputs[0];
        int from = chunk * ELEMENTS_PER_CHUNK;
        int to = Math.min(size, from + ELEMENTS_PER_CHUNK);
        fill(fills, output, from, to, join(key[0], key[1]), join(key[2], key[3]));
      }
    };
  }

  private static long join(int low, int high) {
    return (low & 0xffff_ffffL) | ((long) high << 32);
  }
}
