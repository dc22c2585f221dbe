package dev.elbo.nn.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Grey pictures of 8 bits as PNG files, without the desktop module. Source: the PNG specification,
 * w3.org/TR/png.
 */
public final class GreyPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private GreyPng() {}

  /**
   * The file of a picture.
   *
   * @param pixels row after row, 0 black, 255 white
   */
  public static byte[] encode(byte[] pixels, int height, int width) {
    if (pixels.length != height * width || pixels.length == 0) {
      throw new IllegalArgumentException(
          "GreyPng: expected "
              + height
              + " x "
              + width
              + " pixels and at least one, received "
              + pixels.length);
    }
    byte[] rows = new byte[height * (width + 1)];
    for (int row = 0; row < height; row++) {
      // Each row begins with the number of its filter: 0, none.
      System.arraycopy(pixels, row * width, rows, row * (width + 1) + 1, width);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    // 8 bits, grey, and the only methods that there are.
    header.put((byte) 8).put(new byte[4]);
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", compressed(rows));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
  }

  private static byte[] compressed(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 12];
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(data);
      deflater.finish();
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    return out.toByteArray();
  }
}
