package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.graph.Gradients;
import dev.elbo.tensor.internal.graph.Node;
import dev.elbo.tensor.internal.graph.Primitive;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.primitive.BroadcastTo;
import dev.elbo.tensor.internal.primitive.Divide;
import dev.elbo.tensor.internal.primitive.Elementwise;
import dev.elbo.tensor.internal.primitive.Identity;
import dev.elbo.tensor.internal.primitive.MatMul;
import dev.elbo.tensor.internal.primitive.MaxPool2DGradient;
import dev.elbo.tensor.internal.primitive.Multiply;
import dev.elbo.tensor.internal.primitive.Reshape;
import dev.elbo.tensor.internal.primitive.Step;
import dev.elbo.tensor.internal.primitive.StopGradient;
import dev.elbo.tensor.internal.primitive.Sum;
import dev.elbo.tensor.internal.primitive.Transpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into {@link Op}s: drops what nobody needs, merges equal computations, and rewrites
 * what can be had more cheaply without changing a bit. Two rewrites around max pooling change some:
 * relu's gradient before pooling's (the sign of zeros, and NaN only where a maximum is NaN), and
 * the sum of that over all images, which goes over windows in place of elements.
 */
final class Lowering {
  private record Key(Primitive primitive, List<Integer> inputs) {}

  private record ScalarKey(DType dtype, long bits) {}

  private final List<Op> ops = new ArrayList<>();
  private final Map<Node, Op> byNode = new HashMap<>();
  private final Map<Key, Op> byComputation = new HashMap<>();
  private final Map<ScalarKey, Op> scalars = new HashMap<>();
  private final boolean repeated;

  /**
   * Prepares to lower.
   *
   * @param repeated whether the plan will run many times, so that numbers are worth computing now
   */
  Lowering(boolean repeated) {
    this.repeated = repeated;
  }

  /** The ops behind some roots, each after its inputs, with the leaves first met. */
  List<Op> lower(List<Node> roots) {
    for (Node node : Gradients.topological(roots)) {
      byNode.put(node, lower(node));
    }
    return ops;
  }

  Op of(Node node) {
    Op op = byNode.get(node);
    if (op == null) {
      throw new IllegalStateException("a node was not lowered");
    }
    return op;
  }

  private Op lower(Node node) {
    Node.Pending pending = node.pending();
    if (pending == null) {
      return constant(node);
    }
    if (pending.primitive() instanceof Trace.Leaf) {
      return add(pending.primitive(), List.of(), node.shape(), node.dtype(), null, "");
    }
    List<Op> inputs = new ArrayList<>();
    for (Node input : pending.inputs()) {
      inputs.add(of(input));
    }
    String origin = pending.origin() == null ? "an unknown line" : pending.origin();
    return simplified(pending.primitive(), inputs, node.shape(), node.dtype(), origin);
  }

  private Op constant(Node node) {
    if (node.shape().size() != 1) {
      return add(null, List.of(), node.shape(), node.dtype(), node, "");
    }
    Object array = value(node);
    double value = Buffers.get(array, node.dtype(), 0);
    Op scalar =
        scalars.computeIfAbsent(
            new ScalarKey(node.dtype(), Double.doubleToRawLongBits(value)),
            key -> {
              // A copy, since the node may be a view of a variable.
              Node own = Node.ofValue(Buffers.copy(array), Shape.scalar(), node.dtype());
              return add(null, List.of(), own.shape(), own.dtype(), own, "");
            });
    return node.shape().rank() == 0
        ? scalar
        : simplified(
            new BroadcastTo(node.shape()), List.of(scalar), node.shape(), node.dtype(), "");
  }

