package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Plans;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole training step as one plan: its bits, whatever fuses and whoever runs it; its passes. */
class TrainingStepTest {
  private static final int STEPS = 20;

  /** Losses and variables of some steps. */
  private static List<Tensor> train(
      int batch, MlpStep step, PlanOptions options, Team team, int steps) {
    Plan plan = Plans.of(step::run, step.batch(batch, 0), options);
    List<Tensor> seen = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      plan.call(Plans.nodes(step.batch(batch, i)), team).forEach(node -> seen.add(Tensor.of(node)));
    }
    step.variables().forEach(variable -> seen.add(variable.value()));
    return seen;
  }

  @ParameterizedTest
  @CsvSource({
    "32, 784, 128, 10",
    "1, 31, 257, 10",
    "7, 257, 31, 1",
    "33, 1025, 10, 31",
    "7, 1, 1, 10",
    "33, 10, 1025, 257",
    "1, 1025, 1025, 2"
  })
  void fusedStepsGiveTheBitsOfTheOracleForAnyTeam(int batch, int inputs, int hidden, int classes) {
    try (Team one = Team.of(1);
        Team two = Team.of(2);
        Team three = Team.of(3)) {
      List<Tensor> expected =
          train(batch, new MlpStep(inputs, hidden, classes), PlanOptions.ORACLE, one, STEPS);
      assertThat(expected.getFirst().item()).isFinite();
      for (Team team : List.of(one, two, three)) {
        Plans.assertSameBits(
            "team of " + team.size(),
            train(batch, new MlpStep(inputs, hidden, classes), PlanOptions.DEFAULT, team, STEPS),
            expected);
      }
    }
  }

  @Test
  void aStepOutsideOfPlansGivesTheSameBits() {
    MlpStep planned = new MlpStep(31, 33, 10);
    MlpStep free = new MlpStep(31, 33, 10);
    Plan plan = Plans.of(x -> List.of(planned.train(x)), planned.batch(7, 0), PlanOptions.DEFAULT);
    for (int i = 0; i < 3; i++) {
      List<Tensor> batch = free.batch(7, i);
      Plans.assertSameBits(
          "loss of step " + i, Plans.call(plan, batch), List.of(free.train(batch)));
      Plans.assertSameBits(
          "variables after step " + i,
          planned.variables().stream().map(Variable::value).toList(),
          free.variables().stream().map(Variable::value).toList());
    }
  }

  @Test
  void trainingLearns() {
    MlpStep step = new MlpStep(20, 16, 4);
    Plan plan = Plans.of(step::run, step.batch(16, 0), PlanOptions.DEFAULT);
    List<Tensor> batch = step.batch(16, 0);
    double first = Plans.call(plan, batch).getFirst().item();
    double last = first;
    for (int i = 0; i < 300; i++) {
      last = Plans.call(plan, batch).getFirst().item();
    }
    assertThat(last).isLessThan(0.6 * first);
  }

  /**
   * The lecture's model. What passes over 1,024 elements or more: the mask; each of the five
   * products, the first with bias, relu and dropout, the two that make kernel gradients with all of
   * Adam; the penalty; the gradient through dropout and relu with that of the bias.
   */
  @Test
  void aStepOfTheLecturesModelPassesOverMemoryEightTimes() {
    MlpStep step = new MlpStep(784, 128, 10);
    Plan plan = Plans.of(step::run, step.batch(32, 0), PlanOptions.DEFAULT);
    assertThat(plan.describe()).as(plan.toString()).hasSize(plan.steps());
    List<String> lines =
        plan.describe().stream()
            .flatMap(line -> Stream.of(line.replace("hand in hand: ", "").split("; ")))
            .toList();
    assertThat(lines).as(plan.toString()).hasSizeLessThanOrEqualTo(20);
    List<String> large = lines.stream().filter(TrainingStepTest::isLarge).toList();
    assertThat(large).as(plan.toString()).hasSize(8);
    assertThat(large.stream().filter(line -> line.startsWith("matMul"))).hasSize(5);
    List<String> overTheKernel = large.stream().filter(line -> line.contains("100352")).toList();
    assertThat(overTheKernel).hasSize(2);
    assertThat(overTheKernel.get(0)).contains("abs sum");
    assertThat(overTheKernel.get(1)).startsWith("matMul").contains("sqrt add divide subtract");
    assertThat(large.stream().filter(line -> line.contains("relu")).toList())
        .singleElement()
        .asString()
        .startsWith("matMul")
        .contains("4096: add relu multiply multiply");
    assertThat(large.stream().filter(line -> line.contains("1280")).toList())
        .singleElement()
        .asString()
        .startsWith("matMul")
        .contains("sqrt add divide subtract");
    // All of Adam is one loop, that of the penalised kernel too: it fits, since what is updated in
    // place is one array.
    assertThat(lines.stream().filter(line -> line.contains("sqrt")))
        .isNotEmpty()
        .noneMatch(line -> line.contains(" loops of "));
    // The counter of the steps is raised by the loop that takes powers of it, tile by tile.
    assertThat(plan.copies()).as("variables that are not updated in place").isOne();
    // The memory of a step: a few times the hidden activations, nothing of the kernel's size.
    assertThat(plan.temporaryElements()).isLessThan(2 * 100_352L);
  }

  /** The class numbers, which the labels are compared with, are the one array there is. */
  @Test
  void aNumberInAFunctionStaysANumber() {
    MlpStep step = new MlpStep(784, 128, 10);
    Plan plan = Plans.of(step::run, step.batch(32, 0), PlanOptions.DEFAULT);
    assertThat(plan.constants()).contains(Shape.scalar());
    assertThat(plan.constants().stream().filter(shape -> shape.size() > 1))
        .containsExactly(Shape.of(10));
  }

  private static boolean isLarge(String line) {
    Matcher sizes = Pattern.compile("of (\\d+)").matcher(line);
    boolean large = line.startsWith("matMul") || line.startsWith("random");
    while (sizes.find()) {
      large |= Long.parseLong(sizes.group(1)) >= 1024;
    }
    return large;
  }
}
