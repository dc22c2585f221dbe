package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;

/**
 * One attempt to bring a file that is partly here to its end. What the network does wrong is an
 * {@link Outcome}; only the disk makes it throw.
 *
 * @param patience how long to wait for an answer, or for the next byte
 * @param limit bytes beyond which it cannot be the file that was meant
 */
record Transfer(HttpClient client, Duration patience, long limit) {
  private static final int BUFFER = 1 << 16;

  /** How an attempt ended. */
  sealed interface Outcome {

    /** The server has sent everything; {@code resumed} if not all of it came from this attempt. */
    record Complete(boolean resumed) implements Outcome {}

    /** It broke off; what has come is kept, and asking again is worth while. */
    record CutOff(String why) implements Outcome {}

    /** This address will not give the file. */
    record Refused(String why) implements Outcome {}
  }

  /** Told the bytes on disk and the size of the file, or -1. */
  @FunctionalInterface
  interface Listener {
    void received(long bytes, long total);
  }

  /** Appends to {@code part} what it lacks, or starts it again where the server insists. */
  Outcome run(URI address, FileChannel part, Listener listener) throws IOException {
    long have = part.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      return new Outcome.Refused(describe(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Refused("interrupted");
    }
    try (StallGuard body = new StallGuard(response.body(), patience)) {
      String range = response.headers().firstValue("Content-Range").orElse("");
      switch (response.statusCode()) {
        case 200 -> have = 0;
        case 206 -> {
          if (!range.startsWith("bytes " + have + "-")) {
            part.truncate(0);
            return new Outcome.CutOff("expected bytes from " + have + " on, received " + range);
          }
        }
        case 416 -> {
          part.truncate(0);
          return new Outcome.CutOff("has no byte " + have + ", which an earlier run had reached");
        }
        default -> {
          return new Outcome.Refused("HTTP status " + response.statusCode());
        }
      }
      part.truncate(have);
      part.position(have);
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      Optional<Outcome> trouble = copy(body, part, length < 0 ? -1 : have + length, listener);
      return trouble.orElse(new Outcome.Complete(have > 0));
    }
  }

  private Optional<Outcome> copy(StallGuard body, FileChannel part, long total, Listener listener)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long have = part.position();
    while (true) {
      int count;
      try {
        count = body.read(buffer);
      } catch (IOException e) {
        return Optional.of(
            new Outcome.CutOff("cut off at byte " + have + " of " + total + ": " + describe(e)));
      }
      if (count < 0) {
        return Optional.empty();
      }
      if (have + count > limit) {
        part.truncate(0);
        return Optional.of(new Outcome.Refused("sends more than " + limit + " bytes"));
      }
      for (ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, count); chunk.hasRemaining(); ) {
        part.write(chunk);
      }
      have += count;
      listener.received(have, total);
    }
  }

  /** The client wraps what it knows; an unknown host is two causes deep and has no message. */
  static String describe(IOException e) {
    StringBuilder text = new StringBuilder();
    boolean silent = true;
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
        return "no such host (is there a network?)";
      }
      if (silent) {
        text.append(text.isEmpty() ? "" : ", ").append(at.getClass().getSimpleName());
        silent = at.getMessage() == null;
        text.append(silent ? "" : ": " + at.getMessage());
      }
    }
    return silent && e instanceof ConnectException
        ? "no connection (is there a network?)"
        : text.toString();
  }
}
