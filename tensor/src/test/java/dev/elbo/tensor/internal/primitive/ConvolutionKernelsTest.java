package dev.elbo.tensor.internal.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Convolution;
import dev.elbo.tensor.Padding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.Team;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the float32 kernels' bits against each other: backends, threads, orders of chunks. */
class ConvolutionKernelsTest {
  private static final long SEED = 20_260_101;
  private static final Convolution VALID = Convolution.of();
  private static final Convolution SAME = VALID.padding(Padding.SAME);

  static Stream<ConvolutionGeometry> geometries() {
    return Stream.of(
        geometry(VALID, Shape.of(80, 15, 14, 1), Shape.of(3, 3, 1, 33)),
        geometry(SAME.strides(2), Shape.of(99, 17, 16, 1), Shape.of(5, 4, 1, 17)),
        geometry(VALID, Shape.of(7, 13, 13, 32), Shape.of(3, 3, 32, 64)),
        geometry(SAME, Shape.of(20, 14, 11, 3), Shape.of(3, 3, 3, 40)),
        geometry(SAME.strides(2, 1), Shape.of(12, 12, 13, 20), Shape.of(3, 2, 20, 31)),
        geometry(SAME.dilation(2, 3), Shape.of(8, 13, 14, 13), Shape.of(3, 3, 13, 16)),
        geometry(VALID.strides(3).dilation(2), Shape.of(60, 15, 16, 7), Shape.of(2, 3, 7, 70)),
        // One image: parts of the channels and of the filters.
        geometry(SAME, Shape.of(1, 9, 9, 70), Shape.of(3, 3, 70, 130)),
        geometry(SAME, Shape.of(4, 8, 7, 100), Shape.of(1, 1, 100, 96)),
        // Three rows of a filter in groups of two and one.
        geometry(SAME.strides(2), Shape.of(100, 14, 14, 32), Shape.of(3, 3, 32, 32)),
        geometry(SAME, Shape.of(9, 14, 15, 24), Shape.of(3, 3, 24, 1)),
        geometry(VALID.dilation(1, 2), Shape.of(30, 14, 15, 9), Shape.of(3, 2, 9, 4)),
        // In place and with padding, bands of rows, several blocks in a chunk, a stride of gaps.
        geometry(VALID, Shape.of(1, 70, 66, 17), Shape.of(3, 3, 17, 37)),
        geometry(SAME, Shape.of(2, 75, 67, 33), Shape.of(5, 3, 33, 20)),
        geometry(VALID.strides(2), Shape.of(40, 14, 13, 18), Shape.of(3, 3, 18, 70)),
        geometry(SAME.strides(3), Shape.of(31, 10, 11, 19), Shape.of(2, 1, 19, 64)),
        geometry(SAME, Shape.of(3, 5, 4, 130), Shape.of(3, 3, 130, 16)),
        geometry(VALID, Shape.of(2, 5, 5, 2), Shape.of(5, 5, 2, 40)),
        // Filter gradients in place: with and without padding, pieces that end within an image.
        geometry(SAME, Shape.of(23, 17, 18, 8), Shape.of(3, 5, 8, 32)),
        geometry(SAME.dilation(2, 3), Shape.of(13, 13, 14, 24), Shape.of(3, 3, 24, 96)),
        geometry(VALID.strides(3, 2), Shape.of(9, 40, 31, 16), Shape.of(4, 3, 16, 64)),
        geometry(SAME.strides(2), Shape.of(11, 21, 22, 32), Shape.of(3, 3, 32, 32)),
        geometry(SAME, Shape.of(2, 8, 8, 32), Shape.of(1, 1, 32, 32)),
        // Several images at a time, runs of odd length, filters in fours and twos of vectors.
        geometry(SAME, Shape.of(41, 7, 6, 9), Shape.of(3, 3, 9, 160)),
        geometry(VALID, Shape.of(33, 6, 7, 26), Shape.of(3, 2, 26, 64)),
        geometry(SAME.strides(2), Shape.of(15, 9, 9, 3), Shape.of(3, 3, 3, 32)),
        // Edges apart: of one image, of several, filters wider than the image, gaps, even filters.
        geometry(SAME, Shape.of(1, 9, 8, 24), Shape.of(5, 5, 24, 48)),
        geometry(SAME, Shape.of(19, 7, 7, 40), Shape.of(3, 3, 40, 64)),
        geometry(SAME, Shape.of(9, 3, 4, 16), Shape.of(5, 7, 16, 16)),
        geometry(SAME.dilation(2, 3), Shape.of(12, 9, 9, 32), Shape.of(3, 3, 32, 32)),
        geometry(SAME, Shape.of(10, 6, 6, 32), Shape.of(4, 2, 32, 80)),
        // One channel: more filter elements than registers hold, and two vectors of filters and
        // one.
        geometry(SAME, Shape.of(40, 14, 13, 1), Shape.of(5, 5, 1, 48)),
        geometry(VALID.strides(2), Shape.of(70, 15, 14, 1), Shape.of(3, 3, 1, 50)),
        // One channel: planes of two rows and three columns, gaps, and filters of 49 and 12.
        geometry(SAME.strides(2), Shape.of(50, 28, 27, 1), Shape.of(3, 3, 1, 32)),
        geometry(SAME.strides(1, 3), Shape.of(30, 13, 40, 1), Shape.of(3, 3, 1, 34)),
        geometry(SAME.dilation(3, 2), Shape.of(40, 14, 13, 1), Shape.of(3, 3, 1, 32)),
        geometry(SAME, Shape.of(12, 40, 37, 1), Shape.of(7, 7, 1, 32)),
        geometry(SAME.strides(2, 1), Shape.of(40, 14, 13, 1), Shape.of(3, 4, 1, 32)),
        // Short runs in threes and in ones, and a filter gradient of 8, 4, 2 and 1 elements.
        geometry(SAME.strides(2), Shape.of(20, 23, 21, 3), Shape.of(5, 5, 3, 32)),
        geometry(SAME, Shape.of(11, 9, 10, 4), Shape.of(5, 5, 4, 70)),
        // Backwards with a stride, edges apart: what sees all of the filters has short runs.
        geometry(SAME.strides(2), Shape.of(12, 14, 14, 16), Shape.of(3, 3, 16, 16)),
        geometry(SAME.strides(2), Shape.of(12, 14, 14, 24), Shape.of(3, 3, 24, 16)),
        geometry(SAME.strides(2), Shape.of(12, 14, 14, 48), Shape.of(3, 3, 48, 12)),
        geometry(SAME.strides(2), Shape.of(12, 14, 14, 64), Shape.of(3, 3, 64, 16)),
        // Filters read in place, of one image, edges apart and not.
        geometry(VALID, Shape.of(1, 13, 13, 32), Shape.of(3, 3, 32, 64)),
        geometry(SAME, Shape.of(1, 12, 13, 16), Shape.of(3, 3, 16, 32)),
        // Runs of 24 and of 48 for two vectors and for one, edges apart and not.
        geometry(SAME, Shape.of(12, 20, 19, 16), Shape.of(3, 3, 16, 32)),
        geometry(SAME, Shape.of(30, 9, 8, 8), Shape.of(3, 3, 8, 24)),
        geometry(SAME, Shape.of(30, 9, 8, 8), Shape.of(3, 3, 8, 16)),
        // One channel: its rows are added side by side.
        geometry(VALID, Shape.of(40, 12, 13, 1), Shape.of(3, 4, 1, 9)),
        geometry(VALID, Shape.of(3, 3, 3, 5), Shape.of(3, 3, 5, 2)),
        // One channel and many filters: rows wider than their images, and narrower.
        geometry(SAME, Shape.of(37, 28, 28, 1), Shape.of(3, 3, 1, 32)),
        geometry(VALID, Shape.of(33, 19, 34, 1), Shape.of(3, 3, 1, 24)),
        geometry(SAME.dilation(3, 5), Shape.of(20, 16, 33, 1), Shape.of(3, 3, 1, 17)),
        geometry(SAME, Shape.of(20, 21, 20, 1), Shape.of(5, 4, 1, 40)),
        // Elements of a filter that are no fours and fives, and all of them.
        geometry(SAME, Shape.of(20, 15, 14, 1), Shape.of(2, 3, 1, 32)),
        geometry(VALID, Shape.of(20, 14, 17, 1), Shape.of(1, 7, 1, 40)),
        geometry(SAME, Shape.of(20, 13, 15, 1), Shape.of(3, 5, 1, 50)),
        geometry(SAME, Shape.of(1, 1, 1, 1), Shape.of(3, 3, 1, 1)),
        // One channel: rows of fewer than four places, of four, and of some more.
        geometry(VALID, Shape.of(30, 9, 4, 1), Shape.of(3, 3, 1, 32)),
        geometry(VALID, Shape.of(30, 9, 5, 1), Shape.of(3, 3, 1, 32)),
        geometry(VALID, Shape.of(30, 9, 6, 1), Shape.of(3, 3, 1, 48)),
        geometry(VALID, Shape.of(30, 9, 7, 1), Shape.of(3, 3, 1, 32)),
        geometry(VALID, Shape.of(30, 9, 9, 1), Shape.of(3, 3, 1, 40)),
        // Few positions, and runs longer than a panel in one go.
        geometry(VALID, Shape.of(1, 3, 5, 32), Shape.of(3, 3, 32, 16)),
        geometry(VALID, Shape.of(1, 3, 6, 32), Shape.of(3, 3, 32, 16)),
        geometry(VALID, Shape.of(1, 3, 7, 32), Shape.of(3, 3, 32, 32)),
        geometry(VALID, Shape.of(1, 3, 9, 32), Shape.of(3, 3, 32, 32)),
        geometry(VALID, Shape.of(3, 6, 6, 600), Shape.of(3, 3, 600, 16)));
  }

