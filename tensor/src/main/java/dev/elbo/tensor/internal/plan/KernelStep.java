package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.primitive.ImageKernel;
import dev.elbo.tensor.internal.primitive.Kernel;
import dev.elbo.tensor.internal.primitive.MatrixKernel;
import dev.elbo.tensor.internal.primitive.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One kernel and, for a matrix product, the loop that treats each part of the result at once. */
final class KernelStep implements Step {
  private final int index;
  private final Kernel kernel;
  private final Signature signature;
  private final int[] inputs;
  private final int output;
  private final @Nullable FusedStep epilogue;

  /** The number of the array for partial results: those of a chain run at the same time. */
  private final int partials;

  private final String name;

  KernelStep(
      int index,
      Kernel kernel,
      Signature signature,
      int[] inputs,
      int output,
      @Nullable FusedStep epilogue,
      int partials,
      String name) {
    this.index = index;
    this.kernel = kernel;
    this.signature = signature;
    this.inputs = inputs.clone();
    this.output = output;
    this.epilogue = epilogue;
    this.partials = partials;
    this.name = name;
  }

  @Override
  public int scratchFloats() {
    return kernel.scratchFloats();
  }

  @Override
  public List<Touch> touches() {
    Optional<Touch.Part> written = written();
    List<Touch> touches = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      boolean byImages = kernel instanceof ImageKernel images && images.isImages(i);
      touches.add(
          new Touch(
              inputs[i],
              false,
              byImages && !isAlone() ? images(signature.shape(i)) : Optional.empty()));
    }
    touches.add(new Touch(output, true, written));
    if (epilogue != null) {
      int firstOfLast = kernel.chunks() - kernel.chunks() / parts();
      touches.addAll(
          epilogue.touches(
              written.map(all ->
                  part(
                      chunk -> chunk < firstOfLast ? 0 : all.from(chunk),
                      chunk -> chunk < firstOfLast ? 0 : all.to(chunk)))));
    }
    return touches;
  }

  /** Whether chunks leave partial results in an array of the frame. */
  boolean hasPartials() {
    return kernel.partialFloats() > 0;
  }

  @Override
  public int parts() {
    return kernel instanceof MatrixKernel matrix ? matrix.parts() : 1;
  }

  @Override
  public boolean isOpen() {
    return kernel.partialFloats() == 0 && (epilogue == null || epilogue.isOpen());
  }

  private boolean isAlone() {
    return epilogue != null && epilogue.isAlone();
  }

  /** Whether the output is a sum over the images that chunks read. */
  private boolean isSum() {
    return kernel instanceof ImageKernel images && !images.writesImages();
  }

  private Optional<Touch.Part> written() {
    if (hasPartials() || isAlone() || isSum()) {
      return Optional.empty();
    }
    if (kernel instanceof MatrixKernel matrix) {
      int columns = matrix.columns();
      return Optional.of(
          part(chunk -> matrix.rowFrom(chunk) * columns, chunk -> matrix.rowTo(chunk) * columns));
    }
    return images(signature.outputShape());
  }

  private Optional<Touch.Part> images(Shape shape) {
    if (!(kernel instanceof ImageKernel images) || shape.dim(0) == 0) {
      return Optional.empty();
    }
    int size = (int) (shape.size() / shape.dim(0));
    return Optional.of(
        part(chunk -> images.imageFrom(chunk) * size, chunk -> images.imageTo(chunk) * size));
  }

  private static Touch.Part part(IntUnaryOperator from, IntUnaryOperator to) {
    return new Touch.Part() {
      @Override
      public int from(int chunk) {
        return from.applyAsInt(chunk);
      }

      @Override
      public int to(int chunk) {
        return to.applyAsInt(chunk);
      }
    };
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
    if (hasPartials()) {
      arrays[inputs.length] = frame.spill(DType.FLOAT32, partials, kernel.partialFloats());
    }
    if (epilogue != null) {
      epilogue.begin(frame);
    }
  }

  @Override
  public void run(int chunk, int slot, Frame frame) {
    kernel.run(chunk, frame.state(index, arrays()), frame.buffer(output), frame.scratch(slot));
    if (epilogue != null
        && kernel instanceof MatrixKernel matrix
        && chunk >= kernel.chunks() - kernel.chunks() / matrix.parts()) {
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
    return inputs.length + (hasPartials() ? 1 : 0);
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
