package dev.elbo.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The backends that tests hold against each other. */
final class Backends {

  private Backends() {}

  static List<Kernels> all() {
    // Without the module the vector kernels would go untested, and nobody would notice.
    assertThat(KernelChoice.vectorPresent()).as("--add-modules jdk.incubator.vector").isTrue();
    return List.of(Kernels.scalar(), KernelChoice.choose("vector", true));
  }
}
