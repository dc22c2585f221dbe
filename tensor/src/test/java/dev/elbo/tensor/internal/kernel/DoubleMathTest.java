package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** float64 functions against 25 digits (mpmath 1.3.0) and against StrictMath. */
final class DoubleMathTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          EXP, -740.25, 3.262193898663843010919973e-322
          EXP, -20.1, 1.865008921902767082852143e-9
          EXP, -0.34, 0.7117703227626096976950299
          EXP, 0.1, 1.105170918075647630946639
          EXP, 1.0, 2.718281828459045235360287
          EXP, 88.7, 3.325986980250579038595325e+38
          EXP, 709.5, 1.354986319314632830876632e+308
          EXPM1, -30.5, -0.9999999999999432431476737
          EXPM1, -0.7, -0.5034146962085904632423824
          EXPM1, -1e-09, -9.999999995000000624482581e-10
          EXPM1, 0.001, 0.001000500166708341688893263
          EXPM1, 0.399, 0.4903336186074025972362813
          EXPM1, 1.7, 4.473947391727199517698765
          EXPM1, 300.0, 1.942426395241255936584209e+130
          LOG, 1e-310, -713.8013788281541651006446
          LOG, 0.0625, -2.772588722239781237668928
          LOG, 0.6307, -0.4609249653125314557365419
          LOG, 0.99999, -0.00001000005000028782511602073
          LOG, 1.3333, 0.2876570721392756662491104
          LOG, 7.5, 2.014903020542264756578772
          LOG, 1e+300, 690.7755278982137052579022
          LOG1P, -0.999999, -13.81551055793551843959215
          LOG1P, -0.5, -0.6931471805599453094172321
          LOG1P, -1e-12, -1.000000000000499979886648e-12
          LOG1P, 1e-05, 0.000009999950000333331651375692
          LOG1P, 0.4428, 0.3665856700472468947456398
          LOG1P, 3.0, 1.386294361119890618834464
          LOG1P, 1e+20, 46.05170185988091368036983
          TANH, -19.5, -0.9999999999999999769035517
          TANH, -0.76, -0.641076961185346394407357
          TANH, -0.01, -0.009999666679999460547474922
          TANH, 1e-05, 0.000009999999999666667484710539
          TANH, 0.5499, 0.5004452594871818566022379
          TANH, 0.5501, 0.5005951553906957234831146
          TANH, 3.0, 0.9950547536867304513318802
          SIGMOID, -740.5, 2.540599162810160116217843e-322
          SIGMOID, -30.0, 9.357622968839298953839563e-14
          SIGMOID, -1.994, 0.1198343242570896637097394
          SIGMOID, -0.5, 0.3775406687981454353610994
          SIGMOID, 0.0, 0.5
          SIGMOID, 2.5, 0.9241418199787564488066938
          SIGMOID, 37.0, 0.9999999999999999146695237
          SOFTPLUS, -740.5, 2.540599162810160116217843e-322
          SOFTPLUS, -30.0, 9.357622968839736779377697e-14
          SOFTPLUS, -0.948, 0.3275145788296161524094144
          SOFTPLUS, -0.001, 0.6926473055599401010738429
          SOFTPLUS, 0.5, 0.9740769841801066808729974
          SOFTPLUS, 1.0986, 1.386285144632965710371052
          SOFTPLUS, 50.0, 50.00000000000000000000019
          ERF, -5.9, -0.9999999999999999280959022
          ERF, -2.2, -0.9981371537020181101414414
          ERF, -1.0001, -0.8427422995485203261183452
          ERF, -0.3, -0.328626759459127416189618
          ERF, 1e-08, 1.128379167095512559892102e-8
          ERF, 0.9999, 0.8426592780487594779909473
          ERF, 1.5, 0.9661051464753107270669763
          ERF, 4.2, 0.9999999971445058204078158
          SIN, 0.785, 0.7068251811053659457361838
          SIN, 3.141592653589793, 1.224646799147353177226066e-16
          SIN, -100.25, 0.2772828564548513033536721
          SIN, 100000.0, 0.0357487979720165093164705
          SIN, 1048577.5, 0.9648223011268931463570833
          SIN, 5.319372648326541e+255, 1.0
          SIN, 1e+22, -0.8522008497671888017727059
          COS, 0.785, 0.7073882691671997409307573
          COS, 1.5707963267948966, 6.12323399573676588613033e-17
          COS, -100.25, 0.9607883312760612034423446
          COS, 100000.0, -0.9993608074382124518911354
          COS, 1048577.5, -0.2629028855836442204590409
          COS, 5.319372648326541e+255, -4.687165924254627611122583e-19
          COS, 1e+22, 0.5232147853951389454975945
          """)
  void agreesWithHighPrecision(MathFunction function, double x, String expected) {
    assertThat(error(value(function, x), new BigDecimal(expected)))
        .as("%s(%s), in ulp", function, x)
        .isLessThan(2.0);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1.0001, 654321.5, 2.602561121063506631722509e+28
          0.1, 307.9, 1.258925411794254638522302e-308
          2.718281828459045, 700.25, 1.302299736699129894641738e+304
          1e-310, 0.9, 9.999999999999814008649596e-280
          7.25, -3.5, 0.0009745788382739201477207658
          0.999999999999, 100000000000000.0, 3.728314532984673584700148e-44
          123456.789, 0.333333, 49.79319133551300371028056
          """)
  void powAgreesWithHighPrecision(double x, double y, String expected) {
    assertThat(error(DoubleMath.pow(x, y), new BigDecimal(expected)))
        .as("%s ^ %s, in ulp", x, y)
        .isLessThan(1.0);
  }

  /** e^x as its series in 40 digits: a reference that shares nothing with the code under test. */
  @Test
  void expAgreesWithItsSeries() {
    SplittableRandom random = new SplittableRandom(3);
    MathContext context = new MathContext(40);
    for (int i = 0; i < 300; i++) {
      double x = random.nextDouble(-3, 3);
      BigDecimal term = BigDecimal.ONE;
      BigDecimal sum = BigDecimal.ONE;
      for (int n = 1; n < 60; n++) {
        term = term.multiply(new BigDecimal(x), context).divide(new BigDecimal(n), context);
        sum = sum.add(term, context);
      }
      assertThat(error(DoubleMath.exp(x), sum)).as("exp(%s), in ulp", x).isLessThan(0.7);
    }
  }

  /** erf as its series {@code 2 / sqrt(pi) sum (-1)^n x^(2n+1) / (n! (2n+1))} in 60 digits. */
  @Test
  void erfAgreesWithItsSeries() {
    SplittableRandom random = new SplittableRandom(4);
    MathContext context = new MathContext(60);
    BigDecimal factor =
        new BigDecimal("1.12837916709551257389615890312154517168810125865799771368817");
    for (int i = 0; i < 300; i++) {
      double x = random.nextDouble(-4, 4);
      BigDecimal square = new BigDecimal(x).multiply(new BigDecimal(x), context);
      BigDecimal term = new BigDecimal(x);
      BigDecimal sum = term;
      for (int n = 1; n < 120; n++) {
        term = term.multiply(square, context).divide(new BigDecimal(-n), context);
        sum = sum.add(term.divide(new BigDecimal(2 * n + 1), context), context);
      }
      assertThat(error(DoubleMath.erf(x), sum.multiply(factor, context)))
          .as("erf(%s), in ulp", x)
          .isLessThan(1.1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXP", "EXPM1", "LOG", "LOG1P", "TANH", "SIN", "COS"})
  void agreesWithStrictMath(MathFunction function) {
    DoubleUnaryOperator reference = strict(function);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200_000; i++) {
      double x =
          switch (i & 3) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextDouble(-1, 1);
            case 2 -> random.nextDouble(-40, 40);
            default -> random.nextDouble(-750, 750);
          };
      double expected = reference.applyAsDouble(x);
      double actual = value(function, x);
      if (Double.isNaN(expected) || Double.isInfinite(expected)) {
        assertThat(Double.compare(actual, expected)).as("%s(%s)", function, x).isZero();
      } else {
        assertThat(Math.abs(actual - expected) / Math.ulp(expected))
            .as("%s(%s), in ulp of StrictMath's", function, x)
            .isLessThanOrEqualTo(2.0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXP", "EXPM1", "LOG", "LOG1P", "TANH", "SIN", "COS"})
  void specialCasesAreThoseOfStrictMath(MathFunction function) {
    double[] values = {0.0, -0.0, INF, -INF, Double.NaN, Double.MIN_VALUE, -Double.MIN_VALUE};
    for (double x : values) {
      assertThat(Double.doubleToLongBits(value(function, x)))
          .as("%s(%s)", function, x)
          .isEqualTo(Double.doubleToLongBits(strict(function).applyAsDouble(x)));
    }
  }

  @Test
  void specialCasesThatStrictMathLacks() {
    assertThat(DoubleMath.log1p(-1.0)).isEqualTo(-INF);
    assertThat(DoubleMath.log1p(-1.0000000000000002)).isNaN();
    assertThat(DoubleMath.sigmoid(-INF)).isEqualTo(0.0);
    assertThat(DoubleMath.sigmoid(INF)).isEqualTo(1.0);
    assertThat(DoubleMath.sigmoid(Double.NaN)).isNaN();
    assertThat(DoubleMath.softplus(-INF)).isEqualTo(0.0);
    assertThat(DoubleMath.softplus(INF)).isEqualTo(INF);
    assertThat(DoubleMath.softplus(Double.NaN)).isNaN();
    assertThat(DoubleMath.erf(INF)).isEqualTo(1.0);
    assertThat(DoubleMath.erf(-INF)).isEqualTo(-1.0);
    assertThat(DoubleMath.erf(Double.NaN)).isNaN();
    assertThat(1.0 / DoubleMath.erf(-0.0)).isEqualTo(-INF);
  }

  @Test
  void powFollowsMathPowInEverySpecialCase() {
    double[] values = {
      0.0,
      -0.0,
      1.0,
      -1.0,
      2.0,
      -2.0,
      3.0,
      -3.0,
      0.5,
      -0.5,
      INF,
      -INF,
      Double.NaN,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      0x1p52 + 1,
      0x1p53,
      -0x1p53,
      0x1p53 + 2,
      -0x1p52 - 1,
      4503599627370495.5,
      1e300,
      -1e300,
      1e-300,
      -1e-300,
      1 + 0x1p-52,
      1 - 0x1p-53
    };
    for (double x : values) {
      for (double y : values) {
        double expected = Math.pow(x, y);
        double actual = DoubleMath.pow(x, y);
        if (expected == 0.0 || Double.isNaN(expected) || Double.isInfinite(expected)) {
          assertThat(Double.doubleToLongBits(actual))
              .as("%s ^ %s", x, y)
              .isEqualTo(Double.doubleToLongBits(expected));
        } else {
          assertThat(Math.abs(actual - expected))
              .as("%s ^ %s", x, y)
              .isLessThanOrEqualTo(Math.ulp(expected));
        }
      }
    }
  }

  @Test
  void powAgreesWithStrictMath() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 200_000; i++) {
      double x = (i & 1) == 0 ? random.nextDouble(0, 4) : 1 + random.nextDouble(-1e-3, 1e-3);
      double y = (i & 1) == 0 ? random.nextDouble(-50, 50) : random.nextDouble(-7e5, 7e5);
      double expected = StrictMath.pow(x, y);
      assertThat(Math.abs(DoubleMath.pow(x, y) - expected))
          .as("%s ^ %s", x, y)
          .isLessThanOrEqualTo(Math.ulp(expected));
    }
  }

  private static double value(MathFunction function, double x) {
    double[] one = {x};
    new ScalarMathKernels().apply(function, one, 0, one, 0, 1);
    return one[0];
  }

  private static DoubleUnaryOperator strict(MathFunction function) {
    return switch (function) {
      case EXP -> StrictMath::exp;
      case EXPM1 -> StrictMath::expm1;
      case LOG -> StrictMath::log;
      case LOG1P -> StrictMath::log1p;
      case TANH -> StrictMath::tanh;
      case SIN -> StrictMath::sin;
      case COS -> StrictMath::cos;
      case SIGMOID, SOFTPLUS, ERF -> throw new IllegalArgumentException(function.toString());
    };
  }

  private static double error(double value, BigDecimal reference) {
    BigDecimal difference = new BigDecimal(value).subtract(reference).abs();
    BigDecimal ulp = new BigDecimal(Math.ulp(reference.doubleValue()));
    return difference.divide(ulp, MathContext.DECIMAL64).doubleValue();
  }
}
