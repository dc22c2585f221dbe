package dev.elbo.data;

import dev.elbo.data.internal.Sha256;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;

/**
 * A published IDX file. Its checksum is that of the unpacked content: mirrors and distributions
 * compress the same file in different ways, and plain copies are to be checked as well.
 *
 * @param name without {@code .gz}
 * @param bytes size of the content, header included
 * @param sha256 of the content, in lower-case hex
 */
record KnownFile(String name, long bytes, String sha256) {

  /**
   * Reads a copy, plain or gzipped, whatever it is called.
   *
   * @throws DataException if it is not, byte for byte, the published file
   */
  Tensor read(Path copy) {
    try (InputStream content = Idx.open(copy)) {
      return read(content, copy.toString());
    } catch (IOException e) {
      throw Idx.unreadable(copy, e);
    }
  }

  /**
   * Checks a copy.
   *
   * @throws DataException if it is not, byte for byte, the published file
   */
  void verify(Path copy) {
    Tensor _ = read(copy);
  }

  /** As {@link #read(Path)}, from unpacked content. */
  Tensor read(InputStream content, String where) throws IOException {
    DigestInputStream digested = new DigestInputStream(content, Sha256.digest());
    Tensor tensor = Idx.parse(digested, where, bytes);
    String received = HexFormat.of().formatHex(digested.getMessageDigest().digest());
    if (!received.equals(sha256)) {
      throw new DataException(
          where
              + ": altered: expected SHA-256 "
              + sha256
              + " (unpacked), received "
              + received
              + ". Fetch the file again.");
    }
    return tensor;
  }
}
