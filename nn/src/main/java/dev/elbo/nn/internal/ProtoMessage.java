package dev.elbo.nn.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message in the wire format of protocol buffers, written field by field. Source:
 * protobuf.dev/programming-guides/encoding.
 */
public final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private ProtoMessage() {}

  /** A message without fields yet. */
  public static ProtoMessage of() {
    return new ProtoMessage();
  }

  /** A field of type int32, int64, bool or enum. */
  public ProtoMessage whole(int field, long value) {
    head(field, VARINT);
    varint(value);
    return this;
  }

  /** A field of type double. */
  public ProtoMessage float64(int field, double value) {
    head(field, FIXED_64);
    out.writeBytes(littleEndian(Double.BYTES).putDouble(value).array());
    return this;
  }

  /** A field of type float. */
  public ProtoMessage float32(int field, float value) {
    head(field, FIXED_32);
    out.writeBytes(littleEndian(Float.BYTES).putFloat(value).array());
    return this;
  }

  /** A field of type string. */
  public ProtoMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A field of type bytes. */
  public ProtoMessage bytes(int field, byte[] value) {
    head(field, BYTES);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  /** A message inside this one. */
  public ProtoMessage message(int field, ProtoMessage value) {
    return bytes(field, value.toBytes());
  }

  /** A packed repeated field of type double. */
  public ProtoMessage packed(int field, double[] values) {
    ByteBuffer buffer = littleEndian(values.length * Double.BYTES);
    buffer.asDoubleBuffer().put(values);
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(bytes);
    return bytes(field, bytes);
  }

  /** The message so far. */
  public byte[] toBytes() {
    return out.toByteArray();
  }

  private void head(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
