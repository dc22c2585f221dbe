package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.kernel.Pieces;
import java.util.List;
import java.util.Optional;

/** One pass over memory: a loop over elements, and the reductions that end it. */
final class FusedStep implements Step, Touch.Part {
  private static final int DIRECT_TILES = 16;
  private static final int TILES = 8;

  private final LoopRunner runner;
  private final long size;
  private final Optional<ReductionSchedule> reductions;
  private final int chunkElements;
  private final Footprint footprint;
  private final double cost;
  private final String description;

  FusedStep(
      LoopRunner runner,
      long size,
      Optional<ReductionSchedule> reductions,
      Footprint footprint,
      double nanosPerElement,
      String description) {
    this.runner = runner;
    this.size = size;
    this.reductions = reductions;
    long tiles = Math.ceilDiv(size, LoopRunner.TILE);
    this.chunkElements =
        LoopRunner.TILE * Pieces.units(tiles, runner.isDirect() ? DIRECT_TILES : TILES);
    this.footprint = footprint;
    this.cost = size * nanosPerElement;
    this.description = description;
  }

  @Override
  public int chunks() {
    return reductions.isPresent()
        ? reductions.get().chunks()
        : Math.toIntExact(Math.ceilDiv(size, chunkElements));
  }

  @Override
  public double cost() {
    return cost;
  }

  @Override
  public int from(int chunk) {
    return reductions.isPresent() ? reductions.get().from(chunk) : chunk * chunkElements;
  }

  @Override
  public int to(int chunk) {
    return reductions.isPresent()
        ? reductions.get().to(chunk)
        : (int) Math.min(size, (chunk + 1L) * chunkElements);
  }

  @Override
  public boolean isOpen() {
    return reductions.isEmpty() && !isAlone();
  }

  /** Whether no other step may run at the same time. */
  boolean isAlone() {
    return footprint.alone();
  }

  @Override
  public List<Touch> touches() {
    return touches(Optional.of(this));
  }

  /** What it reads and writes if it treats, in place of its own chunks, the given elements. */
  List<Touch> touches(Optional<Touch.Part> elements) {
    return footprint.touches(elements);
  }

  @Override
  public void begin(Frame frame) {
    runner.begin(frame);
  }

  @Override
  public void run(int chunk, int slot, Frame frame) {
    if (reductions.isPresent()) {
      reductions.get().run(chunk, runner, slot, frame);
    } else {
      range(from(chunk), to(chunk), slot, frame);
    }
  }

  /** Treats a range of elements of a step without reductions. */
  void range(int from, int to, int slot, Frame frame) {
    runner.range(from, to, slot, frame);
  }

  @Override
  public void end(Frame frame) {
    if (reductions.isPresent()) {
      reductions.get().end(frame);
    }
    runner.end(frame);
  }

  @Override
  public String describe() {
    String loops = runner.loops() == 1 ? "loop" : runner.loops() + " loops";
    return (runner.isDirect() ? loops : "tiles") + " of " + size + ": " + description;
  }
}