  private Op simplified(
      Primitive primitive, List<Op> inputs, Shape shape, DType dtype, String origin) {
    switch (primitive) {
      case Identity identity -> {
        return inputs.getFirst();
      }
      case StopGradient stop -> {
        return inputs.getFirst();
      }
      case Reshape reshape -> {
        Op input = inputs.getFirst();
        if (input.primitive() instanceof Reshape) {
          input = input.inputs().getFirst();
        }
        if (input.shape().equals(shape)) {
          return input;
        }
        boolean repeats =
            input.primitive() instanceof BroadcastTo
                && input.inputs().getFirst().shape().size() == 1;
        if (repeats || input.shape().rank() == 0) {
          Op scalar = repeats ? scalarOf(input.inputs().getFirst()) : input;
          return simplified(new BroadcastTo(shape), List.of(scalar), shape, dtype, origin);
        }
        return computed(reshape, List.of(input), shape, dtype, origin);
      }
      case BroadcastTo broadcast -> {
        Op input = inputs.getFirst();
        if (input.primitive() instanceof BroadcastTo) {
          input = input.inputs().getFirst();
        }
        if (input.shape().size() == 1) {
          input = scalarOf(input);
        }
        if (input.shape().equals(shape)) {
          return input;
        }
        return computed(broadcast, List.of(input), shape, dtype, origin);
      }
      case MatMul product -> {
        Op a = inputs.get(0);
        Op b = inputs.get(1);
        boolean transposeA = product.transposeA();
        boolean transposeB = product.transposeB();
        if (a.primitive() instanceof Transpose transpose && transpose.isMatrixTranspose()) {
          a = a.inputs().getFirst();
          transposeA = !transposeA;
        }
        if (b.primitive() instanceof Transpose transpose && transpose.isMatrixTranspose()) {
          b = b.inputs().getFirst();
          transposeB = !transposeB;
        }
        return computed(new MatMul(transposeA, transposeB), List.of(a, b), shape, dtype, origin);
      }
      case Multiply multiply -> {
        if (isConstantOne(inputs.get(0))) {
          return inputs.get(1);
        }
        if (isConstantOne(inputs.get(1))) {
          return inputs.get(0);
        }
        for (int i = 0; i < 2; i++) {
          if (isPooledStep(inputs.get(i), inputs.get(1 - i))) {
            return pooled(multiply, inputs.get(i), inputs.get(1 - i));
          }
        }
      }
      case Sum sum -> {
        if (isSteppedPooling(inputs.getFirst()) && sum.first() == 0 && sum.last() == 2) {
          // Each window's cotangent is in one place, and the rest are zeros; a window of NaN gives
          // NaN either way, since its step is NaN.
          return simplified(sum, List.of(inputs.getFirst().inputs().get(2)), shape, dtype, origin);
        }
      }
      case Divide divide -> {
        if (isConstantOne(inputs.get(1))) {
          return inputs.get(0);
        }
      }
      default -> {}
    }
    if (repeated
        && primitive instanceof Elementwise
        && shape.rank() == 0
        && inputs.stream().allMatch(input -> input.constant() != null)) {
      Node number = Node.of(primitive, inputs.stream().map(Lowering::constantOf).toList());
      Evaluator.evaluate(number);
      return constant(number);
    }
    if (primitive instanceof Elementwise && shape.rank() > 0 && allUniform(inputs)) {
      // The same number everywhere: compute it once and repeat it.
      List<Op> scalarInputs =
          inputs.stream().map(input -> scalarOf(input.inputs().getFirst())).toList();
      Op scalar = simplified(primitive, scalarInputs, Shape.scalar(), dtype, origin);
      return simplified(new BroadcastTo(shape), List.of(scalar), shape, dtype, origin);
    }
    return computed(primitive, inputs, shape, dtype, origin);
  }

  /** {@code step(x)} beside the gradient of a pooling of x whose windows do not meet. */
  private static boolean isPooledStep(Op step, Op gradient) {
    return step.primitive() instanceof Step
        && gradient.primitive() instanceof MaxPool2DGradient pooling
        && pooling.isDisjoint()
        && gradient.inputs().getFirst().id() == step.inputs().getFirst().id();
  }

  /** The gradient of a pooling without overlaps whose cotangent has taken the maxima's step. */
  private static boolean isSteppedPooling(Op op) {
    return op.primitive() instanceof MaxPool2DGradient gradient
        && gradient.isDisjoint()
        && op.inputs().get(2).primitive() instanceof Multiply
        && op.inputs().get(2).inputs().stream()
            .anyMatch(factor ->
                factor.primitive() instanceof Step
                    && factor.inputs().getFirst().id() == op.inputs().get(1).id());
  }

  /** The gradient of relu before that of the pooling after it: the maximum is what has a step. */
  private Op pooled(Multiply multiply, Op step, Op gradient) {
    Op maxima = gradient.inputs().get(1);
    Op cotangent = gradient.inputs().get(2);
    Shape small = maxima.shape();
    DType dtype = gradient.dtype();
    Op steps =
        simplified(
            Objects.requireNonNull(step.primitive()), List.of(maxima), small, dtype, step.origin());
    Op product = simplified(multiply, List.of(cotangent, steps), small, dtype, step.origin());
    return simplified(
        Objects.requireNonNull(gradient.primitive()),
        List.of(gradient.inputs().get(0), maxima, product),
        gradient.shape(),
        dtype,
        gradient.origin());
  }

  private static boolean allUniform(List<Op> inputs) {
    for (Op input : inputs) {
      if (!(input.primitive() instanceof BroadcastTo)
          || input.inputs().getFirst().shape().size() != 1) {
        return false;
      }
    }
    return !inputs.isEmpty();
  }

  private Op scalarOf(Op single) {
    return single.shape().rank() == 0
        ? single
        : simplified(
            new Reshape(Shape.scalar()),
            List.of(single),
            Shape.scalar(),
            single.dtype(),
            single.origin());
  }

  private static Node constantOf(Op op) {
    Node constant = op.constant();
    if (constant == null) {
      throw new IllegalStateException("not a constant: " + op);
    }
    return constant;
  }

  private static boolean isConstantOne(Op op) {
    Op source = op.primitive() instanceof BroadcastTo ? op.inputs().getFirst() : op;
    return source.constant() != null
        && source.shape().rank() == 0
        && Buffers.get(value(source.constant()), source.dtype(), 0) == 1;
  }

  private Op computed(
      Primitive primitive, List<Op> inputs, Shape shape, DType dtype, String origin) {
    Key key = new Key(primitive, inputs.stream().map(Op::id).toList());
    Op known = byComputation.get(key);
    if (known == null) {
      known = add(primitive, inputs, shape, dtype, null, origin);
      byComputation.put(key, known);
    }
    return known;
  }

  private Op add(
      @Nullable Primitive primitive,
      List<Op> inputs,
      Shape shape,
      DType dtype,
      @Nullable Node constant,
      String origin) {
    Op op = new Op(ops.size(), primitive, List.copyOf(inputs), shape, dtype, constant, origin);
    ops.add(op);
    return op;
  }

  private static Object value(Node node) {
    Object array = node.value();
    if (array == null) {
      throw new IllegalStateException("a constant has no value");
    }
    return array;
  }
}
