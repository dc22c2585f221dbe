package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.FloatMathConstants.ERF_ONE;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.ERF_SMALL;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.EXPM1_FLOOR;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.EXPM1_IDENTITY;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.EXP_OVERFLOW;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.EXP_UNDERFLOW;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.ONE_BITS;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.ONE_THIRD;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.ROUNDING_SHIFT_BITS;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.SIGN_BIT;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.TANH_ONE;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.TANH_SMALL;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.TRIGONOMETRIC_LIMIT;
import static dev.elbo.tensor.internal.kernel.FloatMathConstants.TWO_THIRDS_BITS;
import static dev.elbo.tensor.internal.kernel.vector.VectorConstants.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.elbo.tensor.internal.kernel.FloatMath;
import dev.elbo.tensor.internal.kernel.MathKernels;
import dev.elbo.tensor.internal.kernel.RandomFills;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link MathKernels} on the Vector API: the operations of {@link FloatMath}, one for one, on all
 * lanes at once, branches turned into blends. What is left of a run behind the last whole vector
 * goes through {@link FloatMath} itself.
 *
 * <p>{@code sigmoid} and {@code softplus}, whose chains of operations are longer than what a core
 * looks ahead, take two vectors at a time, with all of their operations written out in the loop: a
 * method of that size is never inlined into its caller, where C2 would run out of room for it.
 */
public final class VectorMathKernels implements MathKernels {
  private static final VectorSpecies<Float> SPECIES = Species.FLOATS;
  private static final int LANES = SPECIES.length();

  private final RandomFills randomFills = new VectorRandomFills();

  public VectorMathKernels() {}

  @Override
  public RandomFills randomFills() {
    return randomFills;
  }

