package dev.elbo.bench.peers;

import dev.elbo.bench.GemmBench;
import dev.elbo.bench.MlpBench;
import java.util.List;

/** {@code bench/run SUITE}: a suite beside the libraries that it is held against. */
public final class Main {
  private static final String USAGE =
      """
      usage: bench/run gemm          matrix products beside OpenBLAS
             bench/run gemm --more   more shapes of them
             bench/run gemm --busy   two threads beside a busy process, against one
             bench/run mlp           a training step of the lecture's model beside DJL on PyTorch
      Each prints a table and, as its last line, one JSON object.""";

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    return switch (String.join(" ", arguments)) {
      case "gemm" -> GemmBench.compare(List.of(OpenBlas.load()), false);
      case "gemm --more" -> GemmBench.compare(List.of(OpenBlas.load()), true);
      case "gemm --busy" -> GemmBench.besideABusyProcess();
      case "mlp" -> MlpBench.compare(List.of(DjlMlp.peer()));
      default -> {
        System.err.println(USAGE);
        yield 2;
      }
    };
  }
}
