#!/usr/bin/python3
"""Writes the golden values of the tour's row 4: scikit-learn's coefficients at a tight tolerance.

Run with Debian's python3-sklearn and python3-numpy.
"""

import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, Ridge

import cases

X = np.array([[1, 2], [2, 1], [3, 5], [4, 3], [5, 8], [6, 2]], dtype=float)
Y = np.array([1.1, 2.3, 2.8, 4.2, 4.9, 6.4])
TIGHT = dict(tol=1e-14, max_iter=10_000_000)


def main():
    estimators = [
        LinearRegression(),
        Ridge(1, solver="svd"),
        Lasso(0.1, **TIGHT),
        ElasticNet(0.1, l1_ratio=0.5, **TIGHT),
    ]
    lines = []
    for estimator in estimators:
        estimator.fit(X, Y)
        name = type(estimator).__name__
        found = np.append(estimator.coef_, estimator.intercept_)
        lines.append(cases.case(name, "sklearn.linear_model." + name, found=found))
    cases.write(
        "tour.txt",
        "tour.py",
        ["scikit-learn " + sklearn.__version__, "NumPy " + np.__version__],
        lines,
        module="cli",
    )


main()
