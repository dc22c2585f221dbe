package dev.elbo.bench.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Arrays that every contender must have alike. */
public final class SharedArrays {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SharedArrays() {}

  /** Numbers from -1 to 1, by SplitMix64: needs nothing of any contender. */
  public static float[] uniform(int count, long seed) {
    float[] values = new float[count];
    long state = seed * GOLDEN;
    for (int i = 0; i < count; i++) {
      state += GOLDEN;
      long z = state;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      values[i] = (z >> 40) / (float) (1 << 23);
    }
    return values;
  }

  /** About {@code count} elements at equal distances, from the first on. */
  public static double[] sample(float[] values, int count) {
    int stride = Math.max(1, values.length / count);
    double[] sample = new double[Math.min(count, (values.length + stride - 1) / stride)];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = values[i * stride];
    }
    return sample;
  }

  /** The first float32 numbers of a file, little-endian. */
  public static float[] floats(Path file, int count) {
    float[] values = new float[count];
    read(file, count * Float.BYTES).asFloatBuffer().get(values);
    return values;
  }

  /** The first int32 numbers of a file, little-endian. */
  public static int[] ints(Path file, int count) {
    int[] values = new int[count];
    read(file, count * Integer.BYTES).asIntBuffer().get(values);
    return values;
  }

  public static void write(Path file, float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    write(file, bytes);
  }

  public static void write(Path file, int[] values) {
    byte[] bytes = new byte[values.length * Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
    write(file, bytes);
  }

  private static ByteBuffer read(Path file, int count) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new IllegalStateException(
            file + ": expected " + count + " bytes, received " + bytes.length + ".");
      }
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
