package dev.elbo.nn.callbacks;

import dev.elbo.nn.Input;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.nio.file.Path;

/** Saves a model over and over, each time with other weights, until it is killed. */
final class SavingProcess {
  private SavingProcess() {}

  /**
   * Prints {@code saved} after each time.
   *
   * @param arguments the file
   */
  public static void main(String[] arguments) {
    Sequential model = Sequential.of(Input.of(300), Dense.of(300)).seed(1);
    Variable kernel = model.weights().getFirst();
    for (int i = 1; true; i++) {
      kernel.assign(Tensor.full(Shape.of(300, 300), i));
      model.save(Path.of(arguments[0]));
      System.out.println("saved");
    }
  }
}
