package dev.elbo.data;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Texts, kept once each; a row holds one of them or none. */
@CheckReturnValue
public final class TextColumn implements Column {
  private static final int MISSING = -1;

  private final String name;
  private final List<String> texts;
  private final int[] codes;

  private TextColumn(String name, List<String> texts, int[] codes) {
    this.name = Names.require(name);
    this.texts = texts;
    this.codes = codes;
  }

  static TextColumn of(String name, List<String> values) {
    Builder builder = new Builder();
    values.forEach(builder::add);
    return builder.build(name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return codes.length;
  }

  @Override
  public ColumnType type() {
    return ColumnType.TEXT;
  }

  /** The text in a row, empty if it is missing. */
  public Optional<String> value(int row) {
    return codes[row] == MISSING ? Optional.empty() : Optional.of(texts.get(codes[row]));
  }

  /** The texts that occur, each once, in the order of {@link String#compareTo}. */
  public List<String> distinct() {
    return Arrays.stream(codes)
        .filter(code -> code != MISSING)
        .distinct()
        .mapToObj(texts::get)
        .sorted()
        .toList();
  }

  @Override
  public boolean isMissing(int row) {
    return codes[row] == MISSING;
  }

  @Override
  public TextColumn select(int... rows) {
    return new TextColumn(name, texts, IntStream.of(rows).map(row -> codes[row]).toArray());
  }

  @Override
  public TextColumn rename(String other) {
    return new TextColumn(other, texts, codes);
  }

  /** Such as {@code colour: text (3 values)}. */
  @Override
  public String toString() {
    return name + ": text (" + distinct().size() + " values)";
  }

  /** Collects texts row after row. */
  static final class Builder {
    private final Map<String, Integer> codeOf = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private int[] codes = new int[16];
    private int size;

    void add(String text) {
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, 2 * size);
      }
      codes[size++] = text.isBlank() ? MISSING : codeOf.computeIfAbsent(text, this::next);
    }

    private int next(String text) {
      texts.add(text);
      return texts.size() - 1;
    }

    TextColumn build(String name) {
      return new TextColumn(name, List.copyOf(texts), Arrays.copyOf(codes, size));
    }
  }
}
