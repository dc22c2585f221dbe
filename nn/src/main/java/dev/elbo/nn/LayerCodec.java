package dev.elbo.nn;

import dev.elbo.nn.config.Config;
import dev.elbo.nn.config.Registry;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.nn.regularizers.Regularizers;
import dev.elbo.tensor.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Layers as plain values, and back. A layer becomes its registered name, its name, type and
 * settings; layers among its settings become the same, and one that is used twice is written once.
 */
final class LayerCodec {
  private static final String LAYER = "layer";
  private static final String REFERENCE = "layerId";
  private static final String ACTIVITY = "activityRegularizer";

  private final Registry<Layer> registry;
  private final Map<Layer, Integer> ids = new HashMap<>();
  private final Map<Long, Layer> byId = new LinkedHashMap<>();

  /**
   * @param layers all layers that may be met, models apart
   */
  LayerCodec(Registry<Layer> layers) {
    registry =
        layers
            .with(Sequential.REGISTERED_NAME, Sequential::of)
            .with(Functional.REGISTERED_NAME, Functional::of);
  }

  // ---- writing ----------------------------------------------------------------------------------

  Map<String, Object> encode(Layer layer) {
    Integer known = ids.get(layer);
    if (known != null) {
      return Map.of(REFERENCE, known);
    }
    int id = ids.size();
    ids.put(layer, id);
    Map<String, Object> config = new LinkedHashMap<>();
    layer.config().forEach((key, value) -> config.put(key, encodeValue(value)));
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("kind", layer.registeredName());
    described.put("id", id);
    described.put("name", layer.name());
    described.put("dtype", Config.nameOf(layer.dtype()));
    described.put("trainable", layer.isTrainable());
    layer.activityPenalty().ifPresent(part -> described.put(ACTIVITY, Config.part(part)));
    described.put("config", config);
    return Map.of(LAYER, described);
  }

  private Object encodeValue(Object value) {
    return switch (value) {
      case Layer layer -> encode(layer);
      case List<?> list -> list.stream().map(this::encodeValue).toList();
      case Map<?, ?> map -> {
        Map<String, Object> encoded = new LinkedHashMap<>();
        map.forEach((key, each) -> encoded.put((String) key, encodeValue(each)));
        yield encoded;
      }
      default -> value;
    };
  }

  // ---- reading ----------------------------------------------------------------------------------

  Layer decode(Map<?, ?> value) {
    if (decodeValue(value) instanceof Layer layer) {
      return layer;
    }
    throw new IllegalArgumentException("expected a layer, received " + value);
  }

  private Object decodeValue(Object value) {
    return switch (value) {
      case List<?> list -> {
        List<Object> decoded = new ArrayList<>();
        list.forEach(each -> decoded.add(decodeValue(each)));
        yield decoded;
      }
      case Map<?, ?> map when map.size() == 1 && map.get(LAYER) instanceof Map<?, ?> layer ->
          decodeLayer(layer);
      case Map<?, ?> map when map.size() == 1 && map.get(REFERENCE) instanceof Long id -> {
        Layer layer = byId.get(id);
        if (layer == null) {
          throw new IllegalArgumentException("layer " + id + " is used before it is described");
        }
        yield layer;
      }
      case Map<?, ?> map -> {
        Map<String, Object> decoded = new LinkedHashMap<>();
        map.forEach((key, each) -> decoded.put((String) key, decodeValue(each)));
        yield decoded;
      }
      default -> value;
    };
  }

  private Layer decodeLayer(Map<?, ?> value) {
    Map<String, Object> settings = new LinkedHashMap<>();
    value.forEach((key, each) -> settings.put((String) key, decodeValue(each)));
    Config config = Config.of("layer", settings);
    String kind = config.text("kind", "");
    String name = config.text("name", "");
    DType dtype = config.choice("dtype", DType.FLOAT32);
    boolean trainable = config.flag("trainable", true);
    Optional<Regularizer> activity = config.part(ACTIVITY, Regularizers.registry());
    long id = config.wholeNumber("id", byId.size());
    Map<String, Object> inner = new LinkedHashMap<>();
    Map<?, ?> given = config.object("config", Map.class);
    given.forEach((key, each) -> inner.put((String) key, each));
    config.finish();
    Names.requireValid(name);
    Layer layer = registry.create(kind, inner);
    if (layer.dtype() != dtype && layer instanceof StandardLayer<?> standard) {
      layer = standard.dtype(dtype);
    }
    if (activity.isPresent() && layer instanceof StandardLayer<?> standard) {
      layer = standard.activityRegularizer(activity.get());
    }
    layer.assignName(name);
    layer.trainableAlone(trainable);
    if (byId.put(id, layer) != null) {
      throw new IllegalArgumentException("layer " + id + " is described twice");
    }
    return layer;
  }
}
