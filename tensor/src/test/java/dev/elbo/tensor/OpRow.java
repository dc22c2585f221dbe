package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * One row of the table of operations: a primitive, a function that uses it, and what to feed it.
 *
 * @param primitive the primitive that the function must reach
 * @param title what is special about this row, if the primitive has several
 * @param function built through public operations
 * @param cases arguments
 * @param domain where floating arguments come from
 * @param kind what can be asked of its gradient
 * @param dtypes types that the floating arguments may take
 */
record OpRow(
    Class<? extends Primitive> primitive,
    String title,
    Function<List<Tensor>, Tensor> function,
    List<List<Argument>> cases,
    Domain domain,
    Kind kind,
    List<DType> dtypes) {

  /** What can be asked of a gradient. */
  enum Kind {
    /** Has a gradient and a gradient of the gradient that central differences find. */
    SMOOTH,
    /** Has a gradient almost everywhere, whose own derivative is not asked for. */
    DIFFERENTIABLE,
    /** Has a zero gradient everywhere. */
    CONSTANT
  }

  /** Numbers at least 0.05 from each other, so that no difference steps over a tie or a kink. */
  enum Domain {
    /** Both signs, no whole numbers. */
    REAL,
    /** From 0.15 on. */
    POSITIVE,
    /** Within (-0.9, 0.9). */
    UNIT,
    /** Some zeros among other numbers. */
    WITH_ZEROS;

    double[] sample(int size, Random rng) {
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] =
            switch (this) {
              case REAL -> 0.1 * (i - size / 2) + 0.05;
              case POSITIVE -> 0.1 * i + 0.15;
              case UNIT -> 1.8 * (i + 0.5) / size - 0.9;
              case WITH_ZEROS -> i % 3 == 0 ? 0 : 0.1 * (i - size / 2) + 0.05;
            };
      }
      for (int i = size - 1; i > 0; i--) {
        int j = rng.nextInt(i + 1);
        double swapped = values[i];
        values[i] = values[j];
        values[j] = swapped;
      }
      return values;
    }
  }

  /** One argument of the function. */
  sealed interface Argument {
    /** Floating numbers from the row's domain, with respect to which gradients are taken. */
    record Real(Shape shape) implements Argument {}

    /** A tensor of its own. */
    record Fixed(Tensor value) implements Argument {}
  }

  static OpRow of(
      Class<? extends Primitive> primitive, Kind kind, Function<List<Tensor>, Tensor> function) {
    return new OpRow(
        primitive,
        "",
        function,
        List.of(),
        Domain.REAL,
        kind,
        List.of(DType.FLOAT32, DType.FLOAT64));
  }

  OpRow titled(String text) {
    return new OpRow(primitive, text, function, cases, domain, kind, dtypes);
  }

  OpRow in(Domain other) {
    return new OpRow(primitive, title, function, cases, other, kind, dtypes);
  }

  /** Also on int32, where floating arguments are rounded. */
  OpRow alsoInt32() {
    return new OpRow(
        primitive,
        title,
        function,
        cases,
        domain,
        kind,
        List.of(DType.FLOAT32, DType.FLOAT64, DType.INT32));
  }

  /** Adds a case of floating arguments of some shapes. */
  OpRow on(Shape... shapes) {
    return with(Arrays.stream(shapes).map(Argument.Real::new).toArray(Argument[]::new));
  }

  /** Adds a case. */
  OpRow with(Argument... arguments) {
    List<List<Argument>> more = new ArrayList<>(cases);
    more.add(List.of(arguments));
    return new OpRow(primitive, title, function, more, domain, kind, dtypes);
  }

  /** The arguments of a case in a type; the same numbers in every type but int32. */
  List<Tensor> arguments(int index, DType dtype) {
    int total = 0;
    for (Argument argument : cases.get(index)) {
      total += argument instanceof Argument.Real real ? (int) real.shape().size() : 0;
    }
    double[] numbers = domain.sample(total, new Random(31L * index + 7));
    if (dtype == DType.INT32) {
      Arrays.setAll(numbers, i -> Math.rint(4 * numbers[i]));
    }
    List<Tensor> tensors = new ArrayList<>();
    int from = 0;
    for (Argument argument : cases.get(index)) {
      switch (argument) {
        case Argument.Fixed fixed -> tensors.add(fixed.value());
        case Argument.Real real -> {
          int to = from + (int) real.shape().size();
          tensors.add(
              Tensor.of(Arrays.copyOfRange(numbers, from, to), real.shape())
                  .cast(dtype)
                  .evaluate());
          from = to;
        }
      }
    }
    return tensors;
  }

  String caseName(int index) {
    return this
        + " on "
        + arguments(index, DType.FLOAT64).stream()
            .map(argument -> argument.shape() + " " + argument.dtype())
            .toList();
  }

  @Override
  public String toString() {
    return primitive.getSimpleName() + (title.isEmpty() ? "" : ", " + title);
  }
}
