package dev.elbo.nn;

import dev.elbo.nn.internal.AtomicFile;
import dev.elbo.nn.internal.Json;
import dev.elbo.nn.internal.Safetensors;
import dev.elbo.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A kind of file that is a zip of JSON and of tensors. It is written whole or not at all, and read
 * without trust: checksums are checked, and nothing larger than the file is made.
 *
 * <p>Tensors are stored uncompressed, so a file never holds more of them than its own size. The
 * same contents give the same file, byte for byte.
 *
 * @param kind what it is, in words: {@code model}
 * @param writer what writes one, for errors: {@code model.save(path)}
 * @param remedy what to do with a damaged one, for errors
 */
record Archive(String kind, String writer, String remedy) {
  private static final int MAX_JSON_BYTES = 16 << 20;

  // ---- writing ----------------------------------------------------------------------------------

  /** Writes texts, which are JSON objects, and groups of tensors, each under its name. */
  void write(
      Path file, Map<String, Map<String, ?>> texts, Map<String, Map<String, Tensor>> tensors) {
    writeFile(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, Map<String, ?>> text : texts.entrySet()) {
            zip.putNextEntry(entry(text.getKey()));
            zip.write(Json.write(text.getValue()).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
          }
          for (Map.Entry<String, Map<String, Tensor>> group : tensors.entrySet()) {
            putTensors(zip, group.getKey(), group.getValue());
          }
          zip.finish();
        });
  }

  /** Writes any file of ours whole or not at all. */
  static void writeFile(Path file, AtomicFile.Contents contents) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new ModelFileException(
          file, "expected a folder that exists to write to. Create " + folder + " first.");
    }
    if (Files.isDirectory(file)) {
      throw new ModelFileException(
          file, "expected a file to write, received a folder. Add a file name to it.");
    }
    try {
      AtomicFile.write(file, contents);
    } catch (IOException e) {
      throw new ModelFileException(
          file,
          "cannot be written (" + e + "). Choose a folder that you may write to and that has room.",
          e);
    }
  }

  private static void putTensors(ZipOutputStream zip, String name, Map<String, Tensor> tensors)
      throws IOException {
    CRC32 sum = new CRC32();
    Safetensors.write(tensors, Map.of("format", "elbo"), new Summing(sum));
    ZipEntry entry = entry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(Safetensors.size(tensors, Map.of("format", "elbo")));
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    Safetensors.write(tensors, Map.of("format", "elbo"), zip);
    zip.closeEntry();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    // The zip format's first moment: a time would make each file another.
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    return entry;
  }

  private static final class Summing extends OutputStream {
    private final CRC32 sum;

    Summing(CRC32 sum) {
      this.sum = sum;
    }

    @Override
    public void write(int value) {
      sum.update(value);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      sum.update(bytes, from, count);
    }
  }

  // ---- reading ----------------------------------------------------------------------------------

  /** What is done with an open file; its IllegalArgumentExceptions say what is wrong with it. */
  interface Reader<T> {
    /** Reads what it needs. */
    T read(Contents contents) throws IOException;
  }

  /** Reads a file that {@link #write} wrote. */
  <T> T read(Path file, Reader<T> reader) {
    if (!Files.isRegularFile(file)) {
      throw new ModelFileException(
          file,
          "expected a "
              + kind
              + " file, "
              + (Files.exists(file)
                  ? "received a folder. Pass the file in it."
                  : "there is none. Check the path; " + writer + " writes one."));
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return reader.read(new Contents(zip, Files.size(file)));
    } catch (IOException e) {
      throw new ModelFileException(
          file,
          "expected a zip of a "
              + kind
              + ", received something else ("
              + e.getMessage()
              + "). "
              + remedy,
          e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new ModelFileException(file, e.getMessage() + " " + remedy, new IOException(e));
    }
  }

  /** An open file. */
  record Contents(ZipFile zip, long fileSize) {
    /** The JSON object of an entry. */
    Map<String, Object> text(String name) throws IOException {
      return Json.parseObject(new String(bytes(name, MAX_JSON_BYTES), StandardCharsets.UTF_8));
    }

    /** The tensors of an entry. */
    Map<String, Tensor> tensors(String name) throws IOException {
      ZipEntry entry = intact(name, fileSize);
      try (InputStream in = new BufferedInputStream(zip.getInputStream(entry), 1 << 16)) {
        return Safetensors.read(in, entry.getSize());
      }
    }

    private byte[] bytes(String name, int limit) throws IOException {
      try (InputStream in = zip.getInputStream(intact(name, limit))) {
        return in.readNBytes(limit);
      }
    }

    /** An entry, once it is known that its bytes are those that were written. */
    private ZipEntry intact(String name, long limit) throws IOException {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new IllegalArgumentException(
            "expected an entry " + name + " in the zip, found none.");
      }
      CRC32 sum = new CRC32();
      long size = 0;
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = zip.getInputStream(entry)) {
        for (int count = in.read(buffer); count >= 0 && size <= limit; count = in.read(buffer)) {
          sum.update(buffer, 0, count);
          size += count;
        }
      }
      if (size > limit) {
        throw new IllegalArgumentException(
            name + ": expected at most " + limit + " bytes, received more.");
      }
      if (sum.getValue() != entry.getCrc() || size != entry.getSize()) {
        throw new IllegalArgumentException(
            name
                + ": expected "
                + entry.getSize()
                + " bytes of checksum "
                + Long.toHexString(entry.getCrc())
                + ", received "
                + size
                + " of "
                + Long.toHexString(sum.getValue())
                + ".");
      }
      return entry;
    }
  }
}
