package dev.elbo.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NetTest {
  @Test
  void shapesFollowFromTheLayers() {
    assertThat(Net.cnn().placedLayers().stream().map(Net.Placed::output))
        .containsExactly(
            List.of(26, 26, 32),
            List.of(13, 13, 32),
            List.of(11, 11, 64),
            List.of(5, 5, 64),
            List.of(1600),
            List.of(10));
    assertThat(Net.convolutionalVae().placedLayers().stream().map(Net.Placed::output))
        .containsExactly(List.of(14, 14, 32), List.of(7, 7, 64), List.of(3136), List.of(16));
    assertThat(Net.convolutionalVae().placedDecoder().getLast().output())
        .isEqualTo(List.of(28, 28, 1));
  }

  @Test
  void aStepIsForwardAndTwiceThatBackwardLessTheGradientOfTheExamples() {
    double first = 2.0 * 784 * 128;
    double second = 2.0 * 128 * 10;

    assertThat(Net.mlp(128, 0.2, 0).operations(32)).isEqualTo(32 * (2 * first + 3 * second));
  }

  @Test
  void anAutoencoderHasTwoHeads() {
    assertThat(Net.vae().weighted().stream().map(Net.Placed::kernelShape))
        .containsExactly(
            List.of(784, 400),
            List.of(400, 20),
            List.of(400, 20),
            List.of(20, 400),
            List.of(400, 784));
  }

  @Test
  void denseKernelsAreTransposedForChannelsFirst() {
    Net net = Net.mlp(128, 0, 0);
    float[] last = NetWeights.channelsLast(net).getFirst();
    float[] first = NetWeights.channelsFirst(net).getFirst();

    assertThat(first[5 * 784 + 300]).isEqualTo(last[300 * 128 + 5]);
  }

  @Test
  void filtersMoveTheirAxesToTheFront() {
    Net net = Net.cnn();
    float[] last = NetWeights.channelsLast(net).get(2);
    float[] first = NetWeights.channelsFirst(net).get(2);

    // Row 1, column 2, input 3, filter 4 of (3, 3, 32, 64) and (64, 32, 3, 3).
    assertThat(first[((4 * 32 + 3) * 3 + 1) * 3 + 2])
        .isEqualTo(last[((1 * 3 + 2) * 32 + 3) * 64 + 4]);
  }

  @Test
  void whatFollowsAFlattenFindsItsPixels() {
    Net net = Net.cnn();
    float[] last = NetWeights.channelsLast(net).get(4);
    float[] first = NetWeights.channelsFirst(net).get(4);

    // Row 1, column 2, channel 3 of (5, 5, 64), unit 4 of 10.
    int channelsFirst = (3 * 5 + 1) * 5 + 2;
    int channelsLast = (1 * 5 + 2) * 64 + 3;
    assertThat(first[4 * 1600 + channelsFirst]).isEqualTo(last[channelsLast * 10 + 4]);
  }

  @Test
  void aMirroredNetHasMirroredFilters() {
    Net net = Net.convolutionalVae();
    float[] last = NetWeights.channelsLast(net).getFirst();
    float[] first = NetWeights.channelsFirst(net).getFirst();

    assertThat(net.mirrored()).isTrue();
    assertThat(Net.cnn().mirrored()).isFalse();
    // Row 0, column 1 becomes row 2, column 1.
    assertThat(first[7 * 9 + 2 * 3 + 1]).isEqualTo(last[(0 * 3 + 1) * 32 + 7]);
  }

  @Test
  void anImageIsTurnedAboutBothAxes() {
    assertThat(NetWeights.mirrored(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4))
        .containsExactly(4, 3, 2, 1, 8, 7, 6, 5);
  }

  @Test
  void weightsAreSplitAsTheyWereJoined() {
    Net net = Net.cnn();
    List<float[]> weights = NetWeights.channelsLast(net);

    assertThat(NetWeights.joined(weights)).hasSize(NetWeights.count(net));
    List<float[]> again = NetWeights.split(net, NetWeights.joined(weights));
    for (int i = 0; i < weights.size(); i++) {
      assertThat(again.get(i)).containsExactly(weights.get(i));
    }
  }
}
