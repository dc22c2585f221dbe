package dev.elbo.cli.linear;

import dev.elbo.cli.ElboVersion;
import dev.elbo.cli.report.Html;
import dev.elbo.linear.CrossValidation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a fit: one page that needs no network. */
final class LinearPage {
  /** Curves with a colour and a name; the others are grey. */
  private static final int NAMED = 10;

  private static final int MOST_CURVES = 100;
  private static final int MOST_COEFFICIENTS = 500;

  private final LinearFit fit;
  private final PathText text;
  private final Importance importance;
  private final Provenance provenance;

  LinearPage(LinearFit fit, Provenance provenance) {
    this.fit = fit;
    this.text = new PathText(fit);
    this.importance = new Importance(fit);
    this.provenance = provenance;
  }

  String html() {
    String title = fit.settings().family().title(fit.settings().penalty());
    String target = "'" + fit.settings().target() + "'";
    String file = String.valueOf(provenance.data().getFileName());
    Map<String, String> values = new LinkedHashMap<>();
    values.put("title", Html.escape("Elbo: " + title + ", " + target + " of " + file));
    values.put("css", Html.css());
    values.put("model", Html.escape(title));
    values.put("figure", Html.minus(Numbers.score(fit.chosen().validationScore())));
    values.put("unit", Html.escape("validation " + scoreName()));
    values.put("lead", Html.escape(lead(target, file)));
    values.put("warning", warning());
    values.put("pathText", Html.escape(pathText(target)));
    values.put("pathLabel", Html.escape("Line chart of the coefficients against alpha."));
    values.put("errorText", Html.escape(errorText()));
    values.put(
        "errorLabel",
        Html.escape("Line chart of the cross-validation error against alpha. " + errorText()));
    values.put("pathTable", pathTable());
    values.put("coefficientText", Html.escape(coefficientText()));
    values.put("coefficients", coefficients());
    values.put("settings", Html.table(settings()));
    values.put("machine", Html.table(about()));
    values.put("command", Html.escape(provenance.command()));
    values.put("chartjs", Html.chartScript());
    values.put("json", Html.json(chartData()));
    values.put("script", Html.resource(LinearPage.class, "linear.js"));
    return Html.fill(Html.resource(LinearPage.class, "linear.html"), values);
  }

  // ---- sentences --------------------------------------------------------------------------------

  private String lead(String target, String file) {
    return fit.model().nonZeros()
        + " of "
        + fit.data().names().size()
        + " features predict "
        + target
        + " of "
        + file
        + " at alpha "
        + Numbers.brief(fit.chosen().alpha())
        + ", "
        + text.reason()
        + ". The figure is "
        + scoreName()
        + " on rows that the model did not see, the mean of "
        + fit.settings().folds()
        + " folds: "
        + fit.settings().family().scale()
        + ". On the rows that it was fitted to it is "
        + Html.minus(Numbers.score(fit.chosen().trainScore()))
        + ".";
  }

  private String scoreName() {
    return fit.settings().family().scoreName().replace("^2", "\u00b2");
  }

  private String warning() {
    return fit.model()
        .warning()
        .map(warning -> "<p class=\"notice\">" + Html.escape(warning) + "</p>")
        .orElse("");
  }

  private String pathText(String target) {
    int shown = importance.drawn(MOST_CURVES).size();
    String what =
        "What one standard deviation of a feature changes in "
            + fit.predictor(target)
            + ", for each alpha: the penalty grows to the right. ";
    if (shown <= NAMED) {
      return what;
    }
    int all = importance.drawn(Integer.MAX_VALUE).size();
    return what
        + "The "
        + NAMED
        + " largest have a colour, "
        + (all > shown
            ? "the next " + (shown - NAMED) + " are grey, the rest is left out."
            : "the others are grey.");
  }

  private String errorText() {
    CrossValidation.Row best = fit.validation().best();
    CrossValidation.Row simple = fit.validation().oneStandardError();
    return "The "
        + fit.errorName()
        + " on the folds left out, and one standard error around it. It is"
        + " least at alpha "
        + Numbers.brief(best.alpha())
        + " with "
        + best.model().nonZeros()
        + " features; the largest alpha within one standard error is "
        + Numbers.brief(simple.alpha())
        + " with "
        + simple.model().nonZeros()
        + ".";
  }

  private String coefficientText() {
    String proven = fit.settings().penalty() == Penalty.RIDGE ? "" : " " + text.certificate();
    return "In the units of the columns, sorted by what one standard deviation changes." + proven;
  }

  // ---- tables -----------------------------------------------------------------------------------

