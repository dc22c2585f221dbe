package dev.elbo.data;

/** A step of a pipeline with all that comes before it. Immutable, but for what a cache holds. */
sealed interface Stage permits RowStage, BatchStage {

  /** Number of elements: examples before {@code batch}, batches after it. */
  int size();

  /** Number of examples. */
  int examples();
}
