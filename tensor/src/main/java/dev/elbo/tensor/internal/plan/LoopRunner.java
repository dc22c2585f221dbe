package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.MathKernels;
import dev.elbo.tensor.internal.kernel.SelectionKernels;
import dev.elbo.tensor.internal.plan.LoopBody.Call;
import dev.elbo.tensor.internal.plan.LoopBody.Load;
import dev.elbo.tensor.internal.plan.LoopBody.Phase;
import dev.elbo.tensor.internal.plan.LoopBody.Store;
import dev.elbo.tensor.internal.primitive.Comparison;
import dev.elbo.tensor.internal.primitive.Pow;
import dev.elbo.tensor.internal.primitive.Sigmoid;
import dev.elbo.tensor.internal.primitive.Softplus;
import dev.elbo.tensor.internal.primitive.StridedCopy;
import dev.elbo.tensor.internal.primitive.Transcendental;
import dev.elbo.tensor.internal.primitive.Where;
import java.util.List;

/** Runs the body of a fused step over ranges of elements. */
final class LoopRunner {
  /** Elements of a tile. */
  static final int TILE = 1024;

  /** Divides a tile, and is a multiple of every vector's length. */
  private static final int VECTOR = 16;

  private final int index;
  private final long size;
  private final LoopBody body;
  private final MathKernels math = Kernels.get().math();
  private final SelectionKernels copies = Kernels.get().selections();
  private final Selections selections = new Selections();

  /**
   * Prepares to run.
   *
   * @param index under which number a frame keeps what belongs to this body
   * @param size elements of the whole
   */
  LoopRunner(int index, long size, LoopBody body) {
    this.index = index;
    this.size = size;
    this.body = body;
  }

  boolean isDirect() {
    return body.direct();
  }

  /** Into how many loops the body had to be cut. */
  int loops() {
    return body.phases().size();
  }

  /** Looks up the arrays of all loops, for each thread that may take part. */
  void begin(Frame frame) {
    List<Phase> phases = body.phases();
    int slots = slots(frame);
    Object[] state = frame.state(index, slots * phases.size());
    for (int slot = 0; slot < slots; slot++) {
      for (int p = 0; p < phases.size(); p++) {
        List<Place> places = phases.get(p).arrays();
        Object[] arrays = (Object[]) state[slot * phases.size() + p];
        boolean first = arrays == null;
        if (arrays == null) {
          arrays = new Object[places.size()];
          state[slot * phases.size() + p] = arrays;
        }
        for (int k = 0; k < arrays.length; k++) {
          switch (places.get(k)) {
            case Place.Whole whole -> arrays[k] = frame.buffer(whole.buffer());
            case Place.Scalar scalar -> arrays[k] = frame.buffer(scalar.buffer());
            case Place.Spill spill -> arrays[k] = frame.spill(spill.dtype(), spill.index(), size);
            case Place.Tile tile -> {
              if (first) {
                arrays[k] = frame.tile(slot, tile.dtype(), tile.index());
              }
            }
            case Place.Register register ->
                throw new IllegalStateException("a register has no array");
          }
        }
        if (first) {
          reserveTiles(frame, slot);
        }
      }
    }
  }

  /** Lets go of the arrays that are not the frame's own. */
  void end(Frame frame) {
    List<Phase> phases = body.phases();
    int slots = slots(frame);
    Object[] state = frame.state(index, slots * phases.size());
    for (int i = 0; i < state.length; i++) {
      Object[] arrays = (Object[]) state[i];
      List<Place> places = phases.get(i % phases.size()).arrays();
      for (int k = 0; k < arrays.length; k++) {
        if (places.get(k) instanceof Place.Whole || places.get(k) instanceof Place.Scalar) {
          arrays[k] = null;
        }
      }
    }
  }

  private int slots(Frame frame) {
    return body.direct() ? 1 : frame.slots();
  }

  /** Makes all tiles now, so that threads find them without creating any. */
  private void reserveTiles(Frame frame, int slot) {
    for (Load load : body.loads()) {
      frame.tile(slot, load.tile().dtype(), load.tile().index());
    }
    for (Phase phase : body.phases()) {
      for (Call call : phase.calls()) {
        if (call.target() instanceof Place.Tile tile) {
          frame.tile(slot, tile.dtype(), tile.index());
        }
      }
    }
  }

  /** Treats a range of elements of any length. */
  void range(int from, int to, int slot, Frame frame) {
    if (!body.direct()) {
      int count;
      // By lengths: a sum of offsets may pass the largest int.
      for (int start = from; start < to; start += count) {
        count = Math.min(TILE, to - start);
        tile(start, start + count, slot, frame);
      }
      return;
    }
    List<Phase> phases = body.phases();
    Object[] state = frame.state(index, phases.size());
    // What passes from loop to loop stays in the first-level cache.
    int step = phases.size() == 1 ? to - from : TILE;
    int count;
    for (int start = from; start < to; start += count) {
      count = Math.min(step, to - start);
      int end = start + count;
      for (int p = 0; p < phases.size(); p++) {
        phases.get(p).loop().run((Object[]) state[p], start, end);
      }
    }
  }

