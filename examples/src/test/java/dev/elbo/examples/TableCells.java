package dev.elbo.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a page's tables claim of Elbo, as statements of Java. The heading of a column says how what
 * is in code type below it is meant:
 *
 * <ul>
 *   <li>{@code Elbo}, {@code class}, {@code constant} and {@code with settings ...}: an expression;
 *   <li>{@code function}: a method of {@code Losses};
 *   <li>{@code ... settings and defaults}: with parentheses a call on the first expression of the
 *       row, or an expression if it begins with a capital; without, a name, which is not looked at.
 * </ul>
 *
 * Other columns are not looked at.
 */
final class TableCells {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern RULE = Pattern.compile("\\|(-+\\|)+");

  private enum Kind {
    EXPRESSION,
    LOSS,
    SETTING,
    OTHER;

    static Kind of(String heading) {
      return switch (heading) {
        case "Elbo", "class", "constant" -> EXPRESSION;
        case "function" -> LOSS;
        default -> {
          if (heading.endsWith("settings and defaults")) {
            yield SETTING;
          }
          yield heading.startsWith("with settings") ? EXPRESSION : OTHER;
        }
      };
    }
  }

  private TableCells() {}

  /** A statement for each, in the order of the page. */
  static List<String> statements(String page) {
    List<String> found = new ArrayList<>();
    List<Kind> kinds = List.of();
    List<String> lines = page.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith("|")) {
        kinds = List.of();
      } else if (i + 1 < lines.size() && RULE.matcher(lines.get(i + 1)).matches()) {
        kinds = cells(lines.get(i)).stream().map(Kind::of).toList();
      } else {
        addRow(found, kinds, cells(lines.get(i)));
      }
    }
    return found;
  }

  private static List<String> cells(String line) {
    String[] between = line.substring(1).split("\\|", -1);
    return List.of(between).subList(0, between.length - 1).stream().map(String::strip).toList();
  }

  private static void addRow(List<String> found, List<Kind> kinds, List<String> cells) {
    String first = "";
    for (int i = 0; i < Math.min(kinds.size(), cells.size()); i++) {
      List<String> codes =
          CODE.matcher(cells.get(i)).results().map((MatchResult code) -> code.group(1)).toList();
      for (String code : codes) {
        switch (kinds.get(i)) {
          case EXPRESSION -> {
            first = first.isEmpty() ? code : first;
            found.add(statement(code));
          }
          case LOSS -> found.add("Losses." + code + "(y, x);");
          case SETTING -> {
            if (code.contains("(")) {
              boolean whole = Character.isUpperCase(code.charAt(0));
              found.add(statement(whole ? code : first + "." + code));
            }
          }
          case OTHER -> {}
        }
      }
    }
  }

  /** A call may return nothing; what is no call has a value. */
  private static String statement(String expression) {
    return (expression.endsWith(")") ? "" : "Object cell = ") + expression + ";";
  }
}
