package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.FloatMathConstants.TWO_THIRDS_BITS;
import static dev.elbo.tensor.internal.kernel.RandomFunctions.*;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.elbo.tensor.internal.kernel.Philox;
import dev.elbo.tensor.internal.kernel.RandomFills;
import dev.elbo.tensor.internal.kernel.RandomFunctions;
import dev.elbo.tensor.internal.kernel.ScalarRandomFills;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RandomFills} on the Vector API: whole groups of 64 elements here, what is left at both
 * ends of a range in {@link ScalarRandomFills}.
 *
 * <p>The words of a tile of groups are first written into the target, as the bits of its floats,
 * and then turned into numbers in place: two short loops, each of which C2 keeps in registers.
 */
final class VectorRandomFills implements RandomFills {
  private static final VectorSpecies<Float> SPECIES = Species.FLOATS;
  private static final VectorSpecies<Long> LONGS = Species.LONGS;
  private static final int LANES = SPECIES.length();

  /** Whether a run of 16 elements, which take the same word of 16 blocks, is whole vectors. */
  private static final boolean SUPPORTED = LANES <= 16 && 2 * LONGS.length() == LANES;

  /** Elements whose words and numbers stay in the innermost cache. */
  private static final int TILE = 4096;

  private static final long LOW = 0xffff_ffffL;

  /** The multipliers in the high halves: from the shift, C2 learns that 32-bit products will do. */
  private static final LongVector MULTIPLIER_A =
      LongVector.broadcast(LONGS, (long) Philox.MULTIPLIER_A << 32);

  private static final LongVector MULTIPLIER_B =
      LongVector.broadcast(LONGS, (long) Philox.MULTIPLIER_B << 32);

  private static final LongVector EVEN = LongVector.zero(LONGS).addIndex(2);
  private static final LongVector ODD = EVEN.add(1L);

  private final ScalarRandomFills scalar = new ScalarRandomFills();

  @Override
  public void uniform(float[] target, long from, long to, Philox philox, float low, float high) {
    int start = firstWhole(from, to);
    int end = lastWhole(start, to);
    scalar.uniform(target, from, start, philox, low, high);
    for (int tile = start; tile < end; tile += TILE) {
      int tileEnd = Math.min(end, tile + TILE);
      words(target, tile, tileEnd, philox);
      uniform(target, tile, tileEnd, low, high - low, uniformLimit(low, high));
    }
    scalar.uniform(target, end, to, philox, low, high);
  }

  private static void uniform(
      float[] target, int start, int end, float low, float range, float limit) {
    for (int i = start; i < end; i += LANES) {
      FloatVector x =
          VectorMathKernels.toFloats(wordsAt(target, i).lanewise(LSHR, 8)).fma(range * UNIT, low);
      x.blend(limit, x.compare(GT, limit)).intoArray(target, i);
    }
  }

  @Override
  public void bernoulli(float[] target, long from, long to, Philox philox, long threshold) {
    int start = firstWhole(from, to);
    int end = lastWhole(start, to);
    scalar.bernoulli(target, from, start, philox, threshold);
    if (threshold > LOW) {
      Arrays.fill(target, start, end, 1f);
    } else {
      for (int tile = start; tile < end; tile += TILE) {
        int tileEnd = Math.min(end, tile + TILE);
        words(target, tile, tileEnd, philox);
        below(target, tile, tileEnd, (int) threshold);
      }
    }
    scalar.bernoulli(target, end, to, philox, threshold);
  }

