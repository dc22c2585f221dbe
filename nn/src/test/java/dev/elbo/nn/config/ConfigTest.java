package dev.elbo.nn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** How saved settings are read, and what is said when they cannot be. */
final class ConfigTest {
  private enum Fruit {
    APPLE,
    RED_PLUM
  }

  private static final Registry<String> REGISTRY =
      Registry.<String>of("sandwich")
          .with("Plain", config -> "plain")
          .with(
              "Fancy",
              config ->
                  config.number("price", 2.5)
                      + " "
                      + config.wholeNumber("slices", 2)
                      + " "
                      + config.flag("toasted", false)
                      + " "
                      + config.text("spread", "butter")
                      + " "
                      + config.choice("fruit", Fruit.APPLE));

  @Test
  void absentSettingsTakeTheDefaults() {
    assertThat(REGISTRY.create("Fancy", Map.of())).isEqualTo("2.5 2 false butter APPLE");
  }

  @Test
  void presentSettingsAreRead() {
    assertThat(
            REGISTRY.create(
                "Fancy",
                Map.of(
                    "price",
                    3,
                    "slices",
                    4.0,
                    "toasted",
                    true,
                    "spread",
                    "jam",
                    "fruit",
                    "red_plum")))
        .isEqualTo("3.0 4 true jam RED_PLUM");
  }

  @Test
  void mapsKeepTheirOrder() {
    assertThat(Config.map("z", 1, "a", 2, "m", 3).keySet()).containsExactly("z", "a", "m");
    assertThat(REGISTRY.names()).containsExactly("Plain", "Fancy");
  }

  @Test
  void errorsNameTheRemedy() {
    assertThatThrownBy(() -> REGISTRY.create("Wrap", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown sandwich 'Wrap'; the known ones are Plain, Fancy.");
    assertThatThrownBy(() -> REGISTRY.create("Fancy", Map.of("salt", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sandwich 'Fancy': unknown setting 'salt'; the known ones are [fruit, price, slices,"
                + " spread, toasted]. Was the file written by a later release?");
    assertThatThrownBy(() -> REGISTRY.create("Fancy", Map.of("price", "high")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sandwich 'Fancy': expected setting 'price' to be a number, received high");
    assertThatThrownBy(() -> REGISTRY.create("Fancy", Map.of("slices", 1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sandwich 'Fancy': expected setting 'slices' to be a whole number, received 1.5");
    assertThatThrownBy(() -> REGISTRY.create("Fancy", Map.of("toasted", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sandwich 'Fancy': expected setting 'toasted' to be true or false, received 1");
    assertThatThrownBy(() -> REGISTRY.create("Fancy", Map.of("spread", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sandwich 'Fancy': expected setting 'spread' to be a text, received 1");
    assertThatThrownBy(() -> REGISTRY.create("Fancy", Map.of("fruit", "pear")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sandwich 'Fancy': expected setting 'fruit' to be one of apple, red_plum, received"
                + " pear");
    assertThatThrownBy(() -> REGISTRY.with("Plain", config -> "again"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sandwich 'Plain' is registered already. Choose another name.");
  }
}
