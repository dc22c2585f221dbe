package dev.elbo.tensor.internal.graph;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final AtomicLong updates = new AtomicLong();
  private final ReentrantLock updating = new ReentrantLock();
  private Version version;
  private @Nullable WeakReference<Node> reader;

  /** One array, and how many plans read it now. Counted up by the cell, down by each reader. */
  public static final class Version {
    private final Object array;
    private final AtomicInteger leases = new AtomicInteger();

    private Version(Object array) {
      this.array = array;
    }

    /** The array, not to be changed, until {@link #release}. */
    public Object array() {
      return array;
    }

    /** Ends what {@link Cell#lease} began. */
    public void release() {
      leases.decrementAndGet();
    }
  }

  public Cell(Shape shape, DType dtype, Object array) {
    this.shape = shape;
    this.dtype = dtype;
    this.version = new Version(array);
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
    updates.incrementAndGet();
    detachReaders();
    return version.array;
  }

  /**
   * The present version for a reader that says when it has done: unlike {@link #read}, it costs the
   * next update no copy once it is released.
   */
  public Version lease() {
    updating.lock();
    try {
      Version leased = version;
      leased.leases.incrementAndGet();
      return leased;
    } finally {
      updating.unlock();
    }
  }

  /** A free node that holds the present version, whatever happens to the variable later. */
  public Node read() {
    updating.lock();
    try {
      Node node = reader == null ? null : reader.get();
      if (node == null) {
        node = Node.ofValue(version.array, shape, dtype);
        reader = new WeakReference<>(node);
      }
      return node;
    } finally {
      updating.unlock();
    }
  }

  /** The first number of the present version, of which no reader is left behind. */
  public double first() {
    updating.lock();
    try {
      return Buffers.get(version.array, dtype, 0);
    } finally {
      updating.unlock();
    }
  }

  /** Leaves the array to readers of the present version, if there are any, and takes a copy. */
  private void detachReaders() {
    if (version.leases.get() > 0 || (reader != null && reader.get() != null)) {
      version = new Version(Buffers.copy(version.array));
    }
    reader = null;
  }

  /** Replaces the contents by a copy of {@code values}. */
  public void set(Object values) {
    Object copy = Buffers.copy(values);
    updating.lock();
    try {
      version = new Version(copy);
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

  /** A number that is larger after a plan has updated the contents. */
  public long updates() {
    return updates.get();
  }

  @Override
  public String toString() {
    return "Cell" + Arrays.toString(shape.dims());
  }
}
