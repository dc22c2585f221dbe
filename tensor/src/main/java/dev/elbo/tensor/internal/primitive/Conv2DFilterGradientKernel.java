package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.GemmLoops;
import dev.elbo.tensor.internal.kernel.GemmShape;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.PlaneKernels;
import dev.elbo.tensor.internal.kernel.WindowKernels;
import java.util.Arrays;
import java.util.Optional;

/**
 * The gradient of a convolution in its filters, in float32, as the product of transposed patches
 * and the output's cotangent: (patch, positions) by (positions, filters).
 *
 * <p>The sum over positions is cut into pieces, by shape alone: an element of a piece is one chain
 * of fused multiply-adds over ascending positions, and the pieces are added in ascending order. So
 * several threads share the work of few filters, and no chain is very long.
 */
final class Conv2DFilterGradientKernel implements ImageKernel {
  private static final int MOST_CHUNKS = 16;

  /** In a shorter piece, adding it to the others would tell. */
  private static final int LEAST_POSITIONS = 512;

  /** Memory of all pieces together: 16 MiB. */
  private static final int MOST_PIECE_FLOATS = 1 << 22;

  private static final int LEAST_COLUMNS = 64;

  /** Floats of patches in a block: half of a common second-level cache. */
  private static final int BLOCK_FLOATS = 1 << 16;

  private static final int LEAST_BLOCK = 64;
  private static final int MOST_BLOCK = 512;

  private final ConvolutionGeometry geometry;
  private final Patches patches;
  private final WindowKernels windows;
  private final int weights;
  private final int pieces;
  private final int piecePositions;
  private final int groups;
  private final int groupRows;
  private final int across;
  private final int chunkColumns;
  private final int block;

  /** For one channel: the products are read from planes. */
  private final Optional<Planes> planes;

  private final PlaneKernels planeLoops;
  private final Optional<ImageFilterGradient> inPlace;
  private final GemmLoops product;

  /** The product of the very last block, where that is shorter. */
  private final GemmLoops lastProduct;

  private Conv2DFilterGradientKernel(ConvolutionGeometry geometry, Kernels kernels) {
    this.geometry = geometry;
    this.patches = new Patches(geometry);
    this.windows = kernels.windows();
    weights = geometry.patch() * geometry.filters();
    int positions = geometry.positions();
    int wanted = geometry.wantedChunks(MOST_CHUNKS);
    int most = Math.max(1, Math.min(positions / LEAST_POSITIONS, MOST_PIECE_FLOATS / weights));
    int wantedPieces = Math.min(wanted, most);
    int filterRows = geometry.rows().size();
    groupRows = Math.ceilDiv(filterRows, Math.min(filterRows, Math.ceilDiv(wanted, wantedPieces)));
    groups = Math.ceilDiv(filterRows, groupRows);
    int wantedAcross = Math.ceilDiv(wanted, wantedPieces * groups);
    int parts = Math.clamp(wantedAcross, 1, Math.ceilDiv(geometry.filters(), LEAST_COLUMNS));
    chunkColumns = Math.ceilDiv(Math.ceilDiv(geometry.filters(), parts), 32) * 32;
    across = Math.ceilDiv(geometry.filters(), chunkColumns);
    int groupPatch = groupRows * geometry.columns().size() * geometry.channels();
    int mostBlock = Math.clamp(BLOCK_FLOATS / groupPatch, LEAST_BLOCK, MOST_BLOCK);
    int piece = Math.ceilDiv(positions, wantedPieces);
    int blocks = Math.ceilDiv(piece, mostBlock);
    block = Math.ceilDiv(piece, blocks);
    piecePositions = block * blocks;
    pieces = Math.ceilDiv(positions, piecePositions);
    planes =
        kernels.vectorBits() > 0 && PlaneConvolution.suits(geometry) && groups == 1 && across == 1
            ? Optional.of(new Planes(geometry, kernels.planes()))
            : Optional.empty();
    planeLoops = kernels.planes();
    inPlace =
        kernels
            .imageGradients()
            .filter(tiles -> ImageFilterGradient.suits(geometry, tiles))
            .map(tiles -> new ImageFilterGradient(geometry, tiles));
    product = product(block, groupPatch, kernels);
    lastProduct =
        positions % block == 0 ? product : product(positions % block, groupPatch, kernels);
  }

  static Kernel of(ConvolutionGeometry geometry, Kernels kernels) {
    if (geometry.positions() == 0) {
      int weights = geometry.patch() * geometry.filters();
      return (chunk, inputs, output, scratch) -> Arrays.fill((float[]) output, 0, weights, 0f);
    }
    return new Conv2DFilterGradientKernel(geometry, kernels);
  }

  private GemmLoops product(int depth, int groupPatch, Kernels kernels) {
    int filters = geometry.filters();
    boolean transposed = geometry.channels() > 1;
    GemmShape shape =
        new GemmShape(
            transposed,
            false,
            groupPatch,
            filters,
            depth,
            transposed ? groupPatch : block,
            filters,
            filters);
    return kernels.gemm().loops(shape, groupPatch, Math.min(chunkColumns, filters));
  }

  @Override
  public int chunks() {
    return pieces * groups * across;
  }

  @Override
  public int imageFrom(int chunk) {
    return positionFrom(chunk) / geometry.imagePositions();
  }

  @Override
  public int imageTo(int chunk) {
    return Math.ceilDiv(positionTo(chunk), geometry.imagePositions());
  }

  private int positionFrom(int chunk) {
    return chunk / (groups * across) * piecePositions;
  }

  private int positionTo(int chunk) {
    return Math.min(geometry.positions(), positionFrom(chunk) + piecePositions);
  }

