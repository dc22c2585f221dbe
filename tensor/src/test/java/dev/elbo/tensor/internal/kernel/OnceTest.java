package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OnceTest {
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void asksForAValueOnce() {
    Supplier<Integer> once = Once.of(asked::incrementAndGet);

    assertThat(once.get()).isOne();
    assertThat(once.get()).isOne();
    assertThat(asked).hasValue(1);
  }

  @Test
  void tellsEverybodyTheSameReason() {
    RuntimeException reason = new IllegalArgumentException("-Delbo.kernels: no");
    Supplier<Integer> once =
        Once.of(() -> {
          asked.incrementAndGet();
          throw reason;
        });

    assertThatThrownBy(once::get).isSameAs(reason);
    assertThatThrownBy(once::get).isSameAs(reason);
    assertThat(asked).hasValue(1);
  }
}
