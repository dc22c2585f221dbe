package dev.elbo.nn;

import dev.elbo.nn.SymbolicTensor.Application;
import dev.elbo.nn.internal.GraphDrawing;
import dev.elbo.nn.internal.GraphDrawing.Box;
import dev.elbo.nn.internal.GraphDrawing.Kind;
import dev.elbo.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The graph of a model as boxes and arrows. */
final class ModelPlot {
  private final GraphDrawing drawing = new GraphDrawing();

  private ModelPlot() {}

  static String of(Model model) {
    model.ensureBuilt();
    ModelPlot plot = new ModelPlot();
    if (model instanceof Functional functional) {
      plot.graph(functional);
    } else {
      plot.chain(model, model instanceof Sequential);
    }
    return plot.drawing.svg("Model " + model.name());
  }

  private void graph(Functional model) {
    Map<SymbolicTensor, Integer> sources = new HashMap<>();
    for (Map.Entry<SymbolicTensor, String> input : Summary.inputNames(model).entrySet()) {
      sources.put(input.getKey(), drawing.add(input(input.getValue(), input.getKey().shape())));
    }
    Map<Layer, String> names = Names.unique(model.layers());
    Map<Layer, Integer> used = new HashMap<>();
    for (Application application : model.applications()) {
      Layer layer = application.layer();
      long uses = model.applications().stream().filter(each -> each.layer().equals(layer)).count();
      int use = used.merge(layer, 1, Integer::sum);
      String name = names.getOrDefault(layer, layer.name());
      int box =
          drawing.add(
              box(
                  layer,
                  uses == 1 ? name : name + ", use " + use + " of " + uses,
                  shapes(application.inputs().stream().map(SymbolicTensor::shape).toList()),
                  shapes(application.outputs().stream().map(SymbolicTensor::shape).toList())));
      for (SymbolicTensor input : application.inputs()) {
        drawing.connect(sources.getOrDefault(input, box), box);
      }
      application.outputs().forEach(output -> sources.put(output, box));
    }
  }

  /** Layers one below the other. */
  private void chain(Model model, boolean connected) {
    Optional<Shape> current =
        connected && model.isBuilt()
            ? Optional.of(model.builtShapes().getFirst())
            : Optional.empty();
    int last = -1;
    if (current.isPresent()) {
      last = drawing.add(input("input", current.get()));
    }
    for (Map.Entry<Layer, String> entry : Names.unique(model.layers()).entrySet()) {
      Layer layer = entry.getKey();
      List<Shape> inputs = current.map(List::of).orElseGet(layer::builtShapes);
      List<Shape> outputs = inputs.isEmpty() ? List.of() : layer.outputShapes(inputs);
      current =
          connected && outputs.size() == 1 ? Optional.of(outputs.getFirst()) : Optional.empty();
      int box = drawing.add(box(layer, entry.getValue(), shapes(inputs), shapes(outputs)));
      if (last >= 0) {
        drawing.stack(last, box, connected);
      }
      last = box;
    }
  }

  private static Box input(String name, Shape shape) {
    return new Box(Kind.INPUT, name, "Input", shape.toString(), "");
  }

  private static Box box(Layer layer, String name, String inputs, String outputs) {
    long parameters = layer.isBuilt() ? layer.parameterCount() : 0;
    String size = parameters == 0 ? "" : String.format(Locale.ROOT, "%,d parameters", parameters);
    if (layer instanceof Model model) {
      int layers = model.layers().size();
      String inside = layers + (layers == 1 ? " layer" : " layers");
      size = size.isEmpty() ? inside : inside + ", " + size;
    }
    Kind kind = layer instanceof Model ? Kind.MODEL : parameters > 0 ? Kind.WEIGHTS : Kind.PLAIN;
    return new Box(kind, name, layer.registeredName(), inputs + " → " + outputs, size);
  }

  private static String shapes(List<Shape> shapes) {
    return shapes.isEmpty()
        ? "?"
        : shapes.stream().map(Shape::toString).collect(Collectors.joining(", "));
  }
}
