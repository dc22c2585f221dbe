package dev.elbo.cli.linear;

import dev.elbo.cli.ElboVersion;
import dev.elbo.cli.Shell;
import dev.elbo.data.internal.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/**
 * Where a model comes from.
 *
 * @param command what fits it again
 * @param data the file
 * @param sha256 of the file
 * @param json settings, scores, certificate and the rest, for the model's file
 */
record Provenance(String command, Path data, String sha256, Map<String, Object> json) {

  static Provenance of(LinearFit fit, Path data, ParseResult parsed) {
    LinearSettings settings = fit.settings();
    String hash = hash(data);
    String command = command(parsed);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("command", command);
    json.put("data", data.toString());
    json.put("sha256", hash);
    json.put("rows", fit.data().rows());
    json.put("penalty", settings.penalty().option());
    json.put("family", settings.family().option());
    json.put("alpha", fit.chosen().alpha());
    json.put("l1Ratio", settings.l1Ratio());
    json.put("standardized", settings.standardize());
    if (settings.standardize()) {
      json.put("deviations", fit.data().deviations());
    }
    json.put("folds", settings.folds());
    json.put("seed", settings.seed());
    json.put("trainScore", finite(fit.chosen().trainScore()));
    json.put("validationScore", finite(fit.chosen().validationScore()));
    json.put("dualityGap", finite(fit.model().dualityGap()));
    json.put("kktResidual", finite(fit.model().kktResidual()));
    json.put("iterations", fit.model().iterations());
    json.put("converged", fit.model().converged());
    json.put("proofs", fit.model().certificate().proofs().stream().map(FitTables::proof).toList());
    json.put("elbo", ElboVersion.elbo());
    return new Provenance(command, data, hash, json);
  }

  /** JSON has no word for numbers that are not finite. */
  private static Object finite(double value) {
    return Double.isFinite(value) ? value : Double.toString(value);
  }

  private static String command(ParseResult parsed) {
    List<String> arguments =
        parsed.commandSpec().root().commandLine().getParseResult().originalArgs();
    return "elbo " + arguments.stream().map(Shell::word).collect(Collectors.joining(" "));
  }

  private static String hash(Path file) {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = Files.newInputStream(file);
        OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(hashed);
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
