package dev.elbo.bench.worker;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers the parent: one JSON object a line on standard input, one on standard output after {@link
 * #MARK}, which tells it from what a library prints.
 *
 * <pre>
 *   {"do": "open", "id": 1, "task": "train", "setting": {...}}      {}
 *   {"do": "values", "id": 1, "count": 20}                          {"values": [...]}
 *   {"do": "round", "id": 1, "leadMillis": 50, "millis": 250}       {"ms": 0.25, "steps": 1000}
 *   {"do": "latency", "id": 1, "leadMillis": 50, "calls": 2000}     {"p50": 0.01, "p99": 0.02}
 *   {"do": "steps", "id": 1, "count": 1000}                         {"ms": 0.25, "steps": 1000}
 *   {"do": "close", "id": 1}                                        {}
 * </pre>
 *
 * The first line is the worker's own: {@code {"version": ...}}. What fails is {@code {"error":
 * ...}}. A round has a lead-in off the clock, since threads that have slept may share one core
 * until the system's scheduler parts them.
 */
public final class WorkerLoop {
  /** Begins every line that is meant for the parent. */
  public static final String MARK = "@@ ";

  private static final Gson GSON = new Gson();

  private final Worker worker;
  private final Map<Integer, Session> sessions = new HashMap<>();

  private WorkerLoop(Worker worker) {
    this.worker = worker;
  }

  /** Answers on standard output until standard input ends. */
  public static void serve(Worker worker) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    serve(worker, System.in, answers);
  }

  static void serve(Worker worker, InputStream orders, PrintStream answers) throws IOException {
    WorkerLoop loop = new WorkerLoop(worker);
    JsonObject hello = new JsonObject();
    hello.addProperty("version", worker.version());
    answers.println(MARK + hello);
    BufferedReader in = new BufferedReader(new InputStreamReader(orders, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      answers.println(MARK + loop.answer(line));
      answers.flush();
    }
  }

  private JsonObject answer(String line) {
    try {
      return act(JsonParser.parseString(line).getAsJsonObject());
    } catch (Exception | LinkageError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      JsonObject answer = new JsonObject();
      answer.addProperty("error", trace.toString());
      return answer;
    }
  }

  private JsonObject act(JsonObject order) {
    int id = order.get("id").getAsInt();
    return switch (order.get("do").getAsString()) {
      case "open" -> {
        sessions.put(id, open(order.get("task").getAsString(), order.getAsJsonObject("setting")));
        yield new JsonObject();
      }
      case "values" -> values(session(id).values(order.get("count").getAsInt()));
      case "round" ->
          round(session(id), order.get("leadMillis").getAsInt(), order.get("millis").getAsInt());
      case "latency" ->
          latency(session(id), order.get("leadMillis").getAsInt(), order.get("calls").getAsInt());
      case "steps" -> timed(session(id), order.get("count").getAsInt());
      case "close" -> {
        session(id).close();
        sessions.remove(id);
        yield new JsonObject();
      }
      default -> throw new IllegalArgumentException("unknown order " + order);
    };
  }

  private Session session(int id) {
    Session session = sessions.get(id);
    if (session == null) {
      throw new IllegalArgumentException("no session " + id + " is open");
    }
    return session;
  }

  private Session open(String task, JsonObject setting) {
    return switch (task) {
      case "train" -> worker.train(GSON.fromJson(setting, TrainSetting.class));
      case "predict" -> worker.predict(GSON.fromJson(setting, TrainSetting.class));
      case "gemm" -> worker.gemm(GSON.fromJson(setting, GemmSetting.class));
      case "conv" -> worker.conv(GSON.fromJson(setting, ConvSetting.class));
      case "peak" -> worker.peak(GSON.fromJson(setting, PeakSetting.class));
      case "update" -> worker.update(GSON.fromJson(setting, UpdateSetting.class));
      default -> throw new IllegalArgumentException("unknown task " + task);
    };
  }

  private static JsonObject values(double[] values) {
    JsonArray array = new JsonArray();
    Arrays.stream(values).forEach(array::add);
    JsonObject answer = new JsonObject();
    answer.add("values", array);
    return answer;
  }

  private static JsonObject round(Session session, int leadMillis, int millis) {
    double step = lead(session, leadMillis);
    return timed(session, (int) Math.clamp(millis / step, 1, 1e7));
  }

  private static JsonObject timed(Session session, int steps) {
    long start = System.nanoTime();
    int done = session.run(steps);
    long nanos = System.nanoTime() - start;
    JsonObject answer = new JsonObject();
    answer.addProperty("ms", nanos / 1e6 / done);
    answer.addProperty("steps", done);
    return answer;
  }

  /** Runs for a while off the clock; the milliseconds that a step takes in the end. */
  private static double lead(Session session, int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    int steps = 1;
    while (true) {
      long start = System.nanoTime();
      int done = session.run(steps);
      long now = System.nanoTime();
      if (now >= end) {
        return Math.max(1e-5, (now - start) / 1e6 / done);
      }
      if (now - start < 2_000_000) {
        steps *= 2;
      }
    }
  }

  private static JsonObject latency(Session session, int leadMillis, int calls) {
    lead(session, leadMillis);
    long[] nanos = new long[calls];
    long before = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      session.run(1);
      long now = System.nanoTime();
      nanos[i] = now - before;
      before = now;
    }
    Arrays.sort(nanos);
    JsonObject answer = new JsonObject();
    answer.addProperty("p50", nanos[calls / 2] / 1e6);
    answer.addProperty("p99", nanos[(int) Math.min(calls - 1, calls * 0.99)] / 1e6);
    return answer;
  }
}
