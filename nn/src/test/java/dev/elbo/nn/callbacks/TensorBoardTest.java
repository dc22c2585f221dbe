package dev.elbo.nn.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.elbo.nn.Fit;
import dev.elbo.nn.History;
import dev.elbo.nn.Input;
import dev.elbo.nn.Model;
import dev.elbo.nn.Progress;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.SymbolicTensor;
import dev.elbo.nn.layers.Dense;
import dev.elbo.nn.losses.MeanSquaredError;
import dev.elbo.nn.optimizers.SGD;
import dev.elbo.tensor.Random;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.TensorShapeProto;
import org.tensorflow.util.Event;

/** Event files: the messages are read by TensorFlow's own classes for them. */
final class TensorBoardTest {
  private static final Tensor X = Random.normal(Shape.of(10, 3)).seed(1).evaluate();
  private static final Tensor Y = X.sum(1).expandDims(1).evaluate();

  /** How each file begins that TensorFlow itself writes: the length 24, and its masked checksum. */
  private static final byte[] BEGINNING = {
    0x18, 0, 0, 0, 0, 0, 0, 0, (byte) 0xa3, 0x7f, 0x4b, 0x22
  };

  @TempDir private Path folder;

  private static Sequential model() {
    Sequential model =
        Sequential.of(Input.of(3), Dense.of(4).name("hidden"), Dense.of(1).name("out"))
            .name("small")
            .seed(1);
    model.compile(SGD.of().learningRate(0.05), MeanSquaredError.of());
    return model;
  }

  private static Fit fit(int epochs, TensorBoard board) {
    return Fit.epochs(epochs)
        .batchSize(4)
        .validationSplit(0.2)
        .progress(Progress.none())
        .callbacks(board);
  }

