package dev.elbo.bench.peers;

import dev.elbo.bench.worker.Net.Placed;
import dev.elbo.bench.worker.TrainSetting;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A classifier as the bytes of an ONNX model, images (channels, height, width). The numbers of the
 * fields are those of {@code onnx.proto}, version 1.17.
 */
final class OnnxModel {
  static final String INPUT = "x";
  static final String OUTPUT = "logits";

  private static final int FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;

  private final Message graph = new Message();
  private final List<float[]> weights;
  private int weight;
  private int values;

  private OnnxModel(TrainSetting setting) {
    weights = setting.weightsForChannelsFirst();
  }

  /** For one example at a time. */
  static byte[] of(TrainSetting setting, long[] inputShape) {
    return new OnnxModel(setting).bytes(setting, inputShape);
  }

  private byte[] bytes(TrainSetting setting, long[] inputShape) {
    String value = INPUT;
    List<Placed> layers = setting.net().placedLayers();
    for (int i = 0; i < layers.size(); i++) {
      value = layer(value, layers.get(i), i + 1 == layers.size());
    }
    graph.text(2, setting.net().name());
    graph.message(11, valueInfo(INPUT, inputShape));
    graph.message(12, valueInfo(OUTPUT, 1, 10));
    Message opset = new Message();
    opset.text(1, "");
    opset.number(2, 17);
    Message model = new Message();
    model.number(1, 8);
    model.text(2, "elbo-bench");
    model.message(7, graph);
    model.message(8, opset);
    return model.bytes();
  }

  private String layer(String input, Placed placed, boolean last) {
    String output = last && !placed.layer().relu() ? OUTPUT : "v" + values++;
    switch (placed.layer().kind()) {
      case DENSE -> {
        Message node = node("Gemm", output, input, kernel(placed), bias(placed));
        node.message(5, attribute("transB", 1));
        graph.message(1, node);
      }
      case CONV -> {
        Message node = node("Conv", output, input, kernel(placed), bias(placed));
        int side = placed.layer().kernel();
        int pad = placed.layer().same() ? side / 2 : 0;
        node.message(5, attribute("kernel_shape", side, side));
        node.message(5, attribute("strides", placed.layer().stride(), placed.layer().stride()));
        node.message(5, attribute("pads", pad, pad, pad, pad));
        graph.message(1, node);
      }
      case MAX_POOL -> {
        Message node = node("MaxPool", output, input);
        int side = placed.layer().kernel();
        node.message(5, attribute("kernel_shape", side, side));
        node.message(5, attribute("strides", side, side));
        graph.message(1, node);
      }
      case FLATTEN -> graph.message(1, node("Flatten", output, input));
      case DROPOUT -> graph.message(1, node("Identity", output, input));
      case CONV_TRANSPOSE, RESHAPE ->
          throw new IllegalArgumentException("no classifier has a " + placed.layer().kind());
    }
    if (!placed.layer().relu()) {
      return output;
    }
    String positive = last ? OUTPUT : "v" + values++;
    graph.message(1, node("Relu", positive, output));
    return positive;
  }

  private String kernel(Placed placed) {
    List<Integer> shape = placed.kernelShape();
    return shape.size() == 2
        ? initializer(shape.get(1), shape.get(0))
        : initializer(shape.get(3), shape.get(2), shape.get(0), shape.get(1));
  }

  private String bias(Placed placed) {
    return initializer(placed.layer().units());
  }

  private String initializer(long... shape) {
    String name = "w" + weight;
    float[] numbers = weights.get(weight++);
    Message tensor = new Message();
    for (long dim : shape) {
      tensor.number(1, dim);
    }
    tensor.number(2, FLOAT);
    tensor.text(8, name);
    ByteBuffer raw =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(numbers);
    tensor.field(9, raw.array());
    graph.message(5, tensor);
    return name;
  }

  private static Message node(String operator, String output, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output);
    node.text(4, operator);
    return node;
  }

  private static Message attribute(String name, long value) {
    Message attribute = new Message();
    attribute.text(1, name);
    attribute.number(3, value);
    attribute.number(20, ATTRIBUTE_INT);
    return attribute;
  }

  private static Message attribute(String name, long first, long... more) {
    Message attribute = new Message();
    attribute.text(1, name);
    attribute.number(8, first);
    for (long value : more) {
      attribute.number(8, value);
    }
    attribute.number(20, ATTRIBUTE_INTS);
    return attribute;
  }

  private static Message valueInfo(String name, long... shape) {
    Message dims = new Message();
    for (long length : shape) {
      Message dim = new Message();
      dim.number(1, length);
      dims.message(1, dim);
    }
    Message tensor = new Message();
    tensor.number(1, FLOAT);
    tensor.message(2, dims);
    Message type = new Message();
    type.message(1, tensor);
    Message info = new Message();
    info.text(1, name);
    info.message(2, type);
    return info;
  }

  /** A message of protocol buffers: numbers as varints, all else by its length. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void number(int field, long value) {
      varint((long) field << 3);
      varint(value);
    }

    void text(int field, String value) {
      field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void message(int field, Message value) {
      field(field, value.bytes());
    }

    void field(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) (rest & 0x7F | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
