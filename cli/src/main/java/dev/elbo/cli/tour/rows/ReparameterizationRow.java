package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.ValueAndGradients;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The reparameterization trick. */
public final class ReparameterizationRow implements Row {
  @Override
  public String title() {
    return "The reparameterization trick";
  }

  @Override
  public String notes() {
    return "`epsilon = K.random_normal((batch, latent_dim), 0, 0.1)`. The result of a draw has no gradient, so z is written with parameters.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    // shown
    Tensor mean = Tensor.of(0.3, -1.2);
    Tensor logVariance = Tensor.of(-0.5, 0.8);
    Tensor epsilon = Random.normal(Shape.of(20_000, 2)).dtype(DType.FLOAT64).stddev(0.1).seed(7);

    // -ELBO for x = 1 and p(x | z) = N(x; z, 1), without its constant.
    Function<List<Tensor>, Tensor> cost =
        q -> {
          Tensor z = q.get(0).add(q.get(1).multiply(0.5).exp().multiply(epsilon));
          Tensor reconstruction = z.subtract(1).square().multiply(0.5).sum(-1).mean();
          Tensor kl = q.get(0).square().add(q.get(1).exp()).subtract(1).subtract(q.get(1)).sum();
          return reconstruction.add(kl.multiply(0.5));
        };
    ValueAndGradients reached = Elbo.valueAndGradients(cost, mean, logVariance);

    // The same by central differences, with epsilon held: of both means, then of both variances.
    double[] differences = new double[4];
    for (int i = 0; i < 4; i++) {
      Tensor h = Tensor.oneHot(Tensor.of(i % 2), 2).cast(DType.FLOAT64).reshape(2).multiply(1e-5);
      Tensor none = h.multiply(0);
      Tensor m = i < 2 ? h : none;
      Tensor v = i < 2 ? none : h;
      Tensor up = cost.apply(List.of(mean.add(m), logVariance.add(v)));
      Tensor down = cost.apply(List.of(mean.subtract(m), logVariance.subtract(v)));
      differences[i] = (up.item() - down.item()) / 2e-5;
    }
    // In the mean over epsilon, by logVariance: ((1 + 0.1^2) exp(logVariance) - 1) / 2
    double closedForm = (1.01 * Math.exp(-0.5) - 1) / 2;

    // A draw alone takes no tensors, and so no gradient.
    ValueAndGradients draw =
        Elbo.valueAndGradients(
            q -> Random.normal(q.getFirst().shape()).dtype(DType.FLOAT64).seed(7).sum(), mean);

    out.println("gradient in mean:        " + reached.gradients().get(0));
    out.println("gradient in logVariance: " + reached.gradients().get(1));
    out.println("by central differences:  " + Tensor.of(differences, Shape.of(2, 2)));
    out.printf(Locale.ROOT, "the first variance's, in closed form: %.8f%n", closedForm);
    out.println("gradient through a draw alone: " + draw.gradients().getFirst());
    // end
    double[] byMean = reached.gradients().get(0).toDoubles();
    double[] byLogVariance = reached.gradients().get(1).toDoubles();
    double largest = 0;
    for (int i = 0; i < 4; i++) {
      double gradient = i < 2 ? byMean[i] : byLogVariance[i - 2];
      largest = Math.max(largest, Math.abs(gradient - differences[i]));
    }
    return Map.of(
        "mean 0", byMean[0],
        "mean 1", byMean[1],
        "logVariance 0", byLogVariance[0],
        "logVariance 1", byLogVariance[1],
        "from central differences", largest,
        "closed form", closedForm,
        "draw", draw.gradients().getFirst().abs().max().item());
  }
}
