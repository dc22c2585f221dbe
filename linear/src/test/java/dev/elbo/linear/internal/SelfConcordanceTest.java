package dev.elbo.linear.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The inequalities that {@link SelfConcordance} rests on. */
class SelfConcordanceTest {
  @Test
  void bregmansDivergenceIsAtLeastPhi() {
    for (Loss loss : List.of(new LogisticLoss(), new PoissonLoss())) {
      for (double eta = -6; eta <= 6; eta += 0.5) {
        for (double best = -6; best <= 6; best += 0.25) {
          double divergence =
              loss.value(1, eta) - loss.value(1, best) - loss.slope(1, best) * (eta - best);
          double bound = loss.curvature(1, eta) * SelfConcordance.phi(Math.abs(eta - best));
          assertThat(divergence).as("%s to %s", eta, best).isGreaterThanOrEqualTo(bound - 1e-12);
        }
      }
    }
  }

  @Test
  void slopesGrowByTheExponentialAtMost() {
    for (Loss loss : List.of(new LogisticLoss(), new PoissonLoss())) {
      for (double eta = -5; eta <= 5; eta += 0.5) {
        for (double way = -3; way <= 3; way += 0.1) {
          double change = Math.abs(loss.slope(1, eta + way) - loss.slope(1, eta));
          assertThat(change)
              .isLessThanOrEqualTo(
                  loss.curvature(1, eta) * Math.expm1(Math.abs(way)) * (1 + 1e-9) + 1e-12);
        }
      }
    }
  }

  @Test
  void phiIsItsFormulaFromBelow() {
    for (double r : new double[] {1e-6, 1e-3, 0.05, 0.0999, 0.1, 0.5, 1, 3, 20}) {
      double formula = -Math.expm1(-r) - r * Math.exp(-r);
      assertThat(SelfConcordance.phi(r))
          .isLessThanOrEqualTo(formula + 1e-16)
          .isCloseTo(formula, within(1e-6 * r * r + 1e-16));
    }
    assertThat(SelfConcordance.phi(1e-9)).isCloseTo(0.5e-18, within(1e-26));
  }

  @Test
  void theInverseIsNeverTooSmall() {
    for (double value : new double[] {1e-30, 1e-12, 1e-6, 0.01, 0.3, 0.9, 0.999}) {
      double r = SelfConcordance.inverse(value);
      assertThat(SelfConcordance.phi(r)).isBetween(value, value * (1 + 1e-5));
    }
    assertThat(SelfConcordance.inverse(0)).isZero();
    assertThat(SelfConcordance.inverse(1)).isInfinite();
    assertThat(SelfConcordance.inverse(Double.NaN)).isInfinite();
  }

  @Test
  void poissonsGapIsItsConjugates() {
    Loss loss = new PoissonLoss();
    for (double y : new double[] {0, 0.5, 1, 7}) {
      for (double eta : new double[] {-3, -0.2, 0, 1.7}) {
        for (double s : new double[] {0, 0.3, 0.9, 1}) {
          double slope = s * loss.slope(y, eta);
          double q = slope + y;
          double conjugate = (q > 0 ? q * Math.log(q) : 0) - q;
          assertThat(loss.gap(y, eta, s))
              .isCloseTo(loss.value(y, eta) + conjugate - slope * eta, within(1e-12));
        }
      }
    }
  }
}
