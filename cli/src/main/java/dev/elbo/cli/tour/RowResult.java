package dev.elbo.cli.tour;

import java.util.Map;

/**
 * A row that has run.
 *
 * @param number in the order of the notes, from 1
 * @param row what ran
 * @param code what it showed
 * @param output what it printed
 * @param numbers its numbers by name
 */
record RowResult(int number, Row row, String code, String output, Map<String, Double> numbers) {
  RowResult {
    numbers = Map.copyOf(numbers);
  }
}
