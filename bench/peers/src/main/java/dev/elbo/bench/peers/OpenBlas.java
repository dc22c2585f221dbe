package dev.elbo.bench.peers;

import dev.elbo.bench.worker.GemmSetting;
import dev.elbo.bench.worker.Session;
import dev.elbo.bench.worker.SharedArrays;
import dev.elbo.bench.worker.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * OpenBLAS from the jar {@code org.bytedeco:openblas}, called on heap arrays without copying them.
 *
 * <p>It reads its settings from {@code OPENBLAS_*} in the environment, which the parent unsets: the
 * figures would be of those settings.
 */
final class OpenBlas implements Worker {
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;

  /** In the order in which they need each other. */
  private static final List<String> LIBRARIES =
      List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup library;
  private final MethodHandle multiply;
  private final MethodHandle setThreads;

  /** With so many threads. */
  OpenBlas(int threads) {
    library = load();
    multiply =
        linker.downcallHandle(
            library.findOrThrow("cblas_sgemm"),
            FunctionDescriptor.ofVoid(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_FLOAT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_FLOAT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT),
            Linker.Option.critical(true));
    setThreads =
        linker.downcallHandle(
            library.findOrThrow("openblas_set_num_threads"),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    threads(threads);
  }

  /** Unpacks the libraries of this platform to a directory that goes when the JVM does. */
  private static SymbolLookup load() {
    String folder = "/org/bytedeco/openblas/" + platform() + "/";
    try {
      Path directory = Files.createTempDirectory("elbo-openblas");
      directory.toFile().deleteOnExit();
      SymbolLookup last = SymbolLookup.loaderLookup();
      for (String name : LIBRARIES) {
        try (InputStream in = OpenBlas.class.getResourceAsStream(folder + name)) {
          if (in == null) {
            throw new IllegalStateException(
                "the class path has no %s%s; bench/run puts it there.".formatted(folder, name));
          }
          Path file = directory.resolve(name);
          Files.copy(in, file);
          file.toFile().deleteOnExit();
          last = SymbolLookup.libraryLookup(file, Arena.global());
        }
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack OpenBLAS", e);
    }
  }

  @Override
  public String version() {
    return text("openblas_get_config") + ", kernels for " + text("openblas_get_corename");
  }

  private void threads(int count) {
    try {
      setThreads.invokeExact(count);
    } catch (Throwable e) {
      throw failed("openblas_set_num_threads", e);
    }
  }

  @Override
  public Session gemm(GemmSetting setting) {
    float[] a = SharedArrays.uniform(setting.m() * setting.k(), 1);
    float[] b = SharedArrays.uniform(setting.k() * setting.n(), 2);
    float[] c = new float[setting.m() * setting.n()];
    return new Session() {
      @Override
      public double[] values(int count) {
        multiply(setting, a, b, c);
        return SharedArrays.sample(c, count);
      }

      @Override
      public int run(int steps) {
        for (int i = 0; i < steps; i++) {
          multiply(setting, a, b, c);
        }
        return steps;
      }
    };
  }

  private void multiply(GemmSetting setting, float[] a, float[] b, float[] c) {
    try {
      multiply.invokeExact(
          ROW_MAJOR,
          setting.transposeA() ? TRANSPOSE : NO_TRANSPOSE,
          setting.transposeB() ? TRANSPOSE : NO_TRANSPOSE,
          setting.m(),
          setting.n(),
          setting.k(),
          1f,
          MemorySegment.ofArray(a),
          setting.transposeA() ? setting.m() : setting.k(),
          MemorySegment.ofArray(b),
          setting.transposeB() ? setting.k() : setting.n(),
          0f,
          MemorySegment.ofArray(c),
          setting.n());
    } catch (Throwable e) {
      throw failed("cblas_sgemm", e);
    }
  }

  private String text(String function) {
    try {
      MethodHandle handle =
          linker.downcallHandle(
              library.findOrThrow(function), FunctionDescriptor.of(ValueLayout.ADDRESS));
      MemorySegment address = (MemorySegment) handle.invokeExact();
      return address.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw failed(function, e);
    }
  }

  private static IllegalStateException failed(String function, Throwable cause) {
    return new IllegalStateException("OpenBLAS: " + function + " failed", cause);
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    if (!system.contains("linux") || !processor.equals("amd64")) {
      throw new IllegalStateException(
          "bench/run gemm knows OpenBLAS on linux amd64, received %s %s."
              .formatted(system, processor));
    }
    return "linux-x86_64";
  }
}
