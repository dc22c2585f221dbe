package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.plan.Evaluator;
import dev.elbo.tensor.internal.plan.WarmingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** A plan and what it takes. */
  private record Known(List<Argument> key, WarmingPlan plan) {
    boolean takes(Tensor... arguments) {
      if (arguments.length != key.size()) {
        return false;
      }
      for (int i = 0; i < arguments.length; i++) {
        Argument argument = key.get(i);
        if (arguments[i].dtype() != argument.dtype
            || !arguments[i].shape().equals(argument.shape)) {
          return false;
        }
      }
      return true;
    }
  }

  private final Function<List<Tensor>, List<Tensor>> function;
  private final Map<List<Argument>, WarmingPlan> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Argument>, WarmingPlan> eldest) {
          return size() > MAX_PLANS;
        }
      };
  private int traces;

  /** The plan that was used last, which most calls use again: found without a key or a lock. */
  private volatile Optional<Known> last = Optional.empty();

  Compiled(Function<List<Tensor>, List<Tensor>> function) {
    this.function = function;
  }

  /**
   * Runs the function. Inside another compiled function it becomes part of that one.
   *
   * @return the function's results, new tensors
   */
  public List<Tensor> call(Tensor... arguments) {
    return call(/* lent= */ false, arguments);
  }

  private List<Tensor> call(boolean lent, Tensor... arguments) {
    if (Trace.current().isPresent()) {
      return function.apply(List.of(arguments));
    }
    WarmingPlan plan = plan(arguments);
    List<Node> nodes = evaluated(arguments);
    return tensors(lent ? plan.callOnLent(nodes) : plan.call(nodes));
  }

  /**
   * Runs a function on numbers that lie in an array, as its first argument, and returns the numbers
   * of its only result. Neither is copied: a call costs as little as it can.
   *
   * @param values float32 numbers in row-major order; read until the call returns, and not kept
   * @param shape the shape of the first argument
   * @param rest the other arguments
   * @return the result's elements in row-major order, a new array
   * @throws IllegalArgumentException unless there are as many values as the shape has elements, and
   *     one result, of float32
   */
  public float[] callOnArray(float[] values, Shape shape, Tensor... rest) {
    Tensor[] arguments = new Tensor[rest.length + 1];
    arguments[0] = Creation.ofArray(values, shape, DType.FLOAT32);
    System.arraycopy(rest, 0, arguments, 1, rest.length);
    List<Tensor> results = call(/* lent= */ true, arguments);
    if (results.size() == 1 && results.getFirst().node().value() instanceof float[] numbers) {
      return numbers;
    }
    throw new IllegalArgumentException(
        "Compiled.callOnArray: expected a function of one float32 result, received "
            + results.size()
            + (results.size() == 1 ? " of " + results.getFirst().dtype() : "")
            + ". Use call(Tensor.of(values, shape)).");
  }

  /** Runs a function that will not run again: no classes are defined for little work. */
  static List<Tensor> callOnce(Function<List<Tensor>, List<Tensor>> function, Tensor... arguments) {
    Trace trace = new Trace();
    List<Node> results = trace(trace, function, key(arguments));
    return tensors(WarmingPlan.callOnce(trace, results, evaluated(arguments)));
  }

  private static List<Node> evaluated(Tensor... arguments) {
    List<Node> nodes = new ArrayList<>(arguments.length);
    for (Tensor argument : arguments) {
      Evaluator.evaluate(argument.node());
      nodes.add(argument.node());
    }
    return nodes;
  }

  private static List<Tensor> tensors(List<Node> nodes) {
    List<Tensor> tensors = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      tensors.add(Tensor.of(node));
    }
    return tensors;
  }

  private static List<Argument> key(Tensor... arguments) {
    List<Argument> key = new ArrayList<>(arguments.length);
    for (Tensor argument : arguments) {
      key.add(new Argument(argument.shape(), argument.dtype()));
    }
    return key;
  }

  /** How often the function has been traced. */
  public synchronized int traces() {
    return traces;
  }

  /**
   * What a call with some arguments does, a line for each step: which operations share a pass over
   * memory, and from which buffers to which. The text is for people and may change.
   */
  public List<String> describe(Tensor... arguments) {
    return plan(arguments).plan().describe();
  }

  /** All variables that a call with some arguments reads or assigns; their names are not kept. */
  public List<Variable> variables(Tensor... arguments) {
    return plan(arguments).plan().cells().stream().map(Variable::ofCell).toList();
  }

  private WarmingPlan plan(Tensor... arguments) {
    Optional<Known> known = last;
    return known.isPresent() && known.get().takes(arguments)
        ? known.get().plan
        : plan(key(arguments));
  }

  private synchronized WarmingPlan plan(List<Argument> key) {
    // Its use since then has not been noted.
    if (last.isPresent()) {
      var _ = plans.get(last.get().key);
    }
    WarmingPlan known = plans.get(key);
    if (known == null) {
      traces++;
      Trace trace = new Trace();
      known = WarmingPlan.of(trace, trace(trace, function, key));
      plans.put(key, known);
    }
    last = Optional.of(new Known(key, known));
    return known;
  }

  private static List<Node> trace(
      Trace trace, Function<List<Tensor>, List<Tensor>> function, List<Argument> key) {
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
    return results.stream().map(Tensor::node).toList();
  }
}
