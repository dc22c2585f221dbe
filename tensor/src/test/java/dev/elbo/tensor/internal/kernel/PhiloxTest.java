package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The known answers that the authors of Philox publish with it, and how Elbo keys it. */
final class PhiloxTest {

  @Test
  void zeros() {
    assertThat(words(0, 0, 0, 0, 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void ones() {
    assertThat(words(-1, -1, -1, -1, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void digitsOfPi() {
    assertThat(words(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void seedStreamStepAndBlockAllMatter() {
    Set<Integer> seen = new HashSet<>();
    for (long seed : new long[] {0, 1, -1, 1L << 32}) {
      for (int stream : new int[] {0, 1, -1}) {
        for (long step : new long[] {0, 1, 1L << 32}) {
          for (long block : new long[] {0, 1, 1L << 32}) {
            Philox philox = Philox.of(seed, stream, step);
            philox.generate(block);
            seen.add(philox.x0());
          }
        }
      }
    }
    assertThat(seen).hasSize(4 * 3 * 3 * 3);
  }

  @Test
  void aBlockDoesNotDependOnTheOnesBefore() {
    Philox philox = Philox.of(5, 6, 7);
    philox.generate(41);
    philox.generate(42);
    Philox fresh = Philox.of(5, 6, 7);
    fresh.generate(42);
    assertThat(philox.x3()).isEqualTo(fresh.x3());
  }

  private static int[] words(int x0, int x1, int x2, int x3, int k0, int k1) {
    Philox philox = Philox.ofKey(join(k0, k1), join(x2, x3));
    philox.generate(join(x0, x1));
    return new int[] {philox.x0(), philox.x1(), philox.x2(), philox.x3()};
  }

  private static long join(int low, int high) {
    return Integer.toUnsignedLong(low) | ((long) high << 32);
  }
}
