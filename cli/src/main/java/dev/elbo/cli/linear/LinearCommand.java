package dev.elbo.cli.linear;

import picocli.CommandLine.Command;

/** {@code elbo linear}: from a CSV file to a model whose alpha is chosen, and to predictions. */
@Command(
    name = "linear",
    description =
        "Fit linear models of values, classes or counts to a CSV file, and predict with them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {FitCommand.class, PathCommand.class, PredictCommand.class})
public final class LinearCommand {}
