package dev.elbo.cli.linear;

import dev.elbo.data.Column;
import dev.elbo.data.EncodedTable;
import dev.elbo.data.Table;
import dev.elbo.data.TableEncoder;
import dev.elbo.data.TableEncoding;
import dev.elbo.data.TargetEncoding;
import dev.elbo.linear.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The data as the solvers take it.
 *
 * @param encoding what made numbers of it
 * @param names of the features
 * @param deviations of the columns, by which they are divided; 1 where they are not
 * @param spreads the standard deviations of the columns after that
 * @param x the features, divided
 * @param target one value a row
 * @param tableRows how many rows the table had
 */
record Prepared(
    TableEncoding encoding,
    List<String> names,
    List<Double> deviations,
    List<Double> spreads,
    Matrix x,
    List<Double> target,
    int tableRows) {

  static Prepared of(Table table, LinearSettings settings) {
    for (String name : settings.excluded()) {
      if (name.equals(settings.target())) {
        throw new IllegalArgumentException(
            "--exclude: expected other columns than the target '" + name + "'.");
      }
    }
    Table wanted = table.without(settings.excluded().toArray(String[]::new));
    Column target = wanted.column(settings.target());
    if (wanted.columnNames().size() == 1) {
      throw new IllegalArgumentException(
          "--data: expected a column beside the target '" + target.name() + "', received none.");
    }
    TableEncoding encoding =
        TableEncoder.of()
            .target(settings.target())
            .missing(settings.missing())
            .ignoreUnknown(settings.ignoreUnknown())
            .dropFirst(settings.dropFirst())
            .fit(wanted);
    EncodedTable encoded = encoding.encodeWithTarget(wanted);
    Target own = Target.of(encoded, settings);
    if (encoded.rows() < settings.folds()) {
      throw new IllegalArgumentException(
          "--folds: expected at most "
              + encoded.rows()
              + ", the number of rows, received "
              + settings.folds()
              + ".");
    }
    double[][] columns = encoded.columns();
    List<Double> deviations = new ArrayList<>();
    List<Double> spreads = new ArrayList<>();
    for (double[] column : columns) {
      double deviation = deviation(column);
      if (!Double.isFinite(deviation)) {
        throw new IllegalArgumentException(
            "--data: expected values of at most about 1e150, whose squares are numbers as well,"
                + " received larger ones in '"
                + encoded.names().get(deviations.size())
                + "'. Write the column in another unit, or leave it out.");
      }
      double divisor = settings.standardize() && deviation > 0 ? deviation : 1;
      deviations.add(divisor);
      spreads.add(deviation / divisor);
      for (int i = 0; i < column.length; i++) {
        column[i] /= divisor;
      }
    }
    return new Prepared(
        new TableEncoding(
            encoding.features(),
            encoding
                .target()
                .map(known -> new TargetEncoding(known.name(), own.classes(), known.dropMissing())),
            encoding.ignoreUnknown()),
        encoded.names(),
        deviations,
        spreads,
        Matrix.ofColumns(columns),
        own.values(),
        table.rows());
  }

  /** {@code sqrt(mean((x - mean(x))^2))}; exactly 0 for a constant. */
  private static double deviation(double[] column) {
    double mean = column[0];
    for (int round = 0; round < 2; round++) {
      double sum = 0;
      for (double value : column) {
        sum += value - mean;
      }
      mean += sum / column.length;
    }
    double squares = 0;
    for (double value : column) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / column.length);
  }

  /** The names of the classes that the target's 0 and 1 stand for; empty where it is no class. */
  List<String> classes() {
    return encoding.target().orElseThrow().classes();
  }

  /** The target as an array. */
  double[] y() {
    return target.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** How many rows are fitted to. */
  int rows() {
    return target.size();
  }

  /** Coefficients in the units of the columns. */
  List<Double> unscaled(double[] coefficients) {
    List<Double> own = new ArrayList<>();
    for (int j = 0; j < coefficients.length; j++) {
      own.add(coefficients[j] / deviations.get(j));
    }
    return own;
  }
}
