package dev.elbo.nn.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A record of a TFRecord file: the length of the data (8 bytes, little-endian), the masked CRC-32C
 * of the length, the data, the masked CRC-32C of the data. Source: TensorFlow's description of the
 * format, tensorflow.org/tutorials/load_data/tfrecord.
 */
public final class TfRecord {
  private static final int MASK = 0xa282ead8;

  private TfRecord() {}

  /** The record around some data. */
  public static byte[] frame(byte[] data) {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    return ByteBuffer.allocate(data.length + Long.BYTES + 2 * Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(length)
        .putInt(maskedChecksum(length))
        .put(data)
        .putInt(maskedChecksum(data))
        .array();
  }

  /**
   * {@code rotate right by 15 + constant}: so that a checksum of data with checksums stays good.
   */
  private static int maskedChecksum(byte[] data) {
    CRC32C sum = new CRC32C();
    sum.update(data);
    return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
  }
}
