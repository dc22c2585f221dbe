package dev.elbo.data;

/** What {@link TableEncoder} does about missing values. */
public enum MissingRule {
  /** They are an error that names row and column. */
  ERROR,
  /** Rows with one are left out. */
  DROP,
  /**
   * The mean of the column that is fitted; of a text column, the share of each category in the
   * place of its 0 or 1.
   */
  MEAN,
  /** The median of the column that is fitted; of a text column, its most frequent category. */
  MEDIAN,
  /**
   * The mean, and a column more, {@code NAME missing}, that is 1 where a value is missing; of a
   * text column zeros and that column. Only for columns in which one is missing when they are
   * fitted; elsewhere it is {@link #ERROR}.
   */
  INDICATOR
}
