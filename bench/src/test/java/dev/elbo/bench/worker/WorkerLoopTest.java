package dev.elbo.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkerLoopTest {
  private static final String SETTING =
      "{\"transposeA\":true,\"transposeB\":false,\"m\":2,\"k\":3,\"n\":4,\"threads\":1}";

  private static final class Doubler implements Worker {
    @Override
    public String version() {
      return "doubler 1";
    }

    @Override
    public Session gemm(GemmSetting setting) {
      return new Session() {
        @Override
        public double[] values(int count) {
          return new double[] {setting.m(), setting.transposeA() ? 1 : 0};
        }

        @Override
        public int run(int steps) {
          return 2 * steps;
        }
      };
    }
  }

  private static List<String> answers(String... orders) throws Exception {
    InputStream in =
        new ByteArrayInputStream(String.join("\n", orders).getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WorkerLoop.serve(new Doubler(), in, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aSessionIsOpenedAndAsked() throws Exception {
    List<String> answers =
        answers(
            "{\"do\":\"open\",\"id\":3,\"task\":\"gemm\",\"setting\":" + SETTING + "}",
            "{\"do\":\"values\",\"id\":3,\"count\":5}",
            "{\"do\":\"steps\",\"id\":3,\"count\":5}",
            "{\"do\":\"close\",\"id\":3}");

    assertThat(answers.get(0)).isEqualTo("@@ {\"version\":\"doubler 1\"}");
    assertThat(answers.get(1)).isEqualTo("@@ {}");
    assertThat(answers.get(2)).isEqualTo("@@ {\"values\":[2.0,1.0]}");
    assertThat(answers.get(3)).startsWith("@@ {\"ms\":").endsWith("\"steps\":10}");
    assertThat(answers.get(4)).isEqualTo("@@ {}");
  }

  @Test
  void whatFailsIsSaidAndTheLoopGoesOn() throws Exception {
    List<String> answers =
        answers(
            "{\"do\":\"open\",\"id\":1,\"task\":\"conv\",\"setting\":{}}",
            "{\"do\":\"steps\",\"id\":9,\"count\":5}",
            "{\"do\":\"open\",\"id\":1,\"task\":\"gemm\",\"setting\":" + SETTING + "}");

    assertThat(answers.get(1)).contains("\"error\":").contains("doubler 1 is not asked to conv");
    assertThat(answers.get(2)).contains("no session 9 is open");
    assertThat(answers.get(3)).isEqualTo("@@ {}");
  }
}
