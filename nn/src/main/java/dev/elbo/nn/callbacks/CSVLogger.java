package dev.elbo.nn.callbacks;

import dev.elbo.nn.Callback;
import dev.elbo.nn.TrainingRun;
import dev.elbo.nn.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes a line of comma-separated values for each epoch: its number, from 0, and its metrics in
 * the order of their names. The first line names them; a metric that an epoch has not is {@code
 * NA}.
 *
 * <p>Defaults: separator {@code ","}, an older file is replaced. The file is complete after each
 * epoch. A run that is resumed takes back the lines that came after its checkpoint, and goes on.
 */
public final class CSVLogger implements Callback {
  private static final String MISSING = "NA";

  private final Path file;
  private final String separator;
  private final boolean append;
  private List<String> names = List.of();
  private long length;

  private CSVLogger(Path file, String separator, boolean append) {
    this.file = file;
    this.separator = separator;
    this.append = append;
  }

  /** Replaces an older file. */
  public static CSVLogger of(Path file) {
    return new CSVLogger(file, ",", false);
  }

  /**
   * What stands between two values; a comma unless set.
   *
   * @throws IllegalArgumentException if empty, or a quote or the end of a line
   */
  public CSVLogger separator(String value) {
    if (value.isEmpty() || value.contains("\"") || value.contains("\n") || value.contains("\r")) {
      throw new IllegalArgumentException(
          "CSVLogger.separator: expected some text without quotes or ends of lines, received '"
              + value
              + "'. Use \",\", \";\" or \"\\t\".");
    }
    return new CSVLogger(file, value, append);
  }

  /** Whether to go on after the lines of an older file; false unless set. */
  public CSVLogger append(boolean value) {
    return new CSVLogger(file, separator, value);
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    names = List.of();
    Folders.ensureParent(file);
    try {
      length = append && Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run) {
    Map<String, Double> metrics = run.metrics();
    StringBuilder lines = new StringBuilder();
    if (names.isEmpty()) {
      names = List.copyOf(new TreeSet<>(metrics.keySet()));
      if (length == 0) {
        List<String> head = new ArrayList<>(List.of("epoch"));
        head.addAll(names);
        lines.append(line(head));
      }
    }
    List<String> values = new ArrayList<>(List.of(Integer.toString(run.epoch())));
    for (String name : names) {
      Double value = metrics.get(name);
      values.add(value == null ? MISSING : Double.toString(value));
    }
    lines.append(line(values));
    write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String line(List<String> values) {
    return String.join(separator, values.stream().map(this::quoted).toList()) + "\n";
  }

  private String quoted(String value) {
    boolean plain =
        !value.contains(separator) && !value.contains("\"") && value.lines().count() <= 1;
    return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
  }

  /** Writes after what is ours; what stands behind it is of a run that was killed, or older. */
  private void write(byte[] bytes) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      length = Math.min(length, channel.size());
      channel.truncate(length).position(length);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      length += bytes.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, Object> state() {
    return Config.map("names", names, "length", length);
  }

  @Override
  public void restore(Config state) {
    names = state.list("names", String.class);
    length = state.longNumber("length", 0);
  }
}
