package dev.elbo.nn;

import dev.elbo.nn.SymbolicTensor.Application;
import dev.elbo.nn.optimizers.Optimizer;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** The table of a model, as Keras 3 prints it: same columns, widths and words. */
final class Summary {
  private static final List<String> CHAIN = List.of("Layer (type)", "Output Shape", "Param #");
  private static final List<String> GRAPH =
      List.of("Layer (type)", "Output Shape", "Param #", "Connected to");

  // The widths of Keras on a terminal of 80 columns.
  private static final int[] CHAIN_WIDTHS = {31, 22, 13};
  private static final int[] GRAPH_WIDTHS = {19, 17, 10, 17};
  private static final int PARAMETERS = 2;

  private Summary() {}

  static String of(Model model) {
    model.ensureBuilt();
    boolean graph = model instanceof Functional functional && !isChain(functional);
    Table table = new Table(graph ? GRAPH : CHAIN, graph ? GRAPH_WIDTHS : CHAIN_WIDTHS);
    if (model instanceof Functional functional) {
      rows(functional, graph, table);
    } else {
      rows(model, table);
    }
    return "Model: \"" + model.name() + "\"\n" + table + totals(model);
  }

  private static boolean isChain(Functional model) {
    if (model.inputs().size() != 1 || model.layers().size() != model.applications().size()) {
      return false;
    }
    SymbolicTensor last = model.inputs().getFirst();
    for (Application application : model.applications()) {
      if (!application.inputs().equals(List.of(last)) || application.outputs().size() != 1) {
        return false;
      }
      last = application.outputs().getFirst();
    }
    return model.outputs().equals(List.of(last));
  }

  /** The inputs and what they are called: as given, or after Keras's layer, numbered. */
  static Map<SymbolicTensor, String> inputNames(Functional model) {
    List<String> wanted =
        model.inputs().stream().map(input -> input.name().orElse("input_layer")).toList();
    List<String> numbered = Names.numbered(wanted);
    Map<SymbolicTensor, String> names = new LinkedHashMap<>();
    for (int i = 0; i < numbered.size(); i++) {
      names.put(model.inputs().get(i), numbered.get(i));
    }
    return names;
  }

  private static void rows(Functional model, boolean graph, Table table) {
    Map<SymbolicTensor, String> names = new HashMap<>(inputNames(model));
    Map<Layer, List<Application>> uses = new LinkedHashMap<>();
    for (SymbolicTensor input : model.inputs()) {
      table.row(names.get(input) + " (InputLayer)", shape(input.shape()), "0", "-");
    }
    Map<Layer, String> unique = Names.unique(model.layers());
    for (Application application : model.applications()) {
      uses.computeIfAbsent(application.layer(), layer -> new ArrayList<>()).add(application);
      String name = unique.getOrDefault(application.layer(), application.layer().name());
      application.outputs().forEach(output -> names.put(output, name));
    }
    uses.forEach((layer, applications) -> {
      StringJoiner connections = new StringJoiner(", ");
      for (Application application : applications) {
        for (SymbolicTensor input : application.inputs()) {
          int use =
              input
                  .source()
                  .map(source -> uses.getOrDefault(source.layer(), List.of()).indexOf(source))
                  .orElse(0);
          connections.add(names.get(input) + "[" + use + "][" + input.index() + "]");
        }
      }
      List<Shape> shapes =
          applications.getLast().outputs().stream().map(SymbolicTensor::shape).toList();
      table.row(
          unique.getOrDefault(layer, layer.name()) + " (" + layer.registeredName() + ")",
          shapes.size() == 1 ? shape(shapes.getFirst()) : shapes.toString(),
          parameters(layer),
          graph ? connections.toString() : "");
    });
  }

  private static void rows(Model model, Table table) {
    Optional<Shape> current =
        model instanceof Sequential && model.isBuilt()
            ? Optional.of(model.builtShapes().getFirst())
            : Optional.empty();
    for (Map.Entry<Layer, String> entry : Names.unique(model.layers()).entrySet()) {
      Layer layer = entry.getKey();
      Optional<Shape> output = current.map(layer::outputShape).or(() -> ownOutput(layer));
      if (current.isPresent()) {
        current = output;
      }
      table.row(
          entry.getValue() + " (" + layer.registeredName() + ")",
          output.map(Summary::shape).orElse("?"),
          parameters(layer),
          "");
    }
  }

