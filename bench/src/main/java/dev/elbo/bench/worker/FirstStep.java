package dev.elbo.bench.worker;

/** A process that trains one step and ends, for the time from its start to the end of the step. */
public final class FirstStep {
  /** The lecture's model at batch 32. */
  public static final Net NET = Net.mlp(128, 0.2, 0);

  public static final int BATCH = 32;

  private FirstStep() {}

  /**
   * Prints the loss.
   *
   * @param directory where the shared arrays lie
   */
  public static void run(Worker worker, String directory) {
    try (Session session = worker.train(new TrainSetting(NET, BATCH, 1, false, directory))) {
      System.out.println("first step: loss " + session.values(1)[0]);
      System.out.flush();
    }
  }
}
