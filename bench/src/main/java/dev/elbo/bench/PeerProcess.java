package dev.elbo.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.elbo.bench.worker.WorkerLoop;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A contender's process: started once, then asked. What it prints for itself goes to a file. */
final class PeerProcess implements AutoCloseable {
  private static final Gson GSON = new Gson();
  private static final int LAST_LINES = 30;

  private final Contender contender;
  private final Path log;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter orders;
  private final String version;
  private int sessions;
  private long workedNanos;

  /**
   * Starts one.
   *
   * @param log where its standard error goes
   */
  PeerProcess(Contender contender, Path log) {
    this.contender = contender;
    this.log = log;
    ProcessBuilder builder = new ProcessBuilder(contender.command()).redirectError(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
    builder.environment().putAll(contender.environment());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + contender.command().getFirst(), e);
    }
    answers = process.inputReader();
    orders = process.outputWriter();
    version = answer("start").get("version").getAsString();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Contender contender() {
    return contender;
  }

  String version() {
    return version;
  }

  /** Keeps account of the time that its sessions have taken for steps and calls. */
  void worked(long nanos) {
    workedNanos += nanos;
  }

  long workedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(workedNanos);
  }

  /** Begins something that the contender then does again and again. */
  PeerSession open(String task, Object setting) {
    int id = ++sessions;
    JsonObject order = order("open", id);
    order.addProperty("task", task);
    order.add("setting", GSON.toJsonTree(setting));
    ask(order);
    return new PeerSession(this, id);
  }

  static JsonObject order(String what, int id) {
    JsonObject order = new JsonObject();
    order.addProperty("do", what);
    order.addProperty("id", id);
    return order;
  }

  JsonObject ask(JsonObject order) {
    try {
      orders.write(order.toString());
      orders.newLine();
      orders.flush();
    } catch (IOException e) {
      throw failed(order.get("do").getAsString(), "it has ended", e);
    }
    return answer(order.get("do").getAsString());
  }

  private JsonObject answer(String what) {
    try {
      String line = answers.readLine();
      while (line != null && !line.startsWith(WorkerLoop.MARK)) {
        line = answers.readLine();
      }
      if (line == null) {
        throw failed(what, "it has ended", null);
      }
      JsonObject answer =
          JsonParser.parseString(line.substring(WorkerLoop.MARK.length())).getAsJsonObject();
      if (answer.has("error")) {
        throw failed(what, answer.get("error").getAsString(), null);
      }
      return answer;
    } catch (IOException e) {
      throw failed(what, "it cannot be read", e);
    }
  }

  private IllegalStateException failed(String what, String why, @Nullable Exception cause) {
    return new IllegalStateException(
        contender.name() + " failed to " + what + ": " + why + lastLines(), cause);
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return "\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  /** What all cores together have spent on it. */
  Duration time() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The resident size in MiB, now and at its peak; NaN where the system does not say. */
  Memory memory() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      List<String> lines = Files.readAllLines(status);
      return new Memory(mebibytes(lines, "VmRSS:"), mebibytes(lines, "VmHWM:"));
    } catch (IOException e) {
      return new Memory(Double.NaN, Double.NaN);
    }
  }

  /** MiB. */
  record Memory(double resident, double peak) {}

  private static double mebibytes(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Ends the process, which ends by itself when its input does. */
  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
