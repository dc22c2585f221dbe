package dev.elbo.tensor.internal.plan;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The loops of this process: one class for each distinct program. Beyond some thousands of programs
 * the least recently used one goes; its class stays for as long as a plan runs it.
 */
final class Loops {
  private static final int MOST_CLASSES = 4096;

  private static final Loops SHARED = new Loops(LoopCompiler::compile, MOST_CLASSES);

  private final Function<LoopProgram, Loop> compiler;
  private final Map<LoopProgram, Loop> compiled;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Loops of one's own, for tests.
   *
   * @param compiler makes a class of a program, or throws an UnsupportedOperationException or
   *     LinkageError where the JVM does not let it
   */
  Loops(Function<LoopProgram, Loop> compiler, int most) {
    this.compiler = compiler;
    this.compiled =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<LoopProgram, Loop> eldest) {
            return size() > most;
          }
        };
  }

  static Loops shared() {
    return SHARED;
  }

  /** The loop of a program as a class of its own, or interpreted where none can be defined. */
  Loop compiled(LoopProgram program) {
    synchronized (compiled) {
      Loop known = compiled.get(program);
      if (known != null) {
        return known;
      }
    }
    // Outside the lock: two threads may define the same loop, but none waits for the other's.
    Loop made = define(program);
    synchronized (compiled) {
      Loop first = compiled.putIfAbsent(program, made);
      return first == null ? made : first;
    }
  }

  /** The loop's class if there is one already, or else interpreted: for work done once. */
  Loop once(LoopProgram program) {
    synchronized (compiled) {
      Loop known = compiled.get(program);
      return known == null ? new InterpretedLoop(program) : known;
    }
  }

  private Loop define(LoopProgram program) {
    try {
      return compiler.apply(program);
    } catch (UnsupportedOperationException | LinkageError e) {
      if (!warned.getAndSet(true)) {
        System.getLogger("dev.elbo.tensor")
            .log(
                Level.WARNING,
                "Elbo interprets its loops, which gives the same results many times slower: this JVM"
                    + " does not let it define hidden classes ({0}).",
                e.toString());
      }
      return new InterpretedLoop(program);
    }
  }
}
