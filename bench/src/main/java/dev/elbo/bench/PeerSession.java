package dev.elbo.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.function.DoubleSupplier;

/** One job in a contender's process. */
final class PeerSession implements AutoCloseable {
  private final PeerProcess process;
  private final int id;

  PeerSession(PeerProcess process, int id) {
    this.process = process;
    this.id = id;
  }

  PeerProcess process() {
    return process;
  }

  /**
   * Warms up.
   *
   * @param round one of this session, which returns the milliseconds of what is measured in it
   */
  void warmUp(DoubleSupplier round, Rounds rounds) {
    WarmUp.run(round, process::workedMillis, rounds.warmMillis(process.contender()));
  }

  /** What must be the same for all contenders. */
  double[] values(int count) {
    JsonObject order = PeerProcess.order("values", id);
    order.addProperty("count", count);
    JsonArray values = process.ask(order).getAsJsonArray("values");
    double[] result = new double[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i).getAsDouble();
    }
    return result;
  }

  /** Milliseconds a step of a round that takes about so long, after a lead-in off the clock. */
  double round(int leadMillis, int millis) {
    JsonObject order = PeerProcess.order("round", id);
    order.addProperty("leadMillis", leadMillis);
    order.addProperty("millis", millis);
    return work(order).get("ms").getAsDouble();
  }

  /** Milliseconds a step of a number of steps. */
  double steps(int count) {
    JsonObject order = PeerProcess.order("steps", id);
    order.addProperty("count", count);
    return work(order).get("ms").getAsDouble();
  }

  /** The milliseconds that half and 99 in 100 of the calls took at most. */
  Percentiles latency(int leadMillis, int calls) {
    JsonObject order = PeerProcess.order("latency", id);
    order.addProperty("leadMillis", leadMillis);
    order.addProperty("calls", calls);
    JsonObject answer = work(order);
    return new Percentiles(answer.get("p50").getAsDouble(), answer.get("p99").getAsDouble());
  }

  private JsonObject work(JsonObject order) {
    long start = System.nanoTime();
    JsonObject answer = process.ask(order);
    process.worked(System.nanoTime() - start);
    return answer;
  }

  /** Milliseconds. */
  record Percentiles(double p50, double p99) {}

  /** Nothing where the process has ended: why, the order that found out has said. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.ask(PeerProcess.order("close", id));
    }
  }
}
