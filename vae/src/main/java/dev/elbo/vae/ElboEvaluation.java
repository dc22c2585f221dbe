package dev.elbo.vae;

import dev.elbo.nn.Context;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Computes an {@link ElboEstimate}, batch by batch, with sums in float64. */
final class ElboEvaluation {
  /** Part of the result: the draws of z are numbered by batch. */
  private static final int BATCH_SIZE = 500;

  private final Vae vae;
  private final Compiled sums;

  ElboEvaluation(Vae vae) {
    this.vae = vae;
    this.sums = Elbo.compile(arguments -> sums(arguments.get(0), arguments.get(1)));
  }

  private List<Tensor> sums(Tensor x, Tensor key) {
    ElboTerms terms = vae.terms(x, Context.inference(key));
    return List.of(
        terms.reconstruction().cast(DType.FLOAT64).sum(),
        terms.klPerDim().cast(DType.FLOAT64).sum(0));
  }

  ElboEstimate estimate(Tensor x, int samples, long seed) {
    if (x.shape().rank() < 2 || x.shape().dim(0) == 0) {
      throw new IllegalArgumentException(
          "Vae.elbo: expected at least one example in a shape (n, ...), received shape "
              + x.shape()
              + ". Use expandDims(0) for a single example.");
    }
    if (samples < 1) {
      throw new IllegalArgumentException(
          "Vae.elbo: expected at least 1 sample, received " + samples + ".");
    }
    vae.requireInput(vae + ".elbo", x);
    vae.buildFor(x);
    int examples = x.shape().dim(0);
    double reconstruction = 0;
    double[] kl = new double[vae.latentDim()];
    long draw = 0;
    for (int from = 0; from < examples; from += BATCH_SIZE) {
      Tensor batch = x.slice(0, from, Math.min(examples, from + BATCH_SIZE)).evaluate();
      for (int sample = 0; sample < samples; sample++) {
        List<Tensor> parts = sums.call(batch, SeedGenerator.key(seed, draw++));
        reconstruction += parts.get(0).item();
        double[] perDim = parts.get(1).toDoubles();
        for (int dim = 0; dim < kl.length; dim++) {
          kl[dim] += perDim[dim];
        }
      }
    }
    return estimate(reconstruction, kl, examples, samples);
  }

  private static ElboEstimate estimate(
      double reconstruction, double[] kl, int examples, int samples) {
    double draws = (double) examples * samples;
    double klSum = 0;
    List<Double> klPerDim = new ArrayList<>();
    for (double dim : kl) {
      klPerDim.add(dim / draws);
      klSum += dim / draws;
    }
    double mean = reconstruction / draws;
    return new ElboEstimate(-(mean + klSum), mean, klSum, klPerDim, examples, samples);
  }
}
