package dev.elbo.cli.report;

import java.util.List;
import java.util.OptionalInt;

/**
 * Posterior means of examples in two latent dimensions, by class; or in the only one there is,
 * above which each class has a height of its own.
 *
 * @param xDim the latent dimension that is drawn from left to right, from 0
 * @param yDim the one that is drawn upwards, if there is another
 * @param classNames the name of each class
 * @param points the points of each class, in the order of the names
 */
public record Scatter(
    int xDim, OptionalInt yDim, List<String> classNames, List<List<Point>> points) {
  /** The mean of one example. */
  public record Point(double x, double y) {}

  public Scatter {
    classNames = List.copyOf(classNames);
    points = points.stream().map(List::copyOf).toList();
  }
}
