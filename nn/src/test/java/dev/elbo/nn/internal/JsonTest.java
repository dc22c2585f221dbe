package dev.elbo.nn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

  @Test
  void whatIsWrittenComesBack() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "quote \" backslash \\ line\n tab\t bell\u0007 ü 漢 \uD83D\uDE00");
    object.put("long", Long.MIN_VALUE);
    object.put("number", 0.1);
    object.put("small", Double.MIN_VALUE);
    object.put("large", -Double.MAX_VALUE);
    object.put("flag", true);
    object.put("list", List.of(1L, 2.5, "x", false, List.of(), Map.of()));
    object.put("", Map.of("a", Map.of("b", List.of(List.of(1L)))));
    assertThat(Json.parseObject(Json.write(object))).isEqualTo(object);
    assertThat(Json.parseObject(Json.writeCompact(object))).isEqualTo(object);
  }

  @Test
  void layout() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("a", List.of(1, 2));
    object.put("b", Map.of("c", List.of(Map.of())));
    assertThat(Json.write(object))
        .isEqualTo(
            """
            {
              "a": [1, 2],
              "b": {
                "c": [
                  {}
                ]
              }
            }
            """);
    assertThat(Json.writeCompact(object)).isEqualTo("{\"a\":[1,2],\"b\":{\"c\":[{}]}}");
  }

  @Test
  void numbers() {
    Map<String, Object> object =
        Json.parseObject("{\"a\": -0, \"b\": 1e3, \"c\": 9223372036854775808, \"d\": 1.0}");
    assertThat(object)
        .containsEntry("a", 0L)
        .containsEntry("b", 1000.0)
        .containsEntry("c", 9.223372036854775808e18)
        .containsEntry("d", 1.0);
  }

  @Test
  void escapes() {
    assertThat(Json.parseObject("{\"a\": \"\\u00fc\\/\\b\\f\\r\\n\\t\\\"\\\\\"}"))
        .containsEntry("a", "ü/\b\f\r\n\t\"\\");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1}}",
        "{a:1}",
        "{\"a\":null}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":1e}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{\"a\":1e999}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"",
        "{\"a\":\"\n\"}",
        "{\"a\":tru}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":--1}",
        "{\"a\":-}"
      })
  void whatIsNoJson(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parseObject(text))
        .withMessageStartingWith("JSON, character ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":2}|JSON, character 7: expected a name that is not in the object already,"
            + " instead of \"a\", received '\"a\":2}'",
        "{\"a\" 1}|JSON, character 5: expected ':', received '1}'",
        "{\"a\":1|JSON, character 6: expected more, received the end",
        "{\"a\":1} x|JSON, character 8: expected the end, received 'x'"
      })
  void messages(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parseObject(text))
        .withMessage(message);
  }

  @Test
  void depthIsLimited() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parseObject(deep))
        .withMessageContaining("expected at most 64 levels");
  }

  @Test
  void whatCannotBeWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write(Map.of("a", Double.NaN)))
        .withMessage(
            "JSON: expected strings, finite numbers, booleans, lists and maps, received NaN of class"
                + " java.lang.Double");
    assertThatIllegalArgumentException().isThrownBy(() -> Json.write(Map.of("a", new Object())));
  }
}
