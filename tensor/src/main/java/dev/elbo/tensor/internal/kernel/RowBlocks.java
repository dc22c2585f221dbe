package dev.elbo.tensor.internal.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Rows of floats, each an array of its own, lent to one thread at a time.
 *
 * <p>HotSpot vectorises a loop over several rows only when all are read at the same index, so each
 * must start at index 0 of an array. They are kept here from call to call; as many exist as were
 * ever lent at once.
 */
final class RowBlocks {

  /** The rows of one thread. */
  static final class Block {
    final float[][] right = new float[DEPTH][WIDTH];
    final float[] out0 = new float[WIDTH];
    final float[] out1 = new float[WIDTH];
    final float[] out2 = new float[WIDTH];
    final float[] out3 = new float[WIDTH];
  }

  /** Rows of the right factor in a block: with their width, half of a common second-level cache. */
  static final int DEPTH = 64;

  static final int WIDTH = 512;

  private static final int KEPT = 64;

  private final AtomicReferenceArray<@Nullable Block> free = new AtomicReferenceArray<>(KEPT);

  Block lend() {
    for (int i = 0; i < KEPT; i++) {
      if (free.get(i) != null) {
        Block block = free.getAndSet(i, null);
        if (block != null) {
          return block;
        }
      }
    }
    return new Block();
  }

  /** Takes a block back; one too many is left to the garbage collector. */
  void giveBack(Block block) {
    for (int i = 0; i < KEPT; i++) {
      if (free.get(i) == null && free.compareAndSet(i, null, block)) {
        return;
      }
    }
  }
}
