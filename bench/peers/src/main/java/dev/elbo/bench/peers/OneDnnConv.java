package dev.elbo.bench.peers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_auto;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import dev.elbo.bench.worker.ConvSetting;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.SharedArrays;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;

/**
 * A convolution, or one of its gradients, on memory in the layouts that oneDNN likes best. Bringing
 * the arrays there and back is off the clock: in a net of oneDNN's own, images stay in them.
 */
final class OneDnnConv implements Session {
  private final engine cpu = new engine(engine.kind.cpu, 0);
  private final stream order = new stream(cpu);
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final primitive convolution;
  private final memory result;
  private final memory plainResult;
  private final int resultElements;

  OneDnnConv(ConvSetting setting) {
    long batch = setting.batch();
    long[] images = {batch, setting.channels(), setting.size(), setting.size()};
    long[] filters = {setting.filters(), setting.channels(), setting.kernel(), setting.kernel()};
    long[] outputs = {batch, setting.filters(), setting.outputSize(), setting.outputSize()};
    LongPointer strides = twice(setting.stride());
    LongPointer before = twice(setting.paddingBefore());
    LongPointer after = twice(setting.paddingAfter());
    memory.desc anyImages = any(images);
    memory.desc anyFilters = any(filters);
    memory.desc anyOutputs = any(outputs);
    var forward =
        new convolution_forward.primitive_desc(
            cpu,
            dnnl_forward_training,
            dnnl_convolution_auto,
            anyImages,
            anyFilters,
            anyOutputs,
            strides,
            before,
            after);
    float[] x = SharedArrays.uniform(setting.imageElements(), 1);
    float[] w = SharedArrays.uniform(setting.filterElements(), 2);
    float[] dy = SharedArrays.uniform(setting.resultElements(), 3);
    memory.desc plainImages = plain(images, memory.format_tag.nhwc);
    memory.desc plainFilters = plain(filters, memory.format_tag.hwio);
    memory.desc plainOutputs = plain(outputs, memory.format_tag.nhwc);
    switch (setting.direction()) {
      case FORWARD -> {
        convolution = new convolution_forward(forward);
        argument(DNNL_ARG_SRC, x, plainImages, forward.src_desc());
        argument(DNNL_ARG_WEIGHTS, w, plainFilters, forward.weights_desc());
        result = new memory(forward.dst_desc(), cpu);
        arguments.put(DNNL_ARG_DST, result);
        plainResult = new memory(plainOutputs, cpu);
        resultElements = setting.resultElements();
      }
      case INPUT_GRADIENT -> {
        var backward =
            new convolution_backward_data.primitive_desc(
                cpu,
                dnnl_convolution_auto,
                anyImages,
                anyFilters,
                anyOutputs,
                strides,
                before,
                after,
                forward);
        convolution = new convolution_backward_data(backward);
        argument(DNNL_ARG_DIFF_DST, dy, plainOutputs, backward.diff_dst_desc());
        argument(DNNL_ARG_WEIGHTS, w, plainFilters, backward.weights_desc());
        result = new memory(backward.diff_src_desc(), cpu);
        arguments.put(DNNL_ARG_DIFF_SRC, result);
        plainResult = new memory(plainImages, cpu);
        resultElements = setting.imageElements();
      }
      case FILTER_GRADIENT -> {
        var backward =
            new convolution_backward_weights.primitive_desc(
                cpu,
                dnnl_convolution_auto,
                anyImages,
                anyFilters,
                anyOutputs,
                strides,
                before,
                after,
                forward);
        convolution = new convolution_backward_weights(backward);
        argument(DNNL_ARG_SRC, x, plainImages, backward.src_desc());
        argument(DNNL_ARG_DIFF_DST, dy, plainOutputs, backward.diff_dst_desc());
        result = new memory(backward.diff_weights_desc(), cpu);
        arguments.put(DNNL_ARG_DIFF_WEIGHTS, result);
        plainResult = new memory(plainFilters, cpu);
        resultElements = setting.filterElements();
      }
      default -> throw new IllegalArgumentException("unknown direction " + setting.direction());
    }
  }

  private static LongPointer twice(long value) {
    return new LongPointer(value, value);
  }

  /** Channels before rows and columns, in whatever layout is best. */
  private static memory.desc any(long[] shape) {
    return plain(shape, memory.format_tag.any);
  }

  private static memory.desc plain(long[] shape, memory.format_tag layout) {
    return new memory.desc(shape, memory.data_type.f32, layout);
  }

  private void argument(int role, float[] values, memory.desc from, memory.desc to) {
    memory plain = new memory(from, cpu);
    new FloatPointer(plain.get_data_handle()).put(values, 0, values.length);
    memory best = new memory(to, cpu);
    move(plain, best);
    arguments.put(role, best);
  }

  private void move(memory from, memory to) {
    new reorder(from, to).execute(order, from, to);
    order._wait();
  }

  @Override
  public double[] values(int count) {
    run(1);
    move(result, plainResult);
    float[] values = new float[resultElements];
    new FloatPointer(plainResult.get_data_handle()).get(values, 0, values.length);
    return SharedArrays.sample(values, count);
  }

  @Override
  public int run(int steps) {
    for (int i = 0; i < steps; i++) {
      convolution.execute(order, arguments);
      order._wait();
    }
    return steps;
  }
}
