package dev.elbo.nn;

import dev.elbo.nn.internal.Safetensors;
import dev.elbo.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The weights alone, by path, as a safetensors file. */
final class WeightsFile {
  private static final Map<String, String> METADATA = Map.of("format", "elbo");

  private WeightsFile() {}

  static void save(Model model, Path file) {
    Map<String, Tensor> weights = ModelFile.weights(model, "saveWeights");
    Archive.writeFile(file, out -> Safetensors.write(weights, METADATA, out));
  }

  static void load(Model model, Path file) {
    model.ensureBuilt();
    if (!model.isBuilt()) {
      throw new IllegalStateException(
          model.describe()
              + ".loadWeights: expected a model with weights, but it is not built yet. Call"
              + " build(Shape.of(Shape.BATCH, ...)) first.");
    }
    if (!Files.isRegularFile(file)) {
      throw new ModelFileException(
          file,
          "expected a file of weights, there is none. Check the path; model.saveWeights(path)"
              + " writes one.");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      Map<String, Tensor> weights = Safetensors.read(in, Files.size(file));
      Variables.assign("weights", model.namedWeights(), weights);
    } catch (IOException e) {
      throw new ModelFileException(file, "cannot be read (" + e + "). Save the weights again.", e);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(
          file,
          e.getMessage()
              + " The file is damaged, or holds the weights of another model. Save the weights"
              + " again.",
          new IOException(e));
    }
  }
}
