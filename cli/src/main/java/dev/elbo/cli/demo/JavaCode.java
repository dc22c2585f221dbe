package dev.elbo.cli.demo;

import dev.elbo.cli.Shell;
import dev.elbo.tensor.Shape;
import dev.elbo.vae.Vae;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that uses a saved model, to be pasted into a file and run as it is.
 *
 * @param model the file
 * @param image the size of an image, (height, width)
 * @param latent the number of latent variables
 * @param data the expression that loads the images, such as {@code Mnist.sample()}
 * @param seed of the test elbo, so that the program prints the same one
 * @param samples of the test elbo
 */
public record JavaCode(Path model, Shape image, int latent, String data, long seed, int samples) {
  private static final String FILE = "UseModel.java";
  private static final Pattern CLASS_NAME = Pattern.compile("^\\w+");

  /** The whole of a source file. */
  public String program() {
    return String.format(
        Locale.ROOT,
        """
        import dev.elbo.data.%s;
        import dev.elbo.tensor.Tensor;
        import dev.elbo.vae.DiagonalNormal;
        import dev.elbo.vae.Vae;
        import java.nio.file.Path;

        void main() {
          Vae vae = Vae.load(%s);
          Tensor made = vae.sample(16, 7);              // 16 new images, pixels from 0 to 1

          Tensor images = %s.test().images();
          DiagonalNormal latent = vae.encode(images);   // its mean and logVariance: (n, %d)
          Tensor decoded = vae.decode(latent.mean());   // (n, %d, %d)

          IO.println("made " + made.shape() + ", decoded " + decoded.shape());
          IO.println("test elbo: " + vae.elbo(images, %d, %dL));
        }
        """,
        CLASS_NAME.matcher(data).results().findFirst().orElseThrow().group(),
        path(model),
        data,
        latent,
        image.dim(0),
        image.dim(1),
        samples,
        seed);
  }

  /** How to run it, when it is in the file {@link #file}: with this JVM, and with these jars. */
  public String command() {
    return Shell.word(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        + " --add-modules jdk.incubator.vector -cp "
        + Shell.word(jars().orElse(System.getProperty("java.class.path")))
        + " "
        + FILE;
  }

  /** The name of the file. */
  public String file() {
    return FILE;
  }

  /** The folder of Elbo's jars, if it runs from jars. */
  private static Optional<String> jars() {
    try {
      CodeSource source = Vae.class.getProtectionDomain().getCodeSource();
      if (source == null) {
        return Optional.empty();
      }
      Path jar = Path.of(source.getLocation().toURI());
      return jar.toString().endsWith(".jar")
          ? Optional.of(jar.resolveSibling("*").toString())
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** {@code Path.of("...")} */
  static String path(Path path) {
    return "Path.of(\"" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\")";
  }
}
