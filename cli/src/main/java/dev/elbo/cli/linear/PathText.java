package dev.elbo.cli.linear;

import dev.elbo.data.ColumnType;
import dev.elbo.linear.CrossValidation;
import dev.elbo.linear.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A fit in words and tables, for the console. */
final class PathText {
  /** So many rows fit on a screen. */
  private static final int ROWS = 20;

  private static final int COEFFICIENTS = 20;

  private final LinearFit fit;
  private final Importance importance;

  PathText(LinearFit fit) {
    this.fit = fit;
    this.importance = new Importance(fit);
  }

  /** What is fitted to what. */
  List<String> head(String source) {
    Prepared data = fit.data();
    List<String> lines = new ArrayList<>();
    int left = data.tableRows() - data.rows();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s on %s: %,d rows, %,d features, target '%s'.",
            fit.settings().family().title(fit.settings().penalty()),
            source,
            data.rows(),
            data.names().size(),
            fit.settings().target()));
    if (left > 0) {
      lines.add(
          String.format(Locale.ROOT, "%,d rows were left out: a value is missing in each.", left));
    }
    if (!data.classes().isEmpty()) {
      lines.add(classes());
    }
    lines.add(scaling());
    lines.add(
        fit.settings().folds()
            + "-fold cross-validation, seed "
            + fit.settings().seed()
            + ". Scores are "
            + fit.settings().family().scoreName()
            + ": "
            + fit.settings().family().scale()
            + ".");
    return lines;
  }

  private String classes() {
    long ones = fit.data().target().stream().filter(value -> value == 1).count();
    return String.format(
        Locale.ROOT,
        "Classes: '%s' in %,d rows, '%s' in %,d; what is predicted is the probability of '%s'.",
        fit.data().classes().get(0),
        fit.data().rows() - ones,
        fit.data().classes().get(1),
        ones,
        fit.data().classes().get(1));
  }

  String scaling() {
    return fit.settings().standardize()
        ? "Columns are scaled to standard deviation 1 for the penalty; coefficients are in the"
            + " units of the columns."
        : "Coefficients are penalised in the units of the columns.";
  }

  /** The path as far as a screen goes: about 20 rows, among them those that are marked. */
  List<String> table() {
    List<CrossValidation.Row> rows = fit.validation().rows();
    int step = Math.max(1, Math.ceilDiv(rows.size(), ROWS));
    List<String> lines = new ArrayList<>();
    lines.add("       alpha  non-zeros    train  validation" + errorTitle());
    for (int i = 0; i < rows.size(); i++) {
      CrossValidation.Row row = rows.get(i);
      if (i % step == 0 || i == rows.size() - 1 || !marks(row).isEmpty()) {
        lines.add(line(row));
      }
    }
    return lines;
  }

  /** Of least squares R^2 says as much as the error that decides; of others both are shown. */
  private String errorTitle() {
    return fit.settings().family() == Family.LEAST_SQUARES ? "" : "  " + fit.errorName();
  }

  private String error(CrossValidation.Row row) {
    int width = errorTitle().length();
    String value = Numbers.brief(row.error());
    return width == 0 ? "" : " ".repeat(Math.max(1, width - value.length())) + value;
  }

  private String line(CrossValidation.Row row) {
    return String.format(
            Locale.ROOT,
            "%s%10s %10d %8s %11s%s   %s",
            row.equals(fit.chosen()) ? "->" : "  ",
            Numbers.brief(row.alpha()),
            row.model().nonZeros(),
            Numbers.score(row.trainScore()),
            Numbers.score(row.validationScore()),
            error(row),
            String.join(", ", marks(row)))
        .stripTrailing();
  }

  /** What there is to say about a row. */
  List<String> marks(CrossValidation.Row row) {
    List<String> marks = new ArrayList<>();
    if (row.equals(fit.chosen())) {
      marks.add("chosen");
    }
    if (row.equals(fit.validation().best())) {
      marks.add("least error");
    }
    if (row.equals(fit.validation().oneStandardError())) {
      marks.add("one standard error");
    }
    return marks;
  }

  /** Why this alpha. */
  String reason() {
    return switch (fit.settings().choice()) {
      case Choice.LeastError least -> "the least cross-validation error";
      case Choice.OneStandardError simple ->
          "the largest alpha within one standard error of the least";
      case Choice.Given given -> "as asked for";
      case Choice.Features features -> "the middle of the widest interval";
    };
  }

  /** What was chosen and how far it is proven. */
  List<String> conclusion() {
    List<String> lines = new ArrayList<>();
    fit.selection().ifPresent(selection -> lines.add(selection + "."));
    lines.add(
        "Chosen: alpha "
            + Numbers.brief(fit.chosen().alpha())
            + " ("
            + reason()
            + "), "
            + fit.model().nonZeros()
            + " of "
            + fit.data().names().size()
            + " features, validation score "
            + Numbers.score(fit.chosen().validationScore())
            + (errorTitle().isEmpty()
                ? ""
                : ", " + fit.errorName() + " " + Numbers.brief(fit.chosen().error()))
            + ".");
    lines.add(certificate());
    if (dependent()) {
      lines.add(
          "The columns of a text column's categories depend on each other: --drop-first proves"
              + " more.");
    }
    fit.model().warning().ifPresent(warning -> lines.add("Warning: " + warning));
    long unfinished =
        fit.validation().rows().stream().filter(row -> !row.model().converged()).count();
    if (unfinished > 0) {
      lines.add("Warning: " + unfinished + " models of the path did not converge.");
    }
    return lines;
  }

  /** Whether something is open because all categories of a column are features. */
  private boolean dependent() {
    return fit.settings().penalty() != Penalty.RIDGE
        && !fit.settings().dropFirst()
        && fit.model().certificate().features(Proof.OPEN).length > 0
        && fit.data().encoding().features().stream()
            .anyMatch(column -> column.type() == ColumnType.TEXT);
  }

  /** The duality gap, and what of the support it proves. */
  String certificate() {
    if (Double.isNaN(fit.model().dualityGap())) {
      return String.format(Locale.ROOT, "KKT residual %.2g", fit.model().kktResidual())
          + ": the loss has no duality gap, and nothing is proven about which coefficients are 0.";
    }
    int zero = fit.model().certificate().features(Proof.ZERO).length;
    int nonZero = fit.model().certificate().features(Proof.NON_ZERO).length;
    int open = fit.model().certificate().features(Proof.OPEN).length;
    String gap = "Duality gap " + String.format(Locale.ROOT, "%.2g", fit.model().dualityGap());
    return fit.settings().penalty() == Penalty.RIDGE
        ? gap + "."
        : gap
            + ": "
            + nonZero
            + " coefficients are proven not to be 0, "
            + zero
            + " to be 0, "
            + open
            + " are open.";
  }

  /** The largest coefficients, under the names of their columns. */
  List<String> coefficients() {
    List<Double> own = fit.data().unscaled(fit.model().coefficients());
    List<Integer> order = importance.order();
    List<String> lines = new ArrayList<>();
    int width =
        order.stream()
            .limit(COEFFICIENTS)
            .mapToInt(j -> fit.data().names().get(j).length())
            .max()
            .orElse(0);
    width = Math.max(width, "(intercept)".length());
    lines.add(coefficient("(intercept)", width, fit.model().intercept()));
    for (int j : order.subList(0, Math.min(COEFFICIENTS, order.size()))) {
      lines.add(coefficient(fit.data().names().get(j), width, own.get(j)));
    }
    if (order.size() > COEFFICIENTS) {
      lines.add("  and " + (order.size() - COEFFICIENTS) + " more");
    }
    return lines;
  }

  private static String coefficient(String name, int width, double value) {
    return "  "
        + name
        + " ".repeat(width - name.length())
        + String.format(Locale.ROOT, " %12s", Numbers.brief(value));
  }
}
