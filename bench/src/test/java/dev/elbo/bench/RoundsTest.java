package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RoundsTest {

  @Test
  void aProcessOfElboIsWarmedUpLongest() {
    Rounds rounds = new Rounds(5, 80, 30, 5_000, 2_000);
    assertThat(rounds.warmMillis(Contender.elbo())).isEqualTo(5_000);
    assertThat(rounds.warmMillis(Contender.elbo(2))).isEqualTo(5_000);
    assertThat(rounds.warmMillis(Contender.peer(Peers.TENSORFLOW, 1))).isEqualTo(2_000);
  }

  @Test
  void otherRoundsAreWarmedUpAsLong() {
    assertThat(Rounds.FULL.with(7, 150))
        .isEqualTo(
            new Rounds(
                7,
                150,
                Rounds.FULL.leadMillis(),
                Rounds.FULL.warmMillis(),
                Rounds.FULL.peerWarmMillis()));
  }
}
