package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.layers.BatchNormalization;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.Adam;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of a model, character by character. */
final class SummaryTest {

  @Test
  void theLecturesClassifier() {
    Sequential model =
        Sequential.of(
            Input.of(28, 28),
            Flatten.of(),
            Dense.of(128).activation(Activations.RELU),
            Dropout.of(0.2),
            Dense.of(10).activation(Activations.SOFTMAX));
    assertThat(model.summary())
        .isEqualTo(
            """
            Model: "sequential"
            ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
            ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
            ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
            │ flatten (Flatten)               │ (None, 784)            │             0 │
            ├─────────────────────────────────┼────────────────────────┼───────────────┤
            │ dense (Dense)                   │ (None, 128)            │       100,480 │
            ├─────────────────────────────────┼────────────────────────┼───────────────┤
            │ dropout (Dropout)               │ (None, 128)            │             0 │
            ├─────────────────────────────────┼────────────────────────┼───────────────┤
            │ dense_1 (Dense)                 │ (None, 10)             │         1,290 │
            └─────────────────────────────────┴────────────────────────┴───────────────┘
             Total params: 101,770 (397.54 KB)
             Trainable params: 101,770 (397.54 KB)
             Non-trainable params: 0 (0.00 B)
            """);
  }

  @Test
  void theOptimizerIsCountedOnceItHasStepped() {
    Sequential model = Sequential.of(Input.of(2), BatchNormalization.of(), Dense.of(1));
    model.compile(Adam.of(), MeanSquaredError.of());
    assertThat(model.summary()).doesNotContain("Optimizer params");
    Tensor x = Tensor.ones(Shape.of(3, 2));
    model.fit(x, Tensor.ones(Shape.of(3, 1)), Fit.epochs(1).progress(Progress.none()));
    assertThat(model.summary())
        .endsWith(
            """
            │ batch_normalization             │ (None, 2)              │             8 │
            │ (BatchNormalization)            │                        │               │
            ├─────────────────────────────────┼────────────────────────┼───────────────┤
            │ dense (Dense)                   │ (None, 1)              │             3 │
            └─────────────────────────────────┴────────────────────────┴───────────────┘
             Total params: 27 (108.00 B)
             Trainable params: 7 (28.00 B)
             Non-trainable params: 4 (16.00 B)
             Optimizer params: 16 (64.00 B)
            """);
  }

  @Test
  void anOptimizerThatRemembersNothingOfTheWeightsIsCountedToo() {
    Sequential model = Sequential.of(Input.of(2), Dense.of(1));
    model.compile(SGD.of(), MeanSquaredError.of());
    assertThat(model.summary()).doesNotContain("Optimizer params");
    Tensor x = Tensor.ones(Shape.of(3, 2));
    model.fit(x, Tensor.ones(Shape.of(3, 1)), Fit.epochs(1).progress(Progress.none()));
    assertThat(model.summary())
        .endsWith(
            """
             Total params: 5 (20.00 B)
             Trainable params: 3 (12.00 B)
             Non-trainable params: 0 (0.00 B)
             Optimizer params: 2 (8.00 B)
            """);
  }

  @Test
  void beforeItIsBuilt() {
    assertThat(Sequential.of(Dense.of(3)).name("small").summary())
        .startsWith("Model: \"small\"\n")
        .contains("│ dense (Dense)                   │ ?                      │   0 (unbuilt) │")
        .contains(" Total params: 0 (0.00 B)");
  }

  @Test
  void aGraphSaysWhatIsConnectedToWhat() {
    SymbolicTensor left = Input.of("left", 4);
    SymbolicTensor right = Input.of(4);
    Dense shared = Dense.of(3);
    Functional model =
        Model.of(
            List.of(left, right),
            List.of(Dense.of(2).on(shared.on(left)), Dense.of(1).on(shared.on(right))));
    assertThat(model.summary())
        .isEqualTo(
            """
            Model: "functional"
            ┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
            ┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
            ┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
            │ left (InputLayer)   │ (None, 4)         │          0 │ -                 │
            ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
            │ input_layer         │ (None, 4)         │          0 │ -                 │
            │ (InputLayer)        │                   │            │                   │
            ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
            │ dense (Dense)       │ (None, 3)         │         15 │ left[0][0],       │
            │                     │                   │            │ input_layer[0][0] │
            ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
            │ dense_1 (Dense)     │ (None, 2)         │          8 │ dense[0][0]       │
            ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
            │ dense_2 (Dense)     │ (None, 1)         │          4 │ dense[1][0]       │
            └─────────────────────┴───────────────────┴────────────┴───────────────────┘
             Total params: 27 (108.00 B)
             Trainable params: 27 (108.00 B)
             Non-trainable params: 0 (0.00 B)
            """);
  }
}
