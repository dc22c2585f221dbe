package dev.elbo.tensor.internal.primitive;

import dev.elbo.tensor.internal.kernel.ImageLoops;
import dev.elbo.tensor.internal.kernel.ImageRows;
import dev.elbo.tensor.internal.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution in float32, or the gradient of one in its input, that reads what a target sees
 * where it lies in the source: each element is one chain of fused multiply-adds over what it sees
 * in the source, by ascending row, column and channel.
 *
 * <p>Targets that see padding are done apart from the others, without it; where that does not pay,
 * by shape alone, the block at hand is first copied with zeros around it, which take part.
 */
final class ImageConvolution implements ConvolutionKernel {
  private static final int MOST_CHUNKS = 48;

  /** In a chunk of fewer output positions, packing the filters tells. */
  private static final int LEAST_POSITIONS = 384;

  /** Up to so many positions, filters that lie as they would be packed are read in place. */
  private static final int FEW_POSITIONS = 512;

  private static final int LEAST_COLUMNS = 64;

  /** Narrower targets would leave most of a vector empty. */
  private static final int LEAST_CHANNELS = 16;

  /** Shorter runs of the source are done sooner than begun. */
  private static final int LEAST_RUN = 24;

  /** Floats that one row of targets sees: 16 MiB. */
  private static final double MOST_SEEN_FLOATS = 1 << 22;

  /** With fewer images, tiles of what sees an edge would stay empty. */
  private static final int LEAST_EDGE = 8;

  private static final int MOST_PHASES = 100;

  /** Where less of the products is padding, it costs less than edges done apart. */
  private static final double LEAST_PADDING = 0.08;

  /** Floats of the source in a block: a quarter of a second-level cache of 2 MiB. */
  private static final int BLOCK_FLOATS = 1 << 17;

  private final ConvolutionGeometry geometry;
  private final boolean backward;
  private final Grid source;
  private final Grid target;

  /** What a block reads: the source itself, or a copy of its part with padding. */
  private final Grid seen;

  private final boolean inPlace;
  private final int firstRow;
  private final int firstColumn;
  private final int rowStep;
  private final int rowMove;
  private final int bandRows;
  private final int bands;
  private final int blockImages;
  private final int chunkBlocks;
  private final int chunkColumns;
  private final List<Panel> panels = new ArrayList<>();
  private final List<Phase> phases = new ArrayList<>();

  /** Whether the filters lie as they would be packed, and are left where they are. */
  private final boolean filtersInPlace;

  private final int packedFloats;
  private final int loopsScratch;

  /** Images of some height, width and channels. */
  private record Grid(int rows, int columns, int channels) {
    int size() {
      return rows * columns * channels;
    }
  }

  /** The elements of the filters through which some targets see the source. */
  private record Panel(Track rows, Track columns, ImageLoops loops, int packedOffset) {}

  /** Targets that see the source through the same elements of the filters. */
  private record Phase(Panel panel, Track.Span rows, Track.Span columns, ImageLoops loops) {
    /** How many there are in some rows of targets of one image. */
    int count(int targetRows, int targetColumns) {
      return rows.count(panel.rows.count(targetRows))
          * columns.count(panel.columns.count(targetColumns));
    }
  }

