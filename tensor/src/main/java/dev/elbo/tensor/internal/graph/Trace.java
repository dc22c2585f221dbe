package dev.elbo.tensor.internal.graph;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.internal.primitive.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The recording of one function: its symbolic arguments, the variables it read and assigned, the
 * random keys it asked for. Tensors made from these are symbolic.
 */
public final class Trace {
  private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

  /** Stands for argument {@code index} of the traced function. */
  public record Argument(int index) implements Leaf {
    @Override
    public String name() {
      return "argument " + index;
    }
  }

  /** Stands for the contents of a variable when the plan is called. */
  public record Read(Cell cell) implements Leaf {
    @Override
    public String name() {
      return "variable";
    }
  }

  /** Stands for a random key drawn anew at each call. */
  public record Key(int index) implements Leaf {}

  /** A primitive whose value comes from outside the plan. */
  public sealed interface Leaf extends Primitive {
    @Override
    default Shape shape(List<Node> inputs) {
      throw new IllegalStateException("a leaf is given its shape");
    }
  }

  private final List<Node> arguments = new ArrayList<>();
  private final List<Node> keys = new ArrayList<>();
  private final List<Supplier<Tensor>> keySources = new ArrayList<>();
  private final Map<Cell, Node> reads = new LinkedHashMap<>();
  private final Map<Cell, Node> updates = new LinkedHashMap<>();
  private final List<Node> gradients = new ArrayList<>();
  private boolean open = true;

  /** The trace that is being recorded on this thread. */
  public static Optional<Trace> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Runs a function while this trace records, then closes the trace. */
  public <T> T record(Supplier<T> body) {
    try {
      return ScopedValue.where(CURRENT, this).call(body::get);
    } finally {
      open = false;
    }
  }

  void checkOpen(String operation) {
    if (!open) {
      throw new IllegalStateException(
          operation
              + ": a traced tensor was used after its compiled function had returned. Return it"
              + " from the function and use the result instead.");
    }
  }

  /** Adds an argument to the traced function. */
  public Node argument(Shape shape, DType dtype) {
    Node node = Node.ofTrace(this, new Argument(arguments.size()), shape, dtype);
    arguments.add(node);
    return node;
  }

  /** The contents of a variable at this point of the function. */
  public Node read(Cell cell) {
    Node updated = updates.get(cell);
    return updated != null ? updated : initial(cell);
  }

  /** The contents of a variable when the function is called. */
  public Node initial(Cell cell) {
    return reads.computeIfAbsent(
        cell, key -> Node.ofTrace(this, new Read(key), key.shape(), key.dtype()));
  }

  /** Records that a variable holds {@code value} from here on. */
  public void assign(Cell cell, Node value) {
    // A node of the variable's own, so that its gradient is not that of whatever else is the value.
    updates.put(cell, Node.inTrace(this, new Identity(), List.of(value)));
  }

  /** A random key, int32 of shape (4,), that {@code source} gives anew at each call. */
  public Node key(Supplier<Tensor> source) {
    Node node = Node.ofTrace(this, new Key(keys.size()), Shape.of(4), DType.INT32);
    keys.add(node);
    keySources.add(source);
    return node;
  }

  /** Records that gradients of variables were taken. */
  public void differentiated(List<Node> taken) {
    gradients.addAll(taken);
  }

  /** All gradients of variables that were taken. */
  public List<Node> gradients() {
    return Collections.unmodifiableList(gradients);
  }

  public List<Node> arguments() {
    return Collections.unmodifiableList(arguments);
  }

  public List<Node> keys() {
    return Collections.unmodifiableList(keys);
  }

  public List<Supplier<Tensor>> keySources() {
    return Collections.unmodifiableList(keySources);
  }

  public Map<Cell, Node> reads() {
    return Collections.unmodifiableMap(reads);
  }

  public Map<Cell, Node> updates() {
    return Collections.unmodifiableMap(updates);
  }
}
