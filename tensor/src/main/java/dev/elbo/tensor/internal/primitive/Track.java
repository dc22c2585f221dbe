package dev.elbo.tensor.internal.primitive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which sources some targets see along one axis: target {@code first + i step} sees source {@code i
 * move + shift} through an element of the filter, for each of some elements.
 */
final class Track {
  final int first;
  final int step;
  final int move;

  /** Elements of the filter, in the order of what they see. */
  private final int[] taps;

  private final int[] shifts;

  private Track(int first, int step, int move, int[] taps, int[] shifts) {
    this.first = first;
    this.step = step;
    this.move = move;
    this.taps = taps;
    this.shifts = shifts;
  }

  /** Outputs that see inputs. */
  static List<Track> forward(Window window) {
    int[] taps = new int[window.size()];
    int[] shifts = new int[window.size()];
    for (int tap = 0; tap < taps.length; tap++) {
      taps[tap] = tap;
      shifts[tap] = window.at(0, tap);
    }
    return List.of(new Track(0, 1, window.stride(), taps, shifts));
  }

  /** Inputs that see the outputs that see them: as many tracks as a stride has elements. */
  static List<Track> backward(Window window) {
    List<Track> tracks = new ArrayList<>();
    int stride = window.stride();
    for (int first = 0; first < stride; first++) {
      int[] taps = new int[window.size()];
      int[] shifts = new int[window.size()];
      int count = 0;
      for (int tap = window.size() - 1; tap >= 0; tap--) {
        int distance = first + window.before() - tap * window.dilation();
        if (distance % stride == 0) {
          taps[count] = tap;
          shifts[count] = distance / stride;
          count++;
        }
      }
      tracks.add(
          new Track(first, stride, 1, Arrays.copyOf(taps, count), Arrays.copyOf(shifts, count)));
    }
    return tracks;
  }

  /**
   * Neighbouring targets that see the same elements of the filter.
   *
   * @param first the first of them
   * @param count how many, at most
   * @param tapFrom the first element that they see
   * @param tapTo the element after the last
   */
  record Span(int first, int count, int tapFrom, int tapTo) {
    /** How many of them lie among some targets. */
    int count(int targets) {
      return Math.clamp(targets - first, 0, count);
    }
  }

  /** All targets, padding being seen as well. */
  List<Span> together(int targets) {
    return List.of(new Span(0, count(targets), 0, taps.length));
  }

  /** The targets by which elements of the filter see one of {@code sources} sources. */
  List<Span> apart(int targets, int sources) {
    List<Span> spans = new ArrayList<>();
    int all = count(targets);
    int i = 0;
    while (i < all) {
      int from = tapFrom(i);
      int to = tapTo(i, sources);
      int end = i + 1;
      while (end < all && tapFrom(end) == from && tapTo(end, sources) == to) {
        end++;
      }
      spans.add(new Span(i, end - i, from, Math.max(from, to)));
      i = end;
    }
    return spans;
  }

  /** The first element through which a target sees no padding before the sources. */
  private int tapFrom(int target) {
    int tap = 0;
    while (tap < taps.length && target * move + shifts[tap] < 0) {
      tap++;
    }
    return tap;
  }

  /** The element after the last through which a target sees no padding after the sources. */
  private int tapTo(int target, int sources) {
    int tap = taps.length;
    while (tap > 0 && target * move + shifts[tap - 1] >= sources) {
      tap--;
    }
    return tap;
  }

  /** How many elements of the filter there are. */
  int taps() {
    return taps.length;
  }

  int tap(int index) {
    return taps[index];
  }

  int shift(int index) {
    return shifts[index];
  }

  /** How many of its targets lie among the first {@code targets}. */
  int count(int targets) {
    return Math.max(0, Math.ceilDiv(targets - first, step));
  }

  /** The first source that the first target of some tracks sees; it may lie before the input. */
  static int least(List<Track> tracks) {
    int least = Integer.MAX_VALUE;
    for (Track track : tracks) {
      for (int shift : track.shifts) {
        least = Math.min(least, shift);
      }
    }
    return least == Integer.MAX_VALUE ? 0 : least;
  }

  /** The source after the last that the first {@code targets} see. */
  static int end(List<Track> tracks, int targets) {
    int end = Integer.MIN_VALUE;
    for (Track track : tracks) {
      for (int shift : track.shifts) {
        end = Math.max(end, (track.count(targets) - 1) * track.move + shift + 1);
      }
    }
    return end == Integer.MIN_VALUE ? 0 : end;
  }
}
