package dev.elbo.bench;

/** Another library's matrix product of float32 arrays. */
public interface GemmPeer {

  /** As reports name it. */
  String name();

  /** What it found out about this machine; printed once. */
  String description();

  /** Sets how many threads later products use. */
  void threads(int count);

  /** {@code C[m, n] = op(A) op(B)} over row-major arrays without gaps. */
  void multiply(
      boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, float[] c);

  /**
   * How long its threads may keep a core busy after a product. What is measured next waits so long,
   * or it would be measured beside them.
   */
  int settleMillis();
}
