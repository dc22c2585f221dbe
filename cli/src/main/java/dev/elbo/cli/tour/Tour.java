package dev.elbo.cli.tour;

import dev.elbo.cli.tour.rows.AlphasRow;
import dev.elbo.cli.tour.rows.CallArgumentsRow;
import dev.elbo.cli.tour.rows.ConvolutionRow;
import dev.elbo.cli.tour.rows.EstimatorsRow;
import dev.elbo.cli.tour.rows.ExactZerosRow;
import dev.elbo.cli.tour.rows.FourLossesRow;
import dev.elbo.cli.tour.rows.FromLogitsRow;
import dev.elbo.cli.tour.rows.KlDivergenceRow;
import dev.elbo.cli.tour.rows.LabelsRow;
import dev.elbo.cli.tour.rows.LayerRow;
import dev.elbo.cli.tour.rows.LogitsAsProbabilitiesRow;
import dev.elbo.cli.tour.rows.ObjectiveRow;
import dev.elbo.cli.tour.rows.OperationsRow;
import dev.elbo.cli.tour.rows.OutputsAsLogitsRow;
import dev.elbo.cli.tour.rows.PenaltyRow;
import dev.elbo.cli.tour.rows.RandomNormalRow;
import dev.elbo.cli.tour.rows.ReparameterizationRow;
import dev.elbo.cli.tour.rows.SoftmaxOutputsRow;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The rows in the order of the notes, and how one runs. */
final class Tour {
  private static final List<Row> ROWS =
      List.of(
          new RandomNormalRow(),
          new KlDivergenceRow(),
          new ReparameterizationRow(),
          new EstimatorsRow(),
          new AlphasRow(),
          new ExactZerosRow(),
          new LayerRow(),
          new PenaltyRow(),
          new ObjectiveRow(),
          new SoftmaxOutputsRow(),
          new OutputsAsLogitsRow(),
          new LogitsAsProbabilitiesRow(),
          new FromLogitsRow(),
          new FourLossesRow(),
          new LabelsRow(),
          new OperationsRow(),
          new ConvolutionRow(),
          new CallArgumentsRow());

  private Tour() {}

  static int size() {
    return ROWS.size();
  }

  /** The row of a number, from 1. */
  static Row row(int number) {
    if (number < 1 || number > ROWS.size()) {
      throw new IllegalArgumentException(
          "--row: expected a number from 1 to " + ROWS.size() + ", received " + number + ".");
    }
    return ROWS.get(number - 1);
  }

  /** Runs a row. */
  static RowResult run(int number, TourData data, Printout printout) {
    return run(number, row(number), data, printout);
  }

  /** Runs a row of another page. */
  static RowResult run(int number, Row row, TourData data, Printout printout) {
    PrintStream out = printout.stream();
    Map<String, Double> numbers;
    try (LoggedWarnings _ = new LoggedWarnings(out)) {
      numbers = row.run(data, out);
    }
    return new RowResult(number, row, ShownCode.of(row), printout.text(), numbers);
  }
}
