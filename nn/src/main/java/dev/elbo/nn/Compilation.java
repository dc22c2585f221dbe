package dev.elbo.nn;

import dev.elbo.nn.metrics.Mean;
import dev.elbo.nn.metrics.Metric;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code compile} was given, and the state of the means and metrics that go with it. */
final class Compilation {
  /** The loss, the named parts and the metrics, of training or of evaluation. */
  private static final class Watch {
    private static final String MEANS = "means/";
    private static final String TOTAL = "/total";

    private final Map<String, Mean> means = new LinkedHashMap<>();
    private final List<List<Metric>> metrics = new ArrayList<>();

    synchronized Mean mean(String name) {
      return means.computeIfAbsent(name, Mean::of);
    }

    synchronized void reset() {
      means.values().forEach(Mean::reset);
      metrics.forEach(each -> each.forEach(Metric::reset));
    }

    synchronized Map<String, Variable> sums() {
      Map<String, Variable> sums = new LinkedHashMap<>();
      means.forEach((name, mean) -> {
        sums.put(MEANS + name + TOTAL, mean.variables().getFirst());
        sums.put(MEANS + name + "/count", mean.variables().getLast());
      });
      for (int output = 0; output < metrics.size(); output++) {
        for (int i = 0; i < metrics.get(output).size(); i++) {
          Metric metric = metrics.get(output).get(i);
          for (Variable variable : metric.variables()) {
            sums.put(
                "metrics/" + output + "/" + i + "/" + metric.name() + "/" + sums.size(), variable);
          }
        }
      }
      return sums;
    }

    /** The means of those that were seen since the last reset: another step may have others. */
    synchronized Map<String, Double> readMeans() {
      Map<String, Double> values = new LinkedHashMap<>();
      means.forEach((name, mean) -> {
        double count = mean.count().item();
        if (count > 0) {
          values.put(name, total(mean) / count);
        }
      });
      return values;
    }
  }

  private final Optimizer optimizer;
  private final List<OutputLoss> outputs;
  private final Watch training = new Watch();
  private final Watch evaluation = new Watch();

  Compilation(Optimizer optimizer, List<OutputLoss> outputs) {
    this.optimizer = optimizer;
    this.outputs = List.copyOf(outputs);
    for (OutputLoss output : outputs) {
      training.metrics.add(output.metrics());
      evaluation.metrics.add(output.metrics().stream().map(Metric::fresh).toList());
    }
  }

  Optimizer optimizer() {
    return optimizer;
  }

  List<OutputLoss> outputs() {
    return outputs;
  }

  /** Records, in a trace, what a step computed. */
  void track(StepResult result, Examples examples, boolean train) {
    Watch watch = train ? training : evaluation;
    watch.mean("loss").updateMean(result.loss(), examples.size());
    result.metrics().forEach((name, value) -> watch.mean(name).updateMean(value, examples.size()));
    int watched = Math.min(watch.metrics.size(), result.predictions().size());
    for (int i = 0; i < watched; i++) {
      for (Metric metric : watch.metrics.get(i)) {
        metric.update(examples.y().get(i), result.predictions().get(i));
      }
    }
  }

  /** Whether all losses of training since the last reset were finite: the sum is NaN for good. */
  boolean isLossFinite() {
    return Double.isFinite(total(training.mean("loss")));
  }

  void reset(boolean train) {
    (train ? training : evaluation).reset();
  }

  /** The mean loss of training since the last reset; NaN if there is none. */
  double loss() {
    Mean mean = training.mean("loss");
    return total(mean) / mean.count().item();
  }

  /** The sum of a mean: a number already, where {@code mean.result()} would compute one. */
  private static double total(Mean mean) {
    return mean.variables().getFirst().item();
  }

  /** The sums of training since the last reset, of which loss and metrics are made. */
  Map<String, Tensor> sums() {
    return Variables.values(training.sums());
  }

  /**
   * Goes on from these sums.
   *
   * @throws IllegalArgumentException if they belong to other metrics
   */
  void sums(Map<String, Tensor> saved) {
    for (String name : saved.keySet()) {
      if (name.startsWith(Watch.MEANS) && name.endsWith(Watch.TOTAL)) {
        Mean made =
            training.mean(
                name.substring(Watch.MEANS.length(), name.length() - Watch.TOTAL.length()));
        made.reset();
      }
    }
    Variables.assign("sums of metrics", training.sums(), saved);
  }

  /** Loss and metrics by name since the last reset. */
  Map<String, Double> read(boolean train, List<String> outputNames) {
    Watch watch = train ? training : evaluation;
    Map<String, Double> values = watch.readMeans();
    for (int i = 0; i < watch.metrics.size(); i++) {
      for (Metric metric : watch.metrics.get(i)) {
        String name =
            outputs.size() == 1 ? metric.name() : outputNames.get(i) + "_" + metric.name();
        Tensor value = metric.result();
        values.put(name, value.item());
      }
    }
    return values;
  }
}