  /** Treats a range of at most a tile's length, and leaves its values where their places say. */
  void tile(int from, int to, int slot, Frame frame) {
    if (body.direct()) {
      range(from, to, slot, frame);
      return;
    }
    int count = to - from;
    List<Load> loads = body.loads();
    for (int i = 0; i < loads.size(); i++) {
      Load load = loads.get(i);
      Object tile = frame.tile(slot, load.tile().dtype(), load.tile().index());
      if (load.layout().isContiguous()) {
        System.arraycopy(frame.buffer(load.buffer()), from, tile, 0, count);
      } else {
        StridedCopy.gather(copies, frame.buffer(load.buffer()), load.layout(), from, to, tile, 0);
      }
    }
    List<Phase> phases = body.phases();
    Object[] state = frame.state(index, 0);
    for (int p = 0; p < phases.size(); p++) {
      Phase phase = phases.get(p);
      List<Call> calls = phase.calls();
      for (int i = 0; i < calls.size(); i++) {
        if (i + 1 < calls.size() && isPair(calls.get(i), calls.get(i + 1))) {
          pair(calls.get(i), calls.get(i + 1), from, count, slot, frame);
          i++;
        } else {
          call(calls.get(i), from, count, slot, frame);
        }
      }
      phase.loop().run((Object[]) state[slot * phases.size() + p], 0, count);
    }
    List<Store> stores = body.stores();
    for (int i = 0; i < stores.size(); i++) {
      Store store = stores.get(i);
      System.arraycopy(
          array(store.source(), slot, frame),
          offset(store.source(), from),
          frame.buffer(store.buffer()),
          from,
          count);
    }
  }

  /** Whether two calls are the sigmoid and the softplus of the same tile: a likelihood's. */
  private static boolean isPair(Call first, Call second) {
    return first.function() instanceof Sigmoid
        && second.function() instanceof Softplus
        && first.sources().getFirst() instanceof Place.Tile source
        && source.dtype() == DType.FLOAT32
        && source.equals(second.sources().getFirst())
        && !source.equals(first.target());
  }

  private void pair(Call sigmoid, Call softplus, int from, int count, int slot, Frame frame) {
    boolean tiles =
        sigmoid.target() instanceof Place.Tile && softplus.target() instanceof Place.Tile;
    math.sigmoidAndSoftplus(
        (float[]) array(sigmoid.sources().getFirst(), slot, frame),
        0,
        (float[]) array(sigmoid.target(), slot, frame),
        offset(sigmoid.target(), from),
        (float[]) array(softplus.target(), slot, frame),
        offset(softplus.target(), from),
        tiles ? whole(count) : count);
  }

  /** A tile has room behind its elements: whole vectors spare the kernels a rest. */
  private static int whole(int count) {
    return Math.ceilDiv(count, VECTOR) * VECTOR;
  }

  private void call(Call call, int from, int count, int slot, Frame frame) {
    if (call.function() instanceof Where || call.function() instanceof Comparison) {
      selections.run(call, from, count, slot, frame);
      return;
    }
    Place first = call.sources().getFirst();
    Object source = array(first, slot, frame);
    int at = offset(first, from);
    Object target = array(call.target(), slot, frame);
    int targetAt = offset(call.target(), from);
    if (call.function() instanceof Transcendental transcendental) {
      if (source instanceof float[] x) {
        boolean tiles = first instanceof Place.Tile && call.target() instanceof Place.Tile;
        int length = tiles ? whole(count) : count;
        math.apply(transcendental.function(), x, at, (float[]) target, targetAt, length);
      } else {
        math.apply(
            transcendental.function(), (double[]) source, at, (double[]) target, targetAt, count);
      }
    } else if (call.function() instanceof Pow) {
      Place second = call.sources().get(1);
      Object exponent = array(second, slot, frame);
      int exponentAt = offset(second, from);
      if (source instanceof float[] x) {
        math.pow(x, at, (float[]) exponent, exponentAt, (float[]) target, targetAt, count);
      } else {
        math.pow(
            (double[]) source,
            at,
            (double[]) exponent,
            exponentAt,
            (double[]) target,
            targetAt,
            count);
      }
    } else {
      throw new IllegalStateException(call.function().name() + " has no kernel over tiles");
    }
  }

  /** The array in which a value lies once its tile has been treated. */
  static Object array(Place place, int slot, Frame frame) {
    return switch (place) {
      case Place.Whole whole -> frame.buffer(whole.buffer());
      case Place.Tile tile -> frame.tile(slot, tile.dtype(), tile.index());
      case Place.Scalar scalar -> throw new IllegalStateException("a scalar is not a run");
      case Place.Spill spill -> throw new IllegalStateException("a direct step has no runs");
      case Place.Register register -> throw new IllegalStateException("a register is not a run");
    };
  }

  /** Where in that array the tile's first element is. */
  static int offset(Place place, int from) {
    return place instanceof Place.Whole ? from : 0;
  }
}
