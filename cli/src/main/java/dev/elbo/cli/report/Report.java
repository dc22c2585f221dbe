package dev.elbo.cli.report;

import dev.elbo.nn.History;
import dev.elbo.vae.ElboEstimate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the page shows.
 *
 * @param model what was trained, in a few words
 * @param data what it was trained on, in a few words
 * @param history the curves of training, with {@code val_} those of the validation part
 * @param test the bound on the test part
 * @param pairs test images and their reconstructions
 * @param samples images decoded from draws of the prior
 * @param manifold images decoded from a grid over the latent plane, if it is one
 * @param scatter where the test images lie
 * @param settings how the model was trained
 * @param machine where, when and how fast
 * @param command what trains the same model again
 * @param javaCode a program that uses it
 * @param javaCommand what runs that program
 * @param fingerprint of the weights
 * @param stopped where training was stopped before its end, as in "in epoch 3 of 60", if it was
 */
public record Report(
    String model,
    String data,
    History history,
    ElboEstimate test,
    List<Pair> pairs,
    Picture samples,
    Optional<Picture> manifold,
    Scatter scatter,
    Map<String, String> settings,
    Map<String, String> machine,
    String command,
    String javaCode,
    String javaCommand,
    String fingerprint,
    Optional<String> stopped) {

  /**
   * An image and what the model makes of it.
   *
   * @param name the class of the image
   * @param picture the original, and the reconstruction under it
   */
  public record Pair(String name, Picture picture) {}

  /** The latent dimensions, from 0, the one that carries most first. */
  public static List<Integer> byDivergence(ElboEstimate estimate) {
    List<Double> kl = estimate.klPerDim();
    return IntStream.range(0, kl.size())
        .boxed()
        .sorted(Comparator.comparing((Integer dim) -> kl.get(dim)).reversed())
        .toList();
  }

  /** The page. */
  public String html() {
    return new Page(this).html();
  }
}
