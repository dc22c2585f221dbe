package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class TransferTest {
  private static ConnectException connectException(Throwable cause) {
    ConnectException exception = new ConnectException();
    exception.initCause(cause);
    return exception;
  }

  @Test
  void aConnectionThatFailsIsSaidInWords() {
    // What java.net.http throws where nothing listens, and where there is no such host.
    assertThat(Transfer.describe(connectException(connectException(new ClosedChannelException()))))
        .isEqualTo("no connection (is there a network?)");
    assertThat(
            Transfer.describe(connectException(connectException(new UnresolvedAddressException()))))
        .isEqualTo("no such host (is there a network?)");
    assertThat(Transfer.describe(new IOException(new UnknownHostException("example.invalid"))))
        .isEqualTo("no such host (is there a network?)");
    assertThat(Transfer.describe(connectException(new IOException("Connection refused"))))
        .isEqualTo("ConnectException, IOException: Connection refused");
    assertThat(Transfer.describe(new IOException("Connection reset")))
        .isEqualTo("IOException: Connection reset");
  }
}
