package dev.elbo.cli.report;

import dev.elbo.nn.History;
import dev.elbo.vae.ElboEstimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fills the page's template with a {@link Report}. */
final class Page {
  private static final List<String> PARTS = List.of("elbo", "reconstruction", "kl");

  /** A dimension with less than this carries nothing to speak of. */
  private static final double ACTIVE_NATS = 0.01;

  private final Report report;

  Page(Report report) {
    this.report = report;
  }

  String html() {
    Map<String, String> values = new LinkedHashMap<>();
    ElboEstimate test = report.test();
    values.put("title", Html.escape("Elbo: " + report.model() + ", " + report.data()));
    values.put("css", Html.css());
    values.put("model", Html.escape(report.model()));
    values.put("data", Html.escape(report.data()));
    values.put("elbo", Html.minus(decimals(test.elbo())));
    values.put("reconstruction", Html.minus(decimals(test.reconstruction())));
    values.put("kl", Html.minus(decimals(test.kl())));
    values.put("testSize", String.format(Locale.ROOT, "%,d", test.examples()));
    values.put("stopped", stopped());
    for (String part : PARTS) {
      values.put(part + "Label", Html.escape(curveLabel(part)));
    }
    values.put("historyTable", historyTable());
    values.put("pairs", pairs());
    values.put("samples", report.samples().dataUri());
    values.put("manifold", report.manifold().map(Page::manifold).orElse(""));
    values.put("scatterText", Html.escape(scatterText()));
    values.put(
        "scatterLabel", Html.escape("Scatter plot of the test images by class. " + scatterText()));
    values.put("activeText", Html.escape(activeText()));
    values.put("dimsLabel", Html.escape("Bar chart of nats per latent dimension. " + activeText()));
    values.put("settings", Html.table(report.settings()));
    values.put("machine", Html.table(report.machine()));
    values.put("command", Html.escape(report.command()));
    values.put("fingerprintText", Html.escape(fingerprintText()));
    values.put("fingerprint", Html.escape(report.fingerprint()));
    values.put("javaCode", Html.escape(report.javaCode()));
    values.put("javaCommand", Html.escape(report.javaCommand()));
    values.put("chartjs", Html.chartScript());
    values.put("json", Html.json(chartData()));
    values.put("script", Html.resource(Page.class, "report.js"));
    return Html.fill(Html.resource(Page.class, "report.html"), values);
  }

  // ---- sections ---------------------------------------------------------------------------------

  private String stopped() {
    return report
        .stopped()
        .map(where ->
            "<p class=\"notice\">Training was stopped "
                + Html.escape(where)
                + ": the model could still have become better.</p>")
        .orElse("");
  }

  private String fingerprintText() {
    return report.stopped().isPresent()
        ? "Training was stopped by hand, and the command goes on to the end: its weights will have"
            + " another fingerprint than these:"
        : "The same command with the same version of Elbo gives weights with the same fingerprint,"
            + " whatever the machine and the number of threads:";
  }

  private String curveLabel(String part) {
    History history = report.history();
    List<Double> train = history.get(part);
    String label =
        "Line chart of "
            + part
            + ", training, from "
            + decimals(train.getFirst())
            + " in epoch 1 to "
            + decimals(train.getLast())
            + " in epoch "
            + train.size();
    return history.metrics().containsKey("val_" + part)
        ? label + "; validation ends at " + decimals(history.last("val_" + part))
        : label;
  }

