package dev.elbo.cli.tour;

import dev.elbo.cli.tour.rows.CrossEntropyFormsRow;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The lecture's own question as a page of the documentation, with the numbers of a run. */
final class CrossEntropyPage {
  static final String FILE = "cross-entropy.md";

  private CrossEntropyPage() {}

  static String of(TourData data) {
    RowResult result =
        Tour.run(1, new CrossEntropyFormsRow(), data, new Printout(Optional.empty()));
    return String.format(
        Locale.ROOT,
        """
        # Which cross-entropy, on what?

        <!-- Written by ./elbo tour --data sample --markdown docs/tour.md: do not edit. -->
        <!-- samples are given: %s -->

        `sparse_categorical_crossentropy`, `SparseCategoricalCrossentropy` and
        `tf.nn.sparse_softmax_cross_entropy_with_logits` compute one thing, -log softmax(z)[y], and differ in what they
        take: probabilities p = softmax(z), or logits z. Given the other kind, none of them fails; they print another
        number. Here are all of them in Elbo, on one untrained model and %s, raw pixels, once with a
        softmax in its last layer and once without. x is the output of the softmax; the same numbers copied to a
        plain tensor; or the logits.

        Mean over the images, and in brackets the greatest:

        %s
        - **Right are the pairs that agree**: a loss of probabilities on the output of a softmax, and a loss of logits on
          logits. The function and the `tf.nn` form give a cost for each image, the class their mean.
        - **The output of a softmax is more than its numbers.** Elbo, as tf.keras, looks through it and computes from its
          logits, so a hopeless image keeps its true cost and its gradient. Mere numbers are clipped to [1e-7, 1 - 1e-7],
          where no cost exceeds -log(1e-7) = 16.118, and an image that is clipped has no gradient.
        - **Softmax outputs taken for logits** are squashed a second time: outputs of 0 and 1 cost log(9 + e) = 2.461 where
          wrong and 1.461 where right. The best that training can reach is 1.461, and its gradients are small everywhere.
        - **Logits taken for probabilities** are clipped and divided by their sum. What comes out depends on the number of
          logits above 1, not on their sizes, and almost nothing has a gradient.
        - `tf.nn.softmax_cross_entropy_with_logits` is the same as the sparse form for one-hot labels (n, 10). Integer labels
          there, or one-hot ones with a sparse form, are an error in Elbo that names the loss to use.

        In a model, `compile` refuses the wrong pairs: `Dense.of(10)` wants `fromLogits(true)`, and
        `Dense.of(10).activation(SOFTMAX)` does not. [Mistakes that are caught](linter.md) has the messages, the
        [tour](tour.md) the lecture's own lines in rows 9 to 15. Leave the softmax out and use `fromLogits(true)` when in
        doubt: it is the shortest way to the same bits, and `predict` can be followed by `softmax(-1)`.

        ## The run

        ```java
        %s
        ```

        prints, form by form,

        ```
        %s
        ```
        """,
        TourPage.GIVEN,
        String.format(Locale.ROOT, "%,d images of MNIST", data.images().shape().dim(0)),
        table(result.numbers()),
        result.code(),
        result.output());
  }

  private static String table(Map<String, Double> numbers) {
    StringBuilder table = new StringBuilder("| | shape |");
    CrossEntropyFormsRow.INPUTS.forEach(input -> table.append(' ').append(input).append(" |"));
    table.append("\n|---|---|---|---|---|\n");
    for (String form : CrossEntropyFormsRow.FORMS) {
      String first = form + " on " + CrossEntropyFormsRow.INPUTS.getFirst();
      table
          .append("| `")
          .append(form)
          .append("` | ")
          .append(number(numbers, "rank of " + first) == 0 ? "()" : "(n,)")
          .append(" |");
      for (String input : CrossEntropyFormsRow.INPUTS) {
        String name = form + " on " + input;
        table.append(String.format(Locale.ROOT, " %.3f", number(numbers, name)));
        if (number(numbers, "rank of " + name) > 0) {
          table.append(
              String.format(Locale.ROOT, " (%.3f)", number(numbers, "greatest of " + name)));
        }
        table.append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static double number(Map<String, Double> numbers, String name) {
    return Optional.ofNullable(numbers.get(name)).orElseThrow();
  }
}
