package dev.elbo.nn.layers;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.nn.StandardLayer;
import dev.elbo.nn.activations.Activation;
import dev.elbo.nn.activations.Activations;
import dev.elbo.nn.constraints.Constraint;
import dev.elbo.nn.initializers.GlorotUniform;
import dev.elbo.nn.initializers.Initializer;
import dev.elbo.nn.initializers.Zeros;
import dev.elbo.nn.regularizers.Regularizer;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.util.Optional;

/**
 * {@code activation(linear(x, kernel) + bias)}: what dense and convolutional layers share.
 *
 * <p>Unless set: no activation, a bias, the kernel from {@link GlorotUniform}, the bias from {@link
 * Zeros}, no penalties, no constraints.
 *
 * @param <L> the layer itself
 */
@CheckReturnValue
public abstract class KernelLayer<L extends KernelLayer<L>> extends StandardLayer<L> {
  private final KernelSettings kernelSettings;
  private Optional<Variable> kernel = Optional.empty();
  private Optional<Variable> bias = Optional.empty();

  KernelLayer(Common common, KernelSettings kernelSettings) {
    super(common);
    this.kernelSettings = kernelSettings;
  }

  /** The same layer, unbuilt, with other settings. */
  abstract L with(Common common, KernelSettings settings);

  @Override
  protected final L with(Common settings) {
    return with(settings, kernelSettings);
  }

  private L with(String setting, KernelSettings settings) {
    requireUnbuilt(setting);
    return with(common(), settings);
  }

  final KernelSettings kernelSettings() {
    return kernelSettings;
  }

  /** The function that is applied to the output; {@link Activations#LINEAR} unless set. */
  public final L activation(Activation value) {
    return with("activation", kernelSettings.withActivation(value));
  }

  /** The function that is applied to the output. */
  public final Activation activation() {
    return kernelSettings.activation();
  }

  /** Whether a bias is added; true unless set. */
  public final L useBias(boolean value) {
    return with("useBias", kernelSettings.withUseBias(value));
  }

  /** What the kernel starts from; {@link GlorotUniform} unless set. */
  public final L kernelInitializer(Initializer value) {
    return kernel("kernelInitializer", kernelSettings.kernel().withInitializer(value));
  }

  /** What the bias starts from; {@link Zeros} unless set. */
  public final L biasInitializer(Initializer value) {
    return bias("biasInitializer", kernelSettings.bias().withInitializer(value));
  }

  /** The penalty on the kernel; none unless set. */
  public final L kernelRegularizer(Regularizer value) {
    return kernel("kernelRegularizer", kernelSettings.kernel().withRegularizer(value));
  }

  /** The penalty on the bias; none unless set. */
  public final L biasRegularizer(Regularizer value) {
    return bias("biasRegularizer", kernelSettings.bias().withRegularizer(value));
  }

  /** What is applied to the kernel after each step; nothing unless set. */
  public final L kernelConstraint(Constraint value) {
    return kernel("kernelConstraint", kernelSettings.kernel().withConstraint(value));
  }

  /** What is applied to the bias after each step; nothing unless set. */
  public final L biasConstraint(Constraint value) {
    return bias("biasConstraint", kernelSettings.bias().withConstraint(value));
  }

  private L kernel(String setting, WeightSettings value) {
    return with(setting, kernelSettings.withKernel(value));
  }

  private L bias(String setting, WeightSettings value) {
    return with(setting, kernelSettings.withBias(value));
  }

  /** Makes the kernel, and the bias if there is one. */
  final void createKernel(Shape shape, int outputs) {
    kernel = Optional.of(create("kernel", shape, kernelSettings.kernel()));
    if (kernelSettings.useBias()) {
      bias = Optional.of(create("bias", Shape.of(outputs), kernelSettings.bias()));
    }
  }

  private Variable create(String name, Shape shape, WeightSettings settings) {
    return addWeight(
        name, shape, settings.initializer(), settings.regularizer(), settings.constraint());
  }

  /** The shape of the kernel, once there is one. */
  final Optional<Shape> kernelShape() {
    return kernel.map(Variable::shape);
  }

  /** The kernel's present version. */
  final Tensor kernel() {
    return kernel.orElseThrow().value();
  }

  /** The shape after the activation, given that before it. */
  final Shape activated(Shape linear) {
    return kernelSettings.activation().outputShape(linear);
  }

  /** Adds the bias and applies the activation. */
  final Tensor finish(Tensor linear) {
    Tensor shifted = bias.isPresent() ? linear.add(bias.get().value()) : linear;
    return kernelSettings.activation().call(shifted);
  }
}
