package dev.elbo.bench.peers;

import dev.elbo.bench.GemmBench;
import dev.elbo.bench.LassoBench;
import dev.elbo.bench.MlpBench;
import java.nio.file.Path;
import java.util.List;

/** {@code bench/run SUITE}: a suite beside the libraries that it is held against. */
public final class Main {
  private static final String USAGE =
      """
      usage: bench/run gemm          matrix products beside OpenBLAS
             bench/run gemm --more   more shapes of them
             bench/run gemm --busy   two threads beside a busy process, against one
             bench/run mlp           a training step of the lecture's model beside DJL on PyTorch
             bench/run lasso         paths of Lasso beside scikit-learn and glmnet, six shapes
             bench/run lasso --quick the three smallest of them
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
      case "lasso" -> LassoBench.compare(scripts(), false);
      case "lasso --quick" -> LassoBench.compare(scripts(), true);
      case "mlp" -> MlpBench.compare(List.of(DjlMlp.peer()));
      default -> {
        System.err.println(USAGE);
        yield 2;
      }
    };
  }

  private static Path scripts() {
    return Path.of(System.getProperty("elbo.bench", "bench"), "lasso");
  }
}