  private ImageConvolution(ConvolutionGeometry geometry, boolean backward, Kernels kernels) {
    this.geometry = geometry;
    this.backward = backward;
    Window rows = geometry.rows();
    Window columns = geometry.columns();
    Grid input = new Grid(rows.input(), columns.input(), geometry.channels());
    Grid output = new Grid(rows.output(), columns.output(), geometry.filters());
    source = backward ? output : input;
    target = backward ? input : output;
    List<Track> rowTracks = backward ? Track.backward(rows) : Track.forward(rows);
    List<Track> columnTracks = backward ? Track.backward(columns) : Track.forward(columns);
    rowStep = rowTracks.getFirst().step;
    rowMove = rowTracks.getFirst().move;
    int leastRow = Track.least(rowTracks);
    int leastColumn = Track.least(columnTracks);
    int endColumn = Track.end(columnTracks, target.columns);
    boolean inside =
        leastRow >= 0
            && leastColumn >= 0
            && Track.end(rowTracks, target.rows) <= source.rows
            && endColumn <= source.columns;

    int images = geometry.batch();
    int wanted = geometry.wantedChunks(MOST_CHUNKS);
    int down = Math.max(1, Math.min(wanted, geometry.positions() / LEAST_POSITIONS));
    int across = Math.clamp(wanted / down, 1, Math.ceilDiv(target.channels, LEAST_COLUMNS));
    chunkColumns = Math.ceilDiv(Math.ceilDiv(target.channels, across), 32) * 32;
    int paddedColumns = inside ? source.columns : endColumn - leastColumn;
    long seenImage =
        (long) (Track.end(rowTracks, target.rows) - leastRow) * paddedColumns * source.channels;
    int chunkRows = Math.ceilDiv(images * target.rows, down);
    int most = Math.clamp((long) BLOCK_FLOATS * target.rows / seenImage, 1, chunkRows);
    if (most >= target.rows) {
      bandRows = target.rows;
      int chunkImages = Math.ceilDiv(images, Math.min(images, down));
      blockImages = Math.ceilDiv(chunkImages, Math.ceilDiv(chunkImages, most / target.rows));
    } else {
      int parts = Math.ceilDiv(target.rows, most);
      bandRows = Math.ceilDiv(Math.ceilDiv(target.rows, parts), rowStep) * rowStep;
      blockImages = 1;
    }
    bands = Math.ceilDiv(target.rows, bandRows);
    int blocks = blocks();
    chunkBlocks = Math.ceilDiv(blocks, Math.min(blocks, down));
    boolean apart = !inside && edgesApart(rowTracks, columnTracks);
    inPlace = inside || apart;
    firstRow = inPlace ? 0 : leastRow;
    firstColumn = inPlace ? 0 : leastColumn;
    int seenRows = inPlace ? source.rows : Track.end(rowTracks, bandRows) - leastRow;
    seen = new Grid(seenRows, inPlace ? source.columns : paddedColumns, source.channels);

    int packed = 0;
    int scratch = 0;
    int width = Math.min(chunkColumns, target.channels);
    for (Track row : rowTracks) {
      for (Track column : columnTracks) {
        List<Track.Span> rowSpans =
            apart ? row.apart(target.rows, source.rows) : row.together(bandRows);
        List<Track.Span> columnSpans =
            apart ? column.apart(target.columns, source.columns) : column.together(target.columns);
        boolean shares = rowSpans.size() * columnSpans.size() > 1;
        int panelFloats = 0;
        for (Track.Span rowSpan : rowSpans) {
          for (Track.Span columnSpan : columnSpans) {
            ImageLoops loops =
                kernels.images(rows(row, rowSpan, column, columnSpan, shares), width);
            if (panelFloats == 0) {
              panelFloats = loops.packedFloats();
              panels.add(new Panel(row, column, loops, packed));
            }
            phases.add(new Phase(panels.getLast(), rowSpan, columnSpan, loops));
            scratch = Math.max(scratch, loops.scratchFloats());
          }
        }
        packed += panelFloats;
      }
    }
    filtersInPlace =
        !backward
            && chunkBlocks * blockImages * bandRows * target.columns <= FEW_POSITIONS
            && panels.size() == 1
            && width == target.channels
            && panels.getFirst().loops.isPacked(geometry.filters(), 1, width);
    packedFloats = filtersInPlace ? 0 : packed;
    loopsScratch = scratch;
  }

  /** Whether a convolution's output is better computed so. */
  static boolean suitsForward(ConvolutionGeometry geometry) {
    return suits(geometry, geometry.channels(), geometry.filters()) && !geometry.isPointwise();
  }

  /** Whether the gradient in the input is computed so: another order of its sums. */
  static boolean suitsInputGradient(ConvolutionGeometry geometry) {
    int run = run(geometry, geometry.filters());
    return run >= LEAST_RUN && suits(geometry, geometry.filters(), geometry.channels());
  }

  /** Neighbouring elements of the source that a target sees. */
  private static int run(ConvolutionGeometry geometry, int depth) {
    return geometry.columns().dilation() == 1 ? geometry.columns().size() * depth : depth;
  }

  private static boolean suits(ConvolutionGeometry geometry, int depth, int width) {
    return geometry.positions() > 0
        && width >= LEAST_CHANNELS
        && reached(geometry) * depth <= MOST_SEEN_FLOATS;
  }

  /**
   * Places that the filter reaches from one row of an image, whichever way the convolution goes:
   * what a copy with padding holds at least. A filter dilated far beyond the image has a product of
   * patches instead.
   */
  private static double reached(ConvolutionGeometry geometry) {
    Window columns = geometry.columns();
    int length = Math.max(columns.input(), columns.output() * columns.stride());
    return (reach(geometry.rows()) + 1) * (length + 2 * reach(columns));
  }

