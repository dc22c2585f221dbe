package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.plan.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Variables: which version a reader sees, inside compiled functions and outside. */
class VariableTest {

  private static Compiled update(Runnable body) {
    return Elbo.compile(arguments -> {
      body.run();
      return List.of();
    });
  }

  @Test
  void aValueReadStaysWhatItWasWhenTheVariableIsAssigned() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Tensor evaluated = v.value();
    assertThat(evaluated.toFloats()).containsExactly(1f, 2f);
    Tensor pending = v.value().multiply(10);
    v.assign(Tensor.of(3f, 4f));
    assertThat(evaluated.toFloats()).containsExactly(1f, 2f);
    assertThat(pending.toFloats()).containsExactly(10f, 20f);
    assertThat(v.value().toFloats()).containsExactly(3f, 4f);
  }

  @Test
  void aValueReadStaysWhatItWasWhenAPlanUpdatesTheVariableInPlace() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Compiled increment = update(() -> v.assign(v.value().add(1)));
    Tensor evaluated = v.value().evaluate();
    Tensor pending = v.value().multiply(10);
    Tensor view = v.value().slice(0, 0, 1);
    increment.call();
    increment.call();
    assertThat(evaluated.toFloats()).containsExactly(1f, 2f);
    assertThat(pending.toFloats()).containsExactly(10f, 20f);
    assertThat(view.toFloats()).containsExactly(1f);
    assertThat(v.value().toFloats()).containsExactly(3f, 4f);
  }

  @Test
  void whatASoftmaxKeepsOfAVariableStaysToo() {
    Variable logits = Variable.of("logits", Tensor.of(new float[] {1, 2}, Shape.of(1, 2)));
    Compiled increment = update(() -> logits.assign(logits.value().multiply(100)));
    Tensor probabilities = logits.value().softmax(-1).evaluate();
    System.gc();
    increment.call();
    Node kept = probabilities.node().kept();
    assertThat(kept).isNotNull();
    assertThat((float[]) Evaluator.evaluate(kept)).containsExactly(1f, 2f);
  }

  @Test
  void readersOnOtherThreadsSeeWholeVersions() throws Exception {
    Variable v = Variable.of("v", Tensor.zeros(Shape.of(200_000)));
    Compiled increment = update(() -> v.assign(v.value().add(1)));
    Compiled copy = Elbo.compile(none -> List.of(v.value().add(0)));
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> readers =
          List.of(
              threads.submit(() -> tornReads(done, () -> v.value().toFloats())),
              threads.submit(() -> tornReads(done, () -> copy.call().getFirst().toFloats())));
      for (int i = 0; i < 2_000; i++) {
        increment.call();
      }
      done.set(true);
      for (Future<Integer> torn : readers) {
        assertThat(torn.get()).isZero();
      }
    }
    assertThat(v.value().toFloats()).containsOnly(2_000f);
  }

  private static int tornReads(AtomicBoolean done, Supplier<float[]> read) {
    int torn = 0;
    while (!done.get()) {
      float[] values = read.get();
      for (float value : values) {
        torn += value == values[0] ? 0 : 1;
      }
    }
    return torn;
  }

  @Test
  void plansOfTwoFunctionsTakeTurnsAtTheirVariables() throws Exception {
    Variable a = Variable.of("a", Tensor.zeros(Shape.of(1_000)));
    Variable b = Variable.of("b", Tensor.zeros(Shape.of(1_000)));
    Compiled forth =
        update(() -> {
          a.assign(a.value().add(1));
          b.assign(b.value().add(1));
        });
    Compiled back =
        update(() -> {
          b.assign(b.value().add(1));
          a.assign(a.value().add(1));
        });
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> runs = new ArrayList<>();
      for (Compiled each : List.of(forth, back)) {
        runs.add(
            threads.submit(() -> {
              for (int i = 0; i < 5_000; i++) {
                each.call();
              }
            }));
      }
      for (Future<?> run : runs) {
        run.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(a.value().toFloats()).containsOnly(10_000f);
    assertThat(b.value().toFloats()).containsOnly(10_000f);
  }

  @Test
  void plansThatReadWhatTheOtherUpdatesDoNotWaitForEachOther() throws Exception {
    Variable a = Variable.of("a", Tensor.zeros(Shape.of(1_000)));
    Variable b = Variable.of("b", Tensor.zeros(Shape.of(1_000)));
    Compiled first = update(() -> a.assign(b.value().add(1)));
    Compiled second = update(() -> b.assign(a.value().add(1)));
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> runs = new ArrayList<>();
      for (Compiled each : List.of(first, second)) {
        runs.add(
            threads.submit(() -> {
              for (int i = 0; i < 20_000; i++) {
                each.call();
              }
            }));
      }
      for (Future<?> run : runs) {
        run.get(60, TimeUnit.SECONDS);
      }
    }
    float[] values = a.value().toFloats();
    assertThat(values).containsOnly(values[0]);
  }

  @Test
  void everyVersionReadBetweenCallsStays() {
    Variable v = Variable.of("v", Tensor.of(0f));
    Compiled increment = update(() -> v.assign(v.value().add(1)));
    List<Tensor> versions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      versions.add(v.value());
      increment.call();
    }
    for (int i = 0; i < 5; i++) {
      assertThat(versions.get(i).toFloats()).containsExactly((float) i);
    }
  }

  @Test
  void anInitialValueIsCopied() {
    Tensor initial = Tensor.of(1f, 2f);
    Variable a = Variable.of("a", initial);
    Variable b = Variable.of("b", initial);
    update(() -> a.assign(a.value().add(1))).call();
    assertThat(initial.toFloats()).containsExactly(1f, 2f);
    assertThat(b.value().toFloats()).containsExactly(1f, 2f);
    assertThat(a.value().toFloats()).containsExactly(2f, 3f);
  }

  @Test
  void theInitialValueMayBeThatOfAnotherVariable() {
    Variable a = Variable.of("a", Tensor.of(1f, 2f));
    Variable b = Variable.of("b", a.value());
    b.assign(a.value());
    update(() -> a.assign(a.value().add(1))).call();
    assertThat(b.value().toFloats()).containsExactly(1f, 2f);
  }

  @Test
  void twoVariablesSwapInOneFunction() {
    Variable a = Variable.of("a", Tensor.of(1f, 2f));
    Variable b = Variable.of("b", Tensor.of(3f, 4f));
    Compiled swap =
        update(() -> {
          Tensor oldA = a.value();
          a.assign(b.value());
          b.assign(oldA);
        });
    swap.call();
    assertThat(a.value().toFloats()).containsExactly(3f, 4f);
    assertThat(b.value().toFloats()).containsExactly(1f, 2f);
    swap.call();
    assertThat(a.value().toFloats()).containsExactly(1f, 2f);
    assertThat(b.value().toFloats()).containsExactly(3f, 4f);
  }

  @Test
  void threeVariablesRotateWithArithmetic() {
    Variable a = Variable.of("a", Tensor.of(1f));
    Variable b = Variable.of("b", Tensor.of(10f));
    Variable c = Variable.of("c", Tensor.of(100f));
    update(
            () -> {
              Tensor oldA = a.value();
              a.assign(b.value().add(1));
              b.assign(c.value().add(1));
              c.assign(oldA.add(1));
            })
        .call();
    assertThat(a.value().item()).isEqualTo(11);
    assertThat(b.value().item()).isEqualTo(101);
    assertThat(c.value().item()).isEqualTo(2);
  }

  @Test
  void aVariableOfOneElementIsReadAsANumber() {
    Variable v = Variable.of("v", Tensor.of(1f));
    Compiled doubled =
        Elbo.compile(arguments -> {
          v.assign(v.value().multiply(2));
          return List.of();
        });
    doubled.call();
    assertThat(v.item()).isEqualTo(2);
    assertThat(Variable.of("n", Tensor.of(7)).item()).isEqualTo(7);
    Variable two = Variable.of("two", Tensor.of(1f, 2f));
    assertThatThrownBy(two::item).isInstanceOf(IllegalStateException.class);
    Compiled symbolic = Elbo.compile(arguments -> List.of(Tensor.scalar(v.item())));
    assertThatThrownBy(symbolic::call).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readingAfterAssigningGivesTheNewValueWithinAFunction() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Compiled function =
        Elbo.compile(arguments -> {
          Tensor before = v.value();
          v.assign(v.value().multiply(10));
          Tensor between = v.value().add(1);
          v.assign(v.value().add(5));
          return List.of(before, between, v.value());
        });
    List<Tensor> results = function.call();
    assertThat(results.get(0).toFloats()).containsExactly(1f, 2f);
    assertThat(results.get(1).toFloats()).containsExactly(11f, 21f);
    assertThat(results.get(2).toFloats()).containsExactly(15f, 25f);
    assertThat(v.value().toFloats()).containsExactly(15f, 25f);
  }

  @Test
  void theOldValueCanBeReturnedByTheFunctionThatUpdates() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Compiled postIncrement =
        Elbo.compile(arguments -> {
          Tensor old = v.value();
          v.assign(old.add(arguments.getFirst()));
          return List.of(old);
        });
    Tensor first = postIncrement.call(Tensor.of(1f, 1f)).getFirst();
    Tensor second = postIncrement.call(Tensor.of(1f, 1f)).getFirst();
    assertThat(first.toFloats()).containsExactly(1f, 2f);
    assertThat(second.toFloats()).containsExactly(2f, 3f);
    assertThat(v.value().toFloats()).containsExactly(3f, 4f);
  }

  @Test
  void theNewValueCanBeReturnedTooAndStays() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Compiled preIncrement =
        Elbo.compile(arguments -> {
          v.assign(v.value().add(1));
          return List.of(v.value(), v.value());
        });
    List<Tensor> first = preIncrement.call();
    preIncrement.call();
    assertThat(first.get(0).toFloats()).containsExactly(2f, 3f);
    assertThat(first.get(1).toFloats()).containsExactly(2f, 3f);
  }

  @Test
  void anArgumentMayBeTheVariableThatIsUpdated() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Compiled addTo =
        Elbo.compile(arguments -> {
          v.assign(v.value().multiply(10).add(arguments.getFirst()));
          // Reads the argument once more, after the update has been written.
          return List.of(v.value().multiply(arguments.getFirst()).sum());
        });
    Tensor argument = v.value();
    Tensor result = addTo.call(argument).getFirst();
    assertThat(v.value().toFloats()).containsExactly(11f, 22f);
    assertThat(result.item()).isEqualTo(11 + 44);
    assertThat(argument.toFloats()).containsExactly(1f, 2f);
  }

  @Test
  void aValueReadOutsideAndUsedInsideIsAConstantOfTheFunction() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Tensor captured = v.value();
    Compiled function =
        Elbo.compile(arguments -> {
          v.assign(v.value().add(captured));
          return List.of(captured.multiply(1000));
        });
    function.call();
    function.call();
    assertThat(v.value().toFloats()).containsExactly(3f, 6f);
    assertThat(function.call().getFirst().toFloats()).containsExactly(1000f, 2000f);
  }

  @Test
  void aScalarReadOutsideIsAConstantToo() {
    Variable v = Variable.of("v", Tensor.scalar(2));
    Tensor captured = v.value();
    Compiled function =
        Elbo.compile(arguments -> {
          v.assign(v.value().multiply(captured));
          return List.of();
        });
    function.call();
    function.call();
    assertThat(v.value().item()).isEqualTo(8);
  }

  @Test
  void twoVariablesMayTakeOneValue() {
    Variable a = Variable.of("a", Tensor.of(1f, 2f));
    Variable b = Variable.of("b", Tensor.of(3f, 4f));
    Compiled function =
        Elbo.compile(arguments -> {
          Tensor sum = a.value().add(b.value());
          a.assign(sum);
          b.assign(sum);
          return List.of(sum);
        });
    Tensor sum = function.call().getFirst();
    assertThat(sum.toFloats()).containsExactly(4f, 6f);
    function.call();
    assertThat(sum.toFloats()).containsExactly(4f, 6f);
    assertThat(a.value().toFloats()).containsExactly(8f, 12f);
    a.assign(Tensor.of(0f, 0f));
    assertThat(b.value().toFloats()).containsExactly(8f, 12f);
  }

  @Test
  void aVariableMayBecomeAnArgumentOrAConstant() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Variable w = Variable.of("w", Tensor.of(1f, 2f));
    Tensor constant = Tensor.of(7f, 8f);
    Compiled function =
        Elbo.compile(arguments -> {
          v.assign(arguments.getFirst());
          w.assign(constant);
          return List.of();
        });
    Tensor argument = Tensor.of(5f, 6f);
    function.call(argument);
    Compiled increment =
        update(() -> {
          v.assign(v.value().add(1));
          w.assign(w.value().add(1));
        });
    increment.call();
    assertThat(argument.toFloats()).containsExactly(5f, 6f);
    assertThat(constant.toFloats()).containsExactly(7f, 8f);
    assertThat(v.value().toFloats()).containsExactly(6f, 7f);
    assertThat(w.value().toFloats()).containsExactly(8f, 9f);
  }

  @Test
  void anUpdateMayMixElementsOfTheVariable() {
    Variable v = Variable.of("v", Tensor.arange(0, 6, 1, DType.FLOAT32).reshape(2, 3));
    Compiled function =
        update(() -> v.assign(v.value().flip().add(v.value().sum(new int[] {0}, true))));
    function.call();
    assertThat(v.value().toFloats()).containsExactly(8f, 9f, 10f, 5f, 6f, 7f);
  }

  @Test
  void aFailedCallLeavesThePlanUsable() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Compiled function =
        Elbo.compile(arguments -> {
          Tensor picked = v.value().gather(arguments.getFirst());
          v.assign(v.value().add(1));
          return List.of(picked);
        });
    assertThatThrownBy(() -> function.call(Tensor.of(2)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("index 2");
    assertThat(v.value().toFloats()).containsExactly(1f, 2f);
    assertThat(function.call(Tensor.of(1)).getFirst().toFloats()).containsExactly(2f);
    assertThat(v.value().toFloats()).containsExactly(2f, 3f);
  }

  @Test
  void aCallThatFailsAfterItsUpdatesHasMadeNone() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Variable w = Variable.of("w", Tensor.of(10f, 20f));
    Tensor table = Tensor.of(5f, 6f, 7f);
    Compiled function =
        Elbo.compile(arguments -> {
          v.assign(v.value().add(1));
          w.assign(w.value().add(table.gather(arguments.getFirst()).sum()));
          return List.of();
        });
    assertThatThrownBy(() -> function.call(Tensor.of(0, 3)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("index 3");
    assertThat(v.value().toFloats()).containsExactly(1f, 2f);
    assertThat(w.value().toFloats()).containsExactly(10f, 20f);
    function.call(Tensor.of(0, 2));
    assertThat(v.value().toFloats()).containsExactly(2f, 3f);
    assertThat(w.value().toFloats()).containsExactly(22f, 32f);
  }

  @Test
  void aCallWhoseNewValuesAreNotFiniteKeepsTheOld() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Variable w = Variable.of("w", Tensor.of(10f, 20f));
    Compiled function =
        Elbo.compile(arguments -> {
          v.assign(v.value().divide(arguments.getFirst()));
          w.assign(w.value().add(v.value().checkFinite("v").sum()));
          return List.of();
        });
    assertThatThrownBy(() -> function.call(Tensor.of(0f)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("v, checked at");
    assertThat(v.value().toFloats()).containsExactly(1f, 2f);
    assertThat(w.value().toFloats()).containsExactly(10f, 20f);
    function.call(Tensor.of(0.5f));
    assertThat(v.value().toFloats()).containsExactly(2f, 4f);
    assertThat(w.value().toFloats()).containsExactly(16f, 26f);
  }

  @Test
  void aVariableTakesNothingFromAnOperationThatFails() {
    Variable v = Variable.of("v", Tensor.of(1f, 2f));
    Variable w = Variable.of("w", Tensor.of(1f, 2f));
    Compiled picks =
        Elbo.compile(arguments -> {
          v.assign(arguments.getFirst().gather(arguments.getLast()));
          return List.of();
        });
    Compiled checks =
        Elbo.compile(arguments -> {
          w.assign(arguments.getFirst().checkFinite("the argument"));
          return List.of();
        });
    assertThatThrownBy(() -> picks.call(Tensor.of(8f, 9f), Tensor.of(1, 2)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(v.value().toFloats()).containsExactly(1f, 2f);
    assertThatThrownBy(() -> checks.call(Tensor.of(3f, Float.NaN)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(w.value().toFloats()).containsExactly(1f, 2f);
    picks.call(Tensor.of(8f, 9f), Tensor.of(1, 0));
    assertThat(v.value().toFloats()).containsExactly(9f, 8f);
  }

  @Test
  void itsDescriptionTellsNameShapeAndType() {
    assertThat(Variable.of("kernel", Tensor.zeros(Shape.of(2, 3))))
        .hasToString("Variable(name='kernel', shape=(2, 3), dtype=float32)");
  }

  @Test
  void assigningAnotherShapeOrTypeIsRefused() {
    Variable v = Variable.of("kernel", Tensor.zeros(Shape.of(2, 3)));
    assertThatThrownBy(() -> v.assign(Tensor.zeros(Shape.of(3, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Variable 'kernel': expected a value of shape (2, 3) float32, received (3, 2) float32."
                + " Reshape or cast it first.");
    assertThatThrownBy(() -> v.assign(Tensor.zeros(Shape.of(2, 3), DType.FLOAT64)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Variable 'kernel': expected a value of shape (2, 3) float32, received (2, 3) float64."
                + " Reshape or cast it first.");
  }

  @Test
  void aVariableCannotStartAsSomethingSymbolic() {
    Compiled function =
        Elbo.compile(arguments -> {
          Variable.of("w", arguments.getFirst());
          return List.of();
        });
    assertThatThrownBy(() -> function.call(Tensor.of(1f)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Variable 'w': the initial value is symbolic. Create variables outside compiled"
                + " functions.");
  }
}
