package dev.elbo.cli.tour;

import java.util.List;
import java.util.Locale;

/** The tour as a page of the documentation. Times are left out, so that each run gives the same. */
final class TourPage {
  /** What the code of a row is given, as the test that compiles it reads it. */
  static final String GIVEN =
      "ImageSplits digits, Tensor images, Tensor labels, Tensor features, Tensor target,"
          + " PrintStream out";

  private TourPage() {}

  static String of(TourData data, List<RowResult> results) {
    StringBuilder page = new StringBuilder();
    page.append(
        String.format(
            Locale.ROOT,
            """
            # A tour of the lecture

            <!-- Written by ./elbo tour --data sample --markdown docs/tour.md: do not edit. -->
            <!-- samples are given: %s -->

            Elbo grew from the notes of a lecture on TensorFlow and Keras (2021): the reparameterization trick,
            regularizers, and what becomes of a loss that is given the wrong kind of numbers. Here is each thing that the
            notes show, in their order: what they do, the same in Elbo, and what it printed. The code is what ran;
            `./elbo tour` runs it again.

            The digits are %s, %,d to train on, raw pixels from 0 to 255. The code is given `digits` (an
            `ImageSplits`), its `images` and `labels` to train on, `features` (97, 100) and `target` (97) for the
            linear models, and `out`, a `PrintStream`.

            Where weights are drawn, numbers are another draw's than the notes': their 116.4 of row 10 is 168 here. The notes
            train on 60,000 images, in 1875 steps of 32, this page in %d. The 100 features are made up, y = 1 + X b + 0.7
            noise with 5 large and 12 small weights in b, and the draw is one that leaves 5, 30 and 95 of them at the notes'
            alphas. Times of progress bars are printed as 0s 0ms/step.
            """,
            GIVEN,
            data.title(),
            data.images().shape().dim(0),
            Math.ceilDiv(data.images().shape().dim(0), 32)));
    for (RowResult result : results) {
      page.append("\n## ")
          .append(result.number())
          .append(". ")
          .append(result.row().title())
          .append("\n\nThe notes: ")
          .append(result.row().notes())
          .append("\n\n```java\n")
          .append(result.code())
          .append("\n```\n\nprints\n\n```\n")
          .append(Printout.withoutTimes(result.output()))
          .append("\n```\n");
    }
    return page.toString();
  }
}
