package dev.elbo.nn;

import dev.elbo.nn.internal.Findings;
import dev.elbo.nn.lint.Finding;
import dev.elbo.nn.lint.Lint;
import dev.elbo.nn.lint.Severity;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looks for mistakes in a model, its losses and its data: at {@code compile} and at the first
 * batch. An error is thrown, a warning is logged once for each {@code compile}.
 */
final class Linter {
  /** What examples are to the model. */
  enum Part {
    /** All that it is trained on. */
    TRAINING,
    /** Some of those. */
    TRAINING_BATCH,
    /** Those that it is only evaluated on. */
    EVALUATION
  }

  private final Set<Lint> silenced = EnumSet.noneOf(Lint.class);
  private final Set<String> said = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  synchronized void silence(Lint... lints) {
    silenced.addAll(Arrays.asList(lints));
  }

  synchronized List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Forgets what was found, for a model that is compiled anew. */
  synchronized void forget() {
    said.clear();
    findings.clear();
  }

  /** Looks at what the layers show by themselves. */
  void atCompile(Model model, List<OutputLoss> outputs) {
    forget();
    layers(model, model.describe() + ".compile", outputs);
  }

  private void layers(Model model, String where, List<OutputLoss> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      int index = i;
      OutputLints.ofLayers(where, OutputLook.of(model, i), LossLook.of(outputs.get(i).loss()))
          .ifPresent(finding -> report("output " + index, finding));
    }
  }

  /**
   * Looks at data, before the first step.
   *
   * @param where who asks, for messages
   * @param first all examples in memory, or the first batch of a data set
   * @param predictions the shapes of the model's outputs for them
   * @param part what the examples are to the model
   */
  void atFirstBatch(
      Model model,
      String where,
      List<OutputLoss> outputs,
      Examples first,
      List<Shape> predictions,
      Part part) {
    if (outputs.isEmpty() || first.size() == 0) {
      return;
    }
    layers(model, where, outputs);
    BatchProbe probe = new BatchProbe(model, where, first);
    int pairs = Math.min(outputs.size(), Math.min(first.y().size(), predictions.size()));
    for (int i = 0; i < pairs; i++) {
      String output = "output " + i;
      OutputLook look = OutputLook.of(model, i);
      LossLook loss = LossLook.of(outputs.get(i).loss());
      LabelLints labels =
          new LabelLints(
              where, look, loss, first.y().get(i), first.sampleWeight(), predictions.get(i));
      for (Finding finding : labels.findings(part)) {
        report(output, finding);
      }
      for (Finding finding : probe.findings(i, look, loss, outputs.get(i).loss())) {
        report(finding.message().startsWith(where) ? output : owner(finding), finding);
      }
    }
    for (int i = 0; i < first.x().size(); i++) {
      Tensor x = first.x().get(i);
      String input = "input " + i;
      ImageLints.of(where, model, i, x).ifPresent(finding -> report(input, finding));
    }
  }

  /** Runs something, to which the findings of losses that are called in it belong. */
  <T> T collecting(Supplier<T> body) {
    return Findings.collect(finding -> report(owner(finding), finding), body);
  }

  /** The loss that a finding is of, whatever the shape of its batch. */
  private static String owner(Finding finding) {
    String message = finding.message();
    return message.substring(0, Math.max(0, message.indexOf(':')));
  }

  /**
   * Throws an error, logs a warning.
   *
   * @param about what it is found of: a second warning about the same is not said again
   */
  private synchronized void report(String about, Finding finding) {
    if (silenced.contains(finding.lint())) {
      return;
    }
    if (said.add(finding.lint().id() + " " + about)) {
      findings.add(finding);
      if (finding.severity() == Severity.WARNING) {
        Findings.log(finding);
      }
    }
    if (finding.severity() == Severity.ERROR) {
      throw new IllegalArgumentException(finding.toString());
    }
  }
}
