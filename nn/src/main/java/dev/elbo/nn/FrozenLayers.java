package dev.elbo.nn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;

/**
 * Which layers of a model are frozen: the model itself, then each of its layers, followed by those
 * inside it. Knows whether that has changed since it was last asked, at the price of a look at each
 * layer.
 */
final class FrozenLayers {
  private final Layer root;
  private final BitSet frozen = new BitSet();

  FrozenLayers(Layer root) {
    this.root = root;
    int _ = look(root, 0);
  }

  /** Whether a layer was frozen or set free since the last call, or since this was made. */
  boolean haveChanged() {
    return look(root, 0) < 0;
  }

  /** Whether all layers are still as they were when this was made. Changes nothing. */
  boolean areTheSame() {
    return next(root, 0) >= 0;
  }

  /** The number of the layer that follows, or -1 if there was a change. */
  private int next(Layer layer, int number) {
    if (frozen.get(number) == layer.isTrainable()) {
      return -1;
    }
    int next = number + 1;
    List<Layer> inner = layer.layers();
    for (int i = 0; i < inner.size() && next >= 0; i++) {
      next = next(inner.get(i), next);
    }
    return next;
  }

  /** The number of the layer that follows, or its complement if there was a change. */
  private int look(Layer layer, int number) {
    boolean changed = frozen.get(number) == layer.isTrainable();
    frozen.set(number, !layer.isTrainable());
    int next = number + 1;
    List<Layer> inner = layer.layers();
    for (int i = 0; i < inner.size(); i++) {
      int after = look(inner.get(i), next);
      changed |= after < 0;
      next = after < 0 ? ~after : after;
    }
    return changed ? ~next : next;
  }

  /** Whether each is frozen. */
  static List<Boolean> of(Layer layer) {
    List<Boolean> frozen = new ArrayList<>();
    frozen.add(!layer.isTrainable());
    layer.layers().forEach(inner -> frozen.addAll(of(inner)));
    return frozen;
  }

  /**
   * @throws IllegalArgumentException if there are not as many layers
   */
  static void requireFitting(Layer layer, List<Boolean> frozen) {
    int layers = of(layer).size();
    if (frozen.size() != layers) {
      throw new IllegalArgumentException(
          "expected a model of "
              + frozen.size()
              + " layers, itself and those inside others included, received "
              + layers
              + ".");
    }
  }

  /** Freezes and sets free, as {@link #of} found them. */
  static void restore(Layer layer, List<Boolean> frozen) {
    requireFitting(layer, frozen);
    restore(layer, frozen.iterator());
  }

  private static void restore(Layer layer, Iterator<Boolean> frozen) {
    layer.trainableAlone(!frozen.next());
    layer.layers().forEach(inner -> restore(inner, frozen));
  }
}
