package dev.elbo.nn;

import static dev.elbo.nn.activations.Activations.RELU;
import static dev.elbo.nn.constraints.Constraints.maxNorm;
import static dev.elbo.nn.regularizers.Regularizers.groupL2;
import static dev.elbo.nn.regularizers.Regularizers.l1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.SparseCategoricalCrossentropy;
import dev.elbo.nn.metrics.Accuracy;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** In steady state, training allocates less than 4 KB a step, on all threads together. */
final class AllocationTest {
  private static final int STEPS = 1_000;
  private static final long LIMIT_BYTES = 4_096;

  /** Reads the counter after some steps and at the end, and nothing between. */
  private static final class Meter implements Callback {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final int warmUp;
    private int steps;
    private long start;
    private long end;

    Meter(int warmUp) {
      this.warmUp = warmUp;
    }

    @Override
    public void onTrainBatchEnd(TrainingRun run) {
      steps++;
      if (steps == warmUp) {
        start = threads.getTotalThreadAllocatedBytes();
      } else if (steps == warmUp + STEPS) {
        end = threads.getTotalThreadAllocatedBytes();
      }
    }

    double perStep() {
      return (end - start) / (double) STEPS;
    }
  }

  @Test
  void aStepOfFitAllocatesLessThanFourKilobytes() {
    holds(
        Sequential.of(
                Flatten.of(),
                Dense.of(128).activation(RELU).kernelRegularizer(l1(0.01)),
                Dropout.of(0.2),
                Dense.of(10))
            .seed(1));
  }

  @Test
  void soDoesOneWithProximalPenaltiesConstraintsAndActivityRegularizers() {
    holds(
        Sequential.of(
                Flatten.of(),
                Dense.of(16)
                    .activation(RELU)
                    .kernelRegularizer(l1(0.01).proximal())
                    .kernelConstraint(maxNorm())
                    .activityRegularizer(l1(0.001)),
                Dense.of(10).kernelRegularizer(groupL2(0.01).proximal()))
            .seed(1));
  }

  private static void holds(Sequential model) {
    int batch = 32;
    int epochs = 8;
    int steps = STEPS + 500;
    int rows = batch * steps;
    Tensor images = Tensor.ofUint8(new byte[rows * 28 * 28], Shape.of(rows, 28, 28));
    Tensor labels = Random.uniform(Shape.of(rows)).range(0, 10).seed(1).cast(DType.INT32);
    model.compile(Adam.of(), SparseCategoricalCrossentropy.of().fromLogits(true), Accuracy.of());
    // The last steps of the last epoch: the JVM's compiler has had its time, and no epoch ends.
    int warmUp = epochs * steps - STEPS;
    Meter meter = new Meter(warmUp);

    model.fit(
        images,
        labels,
        Fit.epochs(epochs).batchSize(batch).progress(Progress.none()).callbacks(meter));

    assertThat(meter.steps).isEqualTo(warmUp + STEPS);
    assertThat(meter.perStep()).as("bytes a step").isLessThan(LIMIT_BYTES);
  }
}
