package dev.elbo.linear;

import dev.elbo.linear.internal.Gap;
import dev.elbo.linear.internal.Solution;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** What is said, and logged, about a fit that did not reach its tolerance. */
final class Convergence {
  private static final System.Logger LOG = System.getLogger("dev.elbo.linear");

  private Convergence() {}

  private static String unit(Estimator<?> estimator) {
    return estimator instanceof GeneralizedEstimator
        ? " of the loss without features,"
        : " of |y|^2 / n,";
  }

  /**
   * The warning, empty where the fit converged.
   *
   * @param scale {@code |y|^2 / n}, or the loss to which a gap is relative
   */
  static Optional<String> warning(Estimator<?> estimator, Solution solution, double scale) {
    if (solution.converged()) {
      return Optional.empty();
    }
    Settings settings = estimator.settings;
    Gap gap = solution.gap();
    String reached =
        gap.exists() && !(estimator instanceof PoissonRegression)
            ? "a duality gap of " + gap.value() + ", " + gap.value() / scale + unit(estimator)
            : "a KKT residual of " + gap.violation();
    String remedy =
        solution.iterations() < settings.maxIterations()
            ? "No coefficient moves any more in float64: ask for a larger tolerance."
            : "Allow more with maxIterations, ask for a larger tolerance, begin at a model of a larger"
                + " alpha with warmStart, or bring the columns to similar scales.";
    String text =
        estimator.call()
            + ": not converged. It reached "
            + reached
            + " in "
            + solution.iterations()
            + " iterations; the tolerance is "
            + settings.tolerance()
            + ". "
            + remedy;
    LOG.log(Level.WARNING, text);
    return Optional.of(text);
  }
}
