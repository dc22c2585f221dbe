package dev.elbo.tensor.internal.plan;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The loops of this process: one class for each distinct program. */
final class Loops {
  /** Programs kept; a process that needs more distinct loops falls back to interpreting. */
  private static final int MAX_CLASSES = 4096;

  private static final Map<LoopProgram, Loop> COMPILED = new ConcurrentHashMap<>();

  private Loops() {}

  /** The loop of a program as a class of its own, or interpreted where none can be defined. */
  static Loop compiled(LoopProgram program) {
    Loop known = COMPILED.get(program);
    if (known != null) {
      return known;
    }
    if (COMPILED.size() >= MAX_CLASSES) {
      return new InterpretedLoop(program);
    }
    return COMPILED.computeIfAbsent(program, Loops::define);
  }

  /** The loop's class if there is one already, or else interpreted: for work done once. */
  static Loop once(LoopProgram program) {
    Loop known = COMPILED.get(program);
    return known != null ? known : new InterpretedLoop(program);
  }

  private static Loop define(LoopProgram program) {
    try {
      return LoopCompiler.compile(program);
    } catch (UnsupportedOperationException | LinkageError e) {
      return new InterpretedLoop(program);
    }
  }
}