  /** The events of all files of a run, in the order of their names. */
  private static List<Event> events(Path run) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(run)) {
      files = all.sorted().toList();
    }
    List<Event> events = new ArrayList<>();
    for (Path file : files) {
      assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
      byte[] bytes = Files.readAllBytes(file);
      assertThat(Arrays.copyOf(bytes, 12)).isEqualTo(BEGINNING);
      for (byte[] record : RecordReader.read(bytes)) {
        Event event = Event.parseFrom(record);
        assertThat(event.getUnknownFields().asMap()).isEmpty();
        assertThat(event.getWallTime()).isCloseTo(System.currentTimeMillis() / 1e3, within(600.0));
        events.add(event);
      }
    }
    return events;
  }

  /** The values of a tag with their steps: {@code step:value}. */
  private static List<String> scalars(List<Event> events, String tag) {
    List<String> found = new ArrayList<>();
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag)) {
          assertThat(value.getValueCase()).isEqualTo(Summary.Value.ValueCase.SIMPLE_VALUE);
          found.add(event.getStep() + ":" + value.getSimpleValue());
        }
      }
    }
    return found;
  }

  private static List<Summary.Value> values(List<Event> events, String tag) {
    return events.stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .filter(value -> value.getTag().equals(tag))
        .toList();
  }

  private static List<String> expected(History history, String name) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < history.epochs().size(); i++) {
      expected.add(history.epochs().get(i) + ":" + history.get(name).get(i).floatValue());
    }
    return expected;
  }

  @Test
  void curvesOfEpochs() throws IOException {
    TensorBoard board = TensorBoard.of(folder);
    Sequential model = model();
    History first = model.fit(X, Y, fit(2, board));
    History second = model.fit(X, Y, fit(5, board).initialEpoch(2));

    List<Event> train = events(folder.resolve("train"));
    List<Event> validation = events(folder.resolve("validation"));
    assertThat(train.getFirst().getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(validation.getFirst().getFileVersion()).isEqualTo("brain.Event:2");
    List<String> losses = new ArrayList<>(expected(first, "loss"));
    losses.addAll(expected(second, "loss"));
    assertThat(scalars(train, "epoch_loss")).isEqualTo(losses).hasSize(5);
    List<String> validated = new ArrayList<>(expected(first, "val_loss"));
    validated.addAll(expected(second, "val_loss"));
    assertThat(scalars(validation, "epoch_loss")).isEqualTo(validated);
    assertThat(scalars(train, "batch_loss")).isEmpty();
  }

  @Test
  void curvesOfSteps() throws IOException {
    List<String> seen = new ArrayList<>();
    LambdaCallback recorder =
        LambdaCallback.of()
            .onTrainBatchEnd(run -> {
              int step = run.epoch() * run.steps() + run.step();
              if (step % 2 == 0) {
                seen.add(step + ":" + (float) run.loss());
              }
            });
    TensorBoard board = TensorBoard.of(folder).updateFreq(2).writeStepsPerSecond(true);
    model().fit(X, Y, fit(3, board).callbacks(recorder));
    List<Event> train = events(folder.resolve("train"));
    assertThat(scalars(train, "batch_loss")).isEqualTo(seen).hasSize(3);
    assertThat(values(train, "epoch_steps_per_second"))
        .hasSize(3)
        .allMatch(value -> value.getSimpleValue() > 0);
  }

  @Test
  void histogramsAndPicturesOfWeights() throws IOException {
    Sequential model = model();
    double[][] kernel = new double[3][];
    LambdaCallback recorder =
        LambdaCallback.of()
            .onEpochEnd(run ->
                kernel[run.epoch()] =
                    run.model().namedWeights().get("hidden/kernel").value().toDoubles());
    TensorBoard board = TensorBoard.of(folder).histogramFreq(2).writeImages(true);
    model.fit(X, Y, fit(3, board).callbacks(recorder));
    List<Event> train = events(folder.resolve("train"));
    for (String name : model.namedWeights().keySet()) {
      assertThat(values(train, name + "/histogram")).as(name).hasSize(2);
      assertThat(values(train, name + "/image")).as(name).hasSize(2);
    }
    HistogramProto histogram = values(train, "hidden/kernel/histogram").getLast().getHisto();
    double[] weights = kernel[2];
    assertThat(histogram.getNum()).isEqualTo(12);
    assertThat(histogram.getMin()).isEqualTo(Arrays.stream(weights).min().getAsDouble());
    assertThat(histogram.getMax()).isEqualTo(Arrays.stream(weights).max().getAsDouble());
    assertThat(histogram.getSum()).isCloseTo(Arrays.stream(weights).sum(), within(1e-12));
    assertThat(histogram.getSumSquares())
        .isCloseTo(Arrays.stream(weights).map(w -> w * w).sum(), within(1e-12));
    assertThat(histogram.getBucketCount()).isEqualTo(30);
    assertThat(histogram.getBucketList().stream().mapToDouble(d -> d).sum()).isEqualTo(12);
    assertThat(histogram.getBucketLimitList()).isSorted();
    assertThat(histogram.getBucketLimit(29)).isEqualTo(histogram.getMax());
    for (int bucket = 0; bucket < 30; bucket++) {
      double low = bucket == 0 ? Double.NEGATIVE_INFINITY : histogram.getBucketLimit(bucket - 1);
      double high = histogram.getBucketLimit(bucket);
      double slack = 1e-12;
      long inside = Arrays.stream(weights).filter(w -> w > low - slack && w < high + slack).count();
      assertThat(histogram.getBucket(bucket)).isLessThanOrEqualTo(inside);
    }

    Summary.Image image = values(train, "hidden/kernel/image").getLast().getImage();
    assertThat(image.getHeight()).isEqualTo(3);
    assertThat(image.getWidth()).isEqualTo(4);
    assertThat(image.getColorspace()).isEqualTo(1);
    BufferedImage read =
        ImageIO.read(new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
    double min = histogram.getMin();
    double max = histogram.getMax();
    for (int i = 0; i < 12; i++) {
      assertThat(read.getRaster().getSample(i % 4, i / 4, 0))
          .isEqualTo((int) Math.round(255 * (weights[i] - min) / (max - min)));
    }
  }

  @Test
  void theModelAsATextAndAGraph() throws IOException {
    Sequential model = model();
    String summary = model.summary();
    model.fit(X, Y, fit(1, TensorBoard.of(folder)));
    List<Event> train = events(folder.resolve("train"));
    Summary.Value text = values(train, "summary").getFirst();
    assertThat(text.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
    assertThat(text.getTensor().getDtype()).isEqualTo(DataType.DT_STRING);
    assertThat(text.getTensor().getTensorShape().getDim(0).getSize()).isEqualTo(1);
    assertThat(text.getTensor().getStringVal(0).toStringUtf8())
        .isEqualTo("```\n" + summary + "\n```");
    assertThat(nodes(graph(train)))
        .containsExactly(
            "input = Input() [-1, 3]",
            "hidden = Dense(input) [-1, 4]",
            "out = Dense(hidden) [-1, 1]");

    model().fit(X, Y, fit(1, TensorBoard.of(folder.resolve("plain")).writeGraph(false)));
    List<Event> plain = events(folder.resolve("plain/train"));
    assertThat(values(plain, "summary")).isEmpty();
    assertThat(plain).noneMatch(event -> !event.getGraphDef().isEmpty());
  }

  private static GraphDef graph(List<Event> events) throws IOException {
    ByteString bytes =
        events.stream().map(Event::getGraphDef).filter(b -> !b.isEmpty()).findFirst().orElseThrow();
    return GraphDef.parseFrom(bytes);
  }

  private static List<String> nodes(GraphDef graph) {
    List<String> nodes = new ArrayList<>();
    for (NodeDef node : graph.getNodeList()) {
      StringBuilder text =
          new StringBuilder(
              node.getName() + " = " + node.getOp() + "(" + String.join(", ", node.getInputList()));
      text.append(")");
      for (TensorShapeProto shape :
          node.getAttrOrThrow("_output_shapes").getList().getShapeList()) {
        text.append(" ")
            .append(shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList());
      }
      nodes.add(text.toString());
    }
    return nodes;
  }

  @Test
  void sharedAndNestedLayersInAGraph() throws IOException {
    SymbolicTensor left = Input.of("left", 4);
    SymbolicTensor right = Input.of("right", 4);
    Dense shared = Dense.of(3).name("shared");
    Sequential inner = Sequential.of(Input.of(4), Dense.of(4).name("d")).name("inner");
    Model model =
        Model.of(List.of(left, right), List.of(shared.on(inner.on(left)), shared.on(right)));
    model.build(Shape.of(Shape.BATCH, 4), Shape.of(Shape.BATCH, 4));
    Path run = folder.resolve("run");
    EventFile file = new EventFile(run);
    file.graph(GraphDefinition.of(model));
    file.flush();
    assertThat(nodes(graph(events(run))))
        .containsExactly(
            "input = Input() [-1, 4]",
            "input_1 = Input() [-1, 4]",
            "inner/d = Dense(input) [-1, 4]",
            "shared = Dense(inner/d) [-1, 3]",
            "shared_1 = Dense(input_1) [-1, 3]");
  }

  @Test
  void weightsThatAreNoNumbersOrAllTheSame() throws IOException {
    Path run = folder.resolve("run");
    EventFile file = new EventFile(run);
    file.histogram("none", 1, new double[] {Double.NaN, Double.POSITIVE_INFINITY});
    file.histogram("empty", 1, new double[0]);
    file.histogram("same", 1, new double[] {2, 2, Double.NaN});
    file.flush();
    List<Event> events = events(run);
    assertThat(values(events, "none")).isEmpty();
    assertThat(values(events, "empty")).isEmpty();
    HistogramProto same = values(events, "same").getFirst().getHisto();
    assertThat(same.getBucketLimitList()).containsExactly(2.0);
    assertThat(same.getBucketList()).containsExactly(2.0);
  }
}
