package dev.elbo.examples;

import static dev.elbo.nn.regularizers.Regularizers.groupL2;
import static dev.elbo.nn.regularizers.Regularizers.l1;
import static dev.elbo.nn.regularizers.Regularizers.l1l2;
import static dev.elbo.nn.regularizers.Regularizers.l2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.linear.ElasticNet;
import dev.elbo.linear.Lasso;
import dev.elbo.linear.MultiTaskLasso;
import dev.elbo.linear.Ridge;
import dev.elbo.nn.Fit;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** docs/lasso-and-dense.md: its numbers are a run's, and its table is true. */
class LassoAndDenseTest {
  private static final int N = 60;
  private static final Tensor X = Random.normal(Shape.of(N, 6)).dtype(DType.FLOAT64).seed(1);
  private static final Tensor Y =
      X.matmul(Tensor.of(new double[] {2, -1, 0.1, 1, 0, -0.05, 0, 0, 0, 1, 0, 0}, Shape.of(6, 2)))
          .add(Random.normal(Shape.of(N, 2)).dtype(DType.FLOAT64).seed(2))
          .evaluate();

  @Test
  void thePageShowsWhatTheProgramPrints() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      LassoAndDenseExample.main(new String[] {"data/hundred-features.csv"});
    } finally {
      System.setOut(before);
    }
    String printed = bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    assertThat(Files.readString(Path.of("../docs/lasso-and-dense.md")))
        .contains("```\n" + printed + "```\n");
  }

  private static double[] trained(Tensor y, int units, Regularizer penalty) {
    Sequential model =
        Sequential.of(Dense.of(units).dtype(DType.FLOAT64).kernelRegularizer(penalty)).seed(3);
    model.compile(SGD.of().learningRate(0.1), MeanSquaredError.of());
    model.fit(X, y, Fit.epochs(1_000).batchSize(N).progress(Progress.none()));
    return model.weights().getFirst().value().toDoubles();
  }

  private static void assertSame(double[] trained, double[] fitted) {
    assertThat(trained).containsExactly(fitted, within(1e-6));
    for (int j = 0; j < fitted.length; j++) {
      assertThat(trained[j] == 0).isEqualTo(fitted[j] == 0);
    }
  }

  @Test
  void theFactorsOfTheTable() {
    double alpha = 0.15;
    double ratio = 0.6;
    Tensor y = Y.matmul(Tensor.of(new double[] {1, 0}, Shape.of(2, 1))).evaluate();
    assertSame(
        trained(y, 1, l1(2 * alpha).proximal()),
        Lasso.of(alpha).tolerance(1e-14).fit(X, y).coefficients());
    assertSame(
        trained(y, 1, l1l2(2 * alpha * ratio, alpha * (1 - ratio)).proximal()),
        ElasticNet.of(alpha, ratio).tolerance(1e-16).fit(X, y).coefficients());
    assertSame(trained(y, 1, l2(alpha / N)), Ridge.of(alpha).fit(X, y).coefficients());
    double[] flat = Y.toDoubles();
    double[][] targets = new double[N][];
    double[] inputs = X.toDoubles();
    double[][] rows = new double[N][];
    for (int i = 0; i < N; i++) {
      targets[i] = Arrays.copyOfRange(flat, 2 * i, 2 * i + 2);
      rows[i] = Arrays.copyOfRange(inputs, 6 * i, 6 * i + 6);
    }
    double[][] several =
        MultiTaskLasso.of(alpha).tolerance(1e-16).fit(rows, targets).coefficients();
    assertSame(
        trained(Y, 2, groupL2(2 * alpha / (2 * Math.sqrt(2))).proximal()),
        Arrays.stream(several).flatMapToDouble(Arrays::stream).toArray());
  }
}
