package dev.elbo.tensor.internal.graph;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a variable: one array that plans update in place, and the free node that readers
 * of the present version share.
 *
 * <p>Whoever updates holds the cell meanwhile, so that nobody reads half a version; a reader of the
 * version before keeps its array, and the update goes to a copy.
 */
public final class Cell {
  private final Shape shape;
  private final DType dtype;
  private final AtomicLong assignments = new AtomicLong();
  private final ReentrantLock updating = new ReentrantLock();
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

  /** Waits for others' updates, and keeps others from reading and updating. */
  public void lock() {
    updating.lock();
  }

  /** The same if nobody updates now. */
  public boolean tryLock() {
    return updating.tryLock();
  }

  /** Lets others read and update again. */
  public void unlock() {
    updating.unlock();
  }

  /** The array to update in place, for the holder of the lock. */
  public Object array() {
    detachReader();
    return array;
  }

  /** A free node that holds the present version, whatever happens to the variable later. */
  public Node read() {
    updating.lock();
    try {
      Node node = reader == null ? null : reader.get();
      if (node == null) {
        node = Node.ofValue(array, shape, dtype);
        reader = new WeakReference<>(node);
      }
      return node;
    } finally {
      updating.unlock();
    }
  }

  /** Leaves the array to readers of the present version, if there are any, and takes a copy. */
  private void detachReader() {
    if (reader != null && reader.get() != null) {
      array = Buffers.copy(array);
    }
    reader = null;
  }

  /** Replaces the contents by a copy of {@code values}. */
  public void set(Object values) {
    Object copy = Buffers.copy(values);
    updating.lock();
    try {
      array = copy;
      reader = null;
      assignments.incrementAndGet();
    } finally {
      updating.unlock();
    }
  }

  /** How often the contents were replaced from outside a plan. */
  public long assignments() {
    return assignments.get();
  }

  @Override
  public String toString() {
    return "Cell" + Arrays.toString(shape.dims());
  }
}