  private static void below(float[] target, int start, int end, int threshold) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = start; i < end; i += LANES) {
      // Unsigned order is the order of ints with the sign bit flipped.
      VectorMask<Integer> below =
          wordsAt(target, i)
              .lanewise(XOR, Integer.MIN_VALUE)
              .compare(LT, threshold ^ Integer.MIN_VALUE);
      zero.blend(1f, below.cast(SPECIES)).intoArray(target, i);
    }
  }

  @Override
  public void normal(float[] target, long from, long to, Philox philox, float mean, float stddev) {
    int start = firstWhole(from, to);
    int end = lastWhole(start, to);
    scalar.normal(target, from, start, philox, mean, stddev);
    for (int tile = start; tile < end; tile += TILE) {
      int tileEnd = Math.min(end, tile + TILE);
      words(target, tile, tileEnd, philox);
      radii(target, tile, tileEnd);
      rotate(target, tile, tileEnd, mean, stddev);
    }
    scalar.normal(target, end, to, philox, mean, stddev);
  }

  /** The first half of each group: words to radii, {@link RandomFunctions#radius}. */
  private static void radii(float[] target, int start, int end) {
    for (int group = start; group < end; group += GROUP) {
      for (int i = group; i < group + GROUP / 2; i += LANES) {
        IntVector bits =
            VectorMathKernels.toFloats(wordsAt(target, i).lanewise(LSHR, 8).add(1))
                .mul(UNIT)
                .reinterpretAsInts();
        IntVector exponent = bits.sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
        FloatVector f = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
        VectorMathKernels.logReduced(f, VectorMathKernels.toFloats(exponent))
            .mul(-2f)
            .sqrt()
            .intoArray(target, i);
      }
    }
  }

  /** The second half of each group: words to angles, and both halves to numbers. */
  private static void rotate(float[] target, int start, int end, float mean, float stddev) {
    for (int group = start; group < end; group += GROUP) {
      for (int i = group; i < group + GROUP / 2; i += LANES) {
        IntVector word = wordsAt(target, i + GROUP / 2);
        IntVector quadrant = word.add(0x20000000).lanewise(LSHR, 30);
        FloatVector angle =
            VectorMathKernels.toFloats(word.sub(quadrant.lanewise(LSHL, 30))).mul(ANGLE_UNIT);
        FloatVector z = angle.mul(angle);
        FloatVector s = VectorConstants.SIN_2.fma(z, VectorConstants.SIN_1);
        s = s.fma(z, VectorConstants.SIN_0);
        s = angle.mul(z).fma(s, angle);
        FloatVector c = VectorConstants.COS_2.fma(z, VectorConstants.COS_1);
        c = c.fma(z, VectorConstants.COS_0);
        c = z.mul(z).fma(c, z.fma(VectorConstants.MINUS_HALF, VectorConstants.ONE));

        VectorMask<Float> straight = quadrant.and(1).compare(EQ, 0).cast(SPECIES);
        IntVector sinSign = quadrant.and(2).lanewise(LSHL, 30);
        IntVector cosSign = quadrant.add(1).and(2).lanewise(LSHL, 30);
        FloatVector radius = FloatVector.fromArray(SPECIES, target, i);
        FloatVector cos =
            s.blend(c, straight).reinterpretAsInts().lanewise(XOR, cosSign).reinterpretAsFloats();
        FloatVector sin =
            c.blend(s, straight).reinterpretAsInts().lanewise(XOR, sinSign).reinterpretAsFloats();
        radius.mul(cos).fma(stddev, mean).intoArray(target, i);
        radius.mul(sin).fma(stddev, mean).intoArray(target, i + GROUP / 2);
      }
    }
  }

  @Override
  public void truncatedNormal(
      float[] target, long from, long to, Philox philox, float mean, float stddev) {
    int start = firstWhole(from, to);
    int end = lastWhole(start, to);
    scalar.truncatedNormal(target, from, start, philox, mean, stddev);
    for (int tile = start; tile < end; tile += TILE) {
      int tileEnd = Math.min(end, tile + TILE);
      words(target, tile, tileEnd, philox);
      quantiles(target, tile, tileEnd, mean, stddev);
    }
    scalar.truncatedNormal(target, end, to, philox, mean, stddev);
  }

  private static void quantiles(float[] target, int start, int end, float mean, float stddev) {
    for (int i = start; i < end; i += LANES) {
      FloatVector p =
          VectorMathKernels.toFloats(
                  wordsAt(target, i).lanewise(LSHR, 8).lanewise(LSHL, 1).sub(0xffffff))
              .mul(WITHIN_TWO);
      FloatVector d = p.neg().fma(p, VectorConstants.ONE);
      FloatVector n = d.fma(QUANTILE_N4, QUANTILE_N3);
      n = n.fma(d, FloatVector.broadcast(SPECIES, QUANTILE_N2));
      n = n.fma(d, FloatVector.broadcast(SPECIES, QUANTILE_N1));
      n = n.fma(d, FloatVector.broadcast(SPECIES, QUANTILE_N0));
      FloatVector m = d.fma(QUANTILE_D4, QUANTILE_D3);
      m = m.fma(d, FloatVector.broadcast(SPECIES, QUANTILE_D2));
      m = m.fma(d, FloatVector.broadcast(SPECIES, QUANTILE_D1));
      m = m.fma(d, VectorConstants.ONE);
      p.mul(n).div(m).fma(stddev, mean).intoArray(target, i);
    }
  }

  /**
   * The words of whole groups, as the bits of floats: {@link Philox} on the blocks of a vector at
   * once.
   *
   * <p>Words sit in the low halves of 64-bit lanes, even and odd blocks apart, so that the halves
   * of a product are a shift away and both stores of a pair are one. Nothing here is a method of
   * its own although it repeats itself: C2 would give up inlining it and put the vectors on the
   * heap.
   */
  private static void words(float[] target, int start, int end, Philox philox) {
    long step = philox.step();
    for (int group = start; group < end; group += GROUP) {
      for (int run = 0; run < GROUP / 4; run += LANES) {
        long block = ((long) group >> 2) + run;
        LongVector a0 = EVEN.add(block & LOW);
        LongVector a1 = ODD.add(block & LOW);
        LongVector b0 = LongVector.broadcast(LONGS, block >>> 32);
        LongVector b1 = LongVector.broadcast(LONGS, block >>> 32);
        LongVector c0 = LongVector.broadcast(LONGS, step & LOW);
        LongVector c1 = LongVector.broadcast(LONGS, step & LOW);
        LongVector d0 = LongVector.broadcast(LONGS, step >>> 32);
        LongVector d1 = LongVector.broadcast(LONGS, step >>> 32);
        int key0 = (int) philox.key();
        int key1 = (int) (philox.key() >>> 32);
        for (int round = 0; round < Philox.ROUNDS; round++) {
          LongVector p0 = a0.lanewise(AND, LOW).mul(MULTIPLIER_A.lanewise(LSHR, 32));
          LongVector p1 = a1.lanewise(AND, LOW).mul(MULTIPLIER_A.lanewise(LSHR, 32));
          LongVector q0 = c0.lanewise(AND, LOW).mul(MULTIPLIER_B.lanewise(LSHR, 32));
          LongVector q1 = c1.lanewise(AND, LOW).mul(MULTIPLIER_B.lanewise(LSHR, 32));
          a0 = q0.lanewise(LSHR, 32).lanewise(XOR, b0).lanewise(XOR, key0 & LOW);
          a1 = q1.lanewise(LSHR, 32).lanewise(XOR, b1).lanewise(XOR, key0 & LOW);
          b0 = q0.lanewise(AND, LOW);
          b1 = q1.lanewise(AND, LOW);
          c0 = p0.lanewise(LSHR, 32).lanewise(XOR, d0).lanewise(XOR, key1 & LOW);
          c1 = p1.lanewise(LSHR, 32).lanewise(XOR, d1).lanewise(XOR, key1 & LOW);
          d0 = p0.lanewise(AND, LOW);
          d1 = p1.lanewise(AND, LOW);
          key0 += Philox.KEY_INCREMENT_0;
          key1 += Philox.KEY_INCREMENT_1;
        }
        int i = group + run;
        a0.or(a1.lanewise(LSHL, 32)).reinterpretAsFloats().intoArray(target, i);
        b0.or(b1.lanewise(LSHL, 32)).reinterpretAsFloats().intoArray(target, i + 16);
        c0.or(c1.lanewise(LSHL, 32)).reinterpretAsFloats().intoArray(target, i + 32);
        d0.or(d1.lanewise(LSHL, 32)).reinterpretAsFloats().intoArray(target, i + 48);
      }
    }
  }

  private static IntVector wordsAt(float[] target, int i) {
    return FloatVector.fromArray(SPECIES, target, i).reinterpretAsInts();
  }

  /** The first element of a whole group in the range, or its end. */
  private static int firstWhole(long from, long to) {
    return SUPPORTED ? (int) Math.min(to, (from + GROUP - 1) & -GROUP) : (int) to;
  }

  /** One past the last element of the last whole group. */
  private static int lastWhole(int start, long to) {
    return (int) Math.max(start, to & -GROUP);
  }
}
