package dev.elbo.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mirror on loopback that behaves, or misbehaves, as a test wants. */
final class MirrorServer implements AutoCloseable {

  /** Answers one request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  MirrorServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.start();
  }

  /** Serves a path; the last path given for a name counts. */
  MirrorServer on(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(path + (range == null ? "" : " " + range));
            answer.to(exchange);
          }
        });
    return this;
  }

  URI at(String path) {
    return URI.create(
        "http://"
            + server.getAddress().getHostString()
            + ":"
            + server.getAddress().getPort()
            + path);
  }

  /** What was asked for, such as {@code /a bytes=100-}. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** A server that knows ranges. */
  static Answer content(byte[] content) {
    return exchange -> {
      int from = from(exchange);
      if (from >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      sendFrom(exchange, content, from, content.length);
    };
  }

  /** A server that sends bytes up to {@code end} and drops the connection. */
  static Answer cutOff(byte[] content, int end) {
    return exchange -> sendFrom(exchange, content, from(exchange), end);
  }

  /** A server that takes no notice of ranges. */
  static Answer withoutRanges(byte[] content) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    };
  }

  /** A server that does not say how much there is to come. */
  static Answer withoutLength(byte[] content) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(content);
    };
  }

  /** An answer without a body. */
  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  /** A server that sends bytes up to {@code end} and then nothing for the rest of the test. */
  Answer stalling(byte[] content, int end) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, end);
      exchange.getResponseBody().flush();
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static int from(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.substring(6, range.length() - 1));
  }

  private static void sendFrom(HttpExchange exchange, byte[] content, int from, int end)
      throws IOException {
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    exchange.getResponseBody().write(Arrays.copyOfRange(content, from, Math.max(from, end)));
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    executor.close();
  }
}
