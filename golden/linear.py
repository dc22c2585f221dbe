#!/usr/bin/python3
"""Writes the golden values of the linear models: what scikit-learn finds at its tightest tolerances.

Run with Debian's python3-sklearn: golden/linear.py

The first cases, "data NAME", have x, y and weights: "tall" 40 samples of 8 correlated features, "wide" 12
of 20, "holes" 50 of 10 that are mostly 0, one feature always (scikit-learn is given a sparse matrix where it
takes one). Each other case has the coefficients and the intercept, and says which estimator with which
settings made them. A case without a unique solution is left out.
"""

import warnings

import numpy as np
import scipy.sparse
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, Ridge

import cases

warnings.simplefilter("ignore", ConvergenceWarning)
TIGHT = dict(tol=1e-14, max_iter=10_000_000)


def data(n, p, seed):
    rng = np.random.RandomState(seed)
    x = rng.randn(n, p)
    x[:, 1:] += 0.5 * x[:, :-1]
    x += np.linspace(-1, 2, p)
    truth = np.where(np.arange(p) % 3 == 0, rng.randn(p) + 1, 0)
    y = x @ truth + 3 + 0.5 * rng.randn(n)
    return x, y, rng.uniform(0.1, 2, n)


def holes(n, p, seed):
    x, _, weights = data(n, p, seed)
    rng = np.random.RandomState(seed + 100)
    x[rng.uniform(size=x.shape) < 0.75] = 0
    x[:, p // 2] = 0
    truth = np.where(np.arange(p) % 3 == 0, rng.randn(p) + 1, 0)
    return x, x @ truth + 3 + 0.5 * rng.randn(n), weights


DATA = dict(tall=data(40, 8, 1), wide=data(12, 20, 2), holes=holes(50, 10, 3))


def estimators(intercept, positive, shape):
    common = dict(fit_intercept=intercept, positive=positive)
    if not (shape == "wide" and positive):
        yield "LinearRegression", 0, 0, LinearRegression(**common)
    for alpha in (0.01, 3.0):
        solver = "lbfgs" if positive else "cholesky" if shape == "holes" else "svd"
        yield "Ridge", alpha, 0, Ridge(alpha, solver=solver, **common, **TIGHT)
    for alpha in (0.02, 0.3):
        yield "Lasso", alpha, 1, Lasso(alpha, **common, **TIGHT)
    for alpha, ratio in ((0.1, 0.5), (0.5, 0.9)):
        yield "ElasticNet", alpha, ratio, ElasticNet(alpha, l1_ratio=ratio, **common, **TIGHT)


def least_length(x, y, weights, intercept):
    """What LinearRegression promises where p > n. Its own answer is off when there is an intercept:
    centring leaves a singular value of 2e-16 of the largest, which it takes for a direction."""
    mean, target = (weights @ x / weights.sum(), weights @ y / weights.sum()) if intercept else (0, 0)
    root = np.sqrt(weights)
    b = np.linalg.pinv((x - mean) * root[:, None], rcond=1e-12) @ ((y - target) * root)
    return b, target - np.sum(mean * b)


def all_cases():
    for shape, (x, y, weights) in DATA.items():
        yield cases.case("data " + shape, "numpy.random.RandomState", x=x, y=y, weights=weights)
    for shape, (x, y, weights) in DATA.items():
        for intercept in (True, False):
            for weighted in (False, True):
                for positive in (False, True):
                    for name, alpha, ratio, model in estimators(intercept, positive, shape):
                        used = weights if weighted else np.ones(len(y))
                        sparse = shape == "holes" and name in ("Lasso", "ElasticNet")
                        given = scipy.sparse.csc_matrix(x) if sparse else x
                        model.fit(given, y, sample_weight=used if weighted else None)
                        coefficients, constant = model.coef_, model.intercept_
                        source = "sklearn.linear_model." + repr(model).replace("\n", "")
                        source += ".fit(scipy.sparse.csc_matrix)" if sparse else ""
                        if name == "LinearRegression" and not positive and shape != "tall":
                            coefficients, constant = least_length(x, y, used, intercept)
                            source = "numpy.linalg.pinv"
                        options = dict(intercept=intercept, weighted=weighted, positive=positive)
                        options = {key: str(value).lower() for key, value in options.items()}
                        yield cases.case(
                            "%s %s alpha=%s l1Ratio=%s intercept=%s weighted=%s positive=%s"
                            % (name, shape, alpha, ratio, intercept, weighted, positive),
                            source,
                            dict(data=shape, alpha=alpha, l1Ratio=ratio, **options),
                            coefficients=coefficients,
                            intercept=constant,
                        )


versions = ["scikit-learn " + sklearn.__version__, "NumPy " + np.__version__]
cases.write("linear.txt", "linear.py", versions, all_cases(), module="linear")
