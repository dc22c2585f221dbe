package dev.elbo.cli.linear;

import dev.elbo.data.EncodedTable;
import dev.elbo.data.Table;
import dev.elbo.data.TableEncoding;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A linear model as {@code elbo linear fit} writes it: {@code intercept + sum(b_j x_j)}, and how
 * the columns of a table become x.
 *
 * @param estimator with its objective, in words
 * @param encoding how the columns become features
 * @param coefficients in the units of the columns, one a feature of the encoding
 * @param intercept what is predicted where all features are 0
 * @param about where the model comes from: settings, certificate, data
 */
public record SavedModel(
    String estimator,
    TableEncoding encoding,
    List<Double> coefficients,
    double intercept,
    Map<String, Object> about) {
  public SavedModel {
    coefficients = List.copyOf(coefficients);
    about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    if (coefficients.size() != encoding.names().size()) {
      throw new IllegalArgumentException(
          "linear model: expected "
              + encoding.names().size()
              + " coefficients, one a feature, received "
              + coefficients.size()
              + ".");
    }
  }

  static SavedModel of(LinearFit fit, Map<String, Object> about) {
    return new SavedModel(
        fit.model().estimator(),
        fit.data().encoding(),
        fit.data().unscaled(fit.model().coefficients()),
        fit.model().intercept(),
        about);
  }

  /**
   * Reads a model.
   *
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it is no such model; the message names the file
   */
  public static SavedModel load(Path file) {
    return ModelFile.read(file);
  }

  /** The column that it predicts. */
  public String target() {
    return encoding.target().orElseThrow().name();
  }

  /**
   * One prediction a row; empty where the row has a missing value and the model's rule is to leave
   * such rows out.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, a value is missing
   *     without a rule, or a category is unknown
   */
  public List<OptionalDouble> predict(Table table) {
    EncodedTable features = encoding.encode(table);
    int[] rows = features.rowIndices();
    double[] predictions = new double[table.rows()];
    boolean[] isThere = new boolean[table.rows()];
    for (int row : rows) {
      predictions[row] = intercept;
      isThere[row] = true;
    }
    double[][] columns = features.columns();
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < rows.length; i++) {
        predictions[rows[i]] += coefficients.get(j) * columns[j][i];
      }
    }
    return IntStream.range(0, predictions.length)
        .mapToObj(
            row -> isThere[row] ? OptionalDouble.of(predictions[row]) : OptionalDouble.empty())
        .toList();
  }
}
