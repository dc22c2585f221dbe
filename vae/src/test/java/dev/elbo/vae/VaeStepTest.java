package dev.elbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.nn.Context;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Progress;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One step of {@code fit} against PyTorch's, with the same weights and the same noise. */
final class VaeStepTest {
  private static final double RATE = 0.125;

  @Test
  void lossPartsAndUpdatedWeightsAreTorchs() {
    for (GoldenCase golden : GoldenCase.named("step")) {
      Vae vae =
          SmallModels.relu()
              .beta(golden.setting("beta"))
              .estimator(new GivenNoise(golden.array("epsilon")));
      Tensor x = golden.array("x");
      vae.build(x.shape());
      Map<String, Variable> weights = vae.namedWeights();
      Map<String, Tensor> before = golden.arraysOf("weight:");
      assertThat(weights.keySet()).containsExactlyInAnyOrderElementsOf(before.keySet());
      weights.forEach((name, weight) -> weight.assign(tensor(before, name)));
      vae.compile(SGD.of().learningRate(RATE));

      History history =
          vae.fit(x, Fit.epochs(1).batchSize(4).shuffle(false).progress(Progress.none()));

      for (String part : new String[] {"loss", "reconstruction", "kl", "elbo"}) {
        assertThat(history.last(part)).as(part).isCloseTo(golden.array(part).item(), within(1e-12));
      }
      Map<String, Tensor> after = golden.arraysOf("after:");
      weights.forEach((name, weight) -> {
        assertThat(weight.value().toDoubles())
            .as(name)
            .containsExactly(tensor(after, name).toDoubles(), within(1e-12));
      });
    }
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("no tensor " + name);
    }
    return tensor;
  }

  /** An estimator of one's own: the noise comes from a file. */
  private record GivenNoise(Tensor epsilon) implements Estimator {
    @Override
    public ElboTerms estimate(
        Tensor x, DiagonalNormal posterior, LatentModel model, Context context) {
      Tensor z = posterior.sample(epsilon);
      return new ElboTerms(
          model.logLikelihood(x, z).negate(),
          model.divergence().perDim(posterior, model.prior(), z));
    }

    @Override
    public String registeredName() {
      return "GivenNoise";
    }

    @Override
    public Map<String, Object> config() {
      return Config.map();
    }
  }
}
