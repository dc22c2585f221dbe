package dev.elbo.data;

import java.util.List;

/**
 * How the column that is to be predicted becomes numbers; a part of a {@link TableEncoding}.
 *
 * @param name the column
 * @param classes what the labels 0, 1 and so on stand for; empty for a numeric column, which stays
 *     as it is
 * @param dropMissing whether rows without it are left out; they are an error otherwise
 */
public record TargetEncoding(String name, List<String> classes, boolean dropMissing) {
  public TargetEncoding {
    classes = List.copyOf(classes);
  }

  /** What its values must be. */
  public ColumnType type() {
    return classes.isEmpty() ? ColumnType.NUMERIC : ColumnType.TEXT;
  }
}
