#!/usr/bin/python3
"""Writes the diabetes data, and what scikit-learn fits to it, for the tests of elbo linear.

Run with Debian's python3-sklearn: golden/diabetes.py

The data are the 442 patients of Efron, Hastie, Johnstone, Tibshirani: Least Angle Regression, Annals of
Statistics 32 (2004), in their own units, as scikit-learn ships them (BSD-3-Clause). Coefficients are
those of the columns' own units; where columns are standardised they are scikit-learn's, divided by the
deviations.
"""

import csv
import pathlib
import platform

import numpy as np
import sklearn
from sklearn.datasets import load_diabetes
from sklearn.linear_model import ElasticNet, Lasso, Ridge, lars_path
from sklearn.preprocessing import StandardScaler

ROOT = pathlib.Path(__file__).resolve().parent.parent / "cli/src/test/resources/dev/elbo/cli/linear"
TIGHT = dict(tol=1e-14, max_iter=10_000_000)

data = load_diabetes(scaled=False)
names, x, y = list(data.feature_names), data.data, data.target


def fit(model, standardize):
    scaler = StandardScaler(with_std=standardize).fit(x)
    model.fit(scaler.transform(x), y)
    b = model.coef_ / (scaler.scale_ if standardize else 1)
    return [float(model.intercept_ - scaler.mean_ @ b)] + [float(value) for value in b]


cases = [
    ("--penalty lasso --alpha 1", Lasso(1, **TIGHT), True),
    ("--penalty lasso --alpha 10", Lasso(10, **TIGHT), True),
    ("--penalty lasso --alpha 1 --no-standardize", Lasso(1, **TIGHT), False),
    ("--penalty elasticnet --l1-ratio 0.7 --alpha 0.5", ElasticNet(0.5, l1_ratio=0.7, **TIGHT), True),
    ("--penalty ridge --alpha 50", Ridge(50, solver="svd"), True),
    ("--penalty ridge --alpha 50 --no-standardize", Ridge(50, solver="svd"), False),
]
alphas, _, path = lars_path(StandardScaler().fit_transform(x), y - y.mean(), method="lasso")
five = [(alphas[i + 1], alphas[i]) for i in range(len(alphas) - 1)
        if np.sum((path[:, i] != 0) | (path[:, i + 1] != 0)) == 5]

ROOT.mkdir(parents=True, exist_ok=True)
with open(ROOT / "diabetes.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names + ["target"])
    for row in np.column_stack([x, y]):
        writer.writerow([repr(float(value)).removesuffix(".0") for value in row])
with open(ROOT / "diabetes-fits.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["options", "intercept"] + names)
    for options, model, standardize in cases:
        writer.writerow([options] + [repr(value) for value in fit(model, standardize)])
(ROOT / "diabetes.txt").write_text(
    "diabetes.csv and diabetes-fits.csv are written by golden/diabetes.py with scikit-learn %s on Python %s.\n"
    "\n"
    "The data are those of Efron, Hastie, Johnstone, Tibshirani: Least Angle Regression, Annals of Statistics\n"
    "32 (2004), https://www4.stat.ncsu.edu/~boos/var.select/diabetes.html, as scikit-learn ships them under the\n"
    "BSD-3-Clause licence (copyright 2007-2022 The scikit-learn developers).\n"
    "\n"
    "Lasso on standardised columns leaves 5 features for alpha in: %s\n"
    % (sklearn.__version__, platform.python_version(), ", ".join("(%.6f, %.6f)" % each for each in five)))
print(ROOT)
