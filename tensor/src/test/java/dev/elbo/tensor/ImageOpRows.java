package dev.elbo.tensor;

import static dev.elbo.tensor.OpRow.Kind.DIFFERENTIABLE;
import static dev.elbo.tensor.OpRow.Kind.SMOOTH;

import dev.elbo.tensor.internal.primitive.AveragePool2D;
import dev.elbo.tensor.internal.primitive.AveragePool2DGradient;
import dev.elbo.tensor.internal.primitive.Conv2D;
import dev.elbo.tensor.internal.primitive.Conv2DFilterGradient;
import dev.elbo.tensor.internal.primitive.Conv2DInputGradient;
import dev.elbo.tensor.internal.primitive.MaxPool2D;
import dev.elbo.tensor.internal.primitive.MaxPool2DGather;
import dev.elbo.tensor.internal.primitive.MaxPool2DGradient;
import java.util.List;

/** The rows of {@link OpTable} for convolutions and poolings. */
final class ImageOpRows {
  private static final Convolution VALID = Convolution.of();
  private static final Convolution STRIDED =
      Convolution.of().strides(2, 1).padding(Padding.SAME).dilation(1, 2);
  private static final Pooling WINDOW = Pooling.of(2);
  private static final Pooling OVERLAPPING = Pooling.of(3, 2).strides(1).padding(Padding.SAME);

  private ImageOpRows() {}

  static List<OpRow> rows() {
    return List.of(
        OpRow.of(Conv2D.class, SMOOTH, x -> x.get(0).conv2d(x.get(1), VALID))
            .on(Shape.of(1, 2, 2, 1), Shape.of(1, 1, 1, 1))
            .on(Shape.of(2, 3, 4, 2), Shape.of(2, 3, 2, 3))
            .on(Shape.of(0, 3, 3, 1), Shape.of(2, 2, 1, 1)),
        OpRow.of(Conv2D.class, SMOOTH, x -> x.get(0).conv2d(x.get(1), STRIDED))
            .titled("strides, dilation, SAME")
            .on(Shape.of(1, 4, 5, 1), Shape.of(3, 2, 1, 2)),
        OpRow.of(
                Conv2DInputGradient.class,
                SMOOTH,
                x -> x.get(0).conv2dTranspose(x.get(1), VALID.strides(2)))
            .on(Shape.of(1, 2, 2, 2), Shape.of(3, 2, 1, 2))
            .on(Shape.of(0, 2, 2, 1), Shape.of(2, 2, 1, 1)),
        OpRow.of(
                Conv2DInputGradient.class, SMOOTH, x -> x.get(0).conv2dTranspose(x.get(1), STRIDED))
            .titled("strides, dilation, SAME")
            .on(Shape.of(1, 2, 3, 1), Shape.of(2, 2, 2, 1)),
        OpRow.of(
                Conv2DFilterGradient.class,
                SMOOTH,
                x -> Tensor.apply(new Conv2DFilterGradient(VALID, 2, 2), x.get(0), x.get(1)))
            .on(Shape.of(2, 3, 3, 2), Shape.of(2, 2, 2, 1)),
        OpRow.of(MaxPool2D.class, DIFFERENTIABLE, x -> x.getFirst().maxPool2d(WINDOW))
            .on(Shape.of(1, 2, 2, 1))
            .on(Shape.of(2, 5, 4, 2))
            .on(Shape.of(0, 4, 4, 1)),
        OpRow.of(MaxPool2D.class, DIFFERENTIABLE, x -> x.getFirst().maxPool2d(OVERLAPPING))
            .titled("overlapping, SAME")
            .on(Shape.of(1, 4, 3, 2)),
        OpRow.of(
                MaxPool2DGradient.class,
                DIFFERENTIABLE,
                x ->
                    Tensor.apply(
                        new MaxPool2DGradient(OVERLAPPING),
                        x.get(0),
                        x.get(0).maxPool2d(OVERLAPPING),
                        x.get(1)))
            .on(Shape.of(1, 3, 4, 2), Shape.of(1, 3, 4, 2)),
        OpRow.of(
                MaxPool2DGather.class,
                DIFFERENTIABLE,
                x ->
                    Tensor.apply(
                        new MaxPool2DGather(WINDOW),
                        x.get(0),
                        x.get(0).maxPool2d(WINDOW),
                        x.get(1)))
            .on(Shape.of(1, 4, 4, 1), Shape.of(1, 4, 4, 1)),
        OpRow.of(AveragePool2D.class, SMOOTH, x -> x.getFirst().averagePool2d(WINDOW).square())
            .on(Shape.of(1, 2, 2, 1))
            .on(Shape.of(2, 5, 4, 2))
            .on(Shape.of(0, 4, 4, 1)),
        OpRow.of(AveragePool2D.class, SMOOTH, x -> x.getFirst().averagePool2d(OVERLAPPING).square())
            .titled("overlapping, SAME")
            .on(Shape.of(1, 4, 3, 2)),
        OpRow.of(
                AveragePool2DGradient.class,
                SMOOTH,
                x -> Tensor.apply(new AveragePool2DGradient(WINDOW, 5, 4), x.getFirst()).square())
            .on(Shape.of(1, 2, 2, 2)));
  }
}
