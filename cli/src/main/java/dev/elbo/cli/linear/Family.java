package dev.elbo.cli.linear;

/** What {@code --family} may be. */
enum Family {
  LEAST_SQUARES("least-squares");

  static final String DEFAULT = "least-squares";

  private final String option;

  Family(String option) {
    this.option = option;
  }

  static Family of(String name) {
    for (Family family : values()) {
      if (family.option.equals(name)) {
        return family;
      }
    }
    throw new IllegalArgumentException(
        "--family: expected " + DEFAULT + ", received '" + name + "'. No other is there yet.");
  }

  /** As it is written on the command line. */
  String option() {
    return option;
  }
}
