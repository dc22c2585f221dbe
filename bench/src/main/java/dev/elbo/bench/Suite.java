package dev.elbo.bench;

import java.util.function.Consumer;

/**
 * Something that {@code bench/run NAME} measures.
 *
 * @param name what it is called
 * @param about what it measures, a few words
 * @param bar what it has to reach, as the pages of benchmarks say it
 * @param run measures, prints a table and adds rows and bars to the report
 * @param hurried whether {@code bench/run all --quick} runs it, which must end in ten minutes
 */
record Suite(String name, String about, String bar, Consumer<BenchRun> run, boolean hurried) {

  Suite(String name, String about, String bar, Consumer<BenchRun> run) {
    this(name, about, bar, run, true);
  }
}
