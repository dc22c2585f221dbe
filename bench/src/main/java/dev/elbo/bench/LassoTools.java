package dev.elbo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tools that are here. Smile and Tribuo are jars that bench/run hands over, without Elbo's. */
final class LassoTools {
  private static final double LIMIT = 200;

  /** Of those that have no path, and of which nothing is promised. */
  private static final double SHORT_LIMIT = 20;

  private final List<LassoTool> tools = new ArrayList<>();

  private LassoTools() {}

  static List<LassoTool> installed(Path scripts, boolean quick) {
    LassoTools found = new LassoTools();
    found.tools.add(new LassoTool("elbo", elbo(), LIMIT, false));
    found.add(
        "glmnet",
        List.of("Rscript", "-e", "library(glmnet)"),
        List.of("Rscript", scripts.resolve("peer.R").toString()));
    found.add(
        "scikit-learn",
        List.of("/usr/bin/python3", "-c", "import sklearn"),
        List.of("/usr/bin/python3", scripts.resolve("peer.py").toString()));
    String jars = System.getProperty("elbo.bench.linearPeers", "");
    if (quick) {
      return found.tools;
    }
    if (jars.isEmpty()) {
      System.out.println("smile, tribuo: no jars, left out");
    } else {
      found.tools.add(new LassoTool("smile", peer(jars, "smile"), SHORT_LIMIT, true));
      found.tools.add(new LassoTool("tribuo", peer(jars, "tribuo"), SHORT_LIMIT, false));
    }
    return found.tools;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<String> elbo() {
    return List.of(
        java(),
        "--add-modules=jdk.incubator.vector",
        "-cp",
        System.getProperty("java.class.path"),
        LassoElbo.class.getName());
  }

  /** With more memory than a JVM takes by itself, as they copy the data more than once. */
  private static List<String> peer(String jars, String name) {
    return List.of(
        java(),
        "-XX:MaxRAMPercentage=60",
        "-cp",
        jars + "/*",
        "dev.elbo.bench.linearpeers.LinearPeer",
        name);
  }

  private void add(String name, List<String> test, List<String> command) {
    if (works(test)) {
      tools.add(new LassoTool(name, command, LIMIT, false));
    } else {
      System.out.println(name + ": not installed, left out");
    }
  }

  private static boolean works(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
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
