package dev.elbo.cli.tour;

import java.io.PrintStream;
import java.util.Map;

/** One thing that the lecture shows. */
public interface Row {
  /** What it is about, as a heading. */
  String title();

  /** What the notes do, and what they print. */
  String notes();

  /**
   * Runs the code that is shown.
   *
   * @param data what it works on
   * @param out where it prints
   * @return the row's numbers by name
   */
  Map<String, Double> run(TourData data, PrintStream out);
}
