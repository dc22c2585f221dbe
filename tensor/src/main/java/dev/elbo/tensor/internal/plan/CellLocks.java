package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.internal.graph.Cell;
import java.util.List;

/** Holds all variables that a call updates, so that calls of other plans wait, or it for them. */
final class CellLocks {
  private CellLocks() {}

  /**
   * Waits until all are free, and takes them. Nobody waits for one cell while holding another, so
   * two calls with the same cells in two orders cannot block each other.
   */
  static void lock(List<Cell> cells) {
    int first = 0;
    while (first < cells.size()) {
      cells.get(first).lock();
      int busy = firstBusy(cells, first);
      if (busy == cells.size()) {
        return;
      }
      for (int i = 0; i < busy; i++) {
        if (i != first) {
          cells.get(i).unlock();
        }
      }
      cells.get(first).unlock();
      first = busy;
    }
  }

  /** Takes all but one, which is held already, until one is not free: its number, or the size. */
  private static int firstBusy(List<Cell> cells, int held) {
    for (int i = 0; i < cells.size(); i++) {
      if (i != held && !cells.get(i).tryLock()) {
        return i;
      }
    }
    return cells.size();
  }

  static void unlock(List<Cell> cells) {
    for (int i = 0; i < cells.size(); i++) {
      cells.get(i).unlock();
    }
  }
}
