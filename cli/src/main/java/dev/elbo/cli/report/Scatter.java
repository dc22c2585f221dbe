package dev.elbo.cli.report;

import java.util.List;

/**
 * Posterior means of examples in two latent dimensions, by class.
 *
 * @param xDim the latent dimension that is drawn from left to right, from 0
 * @param yDim the one that is drawn upwards
 * @param classNames the name of each class
 * @param points the points of each class, in the order of the names
 */
public record Scatter(int xDim, int yDim, List<String> classNames, List<List<Point>> points) {
  /** The mean of one example. */
  public record Point(double x, double y) {}

  public Scatter {
    classNames = List.copyOf(classNames);
    points = points.stream().map(List::copyOf).toList();
  }
}
