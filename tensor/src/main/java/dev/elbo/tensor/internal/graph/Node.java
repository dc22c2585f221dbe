package dev.elbo.tensor.internal.graph;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A value in the graph: either computed (a flat array) or still to be computed from its inputs.
 *
 * <p>Once computed, a free node lets its inputs go, so that a loop does not hold its history. A
 * node of a {@link Trace} is symbolic and never holds a value.
 */
public final class Node {

  /** How a node's value is to be computed. */
  public record Pending(Primitive primitive, List<Node> inputs, @Nullable String origin) {}

  /** Beyond this many pending nodes a graph is forced. */
  static final int MAX_PENDING_NODES = 10_000;

  /** Beyond this many bytes of pending results a graph is forced. */
  static final long MAX_PENDING_BYTES = 256L << 20;

  private static final AtomicIntegerFieldUpdater<Node> CONSUMERS =
      AtomicIntegerFieldUpdater.newUpdater(Node.class, "consumers");

  private final Shape shape;
  private final DType dtype;
  private final @Nullable Trace trace;

  /**
   * A {@link Pending}, or the flat array that is the value. One field, so readers see one state.
   */
  private volatile Object state;

  /** The one primitive that kept its input, and that input, even when this node is computed. */
  private final @Nullable Primitive keeper;

  private volatile @Nullable Node kept;

  /** Where it was made, or null outside of all places that say so. */
  private final @Nullable Scope scope;

  private volatile int consumers;
  private int pendingNodes;
  private long pendingBytes;

  private Node(Shape shape, DType dtype, @Nullable Trace trace, Object state) {
    this.shape = shape;
    this.dtype = dtype;
    this.trace = trace;
    this.state = state;
    this.scope = Scope.current();
    if (state instanceof Pending pending && pending.primitive().keepsInput()) {
      this.keeper = pending.primitive();
      this.kept = pending.inputs().getFirst();
    } else {
      this.keeper = null;
    }
  }

  /** A node that holds a value. The array is not copied. */
  public static Node ofValue(Object array, Shape shape, DType dtype) {
    return new Node(shape, dtype, null, array);
  }

  /** A symbolic node of a trace that stands for something known when the plan is called. */
  static Node ofTrace(Trace trace, Primitive leaf, Shape shape, DType dtype) {
    return new Node(shape, dtype, trace, new Pending(leaf, List.of(), null));
  }

  /** The application of a primitive as a symbolic node, whatever its inputs are. */
  public static Node inTrace(Trace trace, Primitive primitive, List<Node> inputs) {
    for (Node input : inputs) {
      input.requireUsableIn(trace, primitive.name());
    }
    return new Node(
        shapeOf(primitive, inputs),
        primitive.dtype(inputs),
        trace,
        new Pending(primitive, List.copyOf(inputs), null));
  }

  /** The shape of a result, of which an array can hold every element. */
  private static Shape shapeOf(Primitive primitive, List<Node> inputs) {
    Shape shape = primitive.shape(inputs);
    Buffers.requireFits(primitive.name(), shape);
    return shape;
  }

  /** The application of a primitive; symbolic if an input is. */
  public static Node of(Primitive primitive, List<Node> inputs) {
    Trace trace = null;
    for (Node input : inputs) {
      Trace inputTrace = input.trace;
      if (inputTrace != null) {
        input.requireUsableIn(trace == null ? inputTrace : trace, primitive.name());
        trace = inputTrace;
      }
    }
    Node node =
        new Node(
            shapeOf(primitive, inputs),
            primitive.dtype(inputs),
            trace,
            new Pending(primitive, List.copyOf(inputs), Scope.line(Scope.current(), primitive)));
    for (Node input : inputs) {
      CONSUMERS.incrementAndGet(input);
    }
    if (trace == null) {
      node.countPending(inputs);
    }
    return node;
  }

  /** Throws unless this is a free node or one of the given trace, which is still being recorded. */
  public void requireUsableIn(Trace current, String operation) {
    Trace own = trace;
    if (own != null) {
      own.checkOpen(operation);
      if (own != current) {
        throw new IllegalStateException(
            operation
                + ": tensors of two different traces met. Pass tensors into a compiled function as"
                + " arguments instead of keeping them from another one.");
      }
    }
  }

  public Shape shape() {
    return shape;
  }

  public DType dtype() {
    return dtype;
  }

  /** The trace that this node belongs to, or null for a free node. */
  public @Nullable Trace trace() {
    return trace;
  }

  public boolean isTraced() {
    return trace != null;
  }

  /** The flat array, or null while it is not computed. */
  public @Nullable Object value() {
    Object now = state;
    return now instanceof Pending ? null : now;
  }

  /** How to compute this node, or null once it has been computed. */
  public @Nullable Pending pending() {
    return state instanceof Pending pending ? pending : null;
  }

  /** Stores the value and lets the inputs go. */
  public void complete(Object array) {
    state = array;
    pendingNodes = 0;
    pendingBytes = 0;
  }

  /** Keeps the value of a computed input alone: that input may have kept one of its own. */
  public void releaseBehindKept() {
    Node input = kept;
    Object array = input == null ? null : input.value();
    // A node that keeps nothing stays itself: a variable knows its readers by their nodes.
    if (input != null && array != null && input.kept != null) {
      kept = ofValue(array, input.shape, input.dtype);
    }
  }

  /** What this node was computed from, if its primitive keeps it. */
  public @Nullable Node kept() {
    return kept;
  }

  /** The same if this node was made by a primitive of a kind. */
  public @Nullable Node keptBy(Class<? extends Primitive> kind) {
    return kind.isInstance(keeper) ? kept : null;
  }

  /** Where it was made, or null. */
  public @Nullable Scope scope() {
    return scope;
  }

  /** How many nodes have been created that read this one. */
  public int consumers() {
    return consumers;
  }

  /** Bytes of results behind this node that are not computed yet, an upper bound. */
  public long pendingBytes() {
    return pendingBytes;
  }

  /** True if so much work has piled up behind this node that it should be done now. */
  public boolean isHeavy() {
    return pendingNodes > MAX_PENDING_NODES || pendingBytes > MAX_PENDING_BYTES;
  }

  /**
   * Keeps an upper bound of the work behind this node. The bound counts shared nodes once for each
   * path, so it is replaced by an exact count before it is believed.
   */
  private void countPending(List<Node> inputs) {
    long nodes = 1;
    long bytes = shape.size() * dtype.bytes();
    for (Node input : inputs) {
      nodes += input.pendingNodes;
      bytes += input.pendingBytes;
    }
    pendingNodes = (int) Math.min(nodes, Integer.MAX_VALUE);
    pendingBytes = bytes;
    if (isHeavy()) {
      Set<Node> seen = new HashSet<>();
      Deque<Node> open = new ArrayDeque<>();
      open.push(this);
      seen.add(this);
      long exactBytes = 0;
      while (!open.isEmpty()) {
        Node node = open.pop();
        exactBytes += node.shape.size() * node.dtype.bytes();
        Pending pending = node.pending();
        if (pending == null) {
          continue;
        }
        for (Node input : pending.inputs()) {
          if (input.pending() != null && seen.add(input)) {
            open.push(input);
          }
        }
      }
      pendingNodes = seen.size();
      pendingBytes = exactBytes;
    }
  }
}
