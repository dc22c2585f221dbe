package dev.elbo.cli;

/**
 * A command that may hold back the end of the process while it works. What it failed with is
 * printed first, then the process may end.
 */
public interface HoldsExit {
  /** Called after the command, however it ended, when everything has been printed. */
  void releaseExit();
}
