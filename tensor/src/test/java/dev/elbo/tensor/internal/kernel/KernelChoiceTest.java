package dev.elbo.tensor.internal.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {

  @Test
  void prefersVectorKernelsWhereTheModuleIsPresent() {
    assertThat(logged(() -> assertThat(KernelChoice.choose(null, true).name()).isEqualTo("vector")))
        .isEmpty();
  }

  @Test
  void fallsBackToScalarKernelsWithOneLineThatNamesTheFlag() {
    List<String> lines =
        logged(() -> assertThat(KernelChoice.choose(null, false).name()).isEqualTo("scalar"));
    assertThat(lines)
        .containsExactly(
            "Elbo runs its scalar kernels. Start Java with --add-modules jdk.incubator.vector for"
                + " faster ones, or with -Delbo.kernels=scalar to silence this line.");
  }

  @Test
  void obeysTheProperty() {
    assertThat(
            logged(
                () -> assertThat(KernelChoice.choose("scalar", false).name()).isEqualTo("scalar")))
        .isEmpty();
    assertThat(KernelChoice.choose("scalar", true).name()).isEqualTo("scalar");
    assertThat(KernelChoice.choose("vector", true).name()).isEqualTo("vector");
  }

  @Test
  void refusesVectorKernelsWithoutTheModule() {
    assertThatThrownBy(() -> KernelChoice.choose("vector", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "-Delbo.kernels=vector: expected the module jdk.incubator.vector, which this JVM was"
                + " started without. Add --add-modules jdk.incubator.vector, or use"
                + " -Delbo.kernels=scalar.");
  }

  @Test
  void namesAnUnknownBackend() {
    assertThatThrownBy(() -> KernelChoice.choose("gpu", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "-Delbo.kernels: expected scalar or vector, received 'gpu'. Leave it out to use the"
                + " fastest.");
  }

  @Test
  void choosesOnceForTheProcess() {
    assertThat(Kernels.get()).isSameAs(Kernels.get());
    String requested = System.getProperty("elbo.kernels", "vector");
    assertThat(Kernels.get().name()).isEqualTo(requested);
    assertThat(Kernels.scalar().name()).isEqualTo("scalar");
  }

  @Test
  void runsOnAPlainClassPathWithoutTheModule() throws IOException, InterruptedException {
    Probe probe = Probe.run();
    assertThat(probe.output()).isEqualTo("scalar " + flag("UseFMA") + " 64.0");
    assertThat(probe.error().lines().filter(line -> line.contains("jdk.incubator.vector")))
        .containsExactly(
            "WARNING: Elbo runs its scalar kernels. Start Java with --add-modules"
                + " jdk.incubator.vector for faster ones, or with -Delbo.kernels=scalar to silence"
                + " this line.");
  }

  @Test
  void runsVectorKernelsWithTheModule() throws IOException, InterruptedException {
    Probe probe = Probe.run("--add-modules=jdk.incubator.vector");
    assertThat(probe.output()).isEqualTo("vector " + flag("UseFMA") + " 64.0");
    assertThat(probe.error()).doesNotContain("Elbo");
  }

  @Test
  void runsScalarKernelsWhereVectorsAreShort() throws IOException, InterruptedException {
    Probe probe = Probe.run("--add-modules=jdk.incubator.vector", "-Delbo.vectorBits=64");
    assertThat(probe.output()).isEqualTo("scalar " + flag("UseFMA") + " 64.0");
    assertThat(probe.error()).doesNotContain("Elbo");
  }

  @Test
  void noticesAMachineWithoutFusedMultiplyAdd() throws IOException, InterruptedException {
    Probe probe = Probe.run("-XX:-UseFMA", "-Delbo.kernels=scalar");
    assertThat(probe.output()).isEqualTo("scalar false 64.0");
    assertThat(probe.error()).isEmpty();
  }

  @Test
  void agreesWithTheVirtualMachineOnFusedMultiplyAdd() {
    assertThat(FmaSupport.hardware()).isEqualTo(Boolean.parseBoolean(flag("UseFMA")));
  }

  private static String flag(String name) {
    return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .getVMOption(name)
        .getValue();
  }

  /** What a JVM of its own printed. */
  private record Probe(String output, String error) {
    static Probe run(String... options) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of(options));
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
      command.add(KernelProbe.class.getName());
      Path error = Files.createTempFile("probe", ".err");
      try {
        Process process = new ProcessBuilder(command).redirectError(error.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as("%s", Files.readString(error)).isZero();
        return new Probe(output, Files.readString(error));
      } finally {
        Files.delete(error);
      }
    }
  }

  private static List<String> logged(Runnable action) {
    List<String> messages = new ArrayList<>();
    Handler handler =
        new Handler() {
          private final SimpleFormatter formatter = new SimpleFormatter();

          @Override
          public void publish(LogRecord logRecord) {
            messages.add(formatter.formatMessage(logRecord));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.elbo.tensor");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      action.run();
    } finally {
      logger.setUseParentHandlers(true);
      logger.removeHandler(handler);
    }
    return messages;
  }
}