  private String pathTable() {
    StringBuilder html =
        new StringBuilder(
            "<table class=\"numbers\"><thead><tr><th>alpha</th><th>non-zeros</th><th>train</th>"
                + "<th>validation</th><th class=\"words\"></th></tr></thead><tbody>");
    for (CrossValidation.Row row : fit.validation().rows()) {
      html.append(row.equals(fit.chosen()) ? "<tr class=\"chosen\"><td>" : "<tr><td>")
          .append(Numbers.brief(row.alpha()))
          .append("</td><td>")
          .append(row.model().nonZeros())
          .append("</td><td>")
          .append(Html.minus(Numbers.score(row.trainScore())))
          .append("</td><td>")
          .append(Html.minus(Numbers.score(row.validationScore())))
          .append("</td><td class=\"words\">")
          .append(String.join(", ", text.marks(row)))
          .append("</td></tr>");
    }
    return html.append("</tbody></table>").toString();
  }

  private String coefficients() {
    List<Double> own = fit.data().unscaled(fit.model().coefficients());
    List<Integer> order = importance.order();
    StringBuilder html =
        new StringBuilder(
            "<table class=\"numbers\"><thead><tr><th"
                + " class=\"words\">feature</th><th>coefficient</th><th>one deviation</th><th"
                + " class=\"words\">not 0</th></tr></thead><tbody>");
    html.append(row("(intercept)", fit.model().intercept(), "", ""));
    for (int j : order.subList(0, Math.min(order.size(), MOST_COEFFICIENTS))) {
      html.append(
          row(
              fit.data().names().get(j),
              own.get(j),
              Numbers.brief(importance.of(j)),
              switch (fit.model().certificate().proofs().get(j)) {
                case NON_ZERO -> "proven";
                case ZERO, OPEN -> fit.settings().penalty() == Penalty.RIDGE ? "" : "open";
                case UNPENALISED -> "";
              }));
    }
    html.append("</tbody></table>");
    if (order.size() > MOST_COEFFICIENTS) {
      html.append("<p>")
          .append(order.size() - MOST_COEFFICIENTS)
          .append(" more are in coefficients.csv.</p>");
    }
    return html.toString();
  }

  private static String row(String name, double value, String change, String proof) {
    return "<tr><td class=\"words\">"
        + Html.escape(name)
        + "</td><td>"
        + Html.minus(Numbers.brief(value))
        + "</td><td>"
        + Html.minus(change)
        + "</td><td class=\"words\">"
        + proof
        + "</td></tr>";
  }

  private Map<String, String> settings() {
    LinearSettings settings = fit.settings();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("family", settings.family().option());
    if (!fit.data().classes().isEmpty()) {
      rows.put("classes", String.join(", ", fit.data().classes()));
    }
    rows.put("minimises", fit.estimator().replaceFirst("^.*: minimises ", ""));
    rows.put("penalty", text.scaling());
    rows.put("missing values", settings.missing().name().toLowerCase(Locale.ROOT));
    rows.put("folds", settings.folds() + ", seed " + settings.seed());
    rows.put("alphas", Integer.toString(fit.validation().rows().size()));
    return rows;
  }

  private Map<String, String> about() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("data", provenance.data().toString());
    rows.put("rows", String.format(Locale.ROOT, "%,d", fit.data().rows()));
    rows.put("SHA-256", provenance.sha256());
    double gap = fit.model().dualityGap();
    rows.put(
        Double.isNaN(gap) ? "KKT residual" : "duality gap",
        String.format(Locale.ROOT, "%.2g", Double.isNaN(gap) ? fit.model().kktResidual() : gap));
    rows.put("Elbo", ElboVersion.elbo());
    return rows;
  }

  // ---- data of the charts -----------------------------------------------------------------------

  /** From the smallest alpha up; an axis of powers has no place for 0. */
  private Map<String, Object> chartData() {
    List<CrossValidation.Row> rows = fit.validation().rows();
    List<Object> alphas = new ArrayList<>();
    List<Object> errors = new ArrayList<>();
    List<Object> spreads = new ArrayList<>();
    List<Object> counts = new ArrayList<>();
    for (CrossValidation.Row row : rows.reversed()) {
      if (row.alpha() > 0) {
        alphas.add(row.alpha());
        errors.add(number(row.error()));
        spreads.add(number(row.standardError()));
        counts.add(row.model().nonZeros());
      }
    }
    List<Object> curves = new ArrayList<>();
    for (int feature : importance.drawn(MOST_CURVES)) {
      List<Double> curve = new ArrayList<>(importance.curve(feature));
      Collections.reverse(curve);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", fit.data().names().get(feature));
      one.put(
          "values",
          curve.subList(curve.size() - alphas.size(), curve.size()).stream()
              .map(LinearPage::number)
              .toList());
      curves.add(one);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("alphas", alphas);
    data.put("errors", errors);
    data.put("spreads", spreads);
    data.put("counts", counts);
    data.put("curves", curves);
    data.put("named", NAMED);
    data.put("errorName", fit.errorName());
    data.put("chosen", fit.chosen().alpha());
    return data;
  }

  /** Six digits are enough to draw; JSON has no word for what is not finite. */
  private static Object number(double value) {
    return Double.isFinite(value)
        ? Double.parseDouble(String.format(Locale.ROOT, "%.6g", value))
        : Double.toString(value);
  }
}
