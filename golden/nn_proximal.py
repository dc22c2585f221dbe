#!/usr/bin/python3
"""Writes what proximal penalties must lead a dense layer to: scikit-learn's Lasso and ElasticNet at their
tightest tolerances.

Run with Debian's python3-sklearn: golden/nn_proximal.py

The mean squared error has no 1/2, so l1 is 2 * alpha * l1_ratio and l2 is alpha * (1 - l1_ratio).
"""

import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet, Lasso

import cases

TIGHT = dict(tol=1e-15, max_iter=10_000_000)


def data(n, p, seed):
    rng = np.random.RandomState(seed)
    x = rng.randn(n, p)
    x[:, 1:] += 0.5 * x[:, :-1]
    truth = np.where(np.arange(p) % 3 == 0, rng.randn(p) + 1, 0)
    return x, x @ truth + 3 + 0.5 * rng.randn(n)


def proximal_case(name, estimator, settings, n=60, p=12):
    x, y = data(n, p, 5)
    estimator.fit(x, y)
    return cases.case(name, "sklearn.linear_model." + type(estimator).__name__, settings, x=x, y=y[:, None],
                      coefficients=estimator.coef_[:, None], intercept=[estimator.intercept_])


def main():
    lines = [
        proximal_case("L1", Lasso(alpha=0.05, **TIGHT), dict(l1=0.1)),
        proximal_case("L1", Lasso(alpha=0.5, **TIGHT), dict(l1=1.0)),
        proximal_case("L1L2", ElasticNet(alpha=0.4, l1_ratio=0.75, **TIGHT), dict(l1=0.6, l2=0.1)),
        proximal_case("L1 nonnegative", Lasso(alpha=0.1, positive=True, **TIGHT), dict(l1=0.2)),
    ]
    cases.write("proximal.txt", "nn_proximal.py", ["scikit-learn " + sklearn.__version__, "NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
