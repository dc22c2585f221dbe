package dev.elbo.tensor.internal.format;

import dev.elbo.tensor.Shape;

/**
 * Puts brackets, separators and line breaks around the words of an array that has elements: one row
 * of the last axis after the other, {@code rank - 1 - axis} line breaks between the entries of an
 * outer axis, and rows broken where the next word would pass the line width.
 */
final class BracketLayout {
  private static final String ELISION = "...";
  private static final String SEPARATOR = ", ";

  private final String[] words;
  private final Shape shape;
  private final int lineWidth;
  private final int prefixLength;
  private final StringBuilder text = new StringBuilder();
  private int nextWord;

  /**
   * @param words the visible elements in row-major order
   * @param lineWidth columns that a line may fill
   * @param prefixLength columns taken on the first line before the first bracket
   */
  BracketLayout(String[] words, Shape shape, int lineWidth, int prefixLength) {
    this.words = words;
    this.shape = shape;
    this.lineWidth = lineWidth;
    this.prefixLength = prefixLength;
  }

  String text() {
    if (shape.rank() == 0) {
      return words[0];
    }
    text.setLength(0);
    nextWord = 0;
    append(0);
    return text.toString();
  }

  private void append(int axis) {
    text.append('[');
    if (axis == shape.rank() - 1) {
      appendRow(axis);
    } else {
      appendEntries(axis);
    }
    text.append(']');
  }

  private void appendEntries(int axis) {
    boolean elided = VisibleElements.isElided(shape, axis);
    int shown = elided ? 2 * VisibleElements.EDGE_ITEMS : shape.dim(axis);
    String lineBreak =
        SEPARATOR.stripTrailing()
            + "\n".repeat(shape.rank() - 1 - axis)
            + " ".repeat(indentation(axis));
    for (int i = 0; i < shown; i++) {
      if (i > 0) {
        text.append(lineBreak);
      }
      if (elided && i == VisibleElements.EDGE_ITEMS) {
        text.append(ELISION).append(lineBreak);
      }
      append(axis + 1);
    }
  }

  private void appendRow(int axis) {
    boolean elided = VisibleElements.isElided(shape, axis);
    int shown = elided ? 2 * VisibleElements.EDGE_ITEMS : shape.dim(axis);
    int indentation = indentation(axis);
    // After a row's last word come the closing brackets of all axes, after the others a separator.
    int limit = lineWidth - shape.rank();
    int column = indentation;
    for (int i = 0; i < shown; i++) {
      if (elided && i == VisibleElements.EDGE_ITEMS) {
        column = appendWord(ELISION, column, indentation, limit);
        text.append(SEPARATOR);
        column += SEPARATOR.length();
      }
      column = appendWord(words[nextWord++], column, indentation, limit);
      if (i < shown - 1) {
        text.append(SEPARATOR);
        column += SEPARATOR.length();
      }
    }
  }

  /** Appends a word, on a new line if it must, and returns the column after it. */
  private int appendWord(String word, int column, int indentation, int limit) {
    int start = column;
    // The first word of a line stays there: breaking before it would not make room.
    if (column > indentation && column + word.length() > limit) {
      int end = text.length();
      while (text.charAt(end - 1) == ' ') {
        end--;
      }
      text.setLength(end);
      text.append('\n').repeat(' ', indentation);
      start = indentation;
    }
    text.append(word);
    return start + word.length();
  }

  /** Column at which the entries of an axis start: behind the prefix and the open brackets. */
  private int indentation(int axis) {
    return prefixLength + 1 + axis;
  }
}
