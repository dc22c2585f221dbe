package dev.elbo.cli.linear;

import dev.elbo.linear.CrossValidation;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The two plots of a path: its coefficients, and the error of the cross-validation, against alpha.
 *
 * <pre>{@code
 * CrossValidation table = RegularizationPath.of(Lasso::of).crossValidate(x, y, 5, 0);
 * PathPlots plots = PathPlots.of(table, names);
 * plots.coefficientPath().saveSvg(Path.of("path.svg"));
 * plots.validationError().savePng(Path.of("error.png"));
 * }</pre>
 */
public final class PathPlots {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;

  /** Curves with a colour and a name; the others are grey. */
  private static final int NAMED = 10;

  private static final int MOST_CURVES = 200;
  private static final int NAME_LENGTH = 24;

  /** Of an axis that has enough labels with powers of ten alone. */
  private static final double DECADES = 100;

  private static final Color[] COLOURS = {
    new Color(0x4e79a7),
    new Color(0xf28e2b),
    new Color(0xe15759),
    new Color(0x35a79c),
    new Color(0x59a14f),
    new Color(0xc9a400),
    new Color(0xb07aa1),
    new Color(0xff8fa3),
    new Color(0x9c755f),
    new Color(0x2f6fbd)
  };
  private static final Color OTHERS = new Color(0xb8bcc4);
  private static final Color INK = new Color(0x1d2129);
  private static final Color SOFT = new Color(0x5d6470);
  private static final Color GRID = new Color(0xeae8e2);

  private final String title;
  private final String yTitle;
  private final List<String> names;
  private final double chosen;
  private final Importance importance;

  /** Rows from the smallest alpha up: an axis of powers has no place for 0. */
  private final List<CrossValidation.Row> rows;

  private final String errorName;

  private PathPlots(
      String title,
      String yTitle,
      List<String> names,
      double chosen,
      Importance importance,
      CrossValidation validation) {
    this.title = title;
    this.yTitle = yTitle;
    this.names = names;
    this.chosen = chosen;
    this.importance = importance;
    List<CrossValidation.Row> ascending = new ArrayList<>(validation.rows());
    Collections.reverse(ascending);
    this.errorName = validation.best().model().generalized().errorName();
    this.rows = ascending.stream().filter(row -> row.alpha() > 0).toList();
  }

  static PathPlots of(LinearFit fit) {
    return new PathPlots(
        fit.settings().family().title(fit.settings().penalty()),
        "change of "
            + fit.predictor("'" + shortened(fit.settings().target()) + "'")
            + " for one standard deviation",
        fit.data().names(),
        fit.chosen().alpha(),
        new Importance(fit),
        fit.validation());
  }

  /**
   * The plots of a path; the alpha of the least error is marked.
   *
   * @param validation the path
   * @param names one a feature
   * @throws IllegalArgumentException if there are not as many names as features
   */
  public static PathPlots of(CrossValidation validation, List<String> names) {
    int features = validation.best().model().coefficients().length;
    if (names.size() != features) {
      throw new IllegalArgumentException(
          "PathPlots.of: expected "
              + features
              + " names, one a feature, received "
              + names.size()
              + ".");
    }
    return new PathPlots(
        "Path",
        "coefficient",
        List.copyOf(names),
        validation.best().alpha(),
        new Importance(validation, validation.best().model(), Collections.nCopies(features, 1.0)),
        validation);
  }

