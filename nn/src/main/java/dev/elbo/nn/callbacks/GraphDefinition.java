package dev.elbo.nn.callbacks;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.elbo.nn.Functional;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Model;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.internal.ProtoMessage;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The layers of a model as TensorFlow's message {@code GraphDef}: a node for each use of a layer,
 * with its kind as the operation, its inputs, and the shapes of its outputs. What is inside a model
 * that is no graph is not known; its layers stand in it without edges.
 */
final class GraphDefinition {
  private static final int OUTPUT_SHAPES = 7;

  /** An output of a node, and its shape. */
  private record Edge(String source, Shape shape) {}

  private final ProtoMessage graph = ProtoMessage.of();
  private final Set<String> names = new HashSet<>();

  private GraphDefinition() {}

  /** The graph of a model that is built. */
  static ProtoMessage of(Model model) {
    GraphDefinition definition = new GraphDefinition();
    List<Edge> inputs = new ArrayList<>();
    for (Shape shape : model.builtShapes()) {
      inputs.add(definition.input(shape));
    }
    definition.inside("", model, inputs);
    return definition.graph;
  }

  private Edge input(Shape shape) {
    String name = unique("input");
    node(name, "Input", List.of(), List.of(shape));
    return new Edge(name, shape);
  }

  @CanIgnoreReturnValue
  private List<Edge> inside(String prefix, Layer model, List<Edge> inputs) {
    return switch (model) {
      case Functional functional -> functional(prefix, functional, inputs);
      case Sequential sequential -> {
        List<Edge> edges = inputs;
        for (Layer layer : sequential.layers()) {
          edges = use(prefix, layer, edges);
        }
        yield edges;
      }
      default -> {
        for (Layer layer : model.layers()) {
          use(prefix, layer, List.of());
        }
        yield List.of();
      }
    };
  }

  /** Reads the uses of layers as {@link Functional#config} writes them. */
  private List<Edge> functional(String prefix, Functional model, List<Edge> inputs) {
    Config config = Config.of("graph", model.config());
    List<Edge> tensors = new ArrayList<>(inputs);
    for (List<Integer> use : config.wholeNumberLists("uses")) {
      Layer layer = model.layers().get(use.getFirst());
      List<Edge> arguments =
          use.subList(1, use.size()).stream().map(number -> tensors.get(number)).toList();
      tensors.addAll(use(prefix, layer, arguments));
    }
    List<Edge> outputs = new ArrayList<>();
    for (Integer number : config.wholeNumbers("outputs")) {
      outputs.add(tensors.get(number));
    }
    return outputs;
  }

  @CanIgnoreReturnValue
  private List<Edge> use(String prefix, Layer layer, List<Edge> inputs) {
    String name = unique(prefix + layer.name());
    if (layer instanceof Sequential || layer instanceof Functional) {
      return inside(name + "/", layer, inputs);
    }
    List<Shape> shapes = outputShapes(layer, inputs);
    node(name, layer.registeredName(), inputs.stream().map(Edge::source).toList(), shapes);
    if (!layer.layers().isEmpty()) {
      inside(name + "/", layer, List.of());
    }
    List<Edge> outputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      outputs.add(new Edge(i == 0 ? name : name + ":" + i, shapes.get(i)));
    }
    return outputs;
  }

  private static List<Shape> outputShapes(Layer layer, List<Edge> inputs) {
    try {
      return layer.outputShapes(inputs.stream().map(Edge::shape).toList());
    } catch (IllegalArgumentException theInputIsNotKnown) {
      return List.of(Shape.of(Shape.BATCH));
    }
  }

  private String unique(String name) {
    String free = name;
    for (int i = 1; !names.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private void node(String name, String operation, List<String> inputs, List<Shape> shapes) {
    ProtoMessage node = ProtoMessage.of().text(1, name).text(2, operation);
    inputs.forEach(input -> node.text(3, input));
    ProtoMessage list = ProtoMessage.of();
    for (Shape shape : shapes) {
      ProtoMessage dims = ProtoMessage.of();
      for (int dim : shape.dims()) {
        dims.message(2, ProtoMessage.of().whole(1, dim));
      }
      list.message(OUTPUT_SHAPES, dims);
    }
    node.message(
        5,
        ProtoMessage.of().text(1, "_output_shapes").message(2, ProtoMessage.of().message(1, list)));
    graph.message(1, node);
  }
}
