package dev.elbo.bench;

import java.util.List;

/** The suites of {@code bench/run}, in the order of {@code bench/run all}. */
final class Suites {
  private Suites() {}

  static List<Suite> all() {
    return List.of(
        new Suite("gemm", "matrix products beside OpenBLAS", GEMM, GemmSuite::run),
        new Suite("conv", "convolutions and their gradients beside oneDNN", CONV, ConvSuite::run),
        new Suite("mlp", "a training step of the lecture's model", MLP, TrainSuites::mlp),
        new Suite("vae", "a training step of a 784-400-20 VAE", VAE, TrainSuites::vae),
        new Suite(
            "convvae", "a step of Keras's example VAE", CONVVAE, TrainSuites::convolutionalVae),
        new Suite("cnn", "a step of a net of two convolutions", CNN, TrainSuites::cnn),
        new Suite("optim", "Adam on ten million parameters", OPTIM, OptimSuite::run),
        new Suite("lasso", "paths of Lasso beside their tools", LASSO, LassoBench::run, false),
        new Suite("latency", "one example through a net", LATENCY, LatencySuite::run),
        new Suite("startup", "from nothing to the first step", STARTUP, StartupSuite::run),
        new Suite("scale", "batch, width and threads", SCALE, ScaleSuite::run),
        new Suite("memory", "the resident size in training", MEMORY, MemorySuite::run));
  }

  private static final String GEMM =
      "Geometric mean at least 1.0 of OpenBLAS on one and on two threads, no shape under 0.8.";
  private static final String CONV = "Geometric mean at least 0.8 of oneDNN.";
  private static final String MLP =
      "At least 3 times as fast a step as the best peer at batch 32 and 128, 1.5 times at 1024.";
  private static final String VAE = "At least 2 times as fast a step as the best peer.";
  private static final String CONVVAE = "At least 1.5 times as fast a step as the best peer.";
  private static final String CNN = "At least 2 times as fast a step as the best peer.";
  private static final String OPTIM =
      "A step takes at most as long as System.arraycopy of w, m and v, on one thread.";
  private static final String LASSO =
      "At a relative duality gap of 1e-6 at least 2 times as fast as glmnet and 10 times as"
          + " scikit-learn where features outnumber rows; at 1e-4 never slower than glmnet.";
  private static final String LATENCY =
      "Faster than ONNX Runtime and DJL at p50 and p99, on one thread.";
  private static final String STARTUP = "Under one second without an AOT cache; under 5 MB.";
  private static final String SCALE =
      "Cost grows with the arithmetic; two threads at least 1.8 times one from 1 GFLOP a step on,"
          + " 1.5 for the MLP at batch 128, never below 0.95; beside one busy process never below"
          + " 0.7 of one thread.";
  private static final String MEMORY = "Below every peer, and flat over 10,000 steps once warm.";
}
