package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.layers.Dropout;
import dev.elbo.nn.layers.Flatten;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The drawing of a model: what it says, and that nothing lies on anything else. */
final class ModelPlotTest {
  private record Box(double left, double top, double width, double height, String text) {
    boolean overlaps(Box other) {
      return left < other.left + other.width
          && other.left < left + width
          && top < other.top + other.height
          && other.top < top + height;
    }
  }

  private static Element parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  private static List<Box> boxes(Element svg) {
    List<Box> boxes = new ArrayList<>();
    NodeList groups = svg.getElementsByTagName("g");
    for (int i = 0; i < groups.getLength(); i++) {
      Element group = (Element) groups.item(i);
      Element frame = (Element) group.getElementsByTagName("rect").item(0);
      boxes.add(
          new Box(
              number(frame, "x"),
              number(frame, "y"),
              number(frame, "width"),
              number(frame, "height"),
              group.getTextContent()));
    }
    return boxes;
  }

  private static double number(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }

  private static int arrows(Element svg) {
    NodeList paths = svg.getElementsByTagName("path");
    int count = 0;
    for (int i = 0; i < paths.getLength(); i++) {
      count += ((Element) paths.item(i)).hasAttribute("marker-end") ? 1 : 0;
    }
    return count;
  }

  private static void assertNothingOverlaps(Element svg) {
    String[] view = svg.getAttribute("viewBox").split(" ");
    double width = Double.parseDouble(view[2]);
    double height = Double.parseDouble(view[3]);
    List<Box> boxes = boxes(svg);
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      assertThat(box.left).isNotNegative();
      assertThat(box.left + box.width).isLessThanOrEqualTo(width);
      assertThat(box.top + box.height).isLessThanOrEqualTo(height);
      for (int j = 0; j < i; j++) {
        assertThat(box.overlaps(boxes.get(j))).as(box + " and " + boxes.get(j)).isFalse();
      }
    }
  }

  @Test
  void aChain() throws Exception {
    Element svg =
        parse(
            Sequential.of(
                    Input.of(28, 28),
                    Flatten.of(),
                    Dense.of(128).activation(Activations.RELU),
                    Dropout.of(0.2),
                    Dense.of(10).name("a<b"))
                .plot());

    assertThat(boxes(svg))
        .extracting(Box::text)
        .containsExactly(
            "inputInput(None, 28, 28)",
            "flattenFlatten(None, 28, 28) → (None, 784)",
            "denseDense(None, 784) → (None, 128)100,480 parameters",
            "dropoutDropout(None, 128) → (None, 128)",
            "a<bDense(None, 128) → (None, 10)1,290 parameters");
    assertThat(arrows(svg)).isEqualTo(4);
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Model sequential");
    assertNothingOverlaps(svg);
    assertThat(boxes(svg)).extracting(Box::top).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aGraphWithASharedModelTwoInputsAndTwoOutputs() throws Exception {
    SymbolicTensor left = Input.of("left", 4);
    SymbolicTensor right = Input.of(4);
    Sequential shared = Sequential.of(Dense.of(3), Dense.of(2)).name("tower");
    SymbolicTensor a = shared.on(left);
    Functional model =
        Model.of(
            List.of(left, right),
            List.of(Dense.of(1).on(a), Dense.of(1).on(Dense.of(5).on(shared.on(right)))));

    Element svg = parse(model.plot());

    assertThat(boxes(svg))
        .extracting(Box::text)
        .contains(
            "leftInput(None, 4)",
            "input_layerInput(None, 4)",
            "tower, use 1 of 2Sequential(None, 4) → (None, 2)2 layers, 23 parameters",
            "tower, use 2 of 2Sequential(None, 4) → (None, 2)2 layers, 23 parameters");
    assertThat(boxes(svg)).hasSize(7);
    assertThat(arrows(svg)).isEqualTo(5);
    assertNothingOverlaps(svg);
  }

  /** Many branches of different lengths, which arrows have to pass. */
  @Test
  void aWideGraph() throws Exception {
    SymbolicTensor x = Input.of(3);
    List<SymbolicTensor> outputs = new ArrayList<>();
    for (int branch = 0; branch < 7; branch++) {
      SymbolicTensor end = x;
      for (int depth = 0; depth <= branch % 4; depth++) {
        end = Dense.of(branch + 1).name("layer_of_branch_" + branch + "_" + depth).on(end);
      }
      outputs.add(end);
    }
    Element svg = parse(Model.of(List.of(x), outputs).plot());
    assertThat(boxes(svg)).hasSize(1 + 1 + 2 + 3 + 4 + 1 + 2 + 3);
    assertNothingOverlaps(svg);
  }

  @Test
  void beforeItIsBuilt() throws Exception {
    Element svg = parse(Sequential.of(Flatten.of(), Dense.of(3)).plot());
    assertThat(boxes(svg))
        .extracting(Box::text)
        .containsExactly("flattenFlatten? → ?", "denseDense? → ?");
    assertThat(arrows(svg)).isEqualTo(1);
  }

  /** A subclass with two layers. */
  private static final class Own extends Model {
    private final Dense first = Dense.of(2);
    private final Dense second = Dense.of(1);

    Own() {
      super(Optional.of("own"), DType.FLOAT32, OptionalLong.empty());
    }

    @Override
    public List<Layer> layers() {
      return List.of(first, second);
    }

    @Override
    public Shape outputShape(Shape input) {
      return second.outputShape(first.outputShape(input));
    }

    @Override
    protected void createWeights(Shape input) {
      buildInner(first, List.of(input));
      buildInner(second, List.of(first.outputShape(input)));
    }

    @Override
    protected Tensor compute(Tensor input, Context context) {
      return second.call(first.call(input));
    }

    @Override
    public String registeredName() {
      return "Own";
    }
  }

  @Test
  void aSubclassDoesNotTellWhatIsConnected() throws Exception {
    Own model = new Own();
    model.build(Shape.of(Shape.BATCH, 4));
    Element svg = parse(model.plot());
    assertThat(boxes(svg))
        .extracting(Box::text)
        .containsExactly(
            "denseDense(None, 4) → (None, 2)10 parameters",
            "dense_1Dense(None, 2) → (None, 1)3 parameters");
    assertThat(arrows(svg)).isZero();
    assertNothingOverlaps(svg);
  }

  @Test
  void theSameModelIsDrawnAlike() {
    Sequential model = Sequential.of(Input.of(3), Dense.of(2));
    assertThat(model.plot()).isEqualTo(model.plot());
  }
}