  private static double reach(Window window) {
    return (window.size() - 1.0) * window.dilation();
  }

  static ImageConvolution forward(ConvolutionGeometry geometry, Kernels kernels) {
    return new ImageConvolution(geometry, false, kernels);
  }

  static ImageConvolution inputGradient(ConvolutionGeometry geometry, Kernels kernels) {
    return new ImageConvolution(geometry, true, kernels);
  }

  /**
   * Whether targets that see padding are done apart, without it: of the products of 7 by 7
   * positions a fifth would be by zero. With a stride from target to target the copy that padding
   * asks for reads the source faster than the products would.
   */
  private boolean edgesApart(List<Track> rowTracks, List<Track> columnTracks) {
    return bands == 1
        && run(geometry, source.channels) >= LEAST_RUN
        && rowMove == 1
        && columnTracks.getFirst().move == 1
        && blockImages * Math.min(target.rows, target.columns) >= LEAST_EDGE
        && spans(rowTracks, target.rows, source.rows)
                * spans(columnTracks, target.columns, source.columns)
            <= MOST_PHASES
        && inside(rowTracks, target.rows, source.rows)
                * inside(columnTracks, target.columns, source.columns)
            <= 1 - LEAST_PADDING;
  }

  private static long spans(List<Track> tracks, int targets, int sources) {
    return tracks.stream().mapToLong(track -> track.apart(targets, sources).size()).sum();
  }

  /** Which part of what some tracks see is not padding. */
  private static double inside(List<Track> tracks, int targets, int sources) {
    long inside = 0;
    long all = 0;
    for (Track track : tracks) {
      for (Track.Span span : track.apart(targets, sources)) {
        inside += (long) span.count() * (span.tapTo() - span.tapFrom());
      }
      all += (long) track.count(targets) * track.taps();
    }
    return all == 0 ? 1 : (double) inside / all;
  }

