package dev.elbo.tensor.internal.kernel.vector;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * How long vectors are: as the machine prefers them, all of one length.
 *
 * <p>Tests set {@code elbo.vectorBits} to have the loops of another machine. Vectors longer than
 * the machine's are objects: the same bits, a thousand times slower.
 */
final class Species {
  private static final VectorShape SHAPE = shape();

  static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);
  static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);

  private Species() {}

  private static VectorShape shape() {
    Integer bits = Integer.getInteger("elbo.vectorBits");
    return bits == null ? VectorShape.preferredShape() : VectorShape.forBitSize(bits);
  }
}
