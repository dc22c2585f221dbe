package dev.elbo.bench.worker;

import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the arrays that all contenders train on. */
public final class TrainingFiles {
  private final Path directory;

  /**
   * Writes digits.
   *
   * @param images (n, 784), from 0 to 1
   * @param labels from 0 to 9
   */
  public TrainingFiles(Path directory, float[] images, int[] labels) {
    this.directory = directory;
    SharedArrays.write(directory.resolve(TrainSetting.IMAGES), images);
    SharedArrays.write(
        directory.resolve(TrainSetting.MIRRORED_IMAGES),
        NetWeights.mirrored(images, TrainSetting.PIXELS));
    SharedArrays.write(directory.resolve(TrainSetting.LABELS), labels);
    SharedArrays.write(directory.resolve(TrainSetting.NOISE), SharedArrays.uniform(4096 * 32, 3));
  }

  /** A setting whose files lie ready. */
  public TrainSetting setting(Net net, int batch, int batches, boolean compared) {
    for (boolean channelsFirst : new boolean[] {false, true}) {
      Path file = directory.resolve(TrainSetting.weightsFile(net, channelsFirst));
      if (!Files.exists(file)) {
        SharedArrays.write(
            file,
            NetWeights.joined(
                channelsFirst ? NetWeights.channelsFirst(net) : NetWeights.channelsLast(net)));
      }
    }
    return new TrainSetting(net, batch, batches, compared, directory.toString());
  }
}
