package dev.elbo.data;

/** What a column of a {@link Table} holds. */
public enum ColumnType {
  /** Numbers, float64. */
  NUMERIC,
  /** Texts, such as the names of categories. */
  TEXT
}
