package dev.elbo.tensor.internal.kernel;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernels: {@code -Delbo.kernels=scalar|vector}, by default vector where the module
 * {@code jdk.incubator.vector} is present and has vectors of 128 bits or more, and scalar
 * elsewhere.
 */
final class KernelChoice {
  static final String PROPERTY = "elbo.kernels";
  static final String MODULE = "jdk.incubator.vector";

  /** Found by name, because linking to it would need the Vector API wherever Elbo runs. */
  private static final String VECTOR_KERNELS =
      "dev.elbo.tensor.internal.kernel.vector.VectorKernels";

  /** Tiles of vectors count on four floats each. */
  private static final int LEAST_BITS = 128;

  /** Bound while something is planned that shall be at work soon. */
  static final ScopedValue<Kernels> SOONEST = ScopedValue.newInstance();

  private KernelChoice() {}

  /**
   * The kernels of this process.
   *
   * @throws IllegalArgumentException each time, if the property is wrong
   */
  static Kernels chosen() {
    return Chosen.KERNELS.get();
  }

  /** The scalar kernels, unless this process was told which to run. */
  static Kernels soonest() {
    return soonestIsBest() ? chosen() : Soonest.SCALAR;
  }

  static boolean soonestIsBest() {
    return Soonest.NAMED;
  }

  /**
   * @param requested what {@code -Delbo.kernels} says, or null
   * @param vectorPresent whether the Vector API can be linked to
   */
  static Kernels choose(@Nullable String requested, boolean vectorPresent) {
    return switch (requested) {
      case null -> {
        if (vectorPresent) {
          Kernels vector = vector();
          yield vector.vectorBits() < LEAST_BITS ? scalar() : vector;
        }
        System.getLogger("dev.elbo.tensor")
            .log(
                Level.WARNING,
                "Elbo runs its scalar kernels. Start Java with --add-modules {0} for faster ones, or"
                    + " with -Delbo.kernels=scalar to silence this line.",
                MODULE);
        yield scalar();
      }
      case "scalar" -> scalar();
      case "vector" -> {
        if (!vectorPresent) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "-Delbo.kernels=vector: expected the module %s, which this JVM was started"
                      + " without. Add --add-modules %s, or use -Delbo.kernels=scalar.",
                  MODULE,
                  MODULE));
        }
        Kernels vector = vector();
        if (vector.vectorBits() < LEAST_BITS) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "-Delbo.kernels=vector: expected vectors of %d bits or more, this JVM has %d. Use"
                      + " -Delbo.kernels=scalar.",
                  LEAST_BITS,
                  vector.vectorBits()));
        }
        yield vector;
      }
      default ->
          throw new IllegalArgumentException(
              "-Delbo.kernels: expected scalar or vector, received '"
                  + requested
                  + "'. Leave it out to use the fastest.");
    };
  }

  static boolean vectorPresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  static Kernels scalar() {
    return new KernelSet(
        "scalar", new ScalarGemmKernels(), new ScalarMathKernels(), new ScalarReductionKernels());
  }

  private static Kernels vector() {
    try {
      return Class.forName(VECTOR_KERNELS)
          .asSubclass(Kernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Elbo's own jar lacks " + VECTOR_KERNELS, e);
    }
  }

  /** Chooses when the kernels are first asked for. */
  private static final class Chosen {
    static final Supplier<Kernels> KERNELS =
        Once.of(() -> choose(System.getProperty(PROPERTY), vectorPresent()));
  }

  /** Apart from what is chosen, which takes long to load. */
  private static final class Soonest {
    /** Whether there is no choice left. */
    static final boolean NAMED = System.getProperty(PROPERTY) != null || !vectorPresent();

    static final Kernels SCALAR = scalar();
  }
}
