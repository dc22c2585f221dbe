package dev.elbo.bench;

import com.google.errorprone.annotations.FormatMethod;
import dev.elbo.bench.worker.TrainingFiles;
import dev.elbo.data.LabelledImages;
import dev.elbo.data.Mnist;
import dev.elbo.tensor.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a suite has at hand while it runs. Closing it ends the processes and removes the files. */
final class BenchRun implements AutoCloseable {
  private final Path root;
  private final Set<String> options;
  private final BenchReport report;
  private final Path directory;
  private final Map<Contender, PeerProcess> processes = new LinkedHashMap<>();
  private @Nullable TrainingFiles files;

  /**
   * Begins.
   *
   * @param root of the project
   * @param options such as {@code --quick}
   */
  BenchRun(Path root, Set<String> options, BenchReport report) {
    this.root = root;
    this.options = options;
    this.report = report;
    try {
      directory = Files.createTempDirectory("elbo-bench");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory", e);
    }
  }

  /** Whether fewer and shorter rounds will do. */
  boolean quick() {
    return options.contains("--quick");
  }

  boolean has(String option) {
    return options.contains(option);
  }

  BenchReport report() {
    return report;
  }

  Path directory() {
    return directory;
  }

  /** A file of bench, such as another language's contender. */
  Path script(String name) {
    return root.resolve("bench").resolve(name);
  }

  int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  Rounds rounds() {
    return quick() ? Rounds.QUICK : Rounds.FULL;
  }

  /** A contender's process, started when it is first asked for. */
  PeerProcess process(Contender contender) {
    PeerProcess process = processes.get(contender);
    if (process == null) {
      process = new PeerProcess(contender, directory.resolve("log-" + processes.size() + ".txt"));
      processes.put(contender, process);
      report.version(contender.name(), process.version());
    }
    return process;
  }

  /** All that run. */
  Collection<PeerProcess> processes() {
    return processes.values();
  }

  /** A process of its own, which the caller ends. */
  PeerProcess freshProcess(Contender contender) {
    PeerProcess process = new PeerProcess(contender, directory.resolve("log-fresh.txt"));
    report.version(contender.name(), process.version());
    return process;
  }

  /** One way to run a library for each number of threads. */
  List<Contender> eachThreads(String name) {
    List<Contender> variants = new ArrayList<>();
    for (int threads = 1; threads <= cores(); threads++) {
      variants.add(Contender.peer(name, threads));
    }
    return variants;
  }

  /** The ways to run Debian's PyTorch; none where it is not installed. */
  List<Contender> torch(boolean images) {
    if (!Torch.installed()) {
      return List.of();
    }
    Path script = script("python/torch_peer.py");
    List<Contender> variants = new ArrayList<>();
    for (int threads = 1; threads <= cores(); threads++) {
      variants.add(Contender.torch(script, threads, false));
      if (images) {
        variants.add(Contender.torch(script, threads, true));
      }
    }
    return variants;
  }

  /** The digits that all contenders train on. */
  TrainingFiles files() {
    if (files == null) {
      LabelledImages sample = Mnist.sample().train();
      files =
          new TrainingFiles(
              directory,
              sample.images().cast(DType.FLOAT32).divide(255).toFloats(),
              sample.labels().toInts());
    }
    return files;
  }

  @FormatMethod
  void print(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format, arguments);
    System.out.flush();
  }

  @Override
  public void close() {
    processes.values().forEach(PeerProcess::close);
    try (var all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
