package dev.elbo.bench.peers;

import dev.elbo.bench.worker.FirstStep;
import dev.elbo.bench.worker.Worker;
import dev.elbo.bench.worker.WorkerLoop;
import java.io.IOException;

/**
 * A library's process: {@code NAME THREADS} to answer the parent, {@code NAME THREADS first-step
 * DIRECTORY} for one training step.
 */
public final class PeerMain {
  private PeerMain() {}

  public static void main(String[] arguments) throws IOException {
    Worker worker = worker(arguments[0], Integer.parseInt(arguments[1]));
    if (arguments.length == 4 && arguments[2].equals("first-step")) {
      FirstStep.run(worker, arguments[3]);
    } else {
      WorkerLoop.serve(worker);
    }
    // Some libraries leave threads behind that would keep the process.
    System.exit(0);
  }

  private static Worker worker(String name, int threads) {
    return switch (name) {
      case "djl-pytorch" -> new DjlWorker(threads);
      case "tensorflow-java" -> new TensorFlowWorker(threads);
      case "onnxruntime" -> new OnnxWorker(threads);
      case "openblas" -> new OpenBlas(threads);
      case "onednn" -> new OneDnnWorker();
      case "fma-peak" -> new FmaPeak();
      default -> throw new IllegalArgumentException("no library is called " + name);
    };
  }
}
