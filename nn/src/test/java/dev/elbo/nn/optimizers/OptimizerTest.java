package dev.elbo.nn.optimizers;

import static dev.elbo.nn.internal.Numbers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Defaults, special cases that make two optimizers one, clipping, and the messages of errors. */
final class OptimizerTest {

  /** The weight after some steps with seeded gradients. */
  private static Tensor after(Optimizer optimizer, int steps) {
    Variable weight = Variable.of("w", Random.normal(Shape.of(7)).seed(1));
    for (int i = 0; i < steps; i++) {
      optimizer.apply(List.of(weight), List.of(Random.normal(Shape.of(7)).stddev(3).seed(100 + i)));
    }
    return weight.value();
  }

  @Test
  void defaultsAreKeras() {
    assertThat(SGD.of().config())
        .containsEntry("learningRate", 0.01)
        .containsEntry("momentum", 0.0)
        .containsEntry("nesterov", false);
    assertThat(RMSprop.of().config())
        .containsEntry("learningRate", 0.001)
        .containsEntry("rho", 0.9)
        .containsEntry("momentum", 0.0)
        .containsEntry("epsilon", 1e-7)
        .containsEntry("centered", false);
    assertThat(Adam.of().config())
        .containsEntry("learningRate", 0.001)
        .containsEntry("beta1", 0.9)
        .containsEntry("beta2", 0.999)
        .containsEntry("epsilon", 1e-7)
        .containsEntry("amsgrad", false)
        .containsEntry("weightDecay", 0.0);
    assertThat(AdamW.of().config()).containsEntry("weightDecay", 0.004);
  }

  @Test
  void adamWWithoutDecayIsAdam() {
    assertSame(after(AdamW.of().weightDecay(0), 5), after(Adam.of(), 5));
  }

  @Test
  void adamWithDecayIsAdamW() {
    assertSame(after(Adam.of().weightDecay(0.004), 5), after(AdamW.of(), 5));
  }

  @Test
  void sgdWithoutMomentumIsPlain() {
    assertSame(after(SGD.of().momentum(0).nesterov(true), 5), after(SGD.of(), 5));
    assertThat(SGD.of().momentum(0).slotNames()).isEmpty();
  }

  @Test
  void adamWithoutMemoryFollowsTheSign() {
    // beta1 = beta2 = 0: m = g, v = g^2 and alpha is the learning rate.
    Variable weight = Variable.of("w", Tensor.of(1f, 1f, 1f));
    Adam.of().beta1(0).beta2(0).apply(List.of(weight), List.of(Tensor.of(50f, -0.01f, 0f)));
    assertThat(weight.value().toFloats())
        .containsExactly(new float[] {0.999f, 1.001f, 1f}, within(2e-7f));
  }

  @Test
  void adamWithoutMomentumIsRmspropWithItsBiasTakenOut() {
    // With beta1 = 0 and no epsilon, Adam divides by the root of v / (1 - beta2^t).
    Tensor adam = after(Adam.of().beta1(0).beta2(0.9).epsilon(0), 1);
    Tensor start = Random.normal(Shape.of(7)).seed(1);
    Tensor rmsprop = after(RMSprop.of().epsilon(0), 1);
    Tensor ratio = start.subtract(rmsprop).divide(start.subtract(adam));
    for (double value : ratio.toDoubles()) {
      assertThat(value).isEqualTo(Math.sqrt(10), within(1e-2));
    }
  }

  @Test
  void firstStepOfAdamIsTheLearningRate() {
    Variable weight = Variable.of("w", Tensor.of(0f, 0f, 0f));
    Adam.of().apply(List.of(weight), List.of(Tensor.of(1000f, -0.1f, 3f)));
    assertThat(weight.value().toFloats())
        .containsExactly(new float[] {-0.001f, 0.001f, -0.001f}, within(1e-7f));
  }

  @Test
  void clippingThatNeverBitesChangesNothing() {
    Tensor plain = after(SGD.of(), 3);
    assertSame(after(SGD.of().clipValue(1000), 3), plain);
    assertSame(after(SGD.of().clipNorm(1000), 3), plain);
    assertSame(after(SGD.of().globalClipNorm(1000), 3), plain);
  }

  @Test
  void clippingBoundsTheStep() {
    List<Variable> weights =
        List.of(Variable.of("a", Tensor.of(0f, 0f)), Variable.of("b", Tensor.of(0f)));
    List<Tensor> gradients = List.of(Tensor.of(3f, -4f), Tensor.of(12f));
    SGD.of().learningRate(1).clipNorm(1).apply(weights, gradients);
    assertThat(weights.get(0).value().toFloats())
        .containsExactly(new float[] {-0.6f, 0.8f}, within(1e-6f));
    assertThat(weights.get(1).value().item()).isEqualTo(-1, within(1e-6));

    weights.get(0).assign(Tensor.of(0f, 0f));
    weights.get(1).assign(Tensor.of(0f));
    SGD.of().learningRate(1).globalClipNorm(1.3).apply(weights, gradients);
    assertThat(weights.get(0).value().toFloats())
        .containsExactly(new float[] {-0.3f, 0.4f}, within(1e-6f));
    assertThat(weights.get(1).value().item()).isEqualTo(-1.2, within(1e-6));
  }

  @Test
  void aGradientOfZerosIsClippedToZeros() {
    Variable weight = Variable.of("w", Tensor.of(1f, 2f));
    SGD.of().clipNorm(1).apply(List.of(weight), List.of(Tensor.of(0f, 0f)));
    assertThat(weight.value().toFloats()).containsExactly(1, 2);
  }

