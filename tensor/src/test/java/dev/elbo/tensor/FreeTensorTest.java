package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.elbo.tensor.internal.graph.Node;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tensors outside compiled functions: when they are computed, and what they hold on to. */
class FreeTensorTest {

  @Test
  void nothingIsComputedUntilSomebodyReads() {
    Tensor x = Tensor.of(1f, 2f, 3f);
    Tensor y = x.add(1).multiply(x);
    assertThat(y.node().value()).isNull();
    assertThat(y.toFloats()).containsExactly(2f, 6f, 12f);
    assertThat(y.node().value()).isNotNull();
  }

  @Test
  void readingLetsTheInputsGo() {
    Tensor x = Tensor.of(1f, 2f, 3f).add(1);
    WeakReference<Node> input = new WeakReference<>(x.node());
    Tensor y = x.square();
    x = Tensor.scalar(0);
    assertThat(collected(input)).as("collected while y is pending").isFalse();
    assertThat(y.toFloats()).containsExactly(4f, 9f, 16f);
    assertThat(y.node().pending()).isNull();
    assertThat(collected(input)).as("collected once y is computed").isTrue();
    assertThat(x.item()).isZero();
  }

  @Test
  void softmaxKeepsItsLogitsAndNothingBehindThem() {
    Tensor start = Tensor.of(1f, 2f, 3f).add(1);
    Tensor logits = start.multiply(2);
    WeakReference<Node> behind = new WeakReference<>(start.node());
    Tensor probabilities = logits.softmax(-1);
    start = Tensor.scalar(0);
    logits = Tensor.scalar(0);
    probabilities.evaluate();
    assertThat(probabilities.softmaxLogits().orElseThrow().toFloats()).containsExactly(4f, 6f, 8f);
    assertThat(probabilities.sigmoidLogits()).isEmpty();
    assertThat(collected(behind)).isTrue();
    assertThat(start.add(logits).item()).isZero();
  }