  private static Optional<Shape> ownOutput(Layer layer) {
    if (!layer.isBuilt()) {
      return Optional.empty();
    }
    List<Shape> outputs = layer.outputShapes(layer.builtShapes());
    return outputs.size() == 1 ? Optional.of(outputs.getFirst()) : Optional.empty();
  }

  private static String shape(Shape shape) {
    return shape.toString();
  }

  private static String parameters(Layer layer) {
    return layer.isBuilt() ? count(layer.parameterCount()) : "0 (unbuilt)";
  }

  private static String totals(Model model) {
    List<Variable> trainable = model.trainableWeights();
    List<Variable> frozen = model.nonTrainableWeights();
    // As Keras does: the optimizer counts once it has been used.
    Optional<Optimizer> used =
        model
            .compiled()
            .map(Compilation::optimizer)
            .filter(optimizer -> optimizer.iterations().value().item() > 0);
    List<Variable> optimizer = used.map(Optimizer::variables).orElse(List.of());
    List<Variable> all = new ArrayList<>(trainable);
    all.addAll(frozen);
    all.addAll(optimizer);
    return line("Total", all)
        + line("Trainable", trainable)
        + line("Non-trainable", frozen)
        + (used.isPresent() ? line("Optimizer", optimizer) : "");
  }

  private static String line(String what, List<Variable> variables) {
    long numbers = variables.stream().mapToLong(variable -> variable.shape().size()).sum();
    long bytes =
        variables.stream()
            .mapToLong(variable -> variable.shape().size() * variable.dtype().bytes())
            .sum();
    return " " + what + " params: " + count(numbers) + " (" + size(bytes) + ")\n";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String size(long bytes) {
    double value = bytes;
    for (String unit : List.of("B", "KB", "MB", "GB", "TB")) {
      if (value < 1024) {
        return String.format(Locale.ROOT, "%.2f %s", value, unit);
      }
      value /= 1024;
    }
    return String.format(Locale.ROOT, "%.2f PB", value);
  }

  /** Rows between box-drawing lines; a cell that is too long goes on in the next line. */
  private static final class Table {
    private final int[] widths;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder body = new StringBuilder();

    Table(List<String> header, int[] widths) {
      this.widths = widths;
      text.append(line('┏', '━', '┳', '┓'));
      text.append(cells(header, '┃'));
      text.append(line('┡', '━', '╇', '┩'));
    }

    void row(String... cells) {
      if (body.length() > 0) {
        body.append(line('├', '─', '┼', '┤'));
      }
      List<List<String>> wrapped = new ArrayList<>();
      int height = 1;
      for (int i = 0; i < widths.length; i++) {
        List<String> lines = wrap(cells[i], widths[i]);
        wrapped.add(lines);
        height = Math.max(height, lines.size());
      }
      for (int line = 0; line < height; line++) {
        List<String> part = new ArrayList<>();
        for (List<String> lines : wrapped) {
          part.add(line < lines.size() ? lines.get(line) : "");
        }
        body.append(cells(part, '│'));
      }
    }

    private static List<String> wrap(String cell, int width) {
      List<String> lines = new ArrayList<>();
      String rest = cell;
      while (rest.length() > width) {
        int blank = rest.lastIndexOf(' ', width);
        int end = blank > 0 ? blank : width;
        lines.add(rest.substring(0, end));
        rest = rest.substring(end).stripLeading();
      }
      lines.add(rest);
      return lines;
    }

    private String cells(List<String> cells, char border) {
      StringBuilder row = new StringBuilder().append(border);
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(Math.max(0, widths[i] - cells.get(i).length()));
        String cell = i == PARAMETERS ? blanks + cells.get(i) : cells.get(i) + blanks;
        row.append(' ').append(cell).append(' ').append(border);
      }
      return row.append('\n').toString();
    }

    private String line(char left, char middle, char cross, char right) {
      StringBuilder line = new StringBuilder().append(left);
      for (int i = 0; i < widths.length; i++) {
        line.append(Character.toString(middle).repeat(widths[i] + 2));
        line.append(i == widths.length - 1 ? right : cross);
      }
      return line.append('\n').toString();
    }

    @Override
    public String toString() {
      return text.toString() + body + line('└', '─', '┴', '┘');
    }
  }
}