  private String historyTable() {
    History history = report.history();
    List<String> columns =
        history.metrics().keySet().stream().filter(name -> !name.endsWith("loss")).toList();
    StringBuilder html = new StringBuilder("<table class=\"numbers\"><thead><tr><th>epoch</th>");
    columns.forEach(name -> html.append("<th>").append(Html.escape(name)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (int i = 0; i < history.epochs().size(); i++) {
      html.append("<tr><td>").append(history.epochs().get(i) + 1).append("</td>");
      for (String name : columns) {
        html.append("<td>").append(Html.minus(decimals(history.get(name).get(i)))).append("</td>");
      }
      html.append("</tr>");
    }
    return html.append("</tbody></table>").toString();
  }

  private String pairs() {
    StringBuilder html = new StringBuilder();
    for (Report.Pair pair : report.pairs()) {
      String name = Html.escape(pair.name());
      html.append("    <figure><img class=\"pixels\" src=\"")
          .append(pair.picture().dataUri())
          .append("\" alt=\"A test image of class ")
          .append(name)
          .append(" above its reconstruction\"><figcaption>")
          .append(name)
          .append("</figcaption></figure>\n");
    }
    return html.toString();
  }

  private static String manifold(Picture picture) {
    return String.format(
        Locale.ROOT,
        """
        <section aria-labelledby="manifold">
          <h2 id="manifold">The latent plane</h2>
          <p>One image for each point of a grid over the two latent variables, spaced so that each stands for
            the same share of the prior. Neighbours in the plane look alike.</p>
          <img class="pixels large" src="%s" alt="A grid of decoded images that change step by step from left to right and from top to bottom">
        </section>
        """,
        picture.dataUri());
  }

  private String scatterText() {
    Scatter scatter = report.scatter();
    int count = scatter.points().stream().mapToInt(List::size).sum();
    String what =
        "The mean that the encoder gives to each of "
            + String.format(Locale.ROOT, "%,d", count)
            + " test images, by class";
    return report.test().klPerDim().size() <= 2
        ? what + "."
        : what
            + ", in the two latent dimensions that carry most, "
            + (scatter.xDim() + 1)
            + " and "
            + (scatter.yDim().orElseThrow() + 1)
            + ".";
  }

  private String activeText() {
    List<Double> kl = report.test().klPerDim();
    long active = kl.stream().filter(nats -> nats >= ACTIVE_NATS).count();
    return active
        + " of "
        + kl.size()
        + (active == 1 ? " carries" : " carry")
        + " more than "
        + ACTIVE_NATS
        + " nats.";
  }

  // ---- data of the charts -----------------------------------------------------------------------

  private Map<String, Object> chartData() {
    History history = report.history();
    Map<String, Object> train = new LinkedHashMap<>();
    Map<String, Object> validation = new LinkedHashMap<>();
    for (String part : PARTS) {
      train.put(part, numbers(history.get(part)));
      if (history.metrics().containsKey("val_" + part)) {
        validation.put(part, numbers(history.get("val_" + part)));
      }
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("epochs", history.epochs().stream().map(epoch -> epoch + 1).toList());
    data.put("train", train);
    data.put("validation", validation);
    data.put("scatter", scatterData());
    data.put("dims", dims());
    return data;
  }

  private Map<String, Object> scatterData() {
    Scatter scatter = report.scatter();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("xTitle", "latent dimension " + (scatter.xDim() + 1));
    data.put(
        "yTitle",
        scatter.yDim().isPresent()
            ? "latent dimension " + (scatter.yDim().getAsInt() + 1)
            : "class");
    data.put("classes", scatter.classNames());
    data.put(
        "points",
        scatter.points().stream()
            .map(points ->
                points.stream().map(point -> numbers(List.of(point.x(), point.y()))).toList())
            .toList());
    return data;
  }

  private List<List<Object>> dims() {
    List<Double> kl = report.test().klPerDim();
    List<List<Object>> dims = new ArrayList<>();
    for (int dim : Report.byDivergence(report.test())) {
      dims.add(List.of(Integer.toString(dim + 1), number(kl.get(dim))));
    }
    return dims;
  }

  private static List<Object> numbers(List<Double> values) {
    return values.stream().map(Page::number).toList();
  }

  /** With four decimals, which is enough to draw; JSON has no word for what is not finite. */
  private static Object number(double value) {
    return Double.isFinite(value) ? Math.round(value * 1e4) / 1e4 : Double.toString(value);
  }

  // ---- text -------------------------------------------------------------------------------------

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
