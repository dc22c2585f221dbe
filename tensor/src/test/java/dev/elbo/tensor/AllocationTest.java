package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.elbo.tensor.internal.plan.MlpStep;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In steady state a compiled function allocates its results and next to nothing else. */
class AllocationTest {
  private static final int CALLS = 1000;
  private static final int MOST_WINDOWS = 200;
  private static final long MOST_BYTES_A_CALL = 4096;

  /**
   * Bytes that all threads together allocate for a call, once the JVM has compiled the kernels: the
   * vectors of code that it still interprets are objects.
   */
  private static long bytesPerCall(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = Long.MAX_VALUE;
    for (int window = 0; window < MOST_WINDOWS && bytes >= MOST_BYTES_A_CALL; window++) {
      long before = threads.getTotalThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      bytes = (threads.getTotalThreadAllocatedBytes() - before) / CALLS;
    }
    return bytes;
  }

  @Test
  void aTrainingStepAllocatesLessThanFourKilobytes() {
    MlpStep step = new MlpStep(128, 64, 10);
    Compiled train = Elbo.compile(step::run);
    List<Tensor> batch = step.batch(32, 0);
    SeedGenerator keys = SeedGenerator.of(1);
    List<Double> losses = new ArrayList<>();
    long bytes =
        bytesPerCall(() -> {
          Tensor loss = train.call(batch.get(0), batch.get(1), keys.next()).getFirst();
          if (keys.step() % CALLS == 0) {
            losses.add(loss.item());
          }
        });
    assertThat(bytes).isLessThan(MOST_BYTES_A_CALL);
    assertThat(train.traces()).isEqualTo(1);
    assertThat(losses).isNotEmpty().allMatch(Double::isFinite);
  }

  @Test
  void workOfManyKindsAllocatesItsResultsAlone() {
    Variable w = Variable.of("w", Random.normal(Shape.of(64, 64)).seed(1));
    Compiled function =
        Elbo.compile(arguments -> {
          Tensor x = arguments.getFirst();
          Tensor y = x.matmul(w.value()).softmax(-1).transpose().add(x.transpose());
          Tensor z = Tensor.concat(List.of(y, y.flip(0)), 0).pad(new int[2], new int[] {1, 1});
          return List.of(z.gather(Tensor.of(0, 5)).max(1).add(z.variance()).sum());
        });
    Tensor x = Random.normal(Shape.of(100, 64)).seed(2).evaluate();
    assertThat(bytesPerCall(() -> function.call(x))).isLessThan(MOST_BYTES_A_CALL);
  }
}