  /**
   * Each coefficient against alpha. The ten that become largest have a colour and their names, up
   * to 190 more are grey.
   */
  public Plot coefficientPath() {
    XYChart chart = chart(title + ": coefficient path", yTitle);
    List<Integer> drawn = importance.drawn(MOST_CURVES);
    Set<String> labels = new HashSet<>();
    // The last one lies on top.
    for (int rank = drawn.size() - 1; rank >= NAMED; rank--) {
      curve(chart, drawn.get(rank), OTHERS, 1).setShowInLegend(false);
    }
    for (int rank = 0; rank < Math.min(NAMED, drawn.size()); rank++) {
      String name = shortened(names.get(drawn.get(rank)));
      XYSeries series = curve(chart, drawn.get(rank), COLOURS[rank], 2);
      series.setLabel(labels.add(name) ? name : name + " (" + (rank + 1) + ")");
    }
    if (drawn.isEmpty()) {
      series(chart, "all coefficients are 0", new double[rows.size()], OTHERS, 2);
    }
    mark(chart);
    return new Plot(chart);
  }

  private XYSeries curve(XYChart chart, int feature, Color colour, float width) {
    List<Double> curve = new ArrayList<>(importance.curve(feature));
    Collections.reverse(curve);
    double[] values =
        curve.subList(curve.size() - rows.size(), curve.size()).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    return series(chart, "feature " + feature, values, colour, width);
  }

  /** The error of the folds (mean squared, log loss, ...), and one standard error around it. */
  public Plot validationError() {
    XYChart chart = chart(title + ": error of the cross-validation", errorName);
    double[] error = rows.stream().mapToDouble(CrossValidation.Row::error).toArray();
    double[] spread = rows.stream().mapToDouble(CrossValidation.Row::standardError).toArray();
    XYSeries series =
        chart.addSeries("mean of the folds, \u00b1 one standard error", alphas(), error, spread);
    series.setLineColor(COLOURS[0]).setLineWidth(2);
    series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(COLOURS[0]);
    chart.getStyler().setMarkerSize(4);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideN);
    chart.getStyler().setErrorBarsColor(new Color(0xa9c3dd));
    mark(chart);
    return new Plot(chart);
  }

  // ---- parts ------------------------------------------------------------------------------------

  private XYChart chart(String title, String yTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("alpha")
            .yAxisTitle(yTitle)
            .build();
    AxesChartStyler styler = chart.getStyler();
    styler.setXAxisLogarithmic(rows.size() > 1);
    styler.setXAxisLogarithmicDecadeOnly(
        rows.size() > 1 && rows.getLast().alpha() >= DECADES * rows.getFirst().alpha());
    styler.setYAxisTickLabelsFormattingFunction(Numbers::brief);
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setAxisTickMarksColor(GRID);
    styler.setAxisTickLabelsColor(SOFT);
    styler.setChartFontColor(INK);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setXAxisTickLabelsFormattingFunction(Numbers::brief);
    return chart;
  }

  private double[] alphas() {
    return rows.stream().mapToDouble(CrossValidation.Row::alpha).toArray();
  }

  private XYSeries series(XYChart chart, String name, double[] values, Color colour, float width) {
    XYSeries series = chart.addSeries(name, alphas(), values);
    // XChart would take dashes once its colours are used up.
    series
        .setLineColor(colour)
        .setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series
        .setMarker(rows.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE)
        .setMarkerColor(colour);
    return series;
  }

  /** A line at the alpha that was chosen. */
  private void mark(XYChart chart) {
    double alpha = chosen;
    if (alpha <= 0 || rows.size() < 2) {
      return;
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (XYSeries series : chart.getSeriesCollection()) {
      double[] spread = series.getExtraValues();
      double[] values = series.getYData();
      for (int i = 0; i < values.length; i++) {
        double around = spread == null ? 0 : spread[i];
        low = Math.min(low, values[i] - around);
        high = Math.max(high, values[i] + around);
      }
    }
    XYSeries line =
        chart.addSeries(
            "chosen: " + Numbers.brief(alpha),
            new double[] {alpha, alpha},
            new double[] {low, high});
    line.setLineColor(INK)
        .setLineStyle(
            new BasicStroke(
                1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0));
    line.setMarker(SeriesMarkers.NONE);
  }

  private static String shortened(String name) {
    return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH - 1) + "\u2026";
  }
}
