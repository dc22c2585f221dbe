package dev.elbo.nn;

import dev.elbo.nn.internal.Bytes;
import dev.elbo.tensor.Variable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A short text that two sets of weights share if, and only if, all their bits are the same. */
final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256 over name, shape, type and little-endian bytes of each weight, in order. */
  static String of(Map<String, Variable> weights) {
    MessageDigest digest = sha256();
    weights.forEach((name, variable) -> {
      String head = name + " " + variable.shape() + " " + variable.dtype() + "\n";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      digest.update(Bytes.littleEndian(variable.value()));
    });
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
