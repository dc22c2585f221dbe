package dev.elbo.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Makes the bytes of IDX files. */
final class IdxBytes {
  private IdxBytes() {}

  /** A file of unsigned bytes of the given axes, filled with {@code seed, seed + 7, ...}. */
  static byte[] counting(int seed, int... dims) {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    byte[] values = new byte[size];
    for (int i = 0; i < size; i++) {
      values[i] = (byte) (seed + 7 * i);
    }
    return of(values, dims);
  }

  static byte[] of(byte[] values, int... dims) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dims.length + values.length);
    file.put(new byte[] {0, 0, 8, (byte) dims.length});
    for (int dim : dims) {
      file.putInt(dim);
    }
    return file.put(values).array();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static KnownFile known(String name, byte[] content) {
    return new KnownFile(name, content.length, sha256(content));
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
