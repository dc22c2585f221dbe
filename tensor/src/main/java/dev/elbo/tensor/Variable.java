package dev.elbo.tensor;

import dev.elbo.tensor.internal.graph.Cell;
import dev.elbo.tensor.internal.graph.Trace;
import dev.elbo.tensor.internal.plan.Evaluator;
import java.lang.ref.Reference;

/**
 * A named tensor that changes: a weight, an optimizer's slot, a running mean. It is not a {@link
 * Tensor}; {@link #value} gives the present version, which later updates do not alter.
 */
public final class Variable {
  private final String name;
  private final Cell cell;

  private Variable(String name, Cell cell) {
    this.name = name;
    this.cell = cell;
  }

  /**
   * A variable with an initial value, which is computed now and copied.
   *
   * @throws IllegalStateException if the value is symbolic
   */
  public static Variable of(String name, Tensor initial) {
    if (initial.node().isTraced()) {
      throw new IllegalStateException(
          "Variable '"
              + name
              + "': the initial value is symbolic. Create variables outside compiled functions.");
    }
    Cell cell = new Cell(initial.shape(), initial.dtype(), new Object());
    cell.set(Evaluator.evaluate(initial.node()));
    return new Variable(name, cell);
  }

  /** What the variable is called in errors and files; need not be unique. */
  public String name() {
    return name;
  }

  /** The axis lengths, which never change. */
  public Shape shape() {
    return cell.shape();
  }

  /** The element type, which never changes. */
  public DType dtype() {
    return cell.dtype();
  }

  /** For Elbo's own modules: the contents. */
  public Cell cell() {
    return cell;
  }

  /**
   * The present version: symbolic inside a compiled function, else a tensor that stays as it is.
   */
  public Tensor value() {
    return Tensor.of(Trace.current().map(trace -> trace.read(cell)).orElseGet(cell::read));
  }

  /**
   * The value of a variable with one element: {@code value().item()} without a tensor.
   *
   * @throws IllegalStateException inside a compiled function, or if there is not one element
   */
  public double item() {
    boolean isNumber = shape().size() == 1 && Trace.current().isEmpty();
    return isNumber ? cell.first() : value().item();
  }

  /**
   * Gives the variable a new value: at once, or, inside a compiled function, each time it is
   * called.
   *
   * @throws IllegalArgumentException if shape or type differ
   */
  public void assign(Tensor value) {
    if (!value.shape().equals(shape()) || value.dtype() != dtype()) {
      throw new IllegalArgumentException(
          "Variable '"
              + name
              + "': expected a value of shape "
              + shape()
              + " "
              + dtype()
              + ", received "
              + value.shape()
              + " "
              + value.dtype()
              + ". Reshape or cast it first.");
    }
    Trace.current().ifPresentOrElse(trace -> trace.assign(cell, value.node()), () -> copy(value));
  }

  /** How often {@link #assign} was called outside compiled functions. */
  public long assignments() {
    return cell.assignments();
  }

  /** A number that is larger after a compiled function has updated the variable. */
  public long updates() {
    return cell.updates();
  }

  /** A variable of the same contents. */
  static Variable ofCell(Cell cell) {
    return new Variable("variable", cell);
  }

  private void copy(Tensor value) {
    try {
      cell.set(Evaluator.evaluate(value.node()));
    } finally {
      // Another variable's version stays as it is while somebody reaches it.
      Reference.reachabilityFence(value);
    }
  }

  @Override
  public String toString() {
    return "Variable(name='" + name + "', shape=" + shape() + ", dtype=" + dtype() + ")";
  }
}