  private static ConvolutionGeometry geometry(Convolution convolution, Shape input, Shape filters) {
    Shape output = convolution.outputShape(input, filters);
    return ConvolutionGeometry.of(convolution, input, filters.dim(0), filters.dim(1), output);
  }

  @Test
  void paddingFarBeyondTheImageIsNotCopied() {
    ConvolutionGeometry far =
        geometry(SAME.dilation(6000), Shape.of(1, 16, 16, 32), Shape.of(3, 3, 32, 32));
    assertThat(ImageConvolution.suitsForward(far)).isFalse();
    assertThat(ImageConvolution.suitsInputGradient(far)).isFalse();
    assertThat(
            PlaneConvolution.suits(
                geometry(SAME.dilation(30000), Shape.of(2, 9, 9, 1), Shape.of(3, 3, 1, 32))))
        .isFalse();
    ConvolutionGeometry near =
        geometry(SAME.dilation(2), Shape.of(1, 160, 160, 64), Shape.of(3, 3, 64, 64));
    assertThat(ImageConvolution.suitsForward(near)).isTrue();
    assertThat(ImageConvolution.suitsInputGradient(near)).isTrue();
  }

  @Test
  void vectorKernelsArePresent() {
    // Without the module the tests below would compare the scalar kernels with themselves.
    assertThat(Kernels.get().name()).as("--add-modules jdk.incubator.vector").isEqualTo("vector");
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void forwardHasTheSameBits(ConvolutionGeometry geometry) {
    Object[] inputs = {floats(inputs(geometry)), floats(weights(geometry))};
    int size = geometry.positions() * geometry.filters();
    assertSameBits(
        inputs,
        size,
        new Conv2DKernel(geometry, Kernels.scalar()),
        new Conv2DKernel(geometry, Kernels.get()));
    if (Conv2DFewFiltersKernel.suits(geometry)) {
      assertSameBits(
          inputs,
          size,
          new Conv2DFewFiltersKernel(geometry, Kernels.scalar()),
          new Conv2DFewFiltersKernel(geometry, Kernels.get()));
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void inputGradientHasTheSameBits(ConvolutionGeometry geometry) {
    assertSameBits(
        new Object[] {floats(outputs(geometry)), floats(weights(geometry))},
        inputs(geometry),
        new Conv2DInputGradientKernel(geometry, Kernels.scalar()),
        new Conv2DInputGradientKernel(geometry, Kernels.get()));
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void readingTheImageInPlaceHasTheBitsOfPatches(ConvolutionGeometry geometry) {
    Object[] inputs = {floats(inputs(geometry)), floats(weights(geometry))};
    int size = geometry.positions() * geometry.filters();
    Kernel patches = new Conv2DKernel(geometry, Kernels.scalar());
    assertSameBits(inputs, size, patches, ImageConvolution.forward(geometry, Kernels.scalar()));
    assertSameBits(inputs, size, patches, ImageConvolution.forward(geometry, Kernels.get()));
    if (geometry.channels() == 1 && geometry.taps() == 9) {
      assertSameBits(inputs, size, patches, new PlaneConvolution(geometry, Kernels.scalar()));
      assertSameBits(inputs, size, patches, new PlaneConvolution(geometry, Kernels.get()));
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void inputGradientIsOneChainByAscendingOutputs(ConvolutionGeometry geometry) {
    float[] y = floats(outputs(geometry));
    float[] w = floats(weights(geometry));
    Kernel chains = (chunk, inputs, output, scratch) -> chains(geometry, y, w, (float[]) output);
    Object[] inputs = {y, w};
    assertSameBits(
        inputs,
        inputs(geometry),
        chains,
        ImageConvolution.inputGradient(geometry, Kernels.scalar()));
    assertSameBits(
        inputs, inputs(geometry), chains, ImageConvolution.inputGradient(geometry, Kernels.get()));
  }

  private static void chains(ConvolutionGeometry geometry, float[] y, float[] w, float[] x) {
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    int filters = geometry.filters();
    int size = inputs(geometry);
    for (int i = 0; i < size; i++) {
      int c = i % geometry.channels();
      int v = i / geometry.channels() % columns.input();
      int h = i / geometry.channels() / columns.input() % rows.input();
      int image = i / geometry.imageSize();
      float sum = 0;
      for (int place = 0; place < geometry.imagePositions(); place++) {
        int p = place / columns.output();
        int q = place % columns.output();
        int r = h + rows.before() - p * rows.stride();
        int s = v + columns.before() - q * columns.stride();
        if (r % rows.dilation() != 0 || s % columns.dilation() != 0) {
          continue;
        }
        r /= rows.dilation();
        s /= columns.dilation();
        if (r < 0 || r >= rows.size() || s < 0 || s >= columns.size()) {
          continue;
        }
        int from = (image * geometry.imagePositions() + place) * filters;
        int weight = ((r * columns.size() + s) * geometry.channels() + c) * filters;
        for (int f = 0; f < filters; f++) {
          sum = Math.fma(y[from + f], w[weight + f], sum);
        }
      }
      x[i] = sum;
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void filterGradientHasTheSameBits(ConvolutionGeometry geometry) {
    assertSameBits(
        new Object[] {floats(inputs(geometry)), floats(outputs(geometry))},
        weights(geometry),
        Conv2DFilterGradientKernel.of(geometry, Kernels.scalar()),
        Conv2DFilterGradientKernel.of(geometry, Kernels.get()));
  }

  @Test
  void mostAreCutIntoChunks() {
    List<ConvolutionGeometry> all = geometries().toList();
    for (ConvolutionGeometry geometry : all.subList(0, 9)) {
      assertThat(new Conv2DKernel(geometry, Kernels.get()).chunks())
          .as("%s", geometry)
          .isGreaterThan(1);
      assertThat(new Conv2DInputGradientKernel(geometry, Kernels.get()).chunks())
          .as("%s", geometry)
          .isGreaterThan(1);
      assertThat(Conv2DFilterGradientKernel.of(geometry, Kernels.get()).chunks())
          .as("%s", geometry)
          .isGreaterThan(1);
    }
  }

  private static int inputs(ConvolutionGeometry geometry) {
    return geometry.batch() * geometry.imageSize();
  }

  private static int weights(ConvolutionGeometry geometry) {
    return geometry.patch() * geometry.filters();
  }

  private static int outputs(ConvolutionGeometry geometry) {
    return geometry.positions() * geometry.filters();
  }

  private static float[] floats(int size) {
    Random random = new Random(SEED + size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertSameBits(Object[] inputs, int size, Kernel scalar, Kernel vector) {
    int[] expected = run(scalar, inputs, size, 1);
    for (int threads = 1; threads <= 3; threads++) {
      int[] actual = run(vector, inputs, size, threads);
      int at = Arrays.mismatch(expected, actual);
      assertThat(at)
          .as(
              "first difference, seed %d, %d threads, of %d elements",
              SEED, threads, expected.length)
          .isEqualTo(-1);
    }
  }

  /** The bits of the result, computed in memory that is full of NaN. */
  private static int[] run(Kernel kernel, Object[] inputs, int size, int threads) {
    Object[] arrays = inputs.clone();
    if (kernel.partialFloats() > 0) {
      arrays = Arrays.copyOf(inputs, inputs.length + 1);
      arrays[inputs.length] = nans(kernel.partialFloats());
    }
    Object[] all = arrays;
    float[] output = nans(size);
    try (Team team = Team.of(threads)) {
      float[][] scratch = new float[threads][];
      Arrays.setAll(scratch, slot -> nans(kernel.scratchFloats()));
      team.run(kernel.chunks(), (chunk, slot) -> kernel.run(chunk, all, output, scratch[slot]));
    }
    kernel.end(all, output);
    int[] bits = new int[size];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(output[i]));
    for (int i = 0; i < size; i++) {
      assertThat(output[i]).as("element %d", i).isNotNaN();
    }
    return bits;
  }

  private static float[] nans(int size) {
    float[] values = new float[size];
    Arrays.fill(values, Float.NaN);
    return values;
  }
}
