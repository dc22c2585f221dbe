package dev.elbo.data;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files, the format of MNIST and its relatives: the bytes {@code 00 00 type rank}, one
 * big-endian int32 for each axis, then the elements, last axis fastest. Files may be plain or
 * gzipped; the content decides, not the name. Elements must be unsigned bytes (type 08), which is
 * what every image and label file of the MNIST family holds.
 */
public final class Idx {
  private static final long DEFAULT_LIMIT = 1L << 30;
  private static final int MAX_RANK = 8;
  private static final int UINT8 = 0x08;
  private static final int GZIP_MAGIC = 0x8b1f;
  private static final int BUFFER = 1 << 16;

  private Idx() {}

  /**
   * Reads a file of at most 1 GiB (unpacked).
   *
   * @return a uint8 tensor of the shape that the file declares
   * @throws DataException if the content is not a whole, valid IDX file of unsigned bytes
   * @throws UncheckedIOException if the file cannot be read
   */
  public static Tensor read(Path file) {
    return read(file, DEFAULT_LIMIT);
  }

  /**
   * Reads a file of at most {@code limit} bytes, counted unpacked and with its header. Nothing of
   * the size that a header merely claims is allocated, so a forged file costs little.
   *
   * @return a uint8 tensor of the shape that the file declares
   * @throws DataException if the content is not a whole, valid IDX file of unsigned bytes, or is
   *     larger than the limit
   * @throws UncheckedIOException if the file cannot be read
   */
  public static Tensor read(Path file, long limit) {
    try (InputStream content = open(file)) {
      return parse(content, file.toString(), limit);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The content of a file, unpacked if it is gzipped. */
  static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return unpacked(raw);
    } catch (ZipException | EOFException e) {
      raw.close();
      throw new DataException(file + ": its gzip header is broken. Fetch the file again.", e);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** A stream that supports marks, unpacked if it starts with gzip's magic bytes. */
  static InputStream unpacked(InputStream raw) throws IOException {
    raw.mark(2);
    int magic = raw.read() | raw.read() << 8;
    raw.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER) : raw;
  }

  /**
   * Parses unpacked content to its very end.
   *
   * @param name what errors call the file
   */
  static Tensor parse(InputStream in, String name, long limit) throws IOException {
    Content content = new Content(in, name);
    byte[] magic = content.read(4);
    if (magic.length < 4 || magic[0] != 0 || magic[1] != 0 || magic[3] < 1 || magic[3] > MAX_RANK) {
      throw new DataException(
          name
              + ": not an IDX file: expected it to start with 00 00 08 and its rank (1 to "
              + MAX_RANK
              + "), received "
              + (magic.length == 0 ? "an empty file" : spaced(magic))
              + ". Fetch the file again, or pass another one.");
    }
    if (magic[2] != UINT8) {
      throw new DataException(
          name
              + ": expected elements of type 08 (unsigned byte), received type "
              + typeName(magic[2])
              + ". Convert the file to unsigned bytes.");
    }
    int rank = magic[3];
    byte[] axes = content.read(4 * rank);
    if (axes.length < 4 * rank) {
      throw content.cutOff(4 + 4L * rank, "the header of a file of rank " + rank);
    }
    int[] dims = new int[rank];
    long size = 1;
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = bigEndian(axes, 4 * axis);
      if (dims[axis] < 0) {
        throw new DataException(
            name
                + ": expected axis lengths of 0 to 2^31 - 1, received "
                + Integer.toUnsignedString(dims[axis])
                + " for axis "
                + axis
                + ". Fetch the file again.");
      }
      size = saturatingMultiply(size, dims[axis]);
    }
    long expected = Math.max(size, size + 4 + 4L * rank);
    if (size > Integer.MAX_VALUE - 8 || expected > limit) {
      throw new DataException(
          name
              + ": its header declares "
              + Shape.of(dims)
              + " unsigned bytes, more than the limit of "
              + limit
              + " bytes. Fetch the file again, or raise the limit if you trust it.");
    }
    byte[] values = content.read((int) size);
    if (values.length < size) {
      throw content.cutOff(expected, "header: " + Shape.of(dims) + " uint8");
    }
    if (content.read(1).length > 0) {
      throw new DataException(
          name
              + ": expected "
              + expected
              + " bytes (header: "
              + Shape.of(dims)
              + " uint8), received more: something follows the last element. Fetch the file"
              + " again.");
    }
    return Tensor.ofUint8(values, Shape.of(dims));
  }

  static UncheckedIOException unreadable(Path file, IOException cause) {
    return new UncheckedIOException(
        file + ": cannot be read (" + cause + "). Check that it exists and its permissions.",
        cause);
  }

  private static int bigEndian(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  private static long saturatingMultiply(long a, int b) {
    return b != 0 && a > Long.MAX_VALUE / 2 / b ? Long.MAX_VALUE / 2 : a * b;
  }

  private static String spaced(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  private static String typeName(byte type) {
    String hex = HexFormat.of().toHexDigits(type);
    return switch (type) {
      case 0x09 -> hex + " (signed byte)";
      case 0x0b -> hex + " (int16)";
      case 0x0c -> hex + " (int32)";
      case 0x0d -> hex + " (float32)";
      case 0x0e -> hex + " (float64)";
      default -> hex + " (unknown)";
    };
  }

  /** Counts what has been read, so that an error can say it even when unpacking fails. */
  private static final class Content {
    private final InputStream in;
    private final String name;
    private long received;

    Content(InputStream in, String name) {
      this.in = in;
      this.name = name;
    }

    /** Up to {@code wanted} bytes, fewer only at the end; grows as they come. */
    byte[] read(int wanted) throws IOException {
      byte[] bytes = new byte[Math.min(wanted, BUFFER)];
      int filled = 0;
      try {
        while (filled < wanted) {
          if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, 2L * bytes.length));
          }
          int count = in.read(bytes, filled, bytes.length - filled);
          if (count < 0) {
            break;
          }
          filled += count;
          received += count;
        }
      } catch (EOFException e) {
        throw new DataException(
            name
                + ": its gzip stream is cut off: received "
                + received
                + " bytes unpacked, expected more. Fetch the file again.",
            e);
      } catch (ZipException e) {
        throw new DataException(
            name
                + ": its gzip stream is damaged after "
                + received
                + " bytes unpacked ("
                + e.getMessage()
                + "). Fetch the file again.",
            e);
      }
      return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
    }

    DataException cutOff(long expected, String why) {
      return new DataException(
          name
              + ": expected "
              + expected
              + " bytes ("
              + why
              + "), received "
              + received
              + ": the file is cut off. Fetch the file again.");
    }
  }
}
