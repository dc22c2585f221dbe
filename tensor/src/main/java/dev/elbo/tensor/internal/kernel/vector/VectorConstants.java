package dev.elbo.tensor.internal.kernel.vector;

import dev.elbo.tensor.internal.kernel.FloatMathConstants;
import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatMathConstants} spread over all lanes.
 *
 * <p>Constants, not broadcasts at their place of use: C2 gives up inlining beyond 18,000 nodes,
 * which broadcasts of thirty coefficients exceed.
 */
final class VectorConstants {
  private VectorConstants() {}

  static final FloatVector COS_0 = constant(FloatMathConstants.COS_0);
  static final FloatVector COS_1 = constant(FloatMathConstants.COS_1);
  static final FloatVector COS_2 = constant(FloatMathConstants.COS_2);
  static final FloatVector ERFC_0 = constant(FloatMathConstants.ERFC_0);
  static final FloatVector ERFC_1 = constant(FloatMathConstants.ERFC_1);
  static final FloatVector ERFC_2 = constant(FloatMathConstants.ERFC_2);
  static final FloatVector ERFC_3 = constant(FloatMathConstants.ERFC_3);
  static final FloatVector ERFC_4 = constant(FloatMathConstants.ERFC_4);
  static final FloatVector ERFC_5 = constant(FloatMathConstants.ERFC_5);
  static final FloatVector ERFC_6 = constant(FloatMathConstants.ERFC_6);
  static final FloatVector ERF_0 = constant(FloatMathConstants.ERF_0);
  static final FloatVector ERF_1 = constant(FloatMathConstants.ERF_1);
  static final FloatVector ERF_2 = constant(FloatMathConstants.ERF_2);
  static final FloatVector ERF_3 = constant(FloatMathConstants.ERF_3);
  static final FloatVector ERF_4 = constant(FloatMathConstants.ERF_4);
  static final FloatVector ERF_5 = constant(FloatMathConstants.ERF_5);
  static final FloatVector ERF_6 = constant(FloatMathConstants.ERF_6);
  static final FloatVector EXPM1_0 = constant(FloatMathConstants.EXPM1_0);
  static final FloatVector EXPM1_1 = constant(FloatMathConstants.EXPM1_1);
  static final FloatVector EXPM1_2 = constant(FloatMathConstants.EXPM1_2);
  static final FloatVector EXPM1_3 = constant(FloatMathConstants.EXPM1_3);
  static final FloatVector EXPM1_4 = constant(FloatMathConstants.EXPM1_4);
  static final FloatVector EXP_0 = constant(FloatMathConstants.EXP_0);
  static final FloatVector EXP_1 = constant(FloatMathConstants.EXP_1);
  static final FloatVector EXP_2 = constant(FloatMathConstants.EXP_2);
  static final FloatVector EXP_3 = constant(FloatMathConstants.EXP_3);
  static final FloatVector EXP_4 = constant(FloatMathConstants.EXP_4);
  static final FloatVector HALF = constant(0.5f);
  static final FloatVector LN2 = constant(FloatMathConstants.LN2);
  static final FloatVector LOG2_E = constant(FloatMathConstants.LOG2_E);
  static final FloatVector LOG_0 = constant(FloatMathConstants.LOG_0);
  static final FloatVector LOG_1 = constant(FloatMathConstants.LOG_1);
  static final FloatVector LOG_2 = constant(FloatMathConstants.LOG_2);
  static final FloatVector LOG_3 = constant(FloatMathConstants.LOG_3);
  static final FloatVector LOG_4 = constant(FloatMathConstants.LOG_4);
  static final FloatVector LOG_5 = constant(FloatMathConstants.LOG_5);
  static final FloatVector LOG_6 = constant(FloatMathConstants.LOG_6);
  static final FloatVector LOG_7 = constant(FloatMathConstants.LOG_7);
  static final FloatVector MINUS_HALF = constant(-0.5f);
  static final FloatVector MINUS_HALF_PI_0 = constant(-FloatMathConstants.HALF_PI_0);
  static final FloatVector MINUS_HALF_PI_1 = constant(-FloatMathConstants.HALF_PI_1);
  static final FloatVector MINUS_HALF_PI_2 = constant(-FloatMathConstants.HALF_PI_2);
  static final FloatVector MINUS_LN2 = constant(-FloatMathConstants.LN2);
  static final FloatVector MINUS_LN2_REST = constant(-FloatMathConstants.LN2_REST);
  static final FloatVector MINUS_ONE = constant(-1f);
  static final FloatVector ONE = constant(1f);
  static final FloatVector ROUNDING_SHIFT = constant(FloatMathConstants.ROUNDING_SHIFT);
  static final FloatVector SIN_0 = constant(FloatMathConstants.SIN_0);
  static final FloatVector SIN_1 = constant(FloatMathConstants.SIN_1);
  static final FloatVector SIN_2 = constant(FloatMathConstants.SIN_2);
  static final FloatVector TANH_0 = constant(FloatMathConstants.TANH_0);
  static final FloatVector TANH_1 = constant(FloatMathConstants.TANH_1);
  static final FloatVector TANH_2 = constant(FloatMathConstants.TANH_2);
  static final FloatVector TANH_3 = constant(FloatMathConstants.TANH_3);
  static final FloatVector TANH_4 = constant(FloatMathConstants.TANH_4);
  static final FloatVector TWO = constant(2f);
  static final FloatVector TWO_OVER_PI = constant(FloatMathConstants.TWO_OVER_PI);
  static final FloatVector ZERO = constant(0f);

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(Species.FLOATS, value);
  }
}
