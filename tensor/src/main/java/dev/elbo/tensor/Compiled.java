package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.plan.Evaluator;
import dev.elbo.tensor.internal.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A function that is traced once for each combination of argument shapes and types and then
 * replayed as a plan. Made by {@link Elbo#compile}. Safe for use by several threads; calls that
 * update variables wait for each other.
 */
public final class Compiled {
  /** Plans kept; the least recently used one goes first. */
  private static final int MAX_PLANS = 32;

  private record Argument(Shape shape, DType dtype) {}

  private final Function<List<Tensor>, List<Tensor>> function;
  private final Map<List<Argument>, Plan> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Argument>, Plan> eldest) {
          return size() > MAX_PLANS;
        }
      };
  private final Object updating = new Object();
  private int traces;

  Compiled(Function<List<Tensor>, List<Tensor>> function) {
    this.function = function;
  }

  /**
   * Runs the function. Inside another compiled function it becomes part of that one.
   *
   * @return the function's results, new tensors
   */
  public List<Tensor> call(Tensor... arguments) {
    if (Trace.current().isPresent()) {
      return function.apply(List.of(arguments));
    }
    List<Argument> key = new ArrayList<>(arguments.length);
    for (Tensor argument : arguments) {
      key.add(new Argument(argument.shape(), argument.dtype()));
    }
    Plan plan;
    synchronized (this) {
      Plan known = plans.get(key);
      if (known == null) {
        known = trace(key);
        plans.put(key, known);
      }
      plan = known;
    }
    List<Node> nodes = new ArrayList<>(arguments.length);
    for (Tensor argument : arguments) {
      Evaluator.evaluate(argument.node());
      nodes.add(argument.node());
    }
    List<Tensor> results = new ArrayList<>();
    for (Node result : run(plan, nodes)) {
      results.add(Tensor.of(result));
    }
    return results;
  }

  private List<Node> run(Plan plan, List<Node> arguments) {
    if (!plan.updatesVariables()) {
      return plan.call(arguments);
    }
    // Plans for other shapes update the same variables.
    synchronized (updating) {
      return plan.call(arguments);
    }
  }

  /** How often the function has been traced. */
  public synchronized int traces() {
    return traces;
  }

  /** The plan for some arguments: its steps, one a line, for reading and for tests. */
  public synchronized Plan plan(Tensor... arguments) {
    List<Argument> key = new ArrayList<>();
    for (Tensor argument : arguments) {
      key.add(new Argument(argument.shape(), argument.dtype()));
    }
    return plans.computeIfAbsent(key, this::trace);
  }

  private Plan trace(List<Argument> key) {
    traces++;
    Trace trace = new Trace();
    List<Tensor> results =
        trace.record(() -> {
          List<Tensor> arguments = new ArrayList<>();
          for (Argument argument : key) {
            arguments.add(Tensor.of(trace.argument(argument.shape(), argument.dtype())));
          }
          List<Tensor> made = function.apply(List.copyOf(arguments));
          for (Tensor result : made) {
            result.node().requireUsableIn(trace, "compile");
          }
          return made;
        });
    return Plan.of(trace, results.stream().map(Tensor::node).toList());
  }
}
