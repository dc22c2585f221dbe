package dev.elbo.bench.worker;

import java.util.List;

/**
 * A layer of a net that every contender can build.
 *
 * @param kind what it is
 * @param units of a dense layer, filters of a convolution
 * @param kernel the side of a filter or of a pooling window
 * @param stride of a convolution; a pooling window moves by its side
 * @param same whether a convolution pads with zeros as TensorFlow's SAME does
 * @param relu whether relu follows
 * @param rate the share of units that a dropout drops
 * @param l1 the factor of {@code l1 * sum(|kernel|)} in the loss
 * @param shape what a reshape makes, without the batch
 */
public record NetLayer(
    Kind kind,
    int units,
    int kernel,
    int stride,
    boolean same,
    boolean relu,
    double rate,
    double l1,
    List<Integer> shape) {

  /** The layers that there are. */
  public enum Kind {
    DENSE,
    CONV,
    CONV_TRANSPOSE,
    MAX_POOL,
    FLATTEN,
    RESHAPE,
    DROPOUT
  }

  public static NetLayer dense(int units) {
    return new NetLayer(Kind.DENSE, units, 0, 0, false, false, 0, 0, List.of());
  }

  public static NetLayer conv(int filters, int kernel, int stride, boolean same) {
    return new NetLayer(Kind.CONV, filters, kernel, stride, same, false, 0, 0, List.of());
  }

  /** Always SAME. */
  public static NetLayer convTranspose(int filters, int kernel, int stride) {
    return new NetLayer(Kind.CONV_TRANSPOSE, filters, kernel, stride, true, false, 0, 0, List.of());
  }

  public static NetLayer maxPool(int side) {
    return new NetLayer(Kind.MAX_POOL, 0, side, side, false, false, 0, 0, List.of());
  }

  public static NetLayer flatten() {
    return new NetLayer(Kind.FLATTEN, 0, 0, 0, false, false, 0, 0, List.of());
  }

  public static NetLayer reshape(int height, int width, int channels) {
    return new NetLayer(
        Kind.RESHAPE, 0, 0, 0, false, false, 0, 0, List.of(height, width, channels));
  }

  public static NetLayer dropout(double rate) {
    return new NetLayer(Kind.DROPOUT, 0, 0, 0, false, false, rate, 0, List.of());
  }

  public NetLayer withRelu() {
    return new NetLayer(kind, units, kernel, stride, same, true, rate, l1, shape);
  }

  public NetLayer withL1(double factor) {
    return new NetLayer(kind, units, kernel, stride, same, relu, rate, factor, shape);
  }

  /** The shape that comes out, without the batch. */
  List<Integer> output(List<Integer> input) {
    return switch (kind) {
      case DENSE -> List.of(units);
      case CONV -> List.of(length(input.get(0)), length(input.get(1)), units);
      case CONV_TRANSPOSE -> List.of(input.get(0) * stride, input.get(1) * stride, units);
      case MAX_POOL -> List.of(input.get(0) / kernel, input.get(1) / kernel, input.get(2));
      case FLATTEN -> List.of(size(input));
      case RESHAPE -> shape;
      case DROPOUT -> input;
    };
  }

  /** The kernel's shape, as Keras has it; empty without one. */
  List<Integer> kernelShape(List<Integer> input) {
    return switch (kind) {
      case DENSE -> List.of(input.getFirst(), units);
      case CONV -> List.of(kernel, kernel, input.getLast(), units);
      case CONV_TRANSPOSE -> List.of(kernel, kernel, units, input.getLast());
      case MAX_POOL, FLATTEN, RESHAPE, DROPOUT -> List.of();
    };
  }

  /** Multiplications and additions of one example, forward. */
  double operations(List<Integer> input) {
    return switch (kind) {
      case DENSE, CONV ->
          2.0 * size(kernelShape(input)) * size(output(input)) / output(input).getLast();
      case CONV_TRANSPOSE -> 2.0 * size(kernelShape(input)) * size(input) / input.getLast();
      case MAX_POOL, FLATTEN, RESHAPE, DROPOUT -> 0;
    };
  }

  private int length(int input) {
    return same ? (input + stride - 1) / stride : (input - kernel) / stride + 1;
  }

  static int size(List<Integer> shape) {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }
}
