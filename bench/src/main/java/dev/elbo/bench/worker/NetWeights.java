package dev.elbo.bench.worker;

import dev.elbo.bench.worker.Net.Placed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The first weights of a net, kernels and biases in turn, for either order of the axes. */
public final class NetWeights {
  private NetWeights() {}

  /** Kernels by Glorot's uniform rule, biases near zero; channels last, as Keras has them. */
  public static List<float[]> channelsLast(Net net) {
    List<float[]> weights = new ArrayList<>();
    int seed = 100;
    for (Placed placed : net.weighted()) {
      List<Integer> shape = placed.kernelShape();
      int receptive = NetLayer.size(shape.subList(0, shape.size() - 2));
      int fans = receptive * (shape.get(shape.size() - 2) + shape.getLast());
      weights.add(scaled(NetLayer.size(shape), Math.sqrt(6.0 / fans), seed++));
      weights.add(scaled(placed.layer().units(), 0.01, seed++));
    }
    return weights;
  }

  /**
   * The same for a net whose images are (channels, height, width), as PyTorch has them: dense
   * (units, inputs), convolutions (filters, inputs, height, width), transposed ones (inputs,
   * filters, height, width). {@linkplain Net#mirrored Mirrored} where the net is.
   */
  public static List<float[]> channelsFirst(Net net) {
    List<float[]> last = channelsLast(net);
    List<float[]> first = new ArrayList<>();
    boolean mirrored = net.mirrored();
    for (List<Placed> part : List.of(net.placedLayers(), net.placedHeads(), net.placedDecoder())) {
      for (int i = 0; i < part.size(); i++) {
        Placed placed = part.get(i);
        List<Integer> shape = placed.kernelShape();
        if (shape.isEmpty()) {
          continue;
        }
        float[] kernel = last.get(first.size());
        float[] bias = last.get(first.size() + 1);
        if (shape.size() == 4) {
          first.add(filtersFirst(kernel, shape, mirrored));
          first.add(bias);
        } else {
          int[] rows =
              i > 0 && part.get(i - 1).layer().kind() == NetLayer.Kind.FLATTEN
                  ? pixelOrder(part.get(i - 1).input(), mirrored)
                  : identity(shape.getFirst());
          int[] columns =
              i + 1 < part.size() && part.get(i + 1).layer().kind() == NetLayer.Kind.RESHAPE
                  ? pixelOrder(part.get(i + 1).output(), mirrored)
                  : identity(shape.getLast());
          first.add(transposed(kernel, rows, columns));
          first.add(picked(bias, columns));
        }
      }
    }
    return first;
  }

  /** Images (n, height, width), each turned about both axes. */
  public static float[] mirrored(float[] images, int pixels) {
    float[] turned = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int image = i / pixels * pixels;
      turned[i] = images[image + pixels - 1 - (i - image)];
    }
    return turned;
  }

  /** All arrays behind one another. */
  public static float[] joined(List<float[]> arrays) {
    float[] all = new float[arrays.stream().mapToInt(array -> array.length).sum()];
    int offset = 0;
    for (float[] array : arrays) {
      System.arraycopy(array, 0, all, offset, array.length);
      offset += array.length;
    }
    return all;
  }

  /** The arrays again that {@link #joined} put behind one another. */
  public static List<float[]> split(Net net, float[] all) {
    List<float[]> arrays = new ArrayList<>();
    int offset = 0;
    for (Placed placed : net.weighted()) {
      int kernel = NetLayer.size(placed.kernelShape());
      int units = placed.layer().units();
      arrays.add(Arrays.copyOfRange(all, offset, offset + kernel));
      arrays.add(Arrays.copyOfRange(all, offset + kernel, offset + kernel + units));
      offset += kernel + units;
    }
    return arrays;
  }

  /** The number of all weights. */
  static int count(Net net) {
    return net.weighted().stream()
        .mapToInt(placed -> NetLayer.size(placed.kernelShape()) + placed.layer().units())
        .sum();
  }

  private static float[] scaled(int count, double limit, int seed) {
    float[] values = SharedArrays.uniform(count, seed);
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) limit;
    }
    return values;
  }

  /** From (height, width, a, b) to (b, a, height, width). */
  private static float[] filtersFirst(float[] kernel, List<Integer> shape, boolean mirrored) {
    int pixels = shape.get(0) * shape.get(1);
    int rows = shape.get(2);
    int columns = shape.get(3);
    float[] result = new float[kernel.length];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int to = mirrored ? pixels - 1 - pixel : pixel;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          result[(column * rows + row) * pixels + to] =
              kernel[(pixel * rows + row) * columns + column];
        }
      }
    }
    return result;
  }

  /** For each place of (channels, height, width), where it lies in (height, width, channels). */
  private static int[] pixelOrder(List<Integer> shape, boolean mirrored) {
    int pixels = shape.get(0) * shape.get(1);
    int channels = shape.get(2);
    int[] order = new int[pixels * channels];
    for (int channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = mirrored ? pixels - 1 - pixel : pixel;
        order[channel * pixels + pixel] = from * channels + channel;
      }
    }
    return order;
  }

  private static int[] identity(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  private static float[] transposed(float[] matrix, int[] rows, int[] columns) {
    float[] result = new float[matrix.length];
    for (int column = 0; column < columns.length; column++) {
      for (int row = 0; row < rows.length; row++) {
        result[column * rows.length + row] = matrix[rows[row] * columns.length + columns[column]];
      }
    }
    return result;
  }

  private static float[] picked(float[] values, int[] order) {
    float[] result = new float[values.length];
    for (int i = 0; i < order.length; i++) {
      result[i] = values[order[i]];
    }
    return result;
  }
}
