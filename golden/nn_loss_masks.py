#!/usr/bin/python3
"""Writes the golden values of masked losses: Keras 3's reduce_weighted_values, written out in NumPy.

Run with Debian's python3-numpy. For a mean, a mask becomes weights of n / (sum(mask) + 1e-7) for what is
kept and 0 for what is not, n the number of costs; for any other reduction it is the weights. They are
multiplied with the sample weights.
"""

import numpy as np

import cases

EPSILON = 1e-7
SOURCE = "formula of Keras 3: apply_mask, then reduce_weighted_values"
rng = np.random.default_rng(20260103)


def spread(weights, costs):
    """Weights of the first axes of the costs, for each of them."""
    return np.broadcast_to(weights.reshape(weights.shape + (1,) * (costs.ndim - weights.ndim)), costs.shape)


def reduced(costs, weights, mask, reduction):
    all_weights = spread(mask, costs)
    if reduction in ("mean", "sum_over_batch_size"):
        all_weights = all_weights * (costs.size / (all_weights.sum() + EPSILON))
    if weights is not None:
        all_weights = spread(weights, costs) * all_weights
    weighted = costs * all_weights
    if reduction == "none":
        return weighted
    if reduction == "sum":
        return weighted.sum()
    if reduction == "mean_with_sample_weight":
        return weighted.sum() / all_weights.sum() if all_weights.sum() else np.float64(0)
    return weighted.sum() / costs.size


def mask_case(name, y, p, weights, mask, reduction):
    costs = ((y - p) ** 2).mean(-1)
    arrays = dict(yTrue=y, yPred=p, mask=mask, cost=reduced(costs, weights, mask, reduction))
    if weights is not None:
        arrays["sampleWeight"] = weights
    return cases.case("MeanSquaredError " + name, SOURCE, {"reduction": reduction}, **arrays)


def main():
    y, p = rng.normal(size=(2, 5, 3))
    steps_y, steps_p = rng.normal(size=(2, 2, 3, 4))
    weights = np.array([1.0, 0.5, 2.0, 3.0, 0.0])
    mask = np.array([1.0, 0.0, 1.0, 0.0, 1.0])
    steps = np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    lines = []
    for reduction in ("sum_over_batch_size", "mean", "sum", "mean_with_sample_weight", "none"):
        lines += [
            mask_case("samples", y, p, None, mask, reduction),
            mask_case("weighed samples", y, p, weights, mask, reduction),
            mask_case("steps", steps_y, steps_p, None, steps, reduction),
            mask_case("steps of weighed samples", steps_y, steps_p, np.array([3.0, 0.25]), steps, reduction),
            mask_case("whole samples of steps", steps_y, steps_p, None, np.array([0.0, 1.0]), reduction),
            mask_case("nothing", y, p, weights, 0 * mask, reduction),
        ]
    cases.write("loss_masks.txt", "nn_loss_masks.py", ["NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