  @Test
  void aLoopOfSigmoidsHoldsOneStepOfItsHistory() {
    Tensor x = Tensor.of(0.5f, -0.5f);
    List<WeakReference<Node>> history = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      history.add(new WeakReference<>(x.node()));
      x = x.sigmoid().evaluate();
    }
    assertThat(x.sigmoidLogits()).isPresent();
    for (WeakReference<Node> node : history.subList(0, 18)) {
      assertThat(collected(node)).isTrue();
    }
    assertThat(x.toFloats()[0]).isBetween(0.6f, 0.7f);
  }

  @Test
  void aPendingChainOfSigmoidsHoldsNothingOnceRead() {
    Tensor x = Tensor.of(0.5f, -0.5f).add(1);
    WeakReference<Node> first = new WeakReference<>(x.node());
    Tensor shared = x.sigmoid();
    x = shared.sigmoid();
    x.evaluate();
    x = x.add(shared);
    assertThat(collected(first)).isFalse();
    x.evaluate();
    shared = Tensor.scalar(0);
    assertThat(collected(first)).isTrue();
    assertThat(shared.item()).isZero();
  }

  private static boolean collected(WeakReference<?> reference) {
    // System.gc is a request; a full collection serves it in every collector of the JDK.
    for (int i = 0; i < 5 && reference.get() != null; i++) {
      System.gc();
    }
    return reference.get() == null;
  }

  @Test
  void aLongLoopNeitherOverflowsTheStackNorKeepsItsHistory() {
    Tensor x = Tensor.of(1f);
    List<WeakReference<Node>> early = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      if (i < 10) {
        early.add(new WeakReference<>(x.node()));
      }
      x = x.add(1);
    }
    for (WeakReference<Node> node : early) {
      assertThat(collected(node)).isTrue();
    }
    assertThat(x.item()).isEqualTo(100_001);
  }

  @Test
  void tenThousandPendingNodesAreForced() {
    Tensor one = Tensor.of(1f);
    Tensor x = one;
    int evaluated = 0;
    for (int i = 1; i <= 25_000; i++) {
      x = x.add(one);
      if (x.node().value() != null) {
        evaluated++;
        assertThat(i % 10_000).as("forced just beyond 10,000 nodes").isBetween(0, 3);
      }
    }
    assertThat(evaluated).isEqualTo(2);
    assertThat(x.item()).isEqualTo(25_001);
  }

  @Test
  void aGraphThatSharesItsNodesIsCountedByNodesNotByPaths() {
    Tensor x = Tensor.of(1e-6f);
    for (int i = 0; i < 100; i++) {
      // Paths double at each turn: 2^100 of them behind 200 nodes.
      x = x.add(x).multiply(0.5);
    }
    assertThat(x.node().value()).isNull();
    assertThat(x.item()).isEqualTo((double) 1e-6f);
  }

  @Test
  void twoHundredAndFiftySixMebibytesPendingAreForced() {
    Tensor one = Tensor.ones(Shape.of(1 << 20)).evaluate();
    Tensor x = one.negate();
    int pending = 1;
    while (x.node().value() == null) {
      x = x.add(one);
      pending++;
      assertThat(pending).isLessThan(70);
    }
    assertThat(pending).as("pending tensors of 4 MiB each").isEqualTo(65);
    assertThat(x.slice(0, 0, 1).item()).isEqualTo(pending - 2);
  }

  @Test
  void valuesThatTwoTensorsNeedAreComputedOnce() {
    Tensor shared = Random.normal(Shape.of(3)).seed(1).exp();
    Tensor a = shared.add(1);
    Tensor b = shared.multiply(2);
    a.evaluate();
    assertThat(shared.node().value()).as("computed along with a, since b needs it too").isNotNull();
    assertThat(b.toFloats()[0]).isEqualTo(2 * shared.toFloats()[0]);
  }

  @Test
  void evaluateComputesSeveralTensorsTogether() {
    Tensor x = Tensor.of(1f, 2f);
    Tensor a = x.add(1);
    Tensor b = a.square();
    Elbo.evaluate(a, b, b, x);
    assertThat(a.node().value()).isNotNull();
    assertThat(b.node().value()).isNotNull();
    assertThat(b.toFloats()).containsExactly(4f, 9f);
  }

  @Test
  void smallWorkIsDoneToPrintIt() {
    Tensor x = Tensor.of(1f, 2f).add(0.5);
    assertThat(x).hasToString("array([1.5, 2.5], dtype=float32)");
  }

  @Test
  void bigPendingWorkIsDescribedAndStaysPending() {
    Tensor x = Tensor.zeros(Shape.of(1024, 1025)).add(1);
    assertThat(x).hasToString("Tensor(shape=(1024, 1025), dtype=float32, not evaluated)");
    assertThat(x.node().value()).isNull();
    assertThat(x.evaluate().toString()).startsWith("array([[1., 1., 1., ..., 1., 1., 1.],");
  }

  @Test
  void muchArithmeticForASmallResultIsNotDoneToPrintIt() {
    Tensor a = Tensor.ones(Shape.of(700, 700));
    Tensor x = a.matmul(a).matmul(a).matmul(a).matmul(a).matmul(a).matmul(a).matmul(a).sum();
    assertThat(x).hasToString("Tensor(shape=(), dtype=float32, not evaluated)");
    assertThat(x.node().value()).isNull();
  }

  @Test
  void aMistakeThatShowsAtRunTimeIsPrintedNotThrown() {
    Tensor x = Tensor.of(1f, 2f).gather(Tensor.of(5));
    assertThat(x.toString())
        .startsWith("Tensor(shape=(1,), dtype=float32, not evaluated: gather")
        .contains("5");
    assertThatThrownBy(x::toFloats).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void printingWakesNoOtherThread() {
    // First the work as it is done when somebody reads: it is large enough for the team.
    Tensor work = Tensor.linspace(-1, 1, 500_000).tanh();
    Tensor twin = Tensor.linspace(-1, 1, 500_000).tanh();
    twin.evaluate();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] team =
        Arrays.stream(threads.getAllThreadIds())
            .filter(id ->
                threads.getThreadInfo(id) != null
                    && threads.getThreadInfo(id).getThreadName().startsWith("elbo-team"))
            .toArray();
    long before = restingCpuTime(threads, team);
    assertThat(work.toString()).startsWith("array([-0.76159").contains("...");
    assertThat(cpuTime(threads, team)).isEqualTo(before);
    assertThat(work.toFloats()).containsExactly(twin.toFloats());
  }

  private static long cpuTime(ThreadMXBean threads, long[] ids) {
    return Arrays.stream(ids).map(threads::getThreadCpuTime).sum();
  }

  /** The time of threads that have gone to sleep: unchanged over a million looks at the clock. */
  private static long restingCpuTime(ThreadMXBean threads, long[] ids) {
    long last = -1;
    long now = cpuTime(threads, ids);
    while (now != last) {
      last = now;
      long until = System.nanoTime() + 5_000_000;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      now = cpuTime(threads, ids);
    }
    return now;
  }

  @Test
  void manyThreadsMayReadOneTensor() throws Exception {
    Tensor x = Random.normal(Shape.of(100, 100)).seed(3);
    Tensor y = x.matmul(x).tanh();
    List<Callable<float[]>> readers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      readers.add(y::toFloats);
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (Future<float[]> result : pool.invokeAll(readers)) {
        assertThat(result.get()).containsExactly(y.toFloats());
      }
    }
  }

  @Test
  void resultsOfReadingAreCopies() {
    Tensor x = Tensor.of(1f, 2f);
    x.toFloats()[0] = 9;
    assertThat(x.toFloats()).containsExactly(1f, 2f);
    Tensor bytes = Tensor.ofUint8(new byte[] {1, (byte) 200}, Shape.of(2));
    bytes.toBytes()[0] = 9;
    assertThat(bytes.toInts()).containsExactly(1, 200);
    float[] source = {1, 2};
    Tensor copy = Tensor.of(source);
    source[0] = 9;
    assertThat(copy.toFloats()).containsExactly(1f, 2f);
  }

  @Test
  void readersConvertAmongTypes() {
    Tensor ints = Tensor.of(1, -2);
    assertThat(ints.toFloats()).containsExactly(1f, -2f);
    assertThat(ints.toDoubles()).containsExactly(1.0, -2.0);
    assertThat(Tensor.of(1.5, 2.5).toFloats()).containsExactly(1.5f, 2.5f);
    assertThat(ints.greater(0).toBooleans()).containsExactly(true, false);
    assertThat(ints.greater(0).toInts()).containsExactly(1, 0);
    assertThat(Tensor.of(new int[] {7}, Shape.of(1, 1)).item()).isEqualTo(7);
  }

  @Test
  void gatherPicksRunsOfAnyLengthOnAllThreads() {
    int[] picked = new int[1_000];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = i * 37 % 60;
    }
    for (int inner : new int[] {1, 3, 100, 9_000}) {
      Tensor x = Tensor.arange(2 * 60 * inner).reshape(2, 60, inner).evaluate();
      int[] values = x.gather(Tensor.of(picked), 1).toInts();
      for (int i = 0; i < values.length; i++) {
        int outer = i / (picked.length * inner);
        int row = picked[i / inner % picked.length];
        if (values[i] != (outer * 60 + row) * inner + i % inner) {
          fail("inner " + inner + ", element " + i + ": " + values[i]);
        }
      }
    }
    picked[777] = 60;
    assertThatThrownBy(() -> Tensor.zeros(Shape.of(60, 9_000)).gather(Tensor.of(picked)).evaluate())
        .hasMessageContaining("index 60 (element 777 of the indices) is out of range for axis 0");
  }

  @Test
  void gatherNamesTheIndexTheRangeAndTheUsersLine() {
    Tensor x = Tensor.zeros(Shape.of(4, 2));
    int line = thisLine() + 1;
    Tensor picked = x.gather(Tensor.of(0, 3, 4));
    assertThatThrownBy(picked::toFloats)
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "gather at"
                + " FreeTensorTest.gatherNamesTheIndexTheRangeAndTheUsersLine(FreeTensorTest.java:"
                + line
                + "): index 4 (element 2 of the indices) is out of range for axis 0 of shape (4,"
                + " 2). Expected 0 to 3.");
    assertThatThrownBy(() -> x.gather(Tensor.of(-1), 1).evaluate())
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("index -1 (element 0 of the indices)")
        .hasMessageContaining("axis 1");
  }

  @Test
  void checkFiniteNamesWhatAndTheUsersLine() {
    Tensor x = Tensor.of(1f, 0f, -1f);
    int line = thisLine() + 1;
    Tensor checked = x.log().checkFinite("the logarithm of x");
    assertThatThrownBy(checked::toFloats)
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "the logarithm of x, checked at"
                + " FreeTensorTest.checkFiniteNamesWhatAndTheUsersLine(FreeTensorTest.java:"
                + line
                + "): element 1 of shape (3,) is -Infinity, expected finite numbers. Look for a"
                + " logarithm or division of zero, an overflowing exponential, or a learning rate"
                + " that is too high.");
    UnaryOperator<Tensor> check = y -> y.checkFinite("y").evaluate();
    assertThatCode(() -> check.apply(x)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check.apply(Tensor.of(1.0, Double.NaN)))
        .hasMessageContaining("element 1 of shape (2,) is NaN");
  }

  /** The line that calls this. */
  private static int thisLine() {
    return StackWalker.getInstance()
        .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
  }
}
