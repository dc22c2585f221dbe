package dev.elbo.bench.elbo;

import dev.elbo.bench.worker.FirstStep;
import dev.elbo.bench.worker.WorkerLoop;
import java.io.IOException;

/** Elbo's process: no argument to answer the parent, {@code first-step DIRECTORY} for one step. */
public final class ElboMain {
  private ElboMain() {}

  public static void main(String[] arguments) throws IOException {
    ElboWorker worker = new ElboWorker();
    if (arguments.length == 2 && arguments[0].equals("first-step")) {
      FirstStep.run(worker, arguments[1]);
    } else {
      WorkerLoop.serve(worker);
    }
  }
}
