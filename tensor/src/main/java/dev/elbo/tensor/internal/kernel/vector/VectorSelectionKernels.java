package dev.elbo.tensor.internal.kernel.vector;

import dev.elbo.tensor.internal.kernel.Relation;
import dev.elbo.tensor.internal.kernel.SelectionKernels;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SelectionKernels} on the Vector API, where a vector's bools fill a vector of bytes. Bools
 * pass between lanes of 4 bytes and of 1 as masks.
 *
 * <p>Each comparison has loops of its own. The Vector API is fast only where an operator is a
 * constant, which one that is passed to a loop is only if C2 happens to inline the loop.
 */
final class VectorSelectionKernels implements SelectionKernels {
  private static final VectorSpecies<Float> SPECIES = Species.FLOATS;
  private static final VectorSpecies<Integer> INTS = Species.INTS;
  private static final int LANES = SPECIES.length();

  /** Vectors of so many bytes exist from 8 lanes on. */
  private static final boolean SUPPORTED = LANES == 8 || LANES == 16;

  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, LANES == 8 ? VectorShape.S_64_BIT : VectorShape.S_128_BIT);

  @Override
  public void compare(
      Relation relation,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean eachB,
      byte[] target,
      int targetOffset,
      int length) {
    int bound = SUPPORTED ? SPECIES.loopBound(length) : 0;
    if (bound > 0) {
      switch (relation) {
        case EQUAL -> equal(a, aOffset, b, bOffset, eachB, 1, target, targetOffset, bound);
        case NOT_EQUAL -> equal(a, aOffset, b, bOffset, eachB, 0, target, targetOffset, bound);
        case LESS -> less(a, aOffset, b, bOffset, eachB, target, targetOffset, bound);
        case LESS_EQUAL -> lessEqual(a, aOffset, b, bOffset, eachB, target, targetOffset, bound);
      }
    }
    SelectionKernels.super.compare(
        relation,
        a,
        aOffset + bound,
        b,
        eachB ? bOffset + bound : bOffset,
        eachB,
        target,
        targetOffset + bound,
        length - bound);
  }

  private static void equal(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean eachB,
      int holding,
      byte[] target,
      int targetOffset,
      int length) {
    ByteVector otherwise = ByteVector.broadcast(BYTES, (byte) (1 - holding));
    if (eachB) {
      for (int i = 0; i < length; i += LANES) {
        FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
        put(
            FloatVector.fromArray(SPECIES, a, aOffset + i).compare(VectorOperators.EQ, y),
            otherwise,
            holding,
            target,
            targetOffset + i);
      }
    } else {
      float y = b[bOffset];
      for (int i = 0; i < length; i += LANES) {
        put(
            FloatVector.fromArray(SPECIES, a, aOffset + i).compare(VectorOperators.EQ, y),
            otherwise,
            holding,
            target,
            targetOffset + i);
      }
    }
  }

  private static void less(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean eachB,
      byte[] target,
      int targetOffset,
      int length) {
    ByteVector otherwise = ByteVector.zero(BYTES);
    if (eachB) {
      for (int i = 0; i < length; i += LANES) {
        FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
        put(
            FloatVector.fromArray(SPECIES, a, aOffset + i).compare(VectorOperators.LT, y),
            otherwise,
            1,
            target,
            targetOffset + i);
      }
    } else {
      float y = b[bOffset];
      for (int i = 0; i < length; i += LANES) {
        put(
            FloatVector.fromArray(SPECIES, a, aOffset + i).compare(VectorOperators.LT, y),
            otherwise,
            1,
            target,
            targetOffset + i);
      }
    }
  }

  private static void lessEqual(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean eachB,
      byte[] target,
      int targetOffset,
      int length) {
    ByteVector otherwise = ByteVector.zero(BYTES);
    if (eachB) {
      for (int i = 0; i < length; i += LANES) {
        FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
        put(
            FloatVector.fromArray(SPECIES, a, aOffset + i).compare(VectorOperators.LE, y),
            otherwise,
            1,
            target,
            targetOffset + i);
      }
    } else {
      float y = b[bOffset];
      for (int i = 0; i < length; i += LANES) {
        put(
            FloatVector.fromArray(SPECIES, a, aOffset + i).compare(VectorOperators.LE, y),
            otherwise,
            1,
            target,
            targetOffset + i);
      }
    }
  }

  @Override
  public void compare(
      Relation relation,
      int[] a,
      int aOffset,
      int[] b,
      int bOffset,
      boolean eachB,
      byte[] target,
      int targetOffset,
      int length) {
    int bound = SUPPORTED ? SPECIES.loopBound(length) : 0;
    if (bound > 0) {
      switch (relation) {
        case EQUAL -> equal(a, aOffset, b, bOffset, eachB, 1, target, targetOffset, bound);
        case NOT_EQUAL -> equal(a, aOffset, b, bOffset, eachB, 0, target, targetOffset, bound);
        case LESS -> less(a, aOffset, b, bOffset, eachB, target, targetOffset, bound);
        case LESS_EQUAL -> lessEqual(a, aOffset, b, bOffset, eachB, target, targetOffset, bound);
      }
    }
    SelectionKernels.super.compare(
        relation,
        a,
        aOffset + bound,
        b,
        eachB ? bOffset + bound : bOffset,
        eachB,
        target,
        targetOffset + bound,
        length - bound);
  }

  private static void equal(
      int[] a,
      int aOffset,
      int[] b,
      int bOffset,
      boolean eachB,
      int holding,
      byte[] target,
      int targetOffset,
      int length) {
    ByteVector otherwise = ByteVector.broadcast(BYTES, (byte) (1 - holding));
    if (eachB) {
      for (int i = 0; i < length; i += LANES) {
        IntVector y = IntVector.fromArray(INTS, b, bOffset + i);
        put(
            IntVector.fromArray(INTS, a, aOffset + i).compare(VectorOperators.EQ, y),
            otherwise,
            holding,
            target,
            targetOffset + i);
      }
    } else {
      int y = b[bOffset];
      for (int i = 0; i < length; i += LANES) {
        put(
            IntVector.fromArray(INTS, a, aOffset + i).compare(VectorOperators.EQ, y),
            otherwise,
            holding,
            target,
            targetOffset + i);
      }
    }
  }

  private static void less(
      int[] a,
      int aOffset,
      int[] b,
      int bOffset,
      boolean eachB,
      byte[] target,
      int targetOffset,
      int length) {
    ByteVector otherwise = ByteVector.zero(BYTES);
    if (eachB) {
      for (int i = 0; i < length; i += LANES) {
        IntVector y = IntVector.fromArray(INTS, b, bOffset + i);
        put(
            IntVector.fromArray(INTS, a, aOffset + i).compare(VectorOperators.LT, y),
            otherwise,
            1,
            target,
            targetOffset + i);
      }
    } else {
      int y = b[bOffset];
      for (int i = 0; i < length; i += LANES) {
        put(
            IntVector.fromArray(INTS, a, aOffset + i).compare(VectorOperators.LT, y),
            otherwise,
            1,
            target,
            targetOffset + i);
      }
    }
  }

  private static void lessEqual(
      int[] a,
      int aOffset,
      int[] b,
      int bOffset,
      boolean eachB,
      byte[] target,
      int targetOffset,
      int length) {
    ByteVector otherwise = ByteVector.zero(BYTES);
    if (eachB) {
      for (int i = 0; i < length; i += LANES) {
        IntVector y = IntVector.fromArray(INTS, b, bOffset + i);
        put(
            IntVector.fromArray(INTS, a, aOffset + i).compare(VectorOperators.LE, y),
            otherwise,
            1,
            target,
            targetOffset + i);
      }
    } else {
      int y = b[bOffset];
      for (int i = 0; i < length; i += LANES) {
        put(
            IntVector.fromArray(INTS, a, aOffset + i).compare(VectorOperators.LE, y),
            otherwise,
            1,
            target,
            targetOffset + i);
      }
    }
  }

  private static void put(
      VectorMask<?> holds, ByteVector otherwise, int holding, byte[] target, int at) {
    otherwise.blend((byte) holding, holds.cast(BYTES)).intoArray(target, at);
  }

  @Override
  public void where(
      byte[] condition,
      int conditionOffset,
      float[] a,
      int aOffset,
      boolean eachA,
      float[] b,
      int bOffset,
      boolean eachB,
      float[] target,
      int targetOffset,
      int length) {
    int bound = SUPPORTED ? SPECIES.loopBound(length) : 0;
    if (eachA && eachB) {
      for (int i = 0; i < bound; i += LANES) {
        FloatVector.fromArray(SPECIES, b, bOffset + i)
            .blend(
                FloatVector.fromArray(SPECIES, a, aOffset + i),
                mask(condition, conditionOffset + i))
            .intoArray(target, targetOffset + i);
      }
    } else if (eachA) {
      FloatVector otherwise = FloatVector.broadcast(SPECIES, bound > 0 ? b[bOffset] : 0f);
      for (int i = 0; i < bound; i += LANES) {
        otherwise
            .blend(
                FloatVector.fromArray(SPECIES, a, aOffset + i),
                mask(condition, conditionOffset + i))
            .intoArray(target, targetOffset + i);
      }
    } else if (eachB) {
      FloatVector chosen = FloatVector.broadcast(SPECIES, bound > 0 ? a[aOffset] : 0f);
      for (int i = 0; i < bound; i += LANES) {
        FloatVector.fromArray(SPECIES, b, bOffset + i)
            .blend(chosen, mask(condition, conditionOffset + i))
            .intoArray(target, targetOffset + i);
      }
    } else {
      bound = 0;
    }
    SelectionKernels.super.where(
        condition,
        conditionOffset + bound,
        a,
        eachA ? aOffset + bound : aOffset,
        eachA,
        b,
        eachB ? bOffset + bound : bOffset,
        eachB,
        target,
        targetOffset + bound,
        length - bound);
  }

  /** A vector that reaches into the next row is overwritten there; the last rows are filled. */
  @Override
  public void repeat(
      float[] source,
      int offset,
      int step,
      float[] target,
      int targetOffset,
      int rows,
      int length) {
    int whole = length == 0 ? 0 : Math.max(0, rows - Math.ceilDiv(LANES, length));
    for (int row = 0; row < whole; row++) {
      FloatVector value = FloatVector.broadcast(SPECIES, source[offset + row * step]);
      int at = targetOffset + row * length;
      for (int i = 0; i < length; i += LANES) {
        value.intoArray(target, at + i);
      }
    }
    SelectionKernels.super.repeat(
        source,
        offset + whole * step,
        step,
        target,
        targetOffset + whole * length,
        rows - whole,
        length);
  }

  /** A vector that reaches into the next row is overwritten there; the last rows are filled. */
  @Override
  public void repeat(
      int[] source, int offset, int step, int[] target, int targetOffset, int rows, int length) {
    int whole = length == 0 ? 0 : Math.max(0, rows - Math.ceilDiv(LANES, length));
    for (int row = 0; row < whole; row++) {
      IntVector value = IntVector.broadcast(INTS, source[offset + row * step]);
      int at = targetOffset + row * length;
      for (int i = 0; i < length; i += LANES) {
        value.intoArray(target, at + i);
      }
    }
    SelectionKernels.super.repeat(
        source,
        offset + whole * step,
        step,
        target,
        targetOffset + whole * length,
        rows - whole,
        length);
  }

  private static VectorMask<Float> mask(byte[] condition, int offset) {
    return ByteVector.fromArray(BYTES, condition, offset)
        .compare(VectorOperators.NE, (byte) 0)
        .cast(SPECIES);
  }
}
