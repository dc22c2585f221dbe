package dev.elbo.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a process is started that answers as {@link dev.elbo.bench.worker.WorkerLoop} does.
 *
 * @param name as reports name the library
 * @param setting what was chosen for it, such as {@code 2 threads}; empty for what it comes with
 * @param command the program and its arguments
 * @param environment what is set in its environment
 */
record Contender(
    String name, String setting, List<String> command, Map<String, String> environment) {
  static final String ELBO = "elbo";
  private static final String PEERS_MAIN = "dev.elbo.bench.peers.PeerMain";
  private static final String ELBO_MAIN = "dev.elbo.bench.elbo.ElboMain";

  /** Rounds are timed in the steady state: without the plans that are only sooner at work. */
  private static final String STEADY = "-Delbo.kernels=vector";

  /**
   * For all contenders on a JVM. The collector by default gives each large array a region of its
   * own, so that all begin at the same place of a page and get into each other's way in the caches.
   */
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  /** Elbo on all cores. */
  static Contender elbo() {
    return new Contender(
        ELBO, "", java(classPath(), List.of(COLLECTOR, STEADY), ELBO_MAIN), Map.of());
  }

  /** Elbo on so many threads. */
  static Contender elbo(int threads) {
    return new Contender(
        ELBO,
        threads(threads),
        java(classPath(), List.of(COLLECTOR, STEADY, "-Delbo.threads=" + threads), ELBO_MAIN),
        Map.of());
  }

  /** A library of bench/peers, with so many threads inside an operation. */
  static Contender peer(String name, int threads) {
    return new Contender(
        name,
        threads(threads),
        java(classPath(), List.of(COLLECTOR), PEERS_MAIN, name, Integer.toString(threads)),
        Map.of("OMP_NUM_THREADS", Integer.toString(threads)));
  }

  /** Debian's PyTorch, by the script in bench/python. */
  static Contender torch(Path script, int threads, boolean channelsLast) {
    return new Contender(
        "pytorch",
        threads(threads) + (channelsLast ? ", channels last" : ""),
        List.of(
            python(),
            script.toString(),
            Integer.toString(threads),
            channelsLast ? "channels-last" : "channels-first"),
        Map.of("OMP_NUM_THREADS", Integer.toString(threads)));
  }

  /** The Python for which the system's packages are installed. */
  static String python() {
    Path system = Path.of("/usr/bin/python3");
    return system.toFile().canExecute() ? system.toString() : "python3";
  }

  /** The same with the serial collector and other options for its JVM. */
  Contender withSerialCollector(String... options) {
    List<String> all = new ArrayList<>(List.of("-XX:+UseSerialGC"));
    all.addAll(List.of(options));
    List<String> changed = new ArrayList<>(command);
    changed.remove(COLLECTOR);
    changed.addAll(1, all);
    return new Contender(name, String.join(" ", all), changed, environment);
  }

  /** The same that only does the first training step, with nobody else's jars. */
  static List<String> firstStep(String name, List<Path> jars, Path directory) {
    String path =
        String.join(
            System.getProperty("path.separator"), jars.stream().map(Path::toString).toList());
    return name.equals(ELBO)
        ? java(path, List.of(), ELBO_MAIN, "first-step", directory.toString())
        : java(path, List.of(), PEERS_MAIN, name, "1", "first-step", directory.toString());
  }

  static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static List<String> java(
      String classPath, List<String> options, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }
}
