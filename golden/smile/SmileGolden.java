import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import smile.classification.LogisticRegression;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.regression.ElasticNet;
import smile.regression.LASSO;
import smile.regression.LinearModel;
import smile.regression.RidgeRegression;

/**
 * Writes what Smile fits, in the form that golden/cases.py explains: LASSO, ElasticNet,
 * RidgeRegression and LogisticRegression. The first case has the data of the others. golden/run
 * starts it, in a process of its own: Smile is under the GPL.
 */
final class SmileGolden {
  private static final int N = 40;
  private static final int P = 8;

  /** The smallest relative duality gap that its interior point method reaches on this data. */
  private static final double TOLERANCE = 1e-12;

  private final List<String> lines = new ArrayList<>();
  private final double[][] x = new double[N][P];
  private final double[] values = new double[N];
  private final double[] classes = new double[N];

  public static void main(String[] arguments) throws IOException {
    SmileGolden golden = new SmileGolden();
    golden.lines.add(
        "# Written by golden/smile/SmileGolden.java with "
            + Path.of(LASSO.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .getFileName()
            + "; golden/cases.py explains the format.");
    golden.data();
    golden.linear();
    golden.logistic();
    Path file = Path.of(arguments[0]);
    Files.write(file, golden.lines);
    System.out.println(file);
  }

  private void data() {
    Random random = new Random(20261127);
    for (int i = 0; i < N; i++) {
      double eta = 0.4;
      double before = 0;
      for (int j = 0; j < P; j++) {
        before = 0.5 * before + random.nextGaussian();
        x[i][j] = (0.4 + 0.5 * j) * (before + 0.3 * j);
        eta += (j % 3 == 0 ? 1.0 - 0.2 * j : 0) * before;
      }
      values[i] = 5 * eta + 2 * random.nextGaussian() + 3;
      classes[i] = random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
    }
    begin("data", "java.util.Random");
    array("x", Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray(), N, P);
    array("values", values, N);
    array("classes", classes, N);
  }

  private void linear() {
    double[][] rows = new double[N][];
    String[] names = new String[P + 1];
    for (int i = 0; i < N; i++) {
      rows[i] = Arrays.copyOf(x[i], P + 1);
      rows[i][P] = values[i];
    }
    for (int j = 0; j < P; j++) {
      names[j] = "x" + j;
    }
    names[P] = "y";
    DataFrame frame = DataFrame.of(rows, names);
    Formula formula = Formula.lhs("y");
    for (double lambda : new double[] {1, 30, 200}) {
      put("LASSO", lambda, 0, LASSO.fit(formula, frame, lambda, TOLERANCE, 10_000));
    }
    for (double[] pair : new double[][] {{1, 1}, {30, 8}, {100, 40}}) {
      put(
          "ElasticNet",
          pair[0],
          pair[1],
          ElasticNet.fit(formula, frame, pair[0], pair[1], TOLERANCE, 10_000));
    }
    for (double lambda : new double[] {0.1, 8, 40}) {
      put("RidgeRegression", 0, lambda, RidgeRegression.fit(formula, frame, lambda));
    }
  }

  private void logistic() {
    int[] labels = Arrays.stream(classes).mapToInt(value -> (int) value).toArray();
    for (double lambda : new double[] {0.1, 2, 30}) {
      LogisticRegression.Binomial model =
          LogisticRegression.binomial(x, labels, lambda, 1e-14, 100_000);
      begin("LogisticRegression", "smile.classification.LogisticRegression");
      setting("lambda", lambda);
      double[] found = model.coefficients();
      array("coefficients", Arrays.copyOf(found, P), P);
      array("intercept", new double[] {found[P]});
    }
  }

  private void put(String name, double lambda1, double lambda2, LinearModel model) {
    begin(name, "smile.regression." + name);
    setting("lambda1", lambda1);
    setting("lambda2", lambda2);
    array("coefficients", model.coefficients(), P);
    array("intercept", new double[] {model.intercept()});
  }

  // ---- the form ---------------------------------------------------------------------------------

  private void begin(String name, String source) {
    lines.add("case " + name);
    lines.add("source " + source);
  }

  private void setting(String key, Object value) {
    lines.add("setting " + key + " " + value);
  }

  private void array(String name, double[] elements, int... shape) {
    lines.add(
        "array "
            + name
            + Arrays.stream(shape).mapToObj(dim -> " " + dim).collect(Collectors.joining())
            + " | "
            + Arrays.stream(elements).mapToObj(Double::toString).collect(Collectors.joining(" ")));
  }
}
