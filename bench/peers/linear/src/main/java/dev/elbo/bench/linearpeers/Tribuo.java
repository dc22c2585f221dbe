package dev.elbo.bench.linearpeers;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.SparseVector;
import org.tribuo.math.la.VectorTuple;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.slm.ElasticNetCDTrainer;
import org.tribuo.regression.slm.SparseLinearModel;

/**
 * Tribuo's coordinate descent. It does not centre the target, so that it is handed a centred one;
 * dense columns are centred as well, which saves it a second pass over each.
 */
final class Tribuo implements Library {
  private static final int MOST_ITERATIONS = 100_000;
  private static final String TARGET = "y";

  private final MutableDataset<Regressor> data;
  private final int features;

  Tribuo(Problem problem) {
    Logger.getLogger("org.tribuo").setLevel(Level.OFF);
    features = problem.features();
    RegressionFactory factory = new RegressionFactory();
    data =
        new MutableDataset<>(new SimpleDataSourceProvenance("bench/run lasso", factory), factory);
    String[] names = new String[features];
    for (int j = 0; j < features; j++) {
      names[j] = "x%07d".formatted(j);
    }
    double mean = Arrays.stream(problem.y()).average().orElse(0);
    double[] means = new double[features];
    for (int j = 0; j < features && !problem.isSparse(); j++) {
      means[j] = Arrays.stream(problem.columns()[j]).average().orElse(0);
    }
    int[][] own = rows(problem);
    int[] next = new int[features];
    for (int i = 0; i < problem.rows(); i++) {
      String[] words = new String[own[i].length];
      double[] values = new double[own[i].length];
      for (int k = 0; k < words.length; k++) {
        int j = own[i][k];
        words[k] = names[j];
        values[k] = problem.columns()[j][next[j]++] - means[j];
      }
      data.add(new ArrayExample<>(new Regressor(TARGET, problem.y()[i] - mean), words, values));
    }
  }

  /** The features of each row, ascending. */
  private static int[][] rows(Problem problem) {
    int[][] rows = new int[problem.rows()][];
    if (!problem.isSparse()) {
      int[] all = new int[problem.features()];
      Arrays.setAll(all, j -> j);
      Arrays.fill(rows, all);
      return rows;
    }
    int[] counts = new int[rows.length];
    for (int place : problem.places()) {
      counts[place]++;
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new int[counts[i]];
    }
    Arrays.fill(counts, 0);
    for (int j = 0; j < problem.features(); j++) {
      for (int i = problem.starts()[j]; i < problem.starts()[j + 1]; i++) {
        int row = problem.places()[i];
        rows[row][counts[row]++] = j;
      }
    }
    return rows;
  }

  @Override
  public double[] fit(double alpha, double tolerance) {
    ElasticNetCDTrainer trainer =
        new ElasticNetCDTrainer(alpha, 1, tolerance, MOST_ITERATIONS, false, 1);
    SparseLinearModel model = (SparseLinearModel) trainer.train(data, Map.<String, Provenance>of());
    ImmutableFeatureMap map = model.getFeatureIDMap();
    double[] coefficients = new double[features];
    List<SparseVector> weights = List.copyOf(model.getWeights().values());
    for (VectorTuple each : weights.getFirst()) {
      String name = map.get(each.index).getName();
      coefficients[Integer.parseInt(name.substring(1))] = each.value;
    }
    return coefficients;
  }

  @Override
  public String version() {
    return org.tribuo.Tribuo.VERSION;
  }
}
