package dev.elbo.nn.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads TFRecord files with checksums that are computed bit by bit from their definition, apart
 * from the library's that the writer uses. Source: RFC 3720, appendix B.4, and record_writer.cc.
 */
final class RecordReader {
  private static final int REVERSED_POLYNOMIAL = 0x82F63B78;

  private RecordReader() {}

  static List<byte[]> read(byte[] file) {
    // Its check value in the catalogue of CRCs.
    assertThat(checksum("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE3069283);
    List<byte[]> records = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).as("checksum of the length").isEqualTo(masked(length));
      byte[] record =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(record);
      assertThat(in.getInt()).as("checksum of the record").isEqualTo(masked(record));
      records.add(record);
    }
    return records;
  }

  private static int masked(byte[] data) {
    int sum = checksum(data);
    return ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
  }

  private static int checksum(byte[] data) {
    int sum = -1;
    for (byte each : data) {
      sum ^= each & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum & 1) == 0 ? sum >>> 1 : (sum >>> 1) ^ REVERSED_POLYNOMIAL;
      }
    }
    return ~sum;
  }
}
