package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a response's body, and gives up when no byte has come for a while. */
final class StallGuard implements AutoCloseable {
  private final InputStream body;
  private final Duration patience;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong reads = new AtomicLong();
  private volatile boolean stalled;

  StallGuard(InputStream body, Duration patience) {
    this.body = body;
    this.patience = patience;
    Thread.ofVirtual().name("elbo-download-guard").start(this::watch);
  }

  /** As {@link InputStream#read(byte[])}. */
  int read(byte[] buffer) throws IOException {
    try {
      int count = body.read(buffer);
      reads.getAndIncrement();
      return count;
    } catch (IOException e) {
      if (stalled) {
        throw new IOException("no byte for " + patience.toMillis() + " ms", e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    closeBody();
  }

  /** Closing the body from here makes a read that is waiting for a byte fail. */
  private void watch() {
    try {
      long seen;
      do {
        seen = reads.get();
        if (closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } while (reads.get() != seen);
      stalled = true;
      closeBody();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeBody() {
    try {
      body.close();
    } catch (IOException e) {
      // Nothing is lost: whatever was read has been counted and will be checked.
    }
  }
}
