package dev.elbo.tensor.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.primitive.Add;
import dev.elbo.tensor.internal.primitive.Multiply;
import dev.elbo.tensor.internal.primitive.Negate;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes of loops: where none may be defined, and when there are too many. */
class LoopsTest {

  /** {@code y = (a + b) b}, with some negations behind it to tell programs apart. */
  private static LoopProgram program(int negations) {
    LoopProgram.Input input = new LoopProgram.Input(DType.FLOAT32, false);
    List<LoopProgram.Instruction> instructions = new ArrayList<>();
    instructions.add(new LoopProgram.Instruction(new Add(), List.of(0, 1), DType.FLOAT32));
    instructions.add(new LoopProgram.Instruction(new Multiply(), List.of(2, 1), DType.FLOAT32));
    for (int i = 0; i < negations; i++) {
      instructions.add(new LoopProgram.Instruction(new Negate(), List.of(3 + i), DType.FLOAT32));
    }
    return new LoopProgram(
        List.of(input, input), instructions, List.of(3 + negations), List.of(-1));
  }

  /** {@code b = (a + b) b}: written where the second input was. */
  @Test
  void aLoopMayOverwriteAnInput() {
    LoopProgram apart = program(0);
    LoopProgram program =
        new LoopProgram(apart.inputs(), apart.instructions(), apart.outputs(), List.of(1));
    for (Loop loop : List.of(new InterpretedLoop(program), LoopCompiler.compile(program))) {
      float[] b = {10, 20, 30};
      loop.run(new Object[] {new float[] {1, 2, 3}, b, b}, 0, 2);
      assertThat(b).containsExactly(110, 440, 30);
    }
  }

  private static float[] run(Loop loop) {
    float[] y = new float[3];
    loop.run(new Object[] {new float[] {1, 2, 3}, new float[] {10, 20, 30}, y}, 0, 3);
    return y;
  }

  @ParameterizedTest
  @ValueSource(classes = {UnsupportedOperationException.class, NoClassDefFoundError.class})
  void aJvmWithoutHiddenClassesInterprets(Class<? extends Throwable> refusal) throws Exception {
    Throwable thrown = refusal.getConstructor(String.class).newInstance("no hidden classes here");
    LoopCompiler.Definer refusing =
        (bytes, data) -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) thrown;
        };
    Loops loops = new Loops(program -> LoopCompiler.compile(program, refusing), 10);
    Loop loop = loops.compiled(program(0));
    assertThat(loop).isInstanceOf(InterpretedLoop.class);
    assertThat(run(loop)).containsExactly(110, 440, 990);
    assertThat(loops.compiled(program(0))).as("asked once").isSameAs(loop);
  }

  @Test
  void aWrongClassIsAnError() {
    LoopCompiler.Definer wrong =
        (bytes, data) ->
            MethodHandles.lookup().defineHiddenClassWithClassData(new byte[] {1, 2}, data, true);
    Loops loops = new Loops(program -> LoopCompiler.compile(program, wrong), 10);
    assertThatThrownBy(() -> loops.compiled(program(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("wrote a wrong loop for LoopProgram")
        .hasCauseInstanceOf(ClassFormatError.class);
  }

  @Test
  void equalProgramsShareAClassUntilItIsTheLeastRecentlyUsedOfTooMany() {
    Loops loops = new Loops(LoopCompiler::compile, 3);
    Loop first = loops.compiled(program(0));
    Loop second = loops.compiled(program(1));
    loops.compiled(program(2));
    assertThat(loops.compiled(program(0))).isSameAs(first);
    loops.compiled(program(3));
    assertThat(loops.compiled(program(0))).as("used lately").isSameAs(first);
    Loop again = loops.compiled(program(1));
    assertThat(again).as("still a class").isNotInstanceOf(InterpretedLoop.class);
    assertThat(again).isNotSameAs(second);
    assertThat(run(again)).containsExactly(run(second)).containsExactly(-110, -440, -990);
  }

  @Test
  void workDoneOnceUsesAClassThatIsThereAndMakesNone() {
    Loops loops = new Loops(LoopCompiler::compile, 3);
    assertThat(loops.once(program(0))).isInstanceOf(InterpretedLoop.class);
    Loop compiled = loops.compiled(program(0));
    assertThat(loops.once(program(0))).isSameAs(compiled);
  }
}
