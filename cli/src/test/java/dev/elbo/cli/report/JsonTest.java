package dev.elbo.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void valuesBecomeJson() {
    assertThat(Json.of(Map.of("a", List.of(1, 2.5, "x", true))))
        .isEqualTo("{\"a\":[1,2.5000,\"x\",true]}");
  }

  @Test
  void whatIsNotFiniteIsLeftOut() {
    assertThat(Json.of(Arrays.asList(Double.NaN, Double.NEGATIVE_INFINITY)))
        .isEqualTo("[null,null]");
  }

  @Test
  void noNameEndsTheScript() {
    assertThat(Json.of("</script>\"\\\n")).isEqualTo("\"\\u003c/script>\\u0022\\u005c\\u000a\"");
  }
}