  @Override
  public void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      exp(FloatVector.fromArray(SPECIES, source, sourceOffset + i))
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.exp(source[sourceOffset + i]);
    }
  }

  @Override
  public void expm1(
      float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      expm1(FloatVector.fromArray(SPECIES, source, sourceOffset + i))
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.expm1(source[sourceOffset + i]);
    }
  }

  @Override
  public void log(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      log(FloatVector.fromArray(SPECIES, source, sourceOffset + i))
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.log(source[sourceOffset + i]);
    }
  }

  @Override
  public void log1p(
      float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      log1p(FloatVector.fromArray(SPECIES, source, sourceOffset + i))
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.log1p(source[sourceOffset + i]);
    }
  }

  @Override
  public void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      tanh(FloatVector.fromArray(SPECIES, source, sourceOffset + i))
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.tanh(source[sourceOffset + i]);
    }
  }

  @Override
  public void sigmoid(
      float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (; i + 2 * LANES <= length; i += 2 * LANES) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, sourceOffset + i);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, sourceOffset + i + LANES);
      FloatVector t0 = x0.abs().neg();
      FloatVector t1 = x1.abs().neg();
      FloatVector u0 = t0.fma(LOG2_E, ROUNDING_SHIFT);
      FloatVector u1 = t1.fma(LOG2_E, ROUNDING_SHIFT);
      FloatVector k0 = u0.sub(ROUNDING_SHIFT);
      FloatVector k1 = u1.sub(ROUNDING_SHIFT);
      FloatVector h0 = k0.fma(MINUS_LN2, t0);
      FloatVector h1 = k1.fma(MINUS_LN2, t1);
      FloatVector r0 = k0.fma(MINUS_LN2_REST, h0);
      FloatVector r1 = k1.fma(MINUS_LN2_REST, h1);
      FloatVector e0 = k0.fma(MINUS_LN2_REST, h0.sub(r0));
      FloatVector e1 = k1.fma(MINUS_LN2_REST, h1.sub(r1));
      FloatVector q0 = EXP_4.fma(r0, EXP_3).fma(r0, EXP_2).fma(r0, EXP_1).fma(r0, EXP_0);
      FloatVector q1 = EXP_4.fma(r1, EXP_3).fma(r1, EXP_2).fma(r1, EXP_1).fma(r1, EXP_0);
      FloatVector s0 = r0.add(ONE);
      FloatVector s1 = r1.add(ONE);
      FloatVector d0 = r0.sub(s0.sub(ONE)).add(r0.mul(r0).fma(q0, e0)).add(s0);
      FloatVector d1 = r1.sub(s1.sub(ONE)).add(r1.mul(r1).fma(q1, e1)).add(s1);
      IntVector p0 =
          u0.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS - 64).lanewise(LSHL, 23).add(ONE_BITS);
      IntVector p1 =
          u1.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS - 64).lanewise(LSHL, 23).add(ONE_BITS);
      FloatVector z0 =
          d0.mul(p0.reinterpretAsFloats()).mul(0x1p-64f).blend(0f, t0.compare(LT, EXP_UNDERFLOW));
      FloatVector z1 =
          d1.mul(p1.reinterpretAsFloats()).mul(0x1p-64f).blend(0f, t1.compare(LT, EXP_UNDERFLOW));
      FloatVector n0 = ONE.blend(z0, x0.compare(LT, 0f));
      FloatVector n1 = ONE.blend(z1, x1.compare(LT, 0f));
      FloatVector v0 = z0.add(ONE);
      FloatVector v1 = z1.add(ONE);
      FloatVector w0 = ONE.div(v0);
      FloatVector w1 = ONE.div(v1);
      FloatVector y0 = n0.mul(w0);
      FloatVector y1 = n1.mul(w1);
      FloatVector a0 = y0.neg().fma(v0, n0).sub(y0.mul(z0.sub(v0.sub(ONE))));
      FloatVector a1 = y1.neg().fma(v1, n1).sub(y1.mul(z1.sub(v1.sub(ONE))));
      a0.fma(w0, y0).intoArray(target, targetOffset + i);
      a1.fma(w1, y1).intoArray(target, targetOffset + i + LANES);
    }
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      sigmoid(FloatVector.fromArray(SPECIES, source, sourceOffset + i))
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.sigmoid(source[sourceOffset + i]);
    }
  }

  @Override
  public void softplus(
      float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (; i + 2 * LANES <= length; i += 2 * LANES) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, sourceOffset + i);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, sourceOffset + i + LANES);
      FloatVector t0 = x0.abs().neg();
      FloatVector t1 = x1.abs().neg();
      FloatVector u0 = t0.fma(LOG2_E, ROUNDING_SHIFT);
      FloatVector u1 = t1.fma(LOG2_E, ROUNDING_SHIFT);
      FloatVector k0 = u0.sub(ROUNDING_SHIFT);
      FloatVector k1 = u1.sub(ROUNDING_SHIFT);
      FloatVector h0 = k0.fma(MINUS_LN2, t0);
      FloatVector h1 = k1.fma(MINUS_LN2, t1);
      FloatVector r0 = k0.fma(MINUS_LN2_REST, h0);
      FloatVector r1 = k1.fma(MINUS_LN2_REST, h1);
      FloatVector e0 = k0.fma(MINUS_LN2_REST, h0.sub(r0));
      FloatVector e1 = k1.fma(MINUS_LN2_REST, h1.sub(r1));
      FloatVector q0 = EXP_4.fma(r0, EXP_3).fma(r0, EXP_2).fma(r0, EXP_1).fma(r0, EXP_0);
      FloatVector q1 = EXP_4.fma(r1, EXP_3).fma(r1, EXP_2).fma(r1, EXP_1).fma(r1, EXP_0);
      FloatVector s0 = r0.add(ONE);
      FloatVector s1 = r1.add(ONE);
      FloatVector d0 = r0.sub(s0.sub(ONE)).add(r0.mul(r0).fma(q0, e0)).add(s0);
      FloatVector d1 = r1.sub(s1.sub(ONE)).add(r1.mul(r1).fma(q1, e1)).add(s1);
      IntVector p0 =
          u0.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS - 64).lanewise(LSHL, 23).add(ONE_BITS);
      IntVector p1 =
          u1.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS - 64).lanewise(LSHL, 23).add(ONE_BITS);
      FloatVector z0 =
          d0.mul(p0.reinterpretAsFloats()).mul(0x1p-64f).blend(0f, t0.compare(LT, EXP_UNDERFLOW));
      FloatVector z1 =
          d1.mul(p1.reinterpretAsFloats()).mul(0x1p-64f).blend(0f, t1.compare(LT, EXP_UNDERFLOW));
      VectorMask<Float> m0 = z0.compare(GT, ONE_THIRD);
      VectorMask<Float> m1 = z1.compare(GT, ONE_THIRD);
      FloatVector f0 = z0.blend(z0.fma(HALF, MINUS_HALF), m0);
      FloatVector f1 = z1.blend(z1.fma(HALF, MINUS_HALF), m1);
      FloatVector g0 = LOG_7.fma(f0, LOG_6).fma(f0, LOG_5).fma(f0, LOG_4).fma(f0, LOG_3);
      FloatVector g1 = LOG_7.fma(f1, LOG_6).fma(f1, LOG_5).fma(f1, LOG_4).fma(f1, LOG_3);
      FloatVector l0 = g0.fma(f0, LOG_2).fma(f0, LOG_1).fma(f0, LOG_0);
      FloatVector l1 = g1.fma(f1, LOG_2).fma(f1, LOG_1).fma(f1, LOG_0);
      FloatVector o0 = f0.mul(f0).fma(f0.fma(l0, MINUS_HALF), f0);
      FloatVector o1 = f1.mul(f1).fma(f1.fma(l1, MINUS_HALF), f1);
      FloatVector y0 = ZERO.blend(ONE, m0).fma(LN2, o0);
      FloatVector y1 = ZERO.blend(ONE, m1).fma(LN2, o1);
      ZERO.blend(x0, x0.compare(GT, 0f)).add(y0).intoArray(target, targetOffset + i);
      ZERO.blend(x1, x1.compare(GT, 0f)).add(y1).intoArray(target, targetOffset + i + LANES);
    }
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      softplus(FloatVector.fromArray(SPECIES, source, sourceOffset + i))
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.softplus(source[sourceOffset + i]);
    }
  }

  @Override
  public void sigmoidAndSoftplus(
      float[] source,
      int sourceOffset,
      float[] sigmoid,
      int sigmoidOffset,
      float[] softplus,
      int softplusOffset,
      int length) {
    int i = 0;
    for (; i + 2 * LANES <= length; i += 2 * LANES) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, sourceOffset + i);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, sourceOffset + i + LANES);
      FloatVector t0 = x0.abs().neg();
      FloatVector t1 = x1.abs().neg();
      FloatVector u0 = t0.fma(LOG2_E, ROUNDING_SHIFT);
      FloatVector u1 = t1.fma(LOG2_E, ROUNDING_SHIFT);
      FloatVector k0 = u0.sub(ROUNDING_SHIFT);
      FloatVector k1 = u1.sub(ROUNDING_SHIFT);
      FloatVector h0 = k0.fma(MINUS_LN2, t0);
      FloatVector h1 = k1.fma(MINUS_LN2, t1);
      FloatVector r0 = k0.fma(MINUS_LN2_REST, h0);
      FloatVector r1 = k1.fma(MINUS_LN2_REST, h1);
      FloatVector e0 = k0.fma(MINUS_LN2_REST, h0.sub(r0));
      FloatVector e1 = k1.fma(MINUS_LN2_REST, h1.sub(r1));
      FloatVector q0 = EXP_4.fma(r0, EXP_3).fma(r0, EXP_2).fma(r0, EXP_1).fma(r0, EXP_0);
      FloatVector q1 = EXP_4.fma(r1, EXP_3).fma(r1, EXP_2).fma(r1, EXP_1).fma(r1, EXP_0);
      FloatVector s0 = r0.add(ONE);
      FloatVector s1 = r1.add(ONE);
      FloatVector d0 = r0.sub(s0.sub(ONE)).add(r0.mul(r0).fma(q0, e0)).add(s0);
      FloatVector d1 = r1.sub(s1.sub(ONE)).add(r1.mul(r1).fma(q1, e1)).add(s1);
      IntVector p0 =
          u0.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS - 64).lanewise(LSHL, 23).add(ONE_BITS);
      IntVector p1 =
          u1.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS - 64).lanewise(LSHL, 23).add(ONE_BITS);
      FloatVector z0 =
          d0.mul(p0.reinterpretAsFloats()).mul(0x1p-64f).blend(0f, t0.compare(LT, EXP_UNDERFLOW));
      FloatVector z1 =
          d1.mul(p1.reinterpretAsFloats()).mul(0x1p-64f).blend(0f, t1.compare(LT, EXP_UNDERFLOW));
      FloatVector n0 = ONE.blend(z0, x0.compare(LT, 0f));
      FloatVector n1 = ONE.blend(z1, x1.compare(LT, 0f));
      FloatVector v0 = z0.add(ONE);
      FloatVector v1 = z1.add(ONE);
      FloatVector w0 = ONE.div(v0);
      FloatVector w1 = ONE.div(v1);
      FloatVector y0 = n0.mul(w0);
      FloatVector y1 = n1.mul(w1);
      FloatVector a0 = y0.neg().fma(v0, n0).sub(y0.mul(z0.sub(v0.sub(ONE))));
      FloatVector a1 = y1.neg().fma(v1, n1).sub(y1.mul(z1.sub(v1.sub(ONE))));
      a0.fma(w0, y0).intoArray(sigmoid, sigmoidOffset + i);
      a1.fma(w1, y1).intoArray(sigmoid, sigmoidOffset + i + LANES);
      VectorMask<Float> m0 = z0.compare(GT, ONE_THIRD);
      VectorMask<Float> m1 = z1.compare(GT, ONE_THIRD);
      FloatVector f0 = z0.blend(z0.fma(HALF, MINUS_HALF), m0);
      FloatVector f1 = z1.blend(z1.fma(HALF, MINUS_HALF), m1);
      FloatVector g0 = LOG_7.fma(f0, LOG_6).fma(f0, LOG_5).fma(f0, LOG_4).fma(f0, LOG_3);
      FloatVector g1 = LOG_7.fma(f1, LOG_6).fma(f1, LOG_5).fma(f1, LOG_4).fma(f1, LOG_3);
      FloatVector l0 = g0.fma(f0, LOG_2).fma(f0, LOG_1).fma(f0, LOG_0);
      FloatVector l1 = g1.fma(f1, LOG_2).fma(f1, LOG_1).fma(f1, LOG_0);
      FloatVector o0 = f0.mul(f0).fma(f0.fma(l0, MINUS_HALF), f0);
      FloatVector o1 = f1.mul(f1).fma(f1.fma(l1, MINUS_HALF), f1);
      FloatVector c0 = ZERO.blend(ONE, m0).fma(LN2, o0);
      FloatVector c1 = ZERO.blend(ONE, m1).fma(LN2, o1);
      ZERO.blend(x0, x0.compare(GT, 0f)).add(c0).intoArray(softplus, softplusOffset + i);
      ZERO.blend(x1, x1.compare(GT, 0f)).add(c1).intoArray(softplus, softplusOffset + i + LANES);
    }
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, sourceOffset + i);
      sigmoid(x).intoArray(sigmoid, sigmoidOffset + i);
      softplus(x).intoArray(softplus, softplusOffset + i);
    }
    for (; i < length; i++) {
      float x = source[sourceOffset + i];
      sigmoid[sigmoidOffset + i] = FloatMath.sigmoid(x);
      softplus[softplusOffset + i] = FloatMath.softplus(x);
    }
  }

  @Override
  public void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      erf(FloatVector.fromArray(SPECIES, source, sourceOffset + i))
          .intoArray(target, targetOffset + i);
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.erf(source[sourceOffset + i]);
    }
  }

  @Override
  public void sin(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, sourceOffset + i);
      FloatVector a = x.abs();
      if (a.compare(LE, TRIGONOMETRIC_LIMIT).allTrue()) {
        sin(a, 0, x.reinterpretAsInts().and(SIGN_BIT)).intoArray(target, targetOffset + i);
      } else {
        for (int lane = 0; lane < LANES; lane++) {
          target[targetOffset + i + lane] = FloatMath.sin(source[sourceOffset + i + lane]);
        }
      }
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.sin(source[sourceOffset + i]);
    }
  }

  @Override
  public void cos(float[] source, int sourceOffset, float[] target, int targetOffset, int length) {
    int i = 0;
    for (int bound = SPECIES.loopBound(length); i < bound; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, sourceOffset + i);
      FloatVector a = x.abs();
      if (a.compare(LE, TRIGONOMETRIC_LIMIT).allTrue()) {
        sin(a, 1, IntVector.zero(x.reinterpretAsInts().species()))
            .intoArray(target, targetOffset + i);
      } else {
        for (int lane = 0; lane < LANES; lane++) {
          target[targetOffset + i + lane] = FloatMath.cos(source[sourceOffset + i + lane]);
        }
      }
    }
    for (; i < length; i++) {
      target[targetOffset + i] = FloatMath.cos(source[sourceOffset + i]);
    }
  }

  /** e^x, see {@link FloatMath#exp}. */
  static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUNDING_SHIFT);
    IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS);
    IntVector half = exponent.lanewise(ASHR, 1);
    return expReduced(x, shifted.sub(ROUNDING_SHIFT))
        .mul(powerOfTwo(half))
        .mul(powerOfTwo(exponent.sub(half)))
        .blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_OVERFLOW))
        .blend(0f, x.compare(LT, EXP_UNDERFLOW));
  }

  private static FloatVector expm1(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUNDING_SHIFT);
    IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS);
    FloatVector k = shifted.sub(ROUNDING_SHIFT);
    FloatVector r = k.fma(MINUS_LN2_REST, k.fma(MINUS_LN2, x));
    FloatVector q = EXPM1_4.fma(r, EXPM1_3);
    q = q.fma(r, EXPM1_2);
    q = q.fma(r, EXPM1_1);
    q = q.fma(r, EXPM1_0);
    FloatVector t = r.mul(r).fma(q, r);
    FloatVector scale = powerOfTwo(exponent.sub(1));
    return scale
        .fma(t, scale.sub(0.5f))
        .mul(2f)
        .blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_OVERFLOW))
        .blend(-1f, x.compare(LT, EXPM1_FLOOR))
        .blend(x, x.abs().compare(LT, EXPM1_IDENTITY));
  }

  private static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.compare(LT, Float.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(0x1p23f), subnormal).reinterpretAsInts();
    IntVector exponent = bits.sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
    FloatVector f = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(ONE);
    FloatVector k = toFloats(exponent);
    return logReduced(f, k.blend(k.sub(23f), subnormal))
        .blend(Float.NaN, x.compare(LE, 0f))
        .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f))
        .blend(x, x.compare(LT, Float.POSITIVE_INFINITY).not());
  }

  private static FloatVector log1p(FloatVector x) {
    IntVector exponent = x.add(ONE).reinterpretAsInts().sub(TWO_THIRDS_BITS).lanewise(ASHR, 23);
    IntVector shift = exponent.lanewise(LSHL, 23);
    FloatVector scaled = x.reinterpretAsInts().sub(shift).reinterpretAsFloats();
    FloatVector factor =
        IntVector.broadcast(shift.species(), 0x40000000).sub(shift).reinterpretAsFloats();
    return logReduced(scaled.add(factor.fma(HALF, MINUS_ONE)), toFloats(exponent))
        .blend(Float.NaN, x.compare(LE, -1f))
        .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, -1f))
        .blend(x, x.compare(LT, Float.POSITIVE_INFINITY).not())
        .blend(x, x.compare(EQ, 0f));
  }

  private static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector large = ONE.sub(TWO.div(expBounded(a.add(a)).add(ONE)));
    FloatVector z = a.mul(a);
    FloatVector p = TANH_4.fma(z, TANH_3);
    p = p.fma(z, TANH_2);
    p = p.fma(z, TANH_1);
    p = p.fma(z, TANH_0);
    return large
        .blend(1f, a.compare(GT, TANH_ONE))
        .blend(a.mul(z).fma(p, a), a.compare(LT, TANH_SMALL))
        .reinterpretAsInts()
        .or(x.reinterpretAsInts().and(SIGN_BIT))
        .reinterpretAsFloats();
  }

  private static FloatVector sigmoid(FloatVector x) {
    FloatVector z = expOfNegative(x.abs().neg());
    FloatVector numerator = ONE.blend(z, x.compare(LT, 0f));
    FloatVector sum = z.add(ONE);
    FloatVector reciprocal = ONE.div(sum);
    FloatVector y = numerator.mul(reciprocal);
    FloatVector residual = y.neg().fma(sum, numerator).sub(y.mul(z.sub(sum.sub(ONE))));
    return residual.fma(reciprocal, y);
  }

  private static FloatVector softplus(FloatVector x) {
    FloatVector z = expOfNegative(x.abs().neg());
    VectorMask<Float> halved = z.compare(GT, ONE_THIRD);
    FloatVector f = z.blend(z.fma(HALF, MINUS_HALF), halved);
    return ZERO.blend(x, x.compare(GT, 0f)).add(logReduced(f, ZERO.blend(ONE, halved)));
  }

  private static FloatVector erf(FloatVector x) {
    // Helpers first: C2 stops inlining them, but not the Vector API itself, when the method has
    // grown.
    FloatVector a = x.abs();
    FloatVector g = ERFC_6.fma(a, ERFC_5);
    g = g.fma(a, ERFC_4);
    g = g.fma(a, ERFC_3);
    g = g.fma(a, ERFC_2);
    g = g.fma(a, ERFC_1);
    g = g.fma(a, ERFC_0);
    FloatVector large = ONE.sub(expBounded(g.neg()));
    FloatVector z = a.mul(a);
    FloatVector p = ERF_6.fma(z, ERF_5);
    p = p.fma(z, ERF_4);
    p = p.fma(z, ERF_3);
    p = p.fma(z, ERF_2);
    p = p.fma(z, ERF_1);
    p = p.fma(z, ERF_0);
    return large
        .blend(1f, a.compare(GT, ERF_ONE))
        .blend(a.fma(p, a), a.compare(LT, ERF_SMALL))
        .reinterpretAsInts()
        .or(x.reinterpretAsInts().and(SIGN_BIT))
        .reinterpretAsFloats();
  }

  /** sin(a + first pi/2) with the sign bit flipped where asked for, for a up to the limit. */
  private static FloatVector sin(FloatVector a, int first, IntVector sign) {
    FloatVector shifted = a.fma(TWO_OVER_PI, ROUNDING_SHIFT);
    FloatVector k = shifted.sub(ROUNDING_SHIFT);
    FloatVector r = k.fma(MINUS_HALF_PI_0, a);
    r = k.fma(MINUS_HALF_PI_1, r);
    r = k.fma(MINUS_HALF_PI_2, r);
    IntVector quadrant = shifted.reinterpretAsInts().add(first);
    FloatVector z = r.mul(r);
    FloatVector s = SIN_2.fma(z, SIN_1);
    s = s.fma(z, SIN_0);
    s = r.mul(z).fma(s, r);
    FloatVector c = COS_2.fma(z, COS_1);
    c = c.fma(z, COS_0);
    c = z.mul(z).fma(c, z.fma(MINUS_HALF, ONE));
    FloatVector y = c.blend(s, quadrant.and(1).compare(EQ, 0).cast(SPECIES));
    return y.reinterpretAsInts()
        .lanewise(XOR, sign)
        .lanewise(XOR, quadrant.and(2).lanewise(LSHL, 30))
        .reinterpretAsFloats();
  }

  private static FloatVector expReduced(FloatVector x, FloatVector k) {
    FloatVector first = k.fma(MINUS_LN2, x);
    FloatVector r = k.fma(MINUS_LN2_REST, first);
    FloatVector rest = k.fma(MINUS_LN2_REST, first.sub(r));
    FloatVector q = EXP_4.fma(r, EXP_3);
    q = q.fma(r, EXP_2);
    q = q.fma(r, EXP_1);
    q = q.fma(r, EXP_0);
    FloatVector sum = r.add(ONE);
    return r.sub(sum.sub(ONE)).add(r.mul(r).fma(q, rest)).add(sum);
  }

  private static FloatVector expBounded(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUNDING_SHIFT);
    return expReduced(x, shifted.sub(ROUNDING_SHIFT))
        .mul(powerOfTwo(shifted.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS)));
  }

  private static FloatVector expOfNegative(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUNDING_SHIFT);
    return expReduced(x, shifted.sub(ROUNDING_SHIFT))
        .mul(powerOfTwo(shifted.reinterpretAsInts().sub(ROUNDING_SHIFT_BITS - 64)))
        .mul(0x1p-64f)
        .blend(0f, x.compare(LT, EXP_UNDERFLOW));
  }

  static FloatVector logReduced(FloatVector f, FloatVector k) {
    FloatVector q = LOG_7.fma(f, LOG_6);
    q = q.fma(f, LOG_5);
    q = q.fma(f, LOG_4);
    q = q.fma(f, LOG_3);
    q = q.fma(f, LOG_2);
    q = q.fma(f, LOG_1);
    q = q.fma(f, LOG_0);
    return k.fma(LN2, f.mul(f).fma(f.fma(q, MINUS_HALF), f));
  }

  private static FloatVector powerOfTwo(IntVector exponent) {
    return exponent.lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
  }

  static FloatVector toFloats(IntVector x) {
    return (FloatVector) x.convertShape(I2F, SPECIES, 0);
  }
}
