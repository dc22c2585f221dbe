package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.Shape;

/**
 * Copies picked runs of {@code inner} elements, in chunks of runs. Long runs of what stays in the
 * cache are cut in halves, all first halves first: a product that is cut along them ({@code
 * GemmParts}) then finds its part in the cache of its own core.
 *
 * @param shape of the array that is picked from, for errors
 * @param axis along which is picked
 * @param outer how often the indices are gone through
 * @param count how many indices there are
 * @param inner elements that lie together
 * @param runsPerChunk so many that a chunk is worth a thread's while
 * @param pieces into which each run is cut
 * @param bytes that an element takes
 * @param origin the user's line
 */
record GatherKernel(
    Shape shape,
    int axis,
    int outer,
    int count,
    int inner,
    int runsPerChunk,
    int pieces,
    int bytes,
    String origin)
    implements Kernel {
  private static final int ELEMENTS_PER_CHUNK = 8_192;
  private static final double BYTES_PER_NANO = 8;
  private static final int LONG_RUN = 512;
  private static final long SMALL = 1 << 16;

  static GatherKernel of(Signature signature, int axis, String origin) {
    Shape shape = signature.shape(0);
    int inner = (int) shape.slice(axis + 1, shape.rank()).size();
    int pieces = inner >= LONG_RUN && signature.outputShape().size() <= SMALL ? 2 : 1;
    return new GatherKernel(
        shape,
        axis,
        (int) shape.slice(0, axis).size(),
        (int) signature.shape(1).size(),
        inner,
        Math.max(1, pieces * ELEMENTS_PER_CHUNK / Math.max(1, inner)),
        pieces,
        signature.outputDtype().bytes(),
        origin);
  }

  @Override
  public int chunks() {
    return inner == 0 ? 0 : pieces * chunksOfPiece();
  }

  private int chunksOfPiece() {
    return Math.ceilDiv(outer * count, runsPerChunk);
  }

  @Override
  public double nanos() {
    return (double) outer * count * inner * bytes / BYTES_PER_NANO;
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    int[] indices = (int[]) inputs[1];
    int length = shape.dim(axis);
    int piece = chunk / chunksOfPiece();
    int start = inner * piece / pieces;
    int size = inner * (piece + 1) / pieces - start;
    int from = chunk % chunksOfPiece() * runsPerChunk;
    int to = from + Math.min(runsPerChunk, outer * count - from);
    for (int run = from; run < to; run++) {
      int index = indices[run % count];
      if (index < 0 || index >= length) {
        throw Gather.outOfRange(index, run % count, axis, shape, origin);
      }
      int source = (run / count * length + index) * inner + start;
      copy(inputs[0], source, output, run * inner + start, size);
    }
  }

  /** Single elements, as labels are, without a call for each. */
  private static void copy(Object from, int source, Object to, int target, int size) {
    if (size != 1) {
      System.arraycopy(from, source, to, target, size);
      return;
    }
    switch (from) {
      case float[] floats -> ((float[]) to)[target] = floats[source];
      case int[] ints -> ((int[]) to)[target] = ints[source];
      default -> System.arraycopy(from, source, to, target, size);
    }
  }
}
