package dev.elbo.cli;

/** A command that may need more memory than Java has, and can do with less. */
public interface NeedsMemory {
  /** What makes it need less, with the options' names: "leave columns out (--exclude)". */
  String lessMemory();
}
