package dev.elbo.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which cells of {intercept or not} x {weights or not} x {positive or not} x penalties x losses
 * have golden values; the tests of each file fit dense and sparse columns. Not there: positive
 * coefficients of groups and of several targets, which neither Elbo nor the tools have.
 */
class GoldenMatrixTest {
  private static final List<String> EITHER = List.of("true", "false");

  private static Set<String> found(String file, String... keys) {
    return GoldenCase.readAll(file).stream()
        .filter(golden -> !golden.isData() && !golden.name().equals("data"))
        .map(golden ->
            golden.name().split(" ", 2)[0]
                + Stream.of(keys)
                    .map(key -> " " + key + "=" + golden.settings().get(key))
                    .collect(Collectors.joining()))
        .collect(Collectors.toSet());
  }

  private static List<String> all(List<String> names, String key, List<String> values) {
    return names.stream()
        .flatMap(name -> values.stream().map(value -> name + " " + key + "=" + value))
        .toList();
  }

  @Test
  void leastSquaresOfScikitLearn() {
    List<String> cells = List.of("LinearRegression", "Ridge", "Lasso", "ElasticNet");
    cells = all(cells, "data", List.of("tall", "wide", "holes"));
    cells = all(cells, "intercept", EITHER);
    cells = all(cells, "weighted", EITHER);
    cells = all(cells, "positive", EITHER);
    // Where features outnumber samples it has many solutions.
    cells =
        cells.stream()
            .filter(cell ->
                !(cell.startsWith("LinearRegression data=wide") && cell.endsWith("positive=true")))
            .toList();
    assertThat(found("linear.txt", "data", "intercept", "weighted", "positive")).containsAll(cells);
  }

  @Test
  void otherLossesOfScikitLearn() {
    List<String> cells = List.of("LogisticRegression", "PoissonRegression", "HuberRegression");
    cells = all(cells, "data", List.of("tall", "holes"));
    cells = all(cells, "intercept", EITHER);
    cells = all(cells, "weighted", EITHER);
    assertThat(found("linear_families.txt", "data", "intercept", "weighted")).containsAll(cells);
    List<String> ratios = all(List.of("LogisticRegression"), "l1Ratio", List.of("0", "0.5", "1"));
    assertThat(found("linear_families.txt", "l1Ratio")).containsAll(ratios);
    assertThat(found("linear_families.txt", "intercept"))
        .containsAll(all(List.of("MultiTaskLasso", "MultiTaskElasticNet"), "intercept", EITHER));
  }

  @Test
  void allFamiliesOfGlmnet() {
    List<String> cells = List.of("gaussian", "binomial", "poisson");
    cells = all(cells, "mixing", List.of("0", "0.5", "1"));
    cells = all(cells, "intercept", EITHER);
    cells = all(cells, "weighted", EITHER);
    cells = all(cells, "limits", List.of("none", "positive"));
    Set<String> found = found("linear_glmnet.txt", "mixing", "intercept", "weighted", "limits");
    assertThat(found).containsAll(cells);
    List<String> several = all(List.of("mgaussian"), "mixing", List.of("0", "0.5", "1"));
    several = all(several, "intercept", EITHER);
    several = all(several, "weighted", EITHER);
    assertThat(found).containsAll(all(several, "limits", List.of("none")));
    assertThat(found("linear_glmnet.txt", "standardize", "factors"))
        .contains("gaussian standardize=true factors=true")
        .contains("binomial standardize=true factors=true")
        .contains("poisson standardize=true factors=true");
  }

  @Test
  void whatNumPyMinimises() {
    List<String> cells = List.of("Mcp", "Scad", "Huber");
    cells = all(cells, "data", List.of("tall", "wide"));
    cells = all(cells, "intercept", EITHER);
    cells = all(cells, "weighted", EITHER);
    assertThat(found("linear_penalties.txt", "data", "intercept", "weighted", "positive"))
        .containsAll(all(cells, "positive", EITHER));
    List<String> groups = all(List.of("Group"), "data", List.of("tall", "wide"));
    groups = all(groups, "intercept", EITHER);
    assertThat(found("linear_penalties.txt", "data", "intercept", "weighted"))
        .containsAll(all(groups, "weighted", EITHER));
  }
}
