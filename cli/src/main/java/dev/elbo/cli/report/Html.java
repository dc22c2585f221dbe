package dev.elbo.cli.report;

import dev.elbo.nn.internal.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every page needs: a template with places, text that is escaped, style and charts. */
public final class Html {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private Html() {}

  /** The template with a value in each place {@code {{name}}}. */
  public static String fill(String template, Map<String, String> values) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(place.group(1)))));
  }

  /** Text as it may stand in a page. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A number with a true minus sign, for people; text to be parsed keeps the hyphen. */
  public static String minus(String number) {
    return number.replace('-', '\u2212');
  }

  /** A table of names and values. */
  public static String table(Map<String, String> rows) {
    StringBuilder html = new StringBuilder("<table><tbody>");
    rows.forEach((name, value) ->
        html.append("<tr><th scope=\"row\">")
            .append(escape(name))
            .append("</th><td>")
            .append(escape(value))
            .append("</td></tr>"));
    return html.append("</tbody></table>").toString();
  }

  /** As it may stand in a script element, which a less-than sign in a name could end. */
  public static String json(Map<String, Object> object) {
    return Json.writeCompact(object).replace("<", "\\u003c");
  }

  /** The style of all reports. */
  public static String css() {
    return resource(Html.class, "report.css");
  }

  /** Chart.js. */
  public static String chartScript() {
    // A source map is a second file, which a browser's tools would ask for.
    return resource(Html.class, "chart.umd.min.js").replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  /** A text beside a class, in Elbo's own jar. */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report: cannot read " + name + " from Elbo's own jar", e);
    }
  }
}
