package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * State as JSON with its tensors put aside, and back. State is maps by name of texts, booleans,
 * numbers, tensors, and lists and maps of them. A tensor becomes {@code {"$tensor": its path}}, a
 * number that JSON has no word for {@code {"$number": "NaN"}}.
 *
 * <p>Whole numbers come back as longs, others as doubles.
 */
final class StateCodec {
  private static final String TENSOR = "$tensor";
  private static final String NUMBER = "$number";

  private final Map<String, Tensor> tensors;

  private StateCodec(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  /** Plain JSON, and the tensors that it refers to. */
  record Encoded(Map<String, Object> json, Map<String, Tensor> tensors) {}

  static Encoded encode(Map<String, Object> state) {
    StateCodec codec = new StateCodec(new LinkedHashMap<>());
    Map<String, Object> json = new LinkedHashMap<>();
    state.forEach((key, value) -> json.put(key, codec.plain(key, value)));
    return new Encoded(json, codec.tensors);
  }

  private Object plain(String path, Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean flag -> flag;
      case Integer number -> number;
      case Long number -> number;
      case Number number when Double.isFinite(number.doubleValue()) -> number.doubleValue();
      case Number number -> Map.of(NUMBER, Double.toString(number.doubleValue()));
      case Tensor tensor -> {
        String name = path;
        for (int i = 2; tensors.containsKey(name); i++) {
          name = path + "#" + i;
        }
        tensors.put(name, tensor);
        yield Map.of(TENSOR, name);
      }
      case List<?> list -> {
        List<Object> plain = new ArrayList<>();
        for (Object each : list) {
          plain.add(plain(path + "/" + plain.size(), each));
        }
        yield plain;
      }
      case Map<?, ?> map -> {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, each) -> plain.put((String) key, plain(path + "/" + key, each)));
        yield plain;
      }
      default ->
          throw new IllegalArgumentException(
              "state '"
                  + path
                  + "': expected texts, numbers, booleans, tensors, and lists and maps of them,"
                  + " received "
                  + value
                  + " of "
                  + value.getClass()
                  + ".");
    };
  }

  static Map<String, Object> decode(Map<String, Object> json, Map<String, Tensor> tensors) {
    StateCodec codec = new StateCodec(tensors);
    Map<String, Object> state = new LinkedHashMap<>();
    json.forEach((key, value) -> state.put(key, codec.rich(value)));
    return state;
  }

  private Object rich(Object value) {
    return switch (value) {
      case Map<?, ?> map when map.size() == 1 && map.get(TENSOR) instanceof String name -> {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
          throw new IllegalArgumentException(
              "expected a tensor '" + name + "', received " + tensors.keySet() + ".");
        }
        yield tensor;
      }
      case Map<?, ?> map when map.size() == 1 && map.get(NUMBER) instanceof String text ->
          Double.parseDouble(text);
      case Map<?, ?> map -> {
        Map<String, Object> rich = new LinkedHashMap<>();
        map.forEach((key, each) -> rich.put((String) key, rich(each)));
        yield rich;
      }
      case List<?> list -> {
        List<Object> rich = new ArrayList<>();
        list.forEach(each -> rich.add(rich(each)));
        yield rich;
      }
      default -> value;
    };
  }
}
