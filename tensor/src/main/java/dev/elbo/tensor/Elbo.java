package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Gradients;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Scope;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.plan.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Compiled functions and gradients: the two things that need to see a whole computation. */
public final class Elbo {
  private Elbo() {}

  /**
   * Makes a function fast. It is traced once for each combination of argument shapes and types; the
   * trace becomes a plan that is fused, given its memory, and replayed. Variables that the function
   * assigns are updated at each call. Java code in the function runs only while it is traced.
   */
  public static Compiled compile(Function<List<Tensor>, List<Tensor>> function) {
    return new Compiled(function);
  }

  /**
   * The value of a scalar objective and its gradients with respect to some variables. Inside a
   * compiled function the results are symbolic; elsewhere they are computed at once, and whoever
   * needs them again and again compiles the function around this call.
   */
  public static ValueAndGradients valueAndGradients(
      Supplier<Tensor> objective, List<Variable> variables) {
    return Trace.current()
        .map(trace -> {
          List<Tensor> sources =
              variables.stream().map(variable -> Tensor.of(trace.read(variable.cell()))).toList();
          Tensor value = objective.get();
          List<Tensor> gradients = Gradients.of(value, sources);
          trace.differentiated(gradients.stream().map(Tensor::node).toList());
          return new ValueAndGradients(value, gradients);
        })
        .orElseGet(
            () -> split(Compiled.callOnce(none -> join(valueAndGradients(objective, variables)))));
  }

  /**
   * The value of a scalar objective and its gradients with respect to its arguments. Inside a
   * compiled function the results are symbolic; elsewhere they are computed at once.
   */
  public static ValueAndGradients valueAndGradients(
      Function<List<Tensor>, Tensor> objective, Tensor... arguments) {
    Optional<Trace> trace = Trace.current();
    if (trace.isPresent()) {
      // A copy of each argument, so that the gradient stops at this function's door.
      List<Tensor> sources = new ArrayList<>();
      for (Tensor argument : arguments) {
        sources.add(Gradients.source(trace.get(), argument));
      }
      Tensor value = objective.apply(sources);
      return new ValueAndGradients(value, Gradients.of(value, sources));
    }
    return split(
        Compiled.callOnce(
            inputs -> join(valueAndGradients(objective, inputs.toArray(Tensor[]::new))),
            arguments));
  }

  /**
   * Runs what a place of a model computes, such as a layer: its tensors, and their gradients, know
   * the place.
   *
   * @param place what errors call it: {@code Dense 'dense_1'}
   */
  public static <T> T within(String place, Supplier<T> body) {
    return Scope.within(place, body);
  }

  /** Computes several tensors together, sharing what they have in common. */
  public static void evaluate(Tensor... tensors) {
    List<Node> nodes = new ArrayList<>();
    for (Tensor tensor : tensors) {
      nodes.add(tensor.node());
    }
    Evaluator.evaluate(nodes);
  }

  private static List<Tensor> join(ValueAndGradients result) {
    List<Tensor> all = new ArrayList<>();
    all.add(result.value());
    all.addAll(result.gradients());
    return all;
  }

  private static ValueAndGradients split(List<Tensor> all) {
    return new ValueAndGradients(all.getFirst(), all.subList(1, all.size()));
  }
}
