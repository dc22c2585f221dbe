package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Compiled functions: symbolic tensors, cached plans, calls from many threads. */
class CompiledTest {

  private static Compiled unary(java.util.function.UnaryOperator<Tensor> function) {
    return Elbo.compile(arguments -> List.of(function.apply(arguments.getFirst())));
  }

  @Test
  void symbolicTensorsDescribeThemselves() {
    List<String> seen = new ArrayList<>();
    Compiled function =
        unary(x -> {
          Tensor y = x.add(1);
          seen.add(x.toString());
          seen.add(y.sum().toString());
          return y;
        });
    assertThat(function.call(Tensor.of(1, 2)).getFirst().toInts()).containsExactly(2, 3);
    assertThat(seen)
        .containsExactly(
            "Tensor(argument 0, shape=(2,), dtype=int32, symbolic)",
            "Tensor(sum, shape=(), dtype=int32, symbolic)");
  }

  @Test
  void symbolicTensorsHaveNoNumbersAndSayWhatToDo() {
    Compiled function =
        unary(x -> {
          assertThatThrownBy(() -> x.sum().item())
              .isInstanceOf(IllegalStateException.class)
              .hasMessage(
                  "item: this tensor of shape () is symbolic: inside compile and"
                      + " valueAndGradients there are no numbers yet. Return it from the"
                      + " function and read the result.");
          for (Runnable reading :
              List.<Runnable>of(
                  x::toFloats, x::toDoubles, x::evaluate, () -> Elbo.evaluate(x, x))) {
            assertThatThrownBy(reading::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("symbolic")
                .hasMessageContaining("Return it from the function");
          }
          return x;
        });
    function.call(Tensor.of(1f, 2f));
    assertThat(function.traces()).isEqualTo(1);
  }

  @Test
  void freeTensorsCanBeReadWhileAFunctionIsTraced() {
    Tensor scale = Tensor.of(2f).add(1);
    Compiled function = unary(x -> x.multiply(scale.item()));
    assertThat(function.call(Tensor.of(1f, 2f)).getFirst().toFloats()).containsExactly(3f, 6f);
  }

  @Test
  void freeTensorsUsedInsideAreConstants() {
    Tensor pending = Tensor.of(1f, 2f).square();
    Compiled function = unary(x -> x.add(pending));
    assertThat(function.call(Tensor.of(1f, 1f)).getFirst().toFloats()).containsExactly(2f, 5f);
    assertThat(pending.node().value()).isNotNull();
  }

  @Test
  void aTracedTensorCannotBeUsedAfterItsFunctionReturned() {
    AtomicReference<Tensor> leaked = new AtomicReference<>(Tensor.of(0f));
    Compiled function =
        unary(x -> {
          leaked.set(x.add(1));
          return x;
        });
    function.call(Tensor.of(1f));
    assertThatThrownBy(() -> leaked.get().add(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "add: a traced tensor was used after its compiled function had returned. Return it from"
                + " the function and use the result instead.");
    assertThatThrownBy(() -> unary(x -> leaked.get()).call(Tensor.of(1f)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("compile: a traced tensor was used after its compiled function");
    Variable v = Variable.of("v", Tensor.of(0f));
    assertThatThrownBy(() ->
            unary(
                    x -> {
                      v.assign(leaked.get());
                      return x;
                    })
                .call(Tensor.of(1f)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after its compiled function had returned");
    assertThatThrownBy(() -> v.assign(leaked.get()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("belongs to a compiled function. Return it");
    assertThatThrownBy(() -> Elbo.valueAndGradients(x -> x.getFirst().sum(), leaked.get()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(v.value().toFloats()).containsExactly(0f);
  }

  @Test
  void tensorsOfTwoTracesDoNotMix() throws Exception {
    // Two functions that are being traced at once, by two threads.
    AtomicReference<Tensor> other = new AtomicReference<>(Tensor.of(0f));
    CountDownLatch traced = new CountDownLatch(1);
    CountDownLatch checked = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<List<Tensor>> first =
          pool.submit(() ->
              unary(
                      x -> {
                        other.set(x.add(1));
                        traced.countDown();
                        await(checked);
                        return x;
                      })
                  .call(Tensor.of(1f)));
      await(traced);
      assertThatThrownBy(() -> unary(x -> x.multiply(other.get())).call(Tensor.of(1f)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "multiply: tensors of two different traces met. Pass tensors into a compiled function"
                  + " as arguments instead of keeping them from another one.");
      assertThatThrownBy(() -> unary(x -> other.get()).call(Tensor.of(1f)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("compile: tensors of two different traces met.");
      checked.countDown();
      assertThat(first.get().getFirst().toFloats()).containsExactly(1f);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPlanIsMadeOnceForEachCombinationOfShapesAndTypes() {
    Compiled function = unary(x -> x.square().sum(-1));
    for (int turn = 0; turn < 3; turn++) {
      function.call(Tensor.zeros(Shape.of(4, 2)));
      function.call(Tensor.ones(Shape.of(4, 2)));
      assertThat(function.traces()).isEqualTo(turn == 0 ? 1 : 4);
      function.call(Tensor.ones(Shape.of(2, 4)));
      function.call(Tensor.ones(Shape.of(4, 2), DType.FLOAT64));
      function.call(Tensor.ones(Shape.of(8)));
      assertThat(function.traces()).isEqualTo(4);
    }
  }

  @Test
  void aLearningRateInAVariableOrAnArgumentNeverTracesAgain() {
    Variable rate = Variable.of("learning_rate", Tensor.scalar(1));
    Variable w = Variable.of("w", Tensor.of(100f, 200f));
    Compiled step =
        Elbo.compile(arguments -> {
          w.assign(w.value().subtract(rate.value().multiply(arguments.getFirst())));
          return List.of();
        });
    float expected = 100;
    for (int i = 1; i <= 50; i++) {
      rate.assign(Tensor.scalar(1.0 / i));
      step.call(Tensor.scalar(i % 4));
      expected -= (float) (1.0 / i) * (i % 4);
    }
    assertThat(step.traces()).isEqualTo(1);
    assertThat(w.value().toFloats()[0]).isEqualTo(expected);
  }

  @Test
  void theLeastRecentlyUsedPlansGoBeyondThirtyTwo() {
    Compiled function = unary(x -> x.add(1));
    for (int size = 1; size <= 32; size++) {
      function.call(Tensor.zeros(Shape.of(size)));
    }
    assertThat(function.traces()).isEqualTo(32);
    function.call(Tensor.zeros(Shape.of(1)));
    assertThat(function.traces()).as("the first is still there").isEqualTo(32);
    function.call(Tensor.zeros(Shape.of(33)));
    assertThat(function.traces()).isEqualTo(33);
    function.call(Tensor.zeros(Shape.of(1)));
    assertThat(function.traces()).as("used lately, so kept").isEqualTo(33);
    function.call(Tensor.zeros(Shape.of(2)));
    assertThat(function.traces()).as("the oldest went").isEqualTo(34);
  }

  @Test
  void aPlanThatIsUsedAgainAndAgainIsNotTheOldest() {
    Compiled function = unary(x -> x.add(1));
    for (int size = 1; size <= 32; size++) {
      function.call(Tensor.zeros(Shape.of(size)));
    }
    for (int call = 0; call < 3; call++) {
      function.call(Tensor.zeros(Shape.of(1)));
    }
    for (int size = 33; size <= 40; size++) {
      function.call(Tensor.zeros(Shape.of(size)));
      assertThat(function.call(Tensor.of(1f)).getFirst().toFloats()).containsExactly(2f);
    }
    assertThat(function.traces()).isEqualTo(40);
  }

  @Test
  void numbersInAnArrayAreAnArgumentAndAResult() {
    Compiled function = Elbo.compile(x -> List.of(x.get(0).add(x.get(1)).relu()));
    float[] values = {-3, 1, 2};
    for (int call = 0; call < 3; call++) {
      assertThat(function.callOnArray(values, Shape.of(3), Tensor.of(1f)))
          .containsExactly(0f, 2f, 3f);
    }
    assertThat(values).containsExactly(-3, 1, 2);
    assertThat(function.traces()).isEqualTo(1);
    assertThatThrownBy(() -> function.callOnArray(values, Shape.of(2), Tensor.of(1f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shape (2,) needs 2 values, received 3");
    assertThatThrownBy(() ->
            Elbo.compile(x -> List.of(x.getFirst().greater(0))).callOnArray(values, Shape.of(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a function of one float32 result, received 1 of bool");
  }

  @Test
  void aFunctionThatFailsToTraceIsTracedAgain() {
    Compiled function = unary(x -> x.matmul(Tensor.zeros(Shape.of(3, 1))));
    for (int i = 1; i <= 2; i++) {
      assertThatThrownBy(() -> function.call(Tensor.zeros(Shape.of(2, 2))))
          .hasMessageContaining("matmul");
    }
    assertThat(function.call(Tensor.zeros(Shape.of(2, 3))).getFirst().shape())
        .isEqualTo(Shape.of(2, 1));
  }

  @Test
  void resultsAreNewTensorsAtEachCall() {
    Tensor constant = Tensor.of(1f, 2f);
    Compiled function =
        Elbo.compile(arguments -> {
          Tensor x = arguments.getFirst();
          Tensor y = x.add(1);
          return List.of(x, y, y, constant, y.reshape(2, 1), y.slice(0, 0, 1));
        });
    Tensor argument = Tensor.of(5f, 6f);
    List<Tensor> first = function.call(argument);
    function.call(Tensor.of(0f, 0f));
    assertThat(first.get(0).toFloats()).containsExactly(5f, 6f);
    assertThat(first.get(1).toFloats()).containsExactly(6f, 7f);
    assertThat(first.get(2).toFloats()).containsExactly(6f, 7f);
    assertThat(first.get(3).toFloats()).containsExactly(1f, 2f);
    assertThat(first.get(4).toFloats()).containsExactly(6f, 7f);
    assertThat(first.get(4).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(first.get(5).toFloats()).containsExactly(6f);
  }

  @Test
  void compiledFunctionsInsideOthersBecomePartOfThem() {
    Variable v = Variable.of("v", Tensor.of(1f, 1f));
    Compiled inner =
        Elbo.compile(arguments -> {
          v.assign(v.value().add(arguments.getFirst()));
          return List.of(v.value().multiply(2));
        });
    Compiled outer =
        Elbo.compile(arguments -> {
          Tensor once = inner.call(arguments.getFirst()).getFirst();
          return inner.call(once);
        });
    assertThat(outer.call(Tensor.of(1f, 2f)).getFirst().toFloats()).containsExactly(12f, 18f);
    assertThat(v.value().toFloats()).containsExactly(6f, 9f);
    assertThat(inner.traces()).isZero();
    assertThat(outer.traces()).isEqualTo(1);
  }

  @Test
  void sixteenThreadsGetTheSameBits() throws Exception {
    Variable w = Variable.of("w", Random.normal(Shape.of(300, 257)).seed(1));
    Compiled predict = unary(x -> x.matmul(w.value()).tanh().softmax(-1));
    Tensor x = Random.normal(Shape.of(64, 300)).seed(2).evaluate();
    float[] expected = predict.call(x).getFirst().toFloats();
    CountDownLatch start = new CountDownLatch(1);
    List<Callable<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      callers.add(() -> {
        await(start);
        boolean same = true;
        for (int call = 0; call < 20; call++) {
          same &= java.util.Arrays.equals(predict.call(x).getFirst().toFloats(), expected);
        }
        return same;
      });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      List<Future<Boolean>> results = new ArrayList<>();
      callers.forEach(caller -> results.add(pool.submit(caller)));
      start.countDown();
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
    assertThat(predict.traces()).isEqualTo(1);
  }

  @Test
  void callsThatUpdateWaitForEachOther() throws Exception {
    Variable count = Variable.of("count", Tensor.zeros(Shape.of(1000)));
    Compiled add =
        Elbo.compile(arguments -> {
          count.assign(count.value().add(arguments.getFirst().sum()));
          return List.of();
        });
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int i = 1; i <= 4; i++) {
        // Two shapes, so two plans, update the one variable.
        Tensor ones = Tensor.ones(Shape.of(i % 2 + 1)).evaluate();
        results.add(
            pool.submit(() -> {
              await(start);
              for (int call = 0; call < 200; call++) {
                add.call(ones);
              }
            }));
      }
      start.countDown();
      for (Future<?> result : results) {
        result.get();
      }
    }
    assertThat(count.value().toFloats()).containsOnly(1200f);
  }

  @Test
  void errorsOfACallNameTheLineThatWasTraced() {
    int[] line = new int[1];
    Compiled function =
        Elbo.compile(arguments -> {
          line[0] = thisLine() + 1;
          return List.of(arguments.get(0).gather(arguments.get(1)));
        });
    Tensor x = Tensor.of(1f, 2f);
    assertThat(function.call(x, Tensor.of(1)).getFirst().toFloats()).containsExactly(2f);
    assertThatThrownBy(() -> function.call(x, Tensor.of(7)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("index 7")
        .hasMessageContaining("(CompiledTest.java:" + line[0] + ")");
  }

  /** The line that calls this. */
  private static int thisLine() {
    return StackWalker.getInstance()
        .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
  }

  @Test
  void anEmptyFunctionAndEmptyArgumentsWork() {
    assertThat(Elbo.compile(arguments -> List.of()).call()).isEmpty();
    Compiled function = unary(x -> x.add(1).sum(0));
    assertThat(function.call(Tensor.zeros(Shape.of(0, 3))).getFirst().toFloats())
        .containsExactly(0f, 0f, 0f);
    assertThat(function.call(Tensor.zeros(Shape.of(3, 0))).getFirst().toFloats()).isEmpty();
  }
}
