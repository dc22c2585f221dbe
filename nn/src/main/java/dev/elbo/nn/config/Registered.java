package dev.elbo.nn.config;

import java.util.Map;

/**
 * A part of a model that can be saved: a name under which it is found again, and its settings.
 * Files hold these two and never the name of a class.
 */
public interface Registered {
  /** The name in the {@link Registry} of its family, Keras's own: {@code Adam}, {@code L1}. */
  String registeredName();

  /**
   * The settings, in a fixed order: strings, numbers, booleans, and lists and maps of them. {@link
   * Registry#create} makes an equal part from it.
   */
  Map<String, Object> config();
}
