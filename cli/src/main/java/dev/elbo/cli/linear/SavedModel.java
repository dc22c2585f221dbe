package dev.elbo.cli.linear;

import dev.elbo.data.EncodedTable;
import dev.elbo.data.Table;
import dev.elbo.data.TableEncoding;
import dev.elbo.data.TargetEncoding;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A linear model as {@code elbo linear fit} writes it: {@code e = intercept + sum(b_j x_j)}, how
 * the columns of a table become x, and what e says about the target.
 *
 * @param family what the target is
 * @param estimator with its objective, in words
 * @param encoding how the columns become features
 * @param coefficients in the units of the columns, one a feature of the encoding
 * @param intercept e where all features are 0
 * @param about where the model comes from: settings, certificate, data
 */
public record SavedModel(
    Family family,
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
    int classes = encoding.target().map(TargetEncoding::classes).orElse(List.of()).size();
    if (classes != (family == Family.LOGISTIC ? 2 : 0)) {
      throw new IllegalArgumentException(
          "linear model: expected two classes where the family is logistic and none elsewhere,"
              + " received "
              + classes
              + " with "
              + family.option()
              + ".");
    }
  }

  /** A model of least squares. */
  public SavedModel(
      String estimator,
      TableEncoding encoding,
      List<Double> coefficients,
      double intercept,
      Map<String, Object> about) {
    this(Family.LEAST_SQUARES, estimator, encoding, coefficients, intercept, about);
  }

  static SavedModel of(LinearFit fit, Map<String, Object> about) {
    return new SavedModel(
        fit.settings().family(),
        fit.estimator(),
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

  /** The classes that it tells apart; empty where the target is no class. */
  public List<String> classes() {
    return encoding.target().orElseThrow().classes();
  }

  /**
   * One prediction a row: the value; of poisson the rate, {@code exp(e)}; of logistic the
   * probability of the second of the {@link #classes}, {@code 1 / (1 + exp(-e))}. Empty where the
   * row has a missing value and the model's rule is to leave such rows out.
   *
   * @throws IllegalArgumentException if a column is missing or of another type, a value is missing
   *     without a rule, or a category is unknown
   */
  public List<OptionalDouble> predict(Table table) {
    return linear(table).stream()
        .map(each ->
            each.isPresent()
                ? OptionalDouble.of(prediction(each.getAsDouble()))
                : OptionalDouble.empty())
        .toList();
  }

  /**
   * The more probable class a row; empty as in {@link #predict}.
   *
   * @throws IllegalArgumentException as predict
   * @throws IllegalStateException if the family is not logistic
   */
  public List<Optional<String>> classify(Table table) {
    if (family != Family.LOGISTIC) {
      throw new IllegalStateException(
          "classify: expected a model of the family logistic, this is one of "
              + family.option()
              + ". Use predict.");
    }
    return linear(table).stream()
        .map(each ->
            each.isPresent()
                ? Optional.of(classes().get(each.getAsDouble() > 0 ? 1 : 0))
                : Optional.<String>empty())
        .toList();
  }

  private double prediction(double e) {
    return switch (family) {
      case LEAST_SQUARES, HUBER -> e;
      case POISSON -> Math.exp(e);
      case LOGISTIC -> 1 / (1 + Math.exp(-e));
    };
  }

  private List<OptionalDouble> linear(Table table) {
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
