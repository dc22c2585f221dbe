package dev.elbo.nn.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as Elbo's files use it, read strictly: RFC 8259 without null, names in an object differ, and
 * depth and length are limited, so that a hostile file costs no more than an honest one.
 *
 * <p>Objects are maps in the order of the file, arrays lists, whole numbers longs, other numbers
 * doubles.
 */
public final class Json {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * The object that a text holds.
   *
   * @throws IllegalArgumentException if the text is not one JSON object; the message says where
   */
  public static Map<String, Object> parseObject(String text) {
    Json json = new Json(text);
    json.skipSpace();
    if (json.peek() != '{') {
      throw json.error("an object, '{'");
    }
    Map<String, Object> object = json.object(1);
    json.skipSpace();
    if (json.at < text.length()) {
      throw json.error("the end");
    }
    return object;
  }

  private Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw error("at most " + MAX_DEPTH + " levels");
    }
    skipSpace();
    char c = peek();
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    skipSpace();
    if (peek() == '}') {
      at++;
      return object;
    }
    while (true) {
      skipSpace();
      if (peek() != '"') {
        throw error("a name in quotes");
      }
      int start = at;
      String name = string();
      skipSpace();
      expect(':');
      Object value = value(depth + 1);
      if (object.put(name, value) != null) {
        at = start;
        throw error("a name that is not in the object already, instead of \"" + name + "\"");
      }
      skipSpace();
      if (peek() == '}') {
        at++;
        return object;
      }
      expect(',');
    }
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    at++;
    skipSpace();
    if (peek() == ']') {
      at++;
      return array;
    }
    while (true) {
      array.add(value(depth + 1));
      skipSpace();
      if (peek() == ']') {
        at++;
        return array;
      }
      expect(',');
    }
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    at++;
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        at--;
        throw error("no control character in a text");
      }
      string.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(peek(), 16);
          if (digit < 0) {
            throw error("four hexadecimal digits");
          }
          code = code * 16 + digit;
          at++;
        }
        yield (char) code;
      }
      default -> {
        at--;
        throw error("one of \"\\/bfnrtu after a backslash");
      }
    };
  }

  private Object word(String word, boolean value) {
    if (!text.startsWith(word, at)) {
      throw error("a value");
    }
    at += word.length();
    return value;
  }

  private Object number() {
    int start = at;
    skipIf('-');
    int digits = at;
    skipDigits();
    if (at == digits || (text.charAt(digits) == '0' && at > digits + 1)) {
      at = start;
      throw error("a value");
    }
    boolean whole = true;
    if (skipIf('.')) {
      whole = false;
      requireDigits();
    }
    if (skipIf('e') || skipIf('E')) {
      whole = false;
      if (!skipIf('+')) {
        skipIf('-');
      }
      requireDigits();
    }
    String number = text.substring(start, at);
    if (whole && number.length() <= 20 && isLong(number)) {
      return Long.parseLong(number);
    }
    double value = Double.parseDouble(number);
    if (!Double.isFinite(value)) {
      at = start;
      throw error("a number within the range of float64");
    }
    return value;
  }

  private static boolean isLong(String number) {
    return new BigInteger(number).bitLength() < Long.SIZE;
  }

  private void requireDigits() {
    int start = at;
    skipDigits();
    if (at == start) {
      throw error("a digit");
    }
  }

  private void skipDigits() {
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
  }

  private boolean skipIf(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw error("'" + c + "'");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw error("more");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException error(String expected) {
    String received =
        at >= text.length()
            ? "the end"
            : "'" + text.substring(at, Math.min(text.length(), at + 20)) + "'";
    return new IllegalArgumentException(
        "JSON, character " + at + ": expected " + expected + ", received " + received);
  }

  // ---- writing ----------------------------------------------------------------------------------

  /**
   * The text of an object, in lines indented by two blanks.
   *
   * @throws IllegalArgumentException if it holds anything but strings, finite numbers, booleans,
   *     and lists and maps of them
   */
  public static String write(Map<String, ?> object) {
    StringBuilder out = new StringBuilder();
    write(object, "\n", out);
    return out.append('\n').toString();
  }

  /** The text of an object on one line, without blanks. */
  public static String writeCompact(Map<String, ?> object) {
    StringBuilder out = new StringBuilder();
    write(object, "", out);
    return out.toString();
  }

  private static void write(Object value, String newline, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map -> writeMap(map, newline, out);
      case List<?> list -> writeList(list, newline, out);
      case String string -> writeString(string, out);
      case Boolean flag -> out.append(flag);
      case Integer number -> out.append(number);
      case Long number -> out.append(number);
      case Number number when Double.isFinite(number.doubleValue()) -> out.append(number);
      default ->
          throw new IllegalArgumentException(
              "JSON: expected strings, finite numbers, booleans, lists and maps, received "
                  + value
                  + " of "
                  + value.getClass());
    }
  }

  private static void writeMap(Map<?, ?> map, String newline, StringBuilder out) {
    String inner = newline.isEmpty() ? "" : newline + "  ";
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append(inner);
      writeString((String) entry.getKey(), out);
      out.append(newline.isEmpty() ? ":" : ": ");
      write(entry.getValue(), inner, out);
      separator = ",";
    }
    out.append(map.isEmpty() ? "" : newline).append('}');
  }

  private static void writeList(List<?> list, String newline, StringBuilder out) {
    boolean flat = list.stream().noneMatch(each -> each instanceof Map || each instanceof List);
    String inner = newline.isEmpty() || flat ? "" : newline + "  ";
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator).append(inner);
      write(element, inner, out);
      separator = flat && !newline.isEmpty() ? ", " : ",";
    }
    out.append(list.isEmpty() || flat ? "" : newline).append(']');
  }

  private static void writeString(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            out.append("\\u" + HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
