package dev.elbo.tensor.internal.plan;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.primitive.Elementwise;
import java.util.List;

/**
 * The body of one loop over elements. Values are numbered: first the inputs, then the results of
 * the instructions. Two loops with equal programs share one class.
 *
 * @param inputs what each input array holds
 * @param instructions what is computed for each element, each after what it needs
 * @param outputs which values are stored, each into an array of its own
 * @param overwritten for each output the input whose array it is stored into, or -1 for another: of
 *     one array the JVM's compiler needs one address, and so unrolls longer loops
 */
record LoopProgram(
    List<Input> inputs,
    List<Instruction> instructions,
    List<Integer> outputs,
    List<Integer> overwritten) {
  LoopProgram {
    inputs = List.copyOf(inputs);
    instructions = List.copyOf(instructions);
    outputs = List.copyOf(outputs);
    overwritten = List.copyOf(overwritten);
  }

  /** An input: element i of its array, or element 0 for all i. */
  record Input(DType dtype, boolean scalar) {}

  /** The application of a primitive to earlier values. */
  record Instruction(Elementwise primitive, List<Integer> arguments, DType dtype) {
    Instruction {
      arguments = List.copyOf(arguments);
    }
  }

  DType dtype(int value) {
    return value < inputs.size()
        ? inputs.get(value).dtype()
        : instructions.get(value - inputs.size()).dtype();
  }

  /** Number of arrays that the loop is given: inputs, then outputs. */
  int arrays() {
    return inputs.size() + outputs.size();
  }
}