  /** Some targets of some tracks in a block, and what each of them sees. */
  private ImageRows rows(
      Track row, Track.Span rowSpan, Track column, Track.Span columnSpan, boolean shares) {
    int high = rowSpan.count();
    int wide = columnSpan.count();
    int[] places = new int[blockImages * high * wide];
    int[] targets = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      int image = i / (high * wide);
      int p = rowSpan.first() + i / wide % high;
      int q = columnSpan.first() + i % wide;
      int place = (image * seen.rows + p * row.move) * seen.columns + q * column.move;
      places[i] = place * seen.channels;
      int h = row.first + p * row.step;
      int v = column.first + q * column.step;
      targets[i] = ((image * target.rows + h) * target.columns + v) * target.channels;
    }
    int filterRows = row.taps() * column.taps() * seen.channels;
    int[] runs = runs(row, rowSpan, column, columnSpan);
    return new ImageRows(places, targets, runs, filterRows, shares);
  }

  /** What a target sees: neighbouring columns of the source, or one after the other. */
  private int[] runs(Track row, Track.Span rowSpan, Track column, Track.Span columnSpan) {
    int[] runs = new int[3 * row.taps() * column.taps()];
    int count = 0;
    for (int r = rowSpan.tapFrom(); r < rowSpan.tapTo(); r++) {
      for (int s = columnSpan.tapFrom(); s < columnSpan.tapTo(); s++) {
        int place = (row.shift(r) - firstRow) * seen.columns + column.shift(s) - firstColumn;
        int begin = place * seen.channels;
        int filterRow = (r * column.taps() + s) * seen.channels;
        boolean neighbour = s > columnSpan.tapFrom() && runs[count - 3] + runs[count - 2] == begin;
        if (neighbour) {
          runs[count - 2] += seen.channels;
        } else {
          runs[count] = begin;
          runs[count + 1] = seen.channels;
          runs[count + 2] = filterRow;
          count += 3;
        }
      }
    }
    return Arrays.copyOf(runs, count);
  }

  private int blocks() {
    return bands > 1 ? geometry.batch() * bands : Math.ceilDiv(geometry.batch(), blockImages);
  }

  private int across() {
    return Math.ceilDiv(target.channels, chunkColumns);
  }

  @Override
  public int chunks() {
    return Math.ceilDiv(blocks(), chunkBlocks) * across();
  }

  @Override
  public double nanos() {
    return geometry.flops() / 40;
  }

  @Override
  public int scratchFloats() {
    return loopsScratch + packedFloats + (inPlace ? 0 : blockImages * seen.size());
  }

  @Override
  public int columns() {
    return target.channels;
  }

  @Override
  public int imagePositions() {
    return target.rows * target.columns;
  }

  @Override
  public int rowFrom(int chunk) {
    return targetRow(chunk / across() * chunkBlocks) * target.columns;
  }

  @Override
  public int rowTo(int chunk) {
    return targetRow((chunk / across() + 1) * chunkBlocks) * target.columns;
  }

  /** The first row of targets of a block, counted through the batch. */
  private int targetRow(int block) {
    if (block >= blocks()) {
      return geometry.batch() * target.rows;
    }
    return bands > 1
        ? block / bands * target.rows + block % bands * bandRows
        : block * blockImages * target.rows;
  }

  @Override
  public int columnFrom(int chunk) {
    return chunk % across() * chunkColumns;
  }

  @Override
  public int columnTo(int chunk) {
    return Math.min(target.channels, columnFrom(chunk) + chunkColumns);
  }

  @Override
  public void run(int chunk, Object[] inputs, Object output, float[] scratch) {
    float[] x = (float[]) inputs[0];
    int columnFrom = columnFrom(chunk);
    int width = columnTo(chunk) - columnFrom;
    float[] w = (float[]) inputs[1];
    float[] filters = filtersInPlace ? w : scratch;
    int filtersOffset = filtersInPlace ? 0 : loopsScratch;
    if (!filtersInPlace) {
      for (Panel panel : panels) {
        pack(panel, w, columnFrom, width, scratch);
      }
    }
    int copy = loopsScratch + packedFloats;
    int from = chunk / across() * chunkBlocks;
    int to = Math.min(blocks(), from + chunkBlocks);
    for (int block = from; block < to; block++) {
      int row = targetRow(block);
      int image = row / target.rows;
      int h = row % target.rows;
      int images = Math.min(blockImages, geometry.batch() - image);
      int high = Math.min(bandRows, target.rows - h);
      int sourceRow = h / rowStep * rowMove;
      int offset = copy;
      if (inPlace) {
        offset = (image * source.rows + sourceRow) * source.columns * source.channels;
      } else {
        copy(x, image, images, sourceRow + firstRow, scratch, copy);
      }
      for (Phase phase : phases) {
        int count = phase.count(high, target.columns);
        phase.loops.run(
            inPlace ? x : scratch,
            offset,
            images * count,
            filters,
            filtersOffset + phase.panel.packedOffset,
            (float[]) output,
            row * target.columns * target.channels + columnFrom,
            width,
            scratch);
      }
    }
  }

  private void pack(Panel panel, float[] w, int columnFrom, int width, float[] scratch) {
    int filters = geometry.filters();
    int k = 0;
    for (int r = 0; r < panel.rows.taps(); r++) {
      for (int s = 0; s < panel.columns.taps(); s++) {
        int tap = panel.rows.tap(r) * geometry.columns().size() + panel.columns.tap(s);
        panel.loops.pack(
            w,
            tap * geometry.channels() * filters + columnFrom * (backward ? filters : 1),
            backward ? 1 : filters,
            backward ? filters : 1,
            k,
            source.channels,
            width,
            scratch,
            loopsScratch + panel.packedOffset);
        k += source.channels;
      }
    }
  }

  /** Copies a part of some images with zeros where it leaves the source. */
  private void copy(float[] x, int image, int images, int fromRow, float[] to, int offset) {
    int channels = source.channels;
    int length = seen.columns * channels;
    int left = Math.clamp(-firstColumn, 0, seen.columns) * channels;
    int skipped = Math.max(firstColumn, 0) * channels;
    int inside = Math.clamp(source.columns * channels - skipped, 0, length - left);
    int at = offset;
    for (int n = image; n < image + images; n++) {
      for (int h = fromRow; h < fromRow + seen.rows; h++) {
        if (h < 0 || h >= source.rows) {
          Arrays.fill(to, at, at + length, 0f);
        } else {
          Arrays.fill(to, at, at + left, 0f);
          int from = (n * source.rows + h) * source.columns * channels + skipped;
          System.arraycopy(x, from, to, at + left, inside);
          Arrays.fill(to, at + left + inside, at + length, 0f);
        }
        at += length;
      }
    }
  }
}
