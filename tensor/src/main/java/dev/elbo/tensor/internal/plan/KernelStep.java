package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.primitive.Kernel;
import dev.elbo.tensor.internal.primitive.MatrixKernel;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One kernel and, for a matrix product, the loop that treats each part of the result at once. */
final class KernelStep implements Step {
  private final int index;
  private final Kernel kernel;
  private final int[] inputs;
  private final int output;
  private final @Nullable FusedStep epilogue;
  private final String name;

  KernelStep(
      int index,
      Kernel kernel,
      int[] inputs,
      int output,
      @Nullable FusedStep epilogue,
      String name) {
    this.index = index;
    this.kernel = kernel;
    this.inputs = inputs.clone();
    this.output = output;
    this.epilogue = epilogue;
    this.name = name;
  }

  int scratchFloats() {
    return kernel.scratchFloats();
  }

  @Override
  public int chunks() {
    return kernel.chunks();
  }

  @Override
  public double cost() {
    return kernel.nanos() + (epilogue == null ? 0 : epilogue.cost());
  }

  @Override
  public void begin(Frame frame) {
    Object[] arrays = frame.state(index, arrays());
    for (int i = 0; i < inputs.length; i++) {
      arrays[i] = frame.buffer(inputs[i]);
    }
    if (kernel.partialFloats() > 0) {
      arrays[inputs.length] = frame.spill(DType.FLOAT32, 0, kernel.partialFloats());
    }
    if (epilogue != null) {
      epilogue.begin(frame);
    }
  }

  @Override
  public void run(int chunk, int slot, Frame frame) {
    kernel.run(chunk, frame.state(index, arrays()), frame.buffer(output), frame.scratch(slot));
    if (epilogue != null && kernel instanceof MatrixKernel matrix) {
      int columns = matrix.columns();
      int from = matrix.columnFrom(chunk);
      int to = matrix.columnTo(chunk);
      if (from == 0 && to == columns) {
        epilogue.range(matrix.rowFrom(chunk) * columns, matrix.rowTo(chunk) * columns, slot, frame);
      } else {
        for (int row = matrix.rowFrom(chunk); row < matrix.rowTo(chunk); row++) {
          epilogue.range(row * columns + from, row * columns + to, slot, frame);
        }
      }
    }
  }

  @Override
  public void end(Frame frame) {
    Object[] arrays = frame.state(index, arrays());
    kernel.end(arrays, frame.buffer(output));
    Arrays.fill(arrays, null);
    if (epilogue != null) {
      epilogue.end(frame);
    }
  }

  /** The inputs, and the partial results if there are any. */
  private int arrays() {
    return inputs.length + (kernel.partialFloats() > 0 ? 1 : 0);
  }

  @Override
  public String describe() {
    String text =
        name
            + " ("
            + Arrays.stream(inputs).mapToObj(i -> "b" + i).collect(Collectors.joining(" "))
            + " -> b"
            + output
            + ")";
    return epilogue == null ? text : text + " then " + epilogue.describe();
  }
}
