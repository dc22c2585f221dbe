package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.graph.Buffers;
import dev.elbo.tensor.internal.primitive.Binary;
import dev.elbo.tensor.internal.primitive.Cast;
import dev.elbo.tensor.internal.primitive.Comparison;
import dev.elbo.tensor.internal.primitive.Elementwise;
import dev.elbo.tensor.internal.primitive.Logical;
import dev.elbo.tensor.internal.primitive.Pow;
import dev.elbo.tensor.internal.primitive.Transcendental;
import dev.elbo.tensor.internal.primitive.Unary;
import dev.elbo.tensor.internal.primitive.Where;
import java.util.List;

/**
 * Runs a program one instruction and one tile at a time: the oracle for generated loops, and what
 * runs where classes cannot be defined, or need not be for so little work.
 */
final class InterpretedLoop implements Loop {
  private static final int TILE = 512;

  private final LoopProgram program;

  InterpretedLoop(LoopProgram program) {
    this.program = program;
  }

  @Override
  public void run(Object[] arrays, int from, int to) {
    int inputs = program.inputs().size();
    Object[] values = new Object[inputs + program.instructions().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Buffers.allocate(program.dtype(i), Math.min(TILE, Math.max(0, to - from)));
    }
    int count;
    // By lengths: a sum of offsets may pass the largest int.
    for (int start = from; start < to; start += count) {
      count = Math.min(TILE, to - start);
      for (int i = 0; i < inputs; i++) {
        if (program.inputs().get(i).scalar()) {
          Buffers.fill(
              values[i], 0, count, Buffers.get(arrays[i], program.inputs().get(i).dtype(), 0));
        } else {
          System.arraycopy(arrays[i], start, values[i], 0, count);
        }
      }
      for (int k = 0; k < program.instructions().size(); k++) {
        LoopProgram.Instruction instruction = program.instructions().get(k);
        List<Integer> arguments = instruction.arguments();
        Object[] sources = new Object[arguments.size()];
        for (int j = 0; j < sources.length; j++) {
          sources[j] = values[arguments.get(j)];
        }
        DType first = program.dtype(arguments.getFirst());
        apply(instruction.primitive(), sources, first, values[inputs + k], count);
      }
      for (int k = 0; k < program.outputs().size(); k++) {
        System.arraycopy(values[program.outputs().get(k)], 0, arrays[inputs + k], start, count);
      }
    }
  }

  private static void apply(
      Elementwise primitive, Object[] sources, DType sourceDtype, Object target, int count) {
    switch (primitive) {
      case Unary unary -> unary(unary, sources[0], target, count);
      case Binary binary -> binary(binary, sources[0], sources[1], target, count);
      case Comparison comparison ->
          compare(comparison, sources[0], sources[1], (byte[]) target, count);
      case Logical logical -> {
        byte[] a = (byte[]) sources[0];
        byte[] b = (byte[]) sources[1];
        for (int i = 0; i < count; i++) {
          ((byte[]) target)[i] = (byte) (logical.apply(a[i] != 0, b[i] != 0) ? 1 : 0);
        }
      }
      case Where where -> where(where, sources, target, count);
      case Cast cast -> {
        for (int i = 0; i < count; i++) {
          Buffers.fill(target, i, i + 1, cast.apply(Buffers.get(sources[0], sourceDtype, i)));
        }
      }
      case Transcendental function ->
          throw new IllegalStateException(function.name() + " is not part of a loop");
      case Pow pow -> throw new IllegalStateException("pow is not part of a loop");
    }
  }

  private static void unary(Unary unary, Object source, Object target, int count) {
    switch (source) {
      case float[] x -> {
        for (int i = 0; i < count; i++) {
          ((float[]) target)[i] = unary.apply(x[i]);
        }
      }
      case double[] x -> {
        for (int i = 0; i < count; i++) {
          ((double[]) target)[i] = unary.apply(x[i]);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          ((int[]) target)[i] = unary.apply(((int[]) source)[i]);
        }
      }
    }
  }

  private static void binary(Binary binary, Object a, Object b, Object target, int count) {
    switch (a) {
      case float[] x -> {
        for (int i = 0; i < count; i++) {
          ((float[]) target)[i] = binary.apply(x[i], ((float[]) b)[i]);
        }
      }
      case double[] x -> {
        for (int i = 0; i < count; i++) {
          ((double[]) target)[i] = binary.apply(x[i], ((double[]) b)[i]);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          ((int[]) target)[i] = binary.apply(((int[]) a)[i], ((int[]) b)[i]);
        }
      }
    }
  }

  private static void compare(Comparison comparison, Object a, Object b, byte[] target, int count) {
    for (int i = 0; i < count; i++) {
      boolean holds =
          switch (a) {
            case float[] x -> comparison.apply(x[i], ((float[]) b)[i]);
            case double[] x -> comparison.apply(x[i], ((double[]) b)[i]);
            default -> comparison.apply(((int[]) a)[i], ((int[]) b)[i]);
          };
      target[i] = (byte) (holds ? 1 : 0);
    }
  }

  private static void where(Where where, Object[] sources, Object target, int count) {
    byte[] condition = (byte[]) sources[0];
    for (int i = 0; i < count; i++) {
      boolean holds = condition[i] != 0;
      switch (sources[1]) {
        case float[] a ->
            ((float[]) target)[i] = where.apply(holds, a[i], ((float[]) sources[2])[i]);
        case double[] a ->
            ((double[]) target)[i] = where.apply(holds, a[i], ((double[]) sources[2])[i]);
        case byte[] a ->
            ((byte[]) target)[i] =
                (byte) (where.apply(holds, a[i] != 0, ((byte[]) sources[2])[i] != 0) ? 1 : 0);
        default ->
            ((int[]) target)[i] =
                where.apply(holds, ((int[]) sources[1])[i], ((int[]) sources[2])[i]);
      }
    }
  }
}
