#!/usr/bin/python3
"""Writes the golden values of nn's metrics: the value over three weighted batches taken together.

Run with Debian's python3-sklearn and python3-numpy.
"""

import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, mean_squared_error

import cases

rng = np.random.default_rng(20260105)
N = 12
WEIGHTS = rng.uniform(0.5, 2, size=N)


def metric_case(name, score, y, prediction, true, predicted, **settings):
    """score compares what is true with what is predicted, once with weights and once without."""
    return cases.case(
        name,
        "sklearn.metrics." + score.__name__,
        settings,
        yTrue=y,
        yPred=prediction,
        weights=WEIGHTS,
        plain=score(true, predicted),
        weighted=score(true, predicted, sample_weight=WEIGHTS),
    )


def main():
    classes = rng.integers(0, 4, size=N)
    one_hot = np.eye(4)[classes]
    shares = rng.dirichlet(np.ones(4), size=N)
    shares[:5] = 0.4 * shares[:5] + 0.6 * one_hot[:5]
    bits = rng.integers(0, 2, size=(N, 1))
    probabilities = rng.uniform(size=(N, 1))
    outputs = rng.normal(size=(N, 3))
    targets = rng.normal(size=(N, 3))
    decided = shares.argmax(-1)

    def binary(name, **settings):
        threshold = settings.get("threshold", 0.5)
        return metric_case(name, accuracy_score, bits, probabilities, bits[:, 0],
                           (probabilities[:, 0] > threshold).astype(int), **settings)

    lines = [
        binary("Accuracy"),
        metric_case("Accuracy", accuracy_score, one_hot, shares, classes, decided),
        metric_case("Accuracy", accuracy_score, classes, shares, classes, decided),
        binary("BinaryAccuracy"),
        binary("BinaryAccuracy", threshold=0.3),
        metric_case("CategoricalAccuracy", accuracy_score, one_hot, shares, classes, decided),
        metric_case("SparseCategoricalAccuracy", accuracy_score, classes, shares, classes, decided),
        metric_case("MeanSquaredError", mean_squared_error, targets, outputs, targets, outputs),
    ]
    cases.write("metrics.txt", "nn_metrics.py", ["scikit-learn " + sklearn.__version__, "NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
