import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.GeneralizedLinearRegression;
import org.apache.spark.ml.regression.GeneralizedLinearRegressionModel;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Writes what Spark ML fits, in the form that golden/cases.py explains: LinearRegression by both of
 * its solvers, LogisticRegression, and GeneralizedLinearRegression of the Poisson family. The first
 * case has the data of the others. Spark adds up in an order that differs from run to run: so do
 * the last digits. golden/run starts it.
 */
final class SparkGolden {
  private static final int N = 40;
  private static final int P = 8;
  private static final double[][] STRENGTHS = {{0.3, 1}, {0.5, 0.4}, {0.2, 0}};
  private static final boolean[] EITHER = {true, false};

  private final List<String> lines = new ArrayList<>();
  private final double[][] x = new double[N][P];
  private final double[] weights = new double[N];
  private final double[] values = new double[N];
  private final double[] classes = new double[N];
  private final double[] counts = new double[N];
  private final SparkSession spark;

  private SparkGolden(SparkSession spark) {
    this.spark = spark;
  }

  public static void main(String[] arguments) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    SparkGolden golden = new SparkGolden(spark);
    golden.lines.add(
        "# Written by golden/spark/SparkGolden.java with Spark "
            + spark.version()
            + "; golden/cases.py explains the format.");
    golden.data();
    golden.linear();
    golden.logistic();
    golden.poisson();
    spark.stop();
    Path file = Path.of(arguments[0]);
    Files.write(file, golden.lines);
    System.out.println(file);
  }

  private void data() {
    Random random = new Random(20261126);
    for (int i = 0; i < N; i++) {
      double eta = 0.4;
      double before = 0;
      for (int j = 0; j < P; j++) {
        before = 0.5 * before + random.nextGaussian();
        x[i][j] = (0.4 + 0.5 * j) * (before + 0.3 * j);
        eta += (j % 3 == 0 ? 1.0 - 0.2 * j : 0) * before;
      }
      weights[i] = 0.2 + 1.8 * random.nextDouble();
      values[i] = 5 * eta + 2 * random.nextGaussian() + 3;
      classes[i] = random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
      double left = Math.exp(-Math.exp(Math.max(-3, Math.min(2, eta)) / 2));
      for (double product = random.nextDouble(); product > left; product *= random.nextDouble()) {
        counts[i]++;
      }
    }
    begin("data", "java.util.Random");
    array("x", Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray(), N, P);
    array("weights", weights, N);
    array("values", values, N);
    array("classes", classes, N);
    array("counts", counts, N);
  }

  private Dataset<Row> frame(double[] y, boolean weighted) {
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false)
            .add("weight", DataTypes.DoubleType, false);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      rows.add(RowFactory.create(y[i], Vectors.dense(x[i]), weighted ? weights[i] : 1.0));
    }
    return spark.createDataFrame(rows, schema).coalesce(1).cache();
  }

  private void linear() {
    for (String solver : List.of("auto", "l-bfgs")) {
      for (boolean weighted : EITHER) {
        Dataset<Row> frame = frame(values, weighted);
        for (boolean intercept : EITHER) {
          for (boolean standardization : EITHER) {
            for (double[] strength : STRENGTHS) {
              LinearRegressionModel model =
                  new LinearRegression()
                      .setSolver(solver)
                      .setWeightCol("weight")
                      .setFitIntercept(intercept)
                      .setStandardization(standardization)
                      .setRegParam(strength[0])
                      .setElasticNetParam(strength[1])
                      .setTol(1e-15)
                      .setMaxIter(100_000)
                      .fit(frame);
              begin("linear", "org.apache.spark.ml.regression.LinearRegression");
              setting("solver", solver);
              settings(strength[0], strength[1], intercept, standardization, weighted);
              array("coefficients", model.coefficients().toArray(), P);
              array("intercept", new double[] {model.intercept()});
            }
          }
        }
      }
    }
  }

  private void logistic() {
    for (boolean weighted : EITHER) {
      Dataset<Row> frame = frame(classes, weighted);
      for (boolean intercept : EITHER) {
        for (boolean standardization : EITHER) {
          for (double[] strength : STRENGTHS) {
            LogisticRegressionModel model =
                new LogisticRegression()
                    .setWeightCol("weight")
                    .setFitIntercept(intercept)
                    .setStandardization(standardization)
                    .setRegParam(strength[0] / 10)
                    .setElasticNetParam(strength[1])
                    .setTol(1e-15)
                    .setMaxIter(100_000)
                    .fit(frame);
            begin("logistic", "org.apache.spark.ml.classification.LogisticRegression");
            settings(strength[0] / 10, strength[1], intercept, standardization, weighted);
            array("coefficients", model.coefficients().toArray(), P);
            array("intercept", new double[] {model.intercept()});
          }
        }
      }
    }
  }

  private void poisson() {
    for (boolean weighted : EITHER) {
      Dataset<Row> frame = frame(counts, weighted);
      for (boolean intercept : EITHER) {
        for (double regParam : new double[] {0, 0.3}) {
          GeneralizedLinearRegressionModel model =
              new GeneralizedLinearRegression()
                  .setFamily("poisson")
                  .setLink("log")
                  .setWeightCol("weight")
                  .setFitIntercept(intercept)
                  .setRegParam(regParam)
                  .setTol(1e-15)
                  .setMaxIter(1_000)
                  .fit(frame);
          begin("poisson", "org.apache.spark.ml.regression.GeneralizedLinearRegression");
          settings(regParam, 0, intercept, false, weighted);
          array("coefficients", model.coefficients().toArray(), P);
          array("intercept", new double[] {model.intercept()});
        }
      }
    }
  }

  // ---- the form ---------------------------------------------------------------------------------

  private void begin(String name, String source) {
    lines.add("case " + name);
    lines.add("source " + source);
  }

  private void settings(
      double regParam,
      double elasticNetParam,
      boolean intercept,
      boolean standardization,
      boolean weighted) {
    setting("regParam", regParam);
    setting("elasticNetParam", elasticNetParam);
    setting("intercept", intercept);
    setting("standardization", standardization);
    setting("weighted", weighted);
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
