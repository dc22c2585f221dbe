package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.kernel.Team;
import dev.elbo.tensor.internal.plan.Plan;
import dev.elbo.tensor.internal.plan.PlanOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Plans of one function under several options, and comparison of results bit by bit. */
public final class Plans {
  private Plans() {}

  /** Traces a function of evaluated arguments and plans it. */
  public static Plan of(
      Function<List<Tensor>, List<Tensor>> function, List<Tensor> arguments, PlanOptions options) {
    Trace trace = new Trace();
    List<Tensor> results =
        trace.record(() -> {
          List<Tensor> symbolic = new ArrayList<>();
          for (Tensor argument : arguments) {
            symbolic.add(Tensor.of(trace.argument(argument.shape(), argument.dtype())));
          }
          return function.apply(symbolic);
        });
    return Plan.of(trace, nodes(results), options);
  }

  /** Runs a plan. */
  public static List<Tensor> call(Plan plan, List<Tensor> arguments) {
    return plan.call(nodes(arguments)).stream().map(Tensor::of).toList();
  }

  /** The nodes of some tensors, evaluated if they are free. */
  public static List<Node> nodes(List<Tensor> tensors) {
    List<Node> nodes = new ArrayList<>();
    for (Tensor tensor : tensors) {
      if (!tensor.node().isTraced()) {
        tensor.evaluate();
      }
      nodes.add(tensor.node());
    }
    return nodes;
  }

  /** Runs a function as it runs when compiled and as the oracle does, twice each. */
  public static void assertSameBitsAsOracle(
      String what, Function<List<Tensor>, List<Tensor>> function, List<Tensor> arguments) {
    Plan fast = of(function, arguments, PlanOptions.DEFAULT);
    List<Tensor> expected = call(of(function, arguments, PlanOptions.ORACLE), arguments);
    assertSameBits(what + "\n" + fast, call(fast, arguments), expected);
    // The second run finds the buffers as the first one left them.
    assertSameBits(what + ", second call\n" + fast, call(fast, arguments), expected);
  }

  /** Runs a plan on teams of 1, 2 and 4 threads, twice each. */
  public static void assertSameBitsForAnyTeam(
      Plan plan, List<Tensor> arguments, List<Tensor> expected) {
    for (int threads : new int[] {1, 2, 4}) {
      try (Team team = Team.of(threads)) {
        for (int call = 0; call < 2; call++) {
          List<Tensor> actual = plan.call(nodes(arguments), team).stream().map(Tensor::of).toList();
          assertSameBits(threads + " threads, call " + call + "\n" + plan, actual, expected);
        }
      }
    }
  }

  /** Compares shapes, types and bits; all NaNs are one. */
  public static void assertSameBits(String what, List<Tensor> actual, List<Tensor> expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).shape())
          .as("%s: shape of result %d", what, i)
          .isEqualTo(expected.get(i).shape());
      assertThat(actual.get(i).dtype())
          .as("%s: type of result %d", what, i)
          .isEqualTo(expected.get(i).dtype());
      long[] a = bits(actual.get(i));
      long[] b = bits(expected.get(i));
      int at = Arrays.mismatch(a, b);
      if (at >= 0) {
        throw new AssertionError(
            what
                + ": result "
                + i
                + " of shape "
                + actual.get(i).shape()
                + ": element "
                + at
                + " is "
                + actual.get(i).toDoubles()[at]
                + ", expected "
                + expected.get(i).toDoubles()[at]);
      }
    }
  }

  /** The bits of all elements; all NaNs are one. */
  public static long[] bits(Tensor tensor) {
    double[] values = tensor.toDoubles();
    return switch (tensor.dtype()) {
      case FLOAT64 -> Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
      case FLOAT32 ->
          Arrays.stream(values).mapToLong(x -> Float.floatToIntBits((float) x)).toArray();
      case INT32, BOOL, UINT8 -> Arrays.stream(values).mapToLong(x -> (long) x).toArray();
    };
  }
}
