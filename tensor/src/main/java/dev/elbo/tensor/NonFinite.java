package dev.elbo.tensor;

import dev.elbo.tensor.internal.plan.NonFiniteSearch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The first operation of a computation that made a number that is not finite, of finite ones.
 *
 * @param operation what it is called: {@code log}
 * @param isBackward whether it belongs to a gradient
 * @param place where in a model it is, as {@link Elbo#within} named it
 * @param line the user's line that led to it: {@code Train.main(Train.java:41)}
 * @param shape of its result
 * @param element the index of the first element that is not finite, in row-major order
 * @param value of that element
 * @param count how many elements are not finite
 * @param operands what that element was made of, if the operation works element by element
 * @param row the example that the element belongs to, if the result has a part for each
 */
public record NonFinite(
    String operation,
    boolean isBackward,
    Optional<String> place,
    Optional<String> line,
    Shape shape,
    int element,
    double value,
    int count,
    List<Double> operands,
    OptionalInt row) {
  public NonFinite {
    operands = List.copyOf(operands);
  }

  /**
   * What was found.
   *
   * @param first the first operation that was not finite; none if all numbers were
   * @param result the value of the function's first result
   * @param gradientNorm the Euclidean norm of all gradients of variables that the function took
   */
  public record Report(Optional<NonFinite> first, double result, double gradientNorm) {}

  /**
   * Runs a function once and looks at each of its operations. The search goes back from the
   * function's results, then from the gradients that it took, then from what it assigns to
   * variables; it stops at the first of these that is not finite. No variable is changed.
   *
   * @param function of tensors, that compile would take; its first result is a scalar
   * @param arguments what it is called on
   * @param others arguments with another number of rows, to tell axes of examples from others
   */
  public static Report find(
      Function<List<Tensor>, List<Tensor>> function, List<Tensor> arguments, List<Tensor> others) {
    return NonFiniteSearch.of(function, arguments).report(NonFiniteSearch.of(function, others));
  }
}
