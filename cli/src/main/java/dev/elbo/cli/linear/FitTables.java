package dev.elbo.cli.linear;

import dev.elbo.linear.CrossValidation;
import dev.elbo.linear.Proof;
import java.util.List;

/** The numbers of a fit as CSV files. */
final class FitTables {
  private FitTables() {}

  /** {@code coefficients.csv}: the model's, in the units of the columns. */
  static String coefficients(LinearFit fit) {
    List<Double> own = fit.data().unscaled(fit.model().coefficients());
    StringBuilder text = new StringBuilder("feature,coefficient,proof\n");
    text.append("(intercept),").append(fit.model().intercept()).append(",\n");
    for (int j = 0; j < own.size(); j++) {
      text.append(Numbers.field(fit.data().names().get(j)))
          .append(',')
          .append(own.get(j))
          .append(',')
          .append(proof(fit.model().certificate().proofs().get(j)))
          .append('\n');
    }
    return text.toString();
  }

  /** What is proven, in a word. */
  static String proof(Proof proof) {
    return switch (proof) {
      case ZERO -> "zero";
      case NON_ZERO -> "non-zero";
      case OPEN -> "open";
      case UNPENALISED -> "unpenalised";
    };
  }

  /** {@code path.csv}: the whole path with its coefficients. */
  static String path(LinearFit fit) {
    StringBuilder text =
        new StringBuilder(
            "alpha,non-zeros,train score,validation score,validation error,standard"
                + " error,intercept");
    fit.data().names().forEach(name -> text.append(',').append(Numbers.field(name)));
    text.append('\n');
    for (CrossValidation.Row row : fit.validation().rows()) {
      text.append(row.alpha())
          .append(',')
          .append(row.model().nonZeros())
          .append(',')
          .append(row.trainScore())
          .append(',')
          .append(row.validationScore())
          .append(',')
          .append(row.error())
          .append(',')
          .append(row.standardError())
          .append(',')
          .append(row.model().intercept());
      fit.data()
          .unscaled(row.model().coefficients())
          .forEach(value -> text.append(',').append(value));
      text.append('\n');
    }
    return text.toString();
  }
}
