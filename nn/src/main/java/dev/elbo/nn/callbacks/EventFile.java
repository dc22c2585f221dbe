package dev.elbo.nn.callbacks;

import dev.elbo.nn.internal.GreyPng;
import dev.elbo.nn.internal.ProtoMessage;
import dev.elbo.nn.internal.TfRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * A file of TensorBoard's events: a TFRecord of each message {@code Event}, of which the field
 * numbers here are TensorFlow's (event.proto, summary.proto, tensor.proto).
 */
final class EventFile {
  private static final String VERSION = "brain.Event:2";
  private static final int STRING_TYPE = 7;
  private static final int BUCKETS = 30;

  private final Path folder;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private Optional<Path> file = Optional.empty();

  /**
   * A file in a folder, both made when there is something to write.
   *
   * @param folder of one run; TensorBoard names the run after it
   */
  EventFile(Path folder) {
    this.folder = folder;
  }

  /** A point of a curve. */
  void scalar(String tag, long step, double value) {
    summary(step, ProtoMessage.of().text(1, tag).float32(2, (float) value));
  }

  /**
   * How values are spread: 30 buckets of equal width from the smallest to the largest. What is not
   * finite is left out; without any finite value nothing is written.
   */
  void histogram(String tag, long step, double[] values) {
    Histogram.of(values, BUCKETS)
        .ifPresent(histogram ->
            summary(
                step,
                ProtoMessage.of()
                    .text(1, tag)
                    .message(
                        5,
                        ProtoMessage.of()
                            .float64(1, histogram.min())
                            .float64(2, histogram.max())
                            .float64(3, histogram.count())
                            .float64(4, histogram.sum())
                            .float64(5, histogram.sumOfSquares())
                            .packed(6, histogram.limits())
                            .packed(7, histogram.counts()))));
  }

  /** A grey picture, row after row; 0 is black, 255 white. */
  void image(String tag, long step, byte[] pixels, int height, int width) {
    ProtoMessage image =
        ProtoMessage.of()
            .whole(1, height)
            .whole(2, width)
            .whole(3, 1)
            .bytes(4, GreyPng.encode(pixels, height, width));
    summary(step, ProtoMessage.of().text(1, tag).message(4, image));
  }

  /** A text in Markdown. */
  void text(String tag, long step, String markdown) {
    ProtoMessage plugin = ProtoMessage.of().message(1, ProtoMessage.of().text(1, "text"));
    ProtoMessage shape = ProtoMessage.of().message(2, ProtoMessage.of().whole(1, 1));
    ProtoMessage tensor =
        ProtoMessage.of().whole(1, STRING_TYPE).message(2, shape).text(8, markdown);
    summary(step, ProtoMessage.of().text(1, tag).message(9, plugin).message(8, tensor));
  }

  /** A graph of layers, as a message {@code GraphDef}. */
  void graph(ProtoMessage graph) {
    event(0, ProtoMessage.of().bytes(4, graph.toBytes()));
  }

  private void summary(long step, ProtoMessage value) {
    event(step, ProtoMessage.of().message(5, ProtoMessage.of().message(1, value)));
  }

  private void event(long step, ProtoMessage what) {
    ProtoMessage head = ProtoMessage.of().float64(1, now());
    if (step != 0) {
      head.whole(2, step);
    }
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    event.writeBytes(head.toBytes());
    event.writeBytes(what.toBytes());
    pending.writeBytes(TfRecord.frame(event.toByteArray()));
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  /** Writes what there is, for TensorBoard to read. */
  void flush() {
    if (pending.size() == 0) {
      return;
    }
    try {
      Path path = file.isPresent() ? file.get() : create();
      file = Optional.of(path);
      Files.write(path, pending.toByteArray(), StandardOpenOption.APPEND);
      pending.reset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new file whose name sorts after those of earlier runs, as TensorBoard expects. */
  private Path create() throws IOException {
    Files.createDirectories(folder);
    byte[] version = TfRecord.frame(ProtoMessage.of().float64(1, now()).text(3, VERSION).toBytes());
    for (int number = 0; ; number++) {
      Path path =
          folder.resolve(
              String.format(
                  Locale.ROOT,
                  "events.out.tfevents.%010d.elbo.%d.%d.v2",
                  System.currentTimeMillis() / 1000,
                  ProcessHandle.current().pid(),
                  number));
      if (!Files.exists(path)) {
        return Files.write(path, version, StandardOpenOption.CREATE_NEW);
      }
    }
  }
}
