package dev.elbo.tensor.internal.graph;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a variable: one array that plans update in place, and the free node that readers
 * of the present version share.
 */
public final class Cell {
  private final Shape shape;
  private final DType dtype;
  private Object array;
  private @Nullable WeakReference<Node> reader;

  public Cell(Shape shape, DType dtype, Object array) {
    this.shape = shape;
    this.dtype = dtype;
    this.array = array;
  }

  public Shape shape() {
    return shape;
  }

  public DType dtype() {
    return dtype;
  }

  /** The live array. Whoever writes to it calls {@link #detachReader} first. */
  public synchronized Object array() {
    return array;
  }

  /** A free node that holds the present version, whatever happens to the variable later. */
  public synchronized Node read() {
    Node node = reader == null ? null : reader.get();
    if (node == null) {
      node = Node.ofValue(array, shape, dtype);
      reader = new WeakReference<>(node);
    }
    return node;
  }

  /** Gives a pending reader of the present version a copy of its own. */
  public synchronized void detachReader() {
    Node node = reader == null ? null : reader.get();
    if (node != null) {
      node.complete(Buffers.copy(array));
    }
    reader = null;
  }

  /** Replaces the contents by a copy of {@code values}. */
  public synchronized void set(Object values) {
    detachReader();
    array = Buffers.copy(values);
  }

  @Override
  public String toString() {
    return "Cell" + Arrays.toString(shape.dims());
  }
}
