package dev.elbo.nn.optimizers;

import dev.elbo.tensor.Tensor;
import java.util.List;

/** What is done to gradients before they are used. */
sealed interface Clipping {
  /** The gradients to use. */
  List<Tensor> clip(List<Tensor> gradients);

  /** The gradients as they are. */
  record None() implements Clipping {
    @Override
    public List<Tensor> clip(List<Tensor> gradients) {
      return gradients;
    }
  }

  /** Each element into [-limit, limit]. */
  record ByValue(double limit) implements Clipping {
    public ByValue {
      Checks.positive("clipValue", limit);
    }

    @Override
    public List<Tensor> clip(List<Tensor> gradients) {
      return gradients.stream().map(gradient -> gradient.clip(-limit, limit)).toList();
    }
  }

  /** {@code g limit / max(|g|, limit)}, |g| the Euclidean norm of one weight's gradient. */
  record ByNorm(double limit) implements Clipping {
    public ByNorm {
      Checks.positive("clipNorm", limit);
    }

    @Override
    public List<Tensor> clip(List<Tensor> gradients) {
      return gradients.stream()
          .map(gradient -> gradient.multiply(scale(gradient.square().sum(), limit)))
          .toList();
    }
  }

  /** {@code g limit / max(|all g|, limit)}, the norm taken over the gradients of all weights. */
  record ByGlobalNorm(double limit) implements Clipping {
    public ByGlobalNorm {
      Checks.positive("globalClipNorm", limit);
    }

    @Override
    public List<Tensor> clip(List<Tensor> gradients) {
      if (gradients.isEmpty()) {
        return gradients;
      }
      Tensor squares =
          gradients.stream()
              .map(gradient -> gradient.square().sum())
              .reduce(Tensor::add)
              .orElseThrow();
      Tensor scale = scale(squares, limit);
      return gradients.stream()
          .map(gradient -> gradient.multiply(scale.cast(gradient.dtype())))
          .toList();
    }
  }

  private static Tensor scale(Tensor sumOfSquares, double limit) {
    Tensor norm = sumOfSquares.sqrt().maximum(limit);
    return Tensor.scalar(limit, norm.dtype()).divide(norm);
  }
}
