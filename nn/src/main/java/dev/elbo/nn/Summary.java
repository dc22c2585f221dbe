package dev.elbo.nn;

/** The table of a model, as Keras prints it. */
final class Summary {
  private Summary() {}

  static String of(Model model) {
    return model.describe();
  }
}
