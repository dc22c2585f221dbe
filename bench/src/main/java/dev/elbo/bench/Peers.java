package dev.elbo.bench;

import dev.elbo.bench.BenchReport.Better;
import dev.elbo.bench.worker.Net;
import dev.elbo.bench.worker.NetLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The libraries that Elbo is held against, and their figures beside Elbo's. */
final class Peers {
  static final String DJL = "djl-pytorch";
  static final String TENSORFLOW = "tensorflow-java";
  static final String ONNX = "onnxruntime";
  static final String ONEDNN = "onednn";

  private Peers() {}

  /** Elbo, then all that can train a net, each with the ways to run it. */
  static List<List<Contender>> training(BenchRun run, Net net) {
    List<List<Contender>> libraries = new ArrayList<>();
    libraries.add(List.of(Contender.elbo()));
    if (djlCan(net)) {
      libraries.add(run.eachThreads(DJL));
    }
    libraries.add(run.eachThreads(TENSORFLOW));
    List<Contender> torch = run.torch(net.input().size() > 1);
    if (!torch.isEmpty()) {
      libraries.add(torch);
    }
    return libraries;
  }

  /** DJL 0.36 has no transposed convolution on PyTorch. */
  static boolean djlCan(Net net) {
    return net.decoder().stream().noneMatch(layer -> layer.kind() == NetLayer.Kind.CONV_TRANSPOSE);
  }

  static List<String> names(List<List<Contender>> libraries) {
    return libraries.stream().map(variants -> variants.getFirst().name()).toList();
  }

  /** Adds figures, of which Elbo's is one; the ratio. */
  static double add(
      BenchReport report, String name, String unit, Better better, Map<String, Figure> figures) {
    Map<String, Figure> peers = new LinkedHashMap<>(figures);
    Figure elbo = peers.remove(Contender.ELBO);
    if (elbo == null) {
      throw new IllegalArgumentException(name + ": no figure of Elbo's among " + figures);
    }
    return report.add(name, unit, better, elbo, peers);
  }
}
