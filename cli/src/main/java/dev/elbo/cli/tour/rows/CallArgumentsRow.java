package dev.elbo.cli.tour.rows;

import dev.elbo.cli.tour.Row;
import dev.elbo.cli.tour.TourData;
import dev.elbo.nn.Context;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Arguments of a call. */
public final class CallArgumentsRow implements Row {
  @Override
  public String title() {
    return "Arguments of a call";
  }

  @Override
  public String notes() {
    return "`model(X_train, apply_sigmoid=True)` and `layer(tensor, apply_sigmoid=True)`.";
  }

  @Override
  public Map<String, Double> run(TourData data, PrintStream out) {
    // shown
    final class Decoder extends Layer {
      Decoder() {
        super(Optional.of("decoder"), DType.FLOAT32);
      }

      @Override
      public Set<String> callArguments() {
        return Set.of("applySigmoid");
      }

      @Override
      public Shape outputShape(Shape input) {
        return input;
      }

      @Override
      protected Tensor compute(Tensor logits, Context context) {
        return context.flag("applySigmoid") ? logits.sigmoid() : logits;
      }

      @Override
      public String registeredName() {
        return "Decoder";
      }
    }

    Context applySigmoid = Context.inference().with("applySigmoid", true);
    Tensor logits = Tensor.of(new float[][] {{-2, 0, 2}});
    Sequential model = Sequential.of(Flatten.of(), new Decoder());
    Tensor plain = model.call(logits);
    Tensor applied = model.call(logits, applySigmoid);
    out.println(plain);
    out.println(applied);
    try {
      out.println(Dense.of(5).call(logits, applySigmoid));
    } catch (IllegalArgumentException error) {
      out.println(error.getMessage());
    }
    try {
      out.println(model.call(logits, Context.inference().with("apply_sigmoid", true)));
    } catch (IllegalArgumentException error) {
      out.println(error.getMessage());
    }
    // end
    return Map.of(
        "plain",
        plain.toDoubles()[2],
        "applied",
        applied.toDoubles()[2],
        "middle",
        applied.toDoubles()[1]);
  }
}
