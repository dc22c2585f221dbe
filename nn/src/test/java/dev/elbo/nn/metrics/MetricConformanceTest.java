package dev.elbo.nn.metrics;

import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.internal.GoldenCase;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every metric must do. A new one is its cases in golden/nn_metrics.py. */
final class MetricConformanceTest {

  static List<GoldenCase> rows() {
    return GoldenCase.readAll("metrics.txt");
  }

  @Test
  void everyMetricHasARow() {
    Set<String> members = rows().stream().map(GoldenCase::member).collect(Collectors.toSet());
    assertThat(members).containsExactlyInAnyOrderElementsOf(Metrics.registry().names());
  }

  private static Metric metric(GoldenCase row) {
    return Metrics.registry().create(row.member(), row.config());
  }

  private static Tensor labels(GoldenCase row) {
    Tensor labels = row.array("yTrue");
    return labels.cast(labels.shape().rank() == 1 ? DType.INT32 : DType.FLOAT32);
  }

  private static Tensor batch(Tensor tensor, int from, int to) {
    return tensor.slice(0, from, to);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithTheReference(GoldenCase row) {
    Metric metric = metric(row);
    metric.update(labels(row), row.array("yPred", DType.FLOAT32));
    assertThat(metric.result().item()).isEqualTo(row.array("plain").item(), within(1e-6));
    metric.reset();
    metric.update(
        labels(row), row.array("yPred", DType.FLOAT32), row.array("weights", DType.FLOAT32));
    assertThat(metric.result().item()).isEqualTo(row.array("weighted").item(), within(1e-6));
  }

  /** Batches of unequal size weigh by their samples, not by their number. */
  @ParameterizedTest
  @MethodSource("rows")
  void gathersBatches(GoldenCase row) {
    Metric metric = metric(row);
    Tensor predictions = row.array("yPred", DType.FLOAT32);
    Tensor weights = row.array("weights", DType.FLOAT32);
    int[] cuts = {0, 5, 10, 12};
    for (int i = 0; i < 3; i++) {
      metric.update(
          batch(labels(row), cuts[i], cuts[i + 1]), batch(predictions, cuts[i], cuts[i + 1]));
    }
    assertThat(metric.result().item()).isEqualTo(row.array("plain").item(), within(1e-6));
    metric.reset();
    for (int i = 0; i < 3; i++) {
      metric.update(
          batch(labels(row), cuts[i], cuts[i + 1]),
          batch(predictions, cuts[i], cuts[i + 1]),
          batch(weights, cuts[i], cuts[i + 1]));
    }
    assertThat(metric.result().item()).isEqualTo(row.array("weighted").item(), within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTheSameInsideACompiledFunction(GoldenCase row) {
    Metric direct = metric(row);
    Metric compiled = metric(row);
    Compiled step =
        Elbo.compile(inputs -> {
          compiled.update(inputs.get(0), inputs.get(1));
          return List.of(compiled.result());
        });
    for (int i = 0; i < 12; i += 4) {
      Tensor yTrue = batch(labels(row), i, i + 4);
      Tensor yPred = batch(row.array("yPred", DType.FLOAT32), i, i + 4);
      direct.update(yTrue, yPred);
      assertSame(step.call(yTrue, yPred).getFirst(), direct.result());
    }
    assertSame(compiled.result(), direct.result());
    assertThat(step.traces()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void startsAtNothingAndStartsAgain(GoldenCase row) {
    Metric metric = metric(row);
    assertThat(metric.result().item()).isZero();
    assertThat(metric.result().shape()).isEqualTo(Shape.scalar());
    metric.update(labels(row), row.array("yPred", DType.FLOAT32));
    Metric fresh = metric.fresh();
    assertThat(fresh.result().item()).isZero();
    assertThat(fresh.config()).isEqualTo(metric.config());
    assertThat(fresh.name()).isEqualTo(metric.name());
    metric.reset();
    for (Variable variable : metric.variables()) {
      assertThat(variable.value().toDoubles()).containsOnly(0);
    }
    assertThat(metric.result().item()).isZero();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isMadeAgainFromItsConfig(GoldenCase row) {
    Metric metric = metric(row);
    Metric again = Metrics.registry().create(metric.registeredName(), metric.config());
    assertThat(again.config()).isEqualTo(metric.config());
    assertThat(again.name()).isEqualTo(metric.name());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anEmptyBatchCountsNothing(GoldenCase row) {
    Metric metric = metric(row);
    Tensor predictions = row.array("yPred", DType.FLOAT32);
    metric.update(labels(row), predictions);
    double before = metric.result().item();
    metric.update(batch(labels(row), 0, 0), batch(predictions, 0, 0));
    assertThat(metric.result().item()).isEqualTo(before);
  }
}
