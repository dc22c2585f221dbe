package dev.elbo.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** The system's PyTorch. */
final class Torch {
  private Torch() {}

  /** Whether the system's Python can import it. */
  static boolean installed() {
    try {
      return new ProcessBuilder(Contender.python(), "-c", "import torch")
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
