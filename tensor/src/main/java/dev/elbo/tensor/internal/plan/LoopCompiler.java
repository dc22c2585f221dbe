package dev.elbo.tensor.internal.plan;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.internal.primitive.Binary;
import dev.elbo.tensor.internal.primitive.Cast;
import dev.elbo.tensor.internal.primitive.Comparison;
import dev.elbo.tensor.internal.primitive.Elementwise;
import dev.elbo.tensor.internal.primitive.Logical;
import dev.elbo.tensor.internal.primitive.Pow;
import dev.elbo.tensor.internal.primitive.Transcendental;
import dev.elbo.tensor.internal.primitive.Unary;
import dev.elbo.tensor.internal.primitive.Where;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a program as plain scalar bytecode in a hidden class: one loop, one running index, which
 * the JVM's compiler turns into vector instructions. Each primitive's own scalar method is called,
 * and inlined by that compiler, so a generated loop cannot differ from the interpreted one.
 */
final class LoopCompiler {
  /** Defines a hidden class of this package. */
  interface Definer {
    MethodHandles.Lookup define(byte[] bytes, Object classData) throws IllegalAccessException;
  }

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final ClassDesc CLASS =
      ClassDesc.of(LoopCompiler.class.getPackageName() + ".GeneratedLoop");
  private static final ClassDesc LOOP = ClassDesc.of(Loop.class.getName());
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_int, CD_int);

  /** Local variables of the method: this, arrays, from (the running index), to. */
  private static final int ARRAYS = 1;

  private static final int INDEX = 2;
  private static final int END = 3;
  private static final int FIRST_FREE = 4;

  private final LoopProgram program;
  private final List<Elementwise> receivers = new ArrayList<>();
  private int[] locals = new int[0];
  private int nextLocal = FIRST_FREE;

  private LoopCompiler(LoopProgram program) {
    this.program = program;
  }

  /**
   * Defines the class of a program and makes its one instance.
   *
   * @throws UnsupportedOperationException or LinkageError if the JVM defines no hidden classes
   */
  static Loop compile(LoopProgram program) {
    return compile(
        program, (bytes, data) -> LOOKUP.defineHiddenClassWithClassData(bytes, data, true));
  }

  /** The same by a definer of one's own, for tests. */
  static Loop compile(LoopProgram program, Definer definer) {
    return new LoopCompiler(program).define(definer);
  }

  private Loop define(Definer definer) {
    byte[] bytes =
        ClassFile.of()
            .build(
                CLASS,
                type ->
                    type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                        .withInterfaceSymbols(LOOP)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            ConstantDescs.MTD_void,
                            0,
                            code ->
                                code.aload(0)
                                    .invokespecial(
                                        CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                    .return_())
                        .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, this::writeLoop));
    try {
      MethodHandles.Lookup hidden = definer.define(bytes, List.copyOf(receivers));
      return (Loop)
          hidden
              .findConstructor(
                  hidden.lookupClass(), java.lang.invoke.MethodType.methodType(void.class))
              .invoke();
    } catch (ClassFormatError | VerifyError e) {
      throw new IllegalStateException("wrote a wrong loop for " + program, e);
    } catch (UnsupportedOperationException | LinkageError e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("could not define a loop for " + program, e);
    }
  }

  private void writeLoop(CodeBuilder code) {
    int inputs = program.inputs().size();
    int[] arrayLocals = new int[program.arrays()];
    locals = new int[inputs + program.instructions().size()];
    for (int k = 0; k < program.arrays(); k++) {
      boolean isInput = k < inputs;
      DType dtype = program.dtype(isInput ? k : program.outputs().get(k - inputs));
      if (!isInput && program.overwritten().get(k - inputs) >= 0) {
        arrayLocals[k] = arrayLocals[program.overwritten().get(k - inputs)];
        continue;
      }
      code.aload(ARRAYS).loadConstant(k).aaload().checkcast(arrayType(dtype));
      if (isInput && program.inputs().get(k).scalar()) {
        code.loadConstant(0);
        load(code, dtype);
        locals[k] = allocate(dtype);
        code.storeLocal(kind(dtype), locals[k]);
      } else {
        arrayLocals[k] = nextLocal++;
        code.astore(arrayLocals[k]);
      }
    }
    Label head = code.newLabel();
    Label exit = code.newLabel();
    code.labelBinding(head).iload(INDEX).iload(END).if_icmpge(exit);
    for (int k = 0; k < inputs; k++) {
      if (!program.inputs().get(k).scalar()) {
        DType dtype = program.dtype(k);
        code.aload(arrayLocals[k]).iload(INDEX);
        load(code, dtype);
        locals[k] = allocate(dtype);
        code.storeLocal(kind(dtype), locals[k]);
      }
    }
    for (int k = 0; k < program.instructions().size(); k++) {
      LoopProgram.Instruction instruction = program.instructions().get(k);
      write(code, instruction);
      locals[inputs + k] = allocate(instruction.dtype());
      code.storeLocal(kind(instruction.dtype()), locals[inputs + k]);
    }
    for (int k = 0; k < program.outputs().size(); k++) {
      int value = program.outputs().get(k);
      DType dtype = program.dtype(value);
      code.aload(arrayLocals[inputs + k]).iload(INDEX);
      code.loadLocal(kind(dtype), locals[value]);
      store(code, dtype);
    }
    code.iinc(INDEX, 1).goto_(head).labelBinding(exit).return_();
  }

  private void write(CodeBuilder code, LoopProgram.Instruction instruction) {
    List<Integer> arguments = instruction.arguments();
    DType first = program.dtype(arguments.getFirst());
    switch (instruction.primitive()) {
      case Unary unary -> call(code, unary, arguments, type(first), type(first));
      case Binary binary -> call(code, binary, arguments, type(first), type(first), type(first));
      case Comparison comparison ->
          call(code, comparison, arguments, CD_boolean, type(first), type(first));
      case Logical logical -> call(code, logical, arguments, CD_boolean, CD_boolean, CD_boolean);
      case Where where -> {
        ClassDesc value = type(instruction.dtype());
        call(code, where, arguments, value, CD_boolean, value, value);
      }
      case Cast cast -> {
        code.loadLocal(kind(first), locals[arguments.getFirst()]);
        convert(code, first, cast.target());
      }
      case Transcendental function ->
          throw new IllegalStateException(function.name() + " is not part of a loop");
      case Pow pow -> throw new IllegalStateException("pow is not part of a loop");
    }
  }

  /** Calls {@code apply} of a primitive, which is a constant of the class. */
  private void call(
      CodeBuilder code,
      Elementwise primitive,
      List<Integer> arguments,
      ClassDesc result,
      ClassDesc... parameters) {
    ClassDesc owner = ClassDesc.of(primitive.getClass().getName());
    code.loadConstant(
        DynamicConstantDesc.ofNamed(
            ConstantDescs.ofConstantBootstrap(
                ClassDesc.of(MethodHandles.class.getName()), "classDataAt", CD_Object, CD_int),
            ConstantDescs.DEFAULT_NAME,
            owner,
            receiver(primitive)));
    for (int argument : arguments) {
      code.loadLocal(kind(program.dtype(argument)), locals[argument]);
    }
    code.invokevirtual(owner, "apply", MethodTypeDesc.of(result, parameters));
  }

  private int receiver(Elementwise primitive) {
    int known = receivers.indexOf(primitive);
    if (known < 0) {
      receivers.add(primitive);
      known = receivers.size() - 1;
    }
    return known;
  }

  private int allocate(DType dtype) {
    int local = nextLocal;
    nextLocal += dtype == DType.FLOAT64 ? 2 : 1;
    return local;
  }

  /** The same conversions as {@link Cast#apply}. */
  private static void convert(CodeBuilder code, DType from, DType to) {
    if (to == DType.BOOL) {
      switch (from) {
        case FLOAT32 -> code.fconst_0().fcmpl();
        case FLOAT64 -> code.dconst_0().dcmpl();
        default -> {}
      }
      Label isFalse = code.newLabel();
      Label done = code.newLabel();
      code.ifeq(isFalse).iconst_1().goto_(done).labelBinding(isFalse).iconst_0();
      code.labelBinding(done);
      return;
    }
    if (from == DType.UINT8 && to == DType.FLOAT32) {
      code.invokestatic(
          ClassDesc.of(Cast.class.getName()), "uint8ToFloat", MethodTypeDesc.of(CD_float, CD_int));
      return;
    }
    switch (from) {
      case FLOAT32 -> {
        switch (to) {
          case FLOAT64 -> code.f2d();
          case INT32, UINT8 -> code.f2i();
          default -> {}
        }
      }
      case FLOAT64 -> {
        switch (to) {
          case FLOAT32 -> code.d2f();
          case INT32, UINT8 -> code.d2i();
          default -> {}
        }
      }
      case INT32, BOOL, UINT8 -> {
        switch (to) {
          case FLOAT32 -> code.i2f();
          case FLOAT64 -> code.i2d();
          default -> {}
        }
      }
    }
    if (to == DType.UINT8) {
      code.sipush(255).iand();
    }
  }

  private static void load(CodeBuilder code, DType dtype) {
    switch (dtype) {
      case FLOAT32 -> code.faload();
      case FLOAT64 -> code.daload();
      case INT32 -> code.iaload();
      case BOOL -> code.baload();
      case UINT8 -> code.baload().sipush(255).iand();
    }
  }

  private static void store(CodeBuilder code, DType dtype) {
    switch (dtype) {
      case FLOAT32 -> code.fastore();
      case FLOAT64 -> code.dastore();
      case INT32 -> code.iastore();
      case BOOL, UINT8 -> code.bastore();
    }
  }

  private static TypeKind kind(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> TypeKind.FLOAT;
      case FLOAT64 -> TypeKind.DOUBLE;
      case INT32, BOOL, UINT8 -> TypeKind.INT;
    };
  }

  private static ClassDesc type(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> CD_float;
      case FLOAT64 -> CD_double;
      case INT32 -> CD_int;
      case BOOL -> CD_boolean;
      case UINT8 -> throw new IllegalStateException("there is no arithmetic on uint8");
    };
  }

  private static ClassDesc arrayType(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> CD_float.arrayType();
      case FLOAT64 -> CD_double.arrayType();
      case INT32 -> CD_int.arrayType();
      case BOOL, UINT8 -> ConstantDescs.CD_byte.arrayType();
    };
  }
}