  @Test
  void weightsThatAreFrozenLaterKeepTheirSlots() {
    Variable a = Variable.of("a", Tensor.of(1f));
    Variable b = Variable.of("b", Tensor.of(1f));
    Adam optimizer = Adam.of();
    optimizer.build(List.of(a, b));
    int owned = optimizer.variables().size();
    optimizer.apply(List.of(b), List.of(Tensor.of(1f)));
    assertThat(optimizer.variables()).hasSize(owned);
    assertThat(a.value().item()).isEqualTo(1);
    assertThat(b.value().item()).isLessThan(1);
  }

  @Test
  void slotsMayBeMadeWhileTracing() {
    Variable weight = Variable.of("w", Tensor.of(1f, 2f));
    Adam optimizer = Adam.of();
    Compiled step =
        Elbo.compile(inputs -> {
          optimizer.apply(List.of(weight), inputs);
          return List.of();
        });
    step.call(Tensor.of(1f, 1f));
    step.call(Tensor.of(1f, 1f));
    assertThat(weight.value().toFloats())
        .containsExactly(new float[] {0.998f, 1.998f}, within(1e-5f));
  }

  @Test
  void wideBiasCorrectionsKeepTheirDigits() {
    // In float32 1 - 0.999^1 would be off by 1e-5 of itself.
    Variable weight = Variable.of("w", Tensor.of(new double[] {0}, Shape.of(1)));
    Adam.of().epsilon(0).apply(List.of(weight), List.of(Tensor.of(new double[] {2}, Shape.of(1))));
    assertThat(weight.value().item()).isEqualTo(-(double) 0.001f, within(1e-17));
  }

  @Test
  void aWithErLeavesTheOriginalAlone() {
    Adam original = Adam.of();
    Adam changed = original.learningRate(0.5).amsgrad(true).clipNorm(2).beta1(0.5);
    assertThat(original.config()).isEqualTo(Adam.of().config());
    assertThat(changed.config())
        .containsEntry("learningRate", 0.5)
        .containsEntry("amsgrad", true)
        .containsEntry("clipNorm", 2.0)
        .containsEntry("beta1", 0.5);
    assertThat(changed.learningRate().value().item()).isEqualTo(0.5);
  }

  /** An update of a large weight is one pass over memory, however many operations it has. */
  @Test
  void anUpdateIsOnePass() {
    for (Optimizer optimizer :
        List.of(
            SGD.of().momentum(0.9).nesterov(true),
            RMSprop.of().momentum(0.9),
            Adam.of(),
            AdamW.of())) {
      Variable weight = Variable.of("w", Tensor.zeros(Shape.of(100, 100)));
      optimizer.build(List.of(weight));
      Compiled step =
          Elbo.compile(inputs -> {
            optimizer.apply(List.of(weight), inputs);
            return List.of();
          });
      String plan = String.join("\n", step.describe(Tensor.zeros(Shape.of(100, 100))));
      List<String> passes = new ArrayList<>();
      for (String line : plan.lines().toList()) {
        if (line.contains("(100, 100)") || line.contains("10000")) {
          passes.add(line);
        }
      }
      assertThat(passes).as(optimizer + "\n" + plan).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void whatIsRememberedOfAGradientThatIsGoneNeverIsSubnormal(DType dtype) {
    for (Optimizer optimizer :
        List.of(
            SGD.of().momentum(0.9),
            RMSprop.of().momentum(0.8).centered(true),
            Adam.of().beta2(0.99))) {
      Variable weight = Variable.of("w", Tensor.ones(Shape.of(3)).cast(dtype));
      optimizer.build(List.of(weight));
      Compiled step =
          Elbo.compile(inputs -> {
            optimizer.apply(List.of(weight), inputs);
            return List.of();
          });
      step.call(Tensor.of(1f, -1e-3f, 1e-8f).cast(dtype));
      Tensor none = Tensor.zeros(Shape.of(3)).cast(dtype).evaluate();
      double normal = dtype == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
      int steps = dtype == DType.FLOAT32 ? 8_000 : 70_000;
      for (int i = 0; i < steps; i++) {
        step.call(none);
        for (Variable slot : optimizer.variables().subList(2, optimizer.variables().size())) {
          for (double value : slot.value().toDoubles()) {
            if (value != 0 && Math.abs(value) < normal) {
              fail(slot.name() + " of " + optimizer + ": " + value);
            }
          }
        }
      }
      double most = dtype == DType.FLOAT32 ? 1e-28 : 1e-280;
      for (Variable slot : optimizer.variables().subList(2, optimizer.variables().size())) {
        for (double value : slot.value().toDoubles()) {
          assertThat(Math.abs(value)).as(slot.name()).isLessThan(most);
        }
      }
    }
  }

  @Test
  void errorsNameTheRemedy() {
    assertThatThrownBy(() -> Adam.of().clipNorm(1).clipValue(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Optimizer: expected one of clipNorm, clipValue and globalClipNorm, received two of"
                + " them. Keep one.");
    assertThatThrownBy(() -> SGD.of().learningRate(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Optimizer: expected learningRate to be a finite number of 0 or more, received -1.0.");
    assertThatThrownBy(() -> SGD.of().momentum(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Optimizer: expected momentum to be 0 or more and below 1, received 1.0.");
    assertThatThrownBy(() -> SGD.of().clipNorm(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Optimizer: expected clipNorm to be a finite number above 0, received 0.0.");
  }
}