  @Override
  public boolean isImages(int input) {
    return true;
  }

  @Override
  public boolean writesImages() {
    return false;
  }

  @Override
  public double nanos() {
    return geometry.flops() / 40;
  }

  @Override
  public int scratchFloats() {
    if (planes.isPresent()) {
      return planes.get().scratchFloats();
    }
    if (inPlace.isPresent()) {
      return inPlace.get().scratchFloats();
    }
    int groupPatch = groupRows * geometry.columns().size() * geometry.channels();
    return patchesOffset() + block * groupPatch;
  }

  private int patchesOffset() {
    return Math.max(product.scratchFloats(), lastProduct.scratchFloats());
  }

  @Override
  public int partialFloats() {
    return pieces == 1 ? 0 : pieces * weights;
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    float[] x = (float[]) inputs[0];
    float[] y = (float[]) inputs[1];
    float[] w = (float[]) (pieces == 1 ? output : inputs[2]);
    int piece = chunk / (groups * across);
    int group = chunk / across % groups;
    int columnFrom = chunk % across * chunkColumns;
    int columnTo = Math.min(geometry.filters(), columnFrom + chunkColumns);
    int tapRowFrom = group * groupRows;
    int tapRowTo = Math.min(geometry.rows().size(), tapRowFrom + groupRows);
    int rowPatch = geometry.columns().size() * geometry.channels();
    int wOffset = piece * weights + tapRowFrom * rowPatch * geometry.filters();
    int offset = patchesOffset();
    int begin = positionFrom(chunk);
    int end = positionTo(chunk);
    if (planes.isPresent()) {
      Arrays.fill(w, wOffset, wOffset + weights, 0f);
      add(planes.get(), x, y, 0, begin, end, w, wOffset, scratch);
      return;
    }
    if (inPlace.isPresent()) {
      inPlace
          .get()
          .run(
              x,
              y,
              begin,
              end,
              w,
              piece * weights,
              tapRowFrom,
              tapRowTo,
              columnFrom,
              columnTo,
              scratch);
      return;
    }
    for (int from = begin; from < end; from += block) {
      int to = Math.min(end, from + block);
      if (geometry.channels() == 1) {
        patches.columns(x, from, to, tapRowFrom, tapRowTo, scratch, offset, block);
      } else {
        // The last group may have fewer rows of the filter; the product reads full steps.
        patches.rows(x, from, to, tapRowFrom, tapRowTo, scratch, offset, groupRows * rowPatch);
      }
      (to - from == block ? product : lastProduct)
          .run(
              scratch,
              offset,
              y,
              from * geometry.filters(),
              w,
              wOffset,
              0,
              (tapRowTo - tapRowFrom) * rowPatch,
              columnFrom,
              columnTo,
              from > begin,
              scratch);
    }
  }

  /** Whether the products of a chunk can be had image by image. */
  boolean addsImages() {
    return planes.isPresent();
  }

  /** Sets a chunk's sums to zero, for {@link #addImage}. */
  void clear(int chunk, float[] w) {
    Arrays.fill(w, chunk * weights, (chunk + 1) * weights, 0f);
  }

  /**
   * Adds those positions of an image that are a chunk's, the images in ascending order.
   *
   * @param y an array with this image of the cotangent alone, from {@code at} on
   * @param w the output, or the partial results if there are any
   */
  void addImage(int chunk, int image, float[] x, float[] y, int at, float[] w, float[] scratch) {
    int first = image * geometry.imagePositions();
    int begin = Math.max(positionFrom(chunk), first);
    int end = Math.min(positionTo(chunk), first + geometry.imagePositions());
    int shift = at - first * geometry.filters();
    add(planes.orElseThrow(), x, y, shift, begin, end, w, chunk * weights, scratch);
  }

  /**
   * Adds positions {@code begin} to {@code end}.
   *
   * @param shift where in its array y begins; below 0 if that holds its later part only
   */
  private void add(
      Planes layout,
      float[] x,
      float[] y,
      int shift,
      int begin,
      int end,
      float[] w,
      int wOffset,
      float[] scratch) {
    int rowLength = geometry.columns().output();
    int imageRows = geometry.rows().output();
    int filters = geometry.filters();
    int lastRow = (end - 1) / rowLength;
    int row = begin / rowLength;
    while (row <= lastRow) {
      int p = row % imageRows;
      int high = Math.min(Planes.MOST_ROWS, Math.min(imageRows - p, lastRow + 1 - row));
      int base = layout.layOut(x, row / imageRows, p, high, scratch);
      int i = 0;
      while (i < high) {
        int from = Math.max(begin, (row + i) * rowLength);
        int to = Math.min(end, (row + i + 1) * rowLength);
        // Whole rows together, and a part of the first or the last alone.
        int together = to - from < rowLength ? 1 : Math.min(high - i, end / rowLength - row - i);
        planeLoops.addGradient(
            layout.array(x, scratch),
            base + i * layout.rowStep() + from - (row + i) * rowLength,
            layout.rowStep(),
            layout.taps(),
            y,
            shift + from * filters,
            w,
            wOffset,
            together,
            to - from,
            filters);
        i += together;
      }
      row += high;
    }
  }

  /** Adds up the pieces. */
  @Override
  public void end(Object[] inputs, Object output) {
    if (pieces > 1) {
      addPieces((float[]) inputs[2], (float[]) output);
    }
  }

  void addPieces(float[] partials, float[] w) {
    System.arraycopy(partials, 0, w, 0, weights);
    for (int piece = 1; piece < pieces; piece++) {
      windows.add(partials, piece * weights, weights, w, 0, weights, 1, weights);
    }
  }
}
