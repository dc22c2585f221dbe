package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.kernel.Kernels;
import dev.elbo.tensor.internal.kernel.Relation;
import dev.elbo.tensor.internal.kernel.SelectionKernels;
import dev.elbo.tensor.internal.primitive.Comparison;
import dev.elbo.tensor.internal.primitive.Equal;
import dev.elbo.tensor.internal.primitive.Less;
import dev.elbo.tensor.internal.primitive.LessEqual;
import dev.elbo.tensor.internal.primitive.NotEqual;
import dev.elbo.tensor.internal.primitive.Where;
import java.util.Optional;

/**
 * Comparisons and {@code where} as calls over tiles: the JVM's compiler turns no loop with a bool
 * in it into vector instructions.
 */
final class Selections {
  private final SelectionKernels kernels = Kernels.get().selections();

  /** Whether an op has a kernel over tiles. */
  static boolean isKnown(Op op) {
    return switch (op.primitive()) {
      case Where where -> op.dtype() == DType.FLOAT32;
      case Comparison comparison -> {
        DType dtype = op.inputs().getFirst().dtype();
        yield relation(comparison).isPresent() && (dtype == DType.FLOAT32 || dtype == DType.INT32);
      }
      case null, default -> false;
    };
  }

  private static Optional<Relation> relation(Comparison comparison) {
    return switch (comparison) {
      case Equal equal -> Optional.of(Relation.EQUAL);
      case NotEqual notEqual -> Optional.of(Relation.NOT_EQUAL);
      case Less less -> Optional.of(Relation.LESS);
      case LessEqual lessEqual -> Optional.of(Relation.LESS_EQUAL);
      default -> Optional.empty();
    };
  }

  /** Runs a call on the elements from {@code from} on. */
  void run(LoopBody.Call call, int from, int count, int slot, Frame frame) {
    Object target = LoopRunner.array(call.target(), slot, frame);
    int at = LoopRunner.offset(call.target(), from);
    Place p0 = call.sources().get(0);
    Place p1 = call.sources().get(1);
    Object x0 = LoopRunner.array(p0, slot, frame);
    Object x1 = operand(p1, slot, frame);
    int at0 = LoopRunner.offset(p0, from);
    int at1 = LoopRunner.offset(p1, from);
    boolean each1 = !(p1 instanceof Place.Scalar);
    if (call.function() instanceof Comparison comparison) {
      Relation relation = relation(comparison).orElseThrow();
      if (x0 instanceof float[] a) {
        kernels.compare(relation, a, at0, (float[]) x1, at1, each1, (byte[]) target, at, count);
      } else {
        kernels.compare(
            relation, (int[]) x0, at0, (int[]) x1, at1, each1, (byte[]) target, at, count);
      }
    } else {
      Place p2 = call.sources().get(2);
      kernels.where(
          (byte[]) x0,
          at0,
          (float[]) x1,
          at1,
          each1,
          (float[]) operand(p2, slot, frame),
          LoopRunner.offset(p2, from),
          !(p2 instanceof Place.Scalar),
          (float[]) target,
          at,
          count);
    }
  }

  private static Object operand(Place place, int slot, Frame frame) {
    return place instanceof Place.Scalar scalar
        ? frame.buffer(scalar.buffer())
        : LoopRunner.array(place, slot, frame);
  }
}
