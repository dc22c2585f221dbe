package dev.elbo.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.TrainSetting;
import dev.elbo.bench.worker.Worker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime.
 *
 * @param threads inside an operation
 */
record OnnxWorker(int threads) implements Worker {
  @Override
  public String version() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public Session predict(TrainSetting setting) {
    try {
      return new Prediction(setting, threads);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From an array to an array of logits; the input's memory is made once, outside the heap. */
  private static final class Prediction implements Session {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final float[] example;
    private final FloatBuffer buffer;
    private final OnnxTensor input;
    private float[] logits = {};

    Prediction(TrainSetting setting, int threads) throws OrtException {
      List<Integer> shape = setting.net().input();
      long[] inputShape =
          shape.size() == 1
              ? new long[] {1, shape.getFirst()}
              : new long[] {1, shape.get(2), shape.get(0), shape.get(1)};
      example = Arrays.copyOf(setting.imagesForChannelsFirst(), TrainSetting.PIXELS);
      buffer =
          ByteBuffer.allocateDirect(example.length * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      input = OnnxTensor.createTensor(environment, buffer, inputShape);
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(OnnxModel.of(setting, inputShape), options);
    }

    @Override
    public double[] values(int count) {
      run(1);
      double[] values = new double[logits.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = logits[i];
      }
      return values;
    }

    @Override
    public int run(int steps) {
      try {
        for (int i = 0; i < steps; i++) {
          buffer.put(0, example);
          try (OrtSession.Result result = session.run(Map.of(OnnxModel.INPUT, input))) {
            logits = ((float[][]) result.get(0).getValue())[0];
          }
        }
        return steps;
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try {
        input.close();
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
