package dev.elbo.nn;

import dev.elbo.data.internal.Sha256;
import dev.elbo.nn.internal.Bytes;
import dev.elbo.tensor.Variable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** A short text that two sets of weights share if, and only if, all their bits are the same. */
final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256 over name, shape, type and little-endian bytes of each weight, in order. */
  static String of(Map<String, Variable> weights) {
    MessageDigest digest = Sha256.digest();
    weights.forEach((name, variable) -> {
      String head = name + " " + variable.shape() + " " + variable.dtype() + "\n";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      digest.update(Bytes.littleEndian(variable.value()));
    });
    return HexFormat.of().formatHex(digest.digest());
  }
}
