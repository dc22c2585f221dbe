#!/usr/bin/python3
"""Writes the golden values of the linear models with other losses and of several targets: what scikit-learn
finds at its tightest tolerances.

Run with Debian's python3-sklearn: golden/linear_families.py

Each case has x, y, weights (ones when there are none), the coefficients, the intercept and, for Huber, the
scale. Of several targets, y and the coefficients have one row a sample and a feature.
"""

import warnings

import numpy as np
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import (
    HuberRegressor,
    LogisticRegression,
    MultiTaskElasticNet,
    MultiTaskLasso,
    PoissonRegressor,
)

import cases

warnings.simplefilter("ignore", ConvergenceWarning)


def data(n, p, seed):
    rng = np.random.RandomState(seed)
    x = rng.randn(n, p)
    x[:, 1:] += 0.5 * x[:, :-1]
    x += np.linspace(-0.5, 0.5, p)
    truth = np.where(np.arange(p) % 3 == 0, rng.randn(p) + 1, 0)
    return rng, x, 0.5 * (x @ truth) + 0.3, rng.uniform(0.2, 2, n)


def single():
    for shape, (n, p, seed) in dict(tall=(60, 6, 1), wide=(20, 30, 2)).items():
        rng, x, eta, weights = data(n, p, seed)
        classes = (rng.uniform(size=n) < 1 / (1 + np.exp(-eta))).astype(float)
        counts = rng.poisson(np.exp(np.clip(eta, -3, 2))).astype(float)
        values = eta + 0.3 * rng.standard_t(2, n)
        for intercept in (True, False):
            for c, ratio in ((0.5, 0), (2, 0), (0.5, 1), (3, 1), (1, 0.5)):
                penalty = {0: "l2", 1: "l1"}.get(ratio, "elasticnet")
                yield "LogisticRegression", shape, c, ratio, intercept, x, classes, weights, LogisticRegression(
                    C=c,
                    penalty=penalty,
                    l1_ratio=ratio if penalty == "elasticnet" else None,
                    solver="newton-cg" if ratio == 0 else "saga",
                    fit_intercept=intercept,
                    tol=1e-14,
                    max_iter=30_000,
                )
            for alpha in (0.1, 1.0):
                yield "PoissonRegression", shape, alpha, 0, intercept, x, counts, weights, PoissonRegressor(
                    alpha=alpha, fit_intercept=intercept, solver="newton-cholesky", tol=1e-13, max_iter=10_000
                )
            for alpha in (0.1, 2.0) if shape == "tall" else ():
                yield "HuberRegression", shape, alpha, 0, intercept, x, values, weights, HuberRegressor(
                    alpha=alpha, fit_intercept=intercept, tol=1e-11, max_iter=100_000
                )


def several():
    rng, x, eta, _ = data(30, 12, 3)
    y = np.stack([eta, -eta + x[:, 1], x[:, 6]], axis=1) + 0.3 * rng.randn(30, 3)
    for intercept in (True, False):
        common = dict(fit_intercept=intercept, tol=1e-14, max_iter=1_000_000)
        for alpha in (0.05, 0.4):
            yield "MultiTaskLasso", alpha, 1, intercept, x, y, MultiTaskLasso(alpha, **common)
        yield "MultiTaskElasticNet", 0.2, 0.6, intercept, x, y, MultiTaskElasticNet(0.2, l1_ratio=0.6, **common)


def settings(alpha, ratio, intercept):
    return dict(alpha=alpha, l1Ratio=ratio, intercept=str(intercept).lower())


def all_cases():
    for name, shape, alpha, ratio, intercept, x, y, weights, model in single():
        for weighted in (False, True):
            used = weights if weighted else np.ones(len(y))
            model.fit(x, y, sample_weight=used)
            extra = dict(scale=model.scale_) if name == "HuberRegression" else {}
            yield cases.case(
                "%s %s alpha=%s l1Ratio=%s intercept=%s weighted=%s" % (name, shape, alpha, ratio, intercept, weighted),
                "sklearn.linear_model." + " ".join(repr(model).split()),
                settings(alpha, ratio, intercept),
                x=x,
                y=y,
                weights=used,
                coefficients=model.coef_,
                intercept=np.ravel(model.intercept_),
                **extra,
            )
    for name, alpha, ratio, intercept, x, y, model in several():
        model.fit(x, y)
        yield cases.case(
            "%s alpha=%s l1Ratio=%s intercept=%s" % (name, alpha, ratio, intercept),
            "sklearn.linear_model." + " ".join(repr(model).split()),
            settings(alpha, ratio, intercept),
            x=x,
            y=y,
            coefficients=model.coef_.T,
            intercept=np.ravel(model.intercept_ * np.ones(3)),
        )


versions = ["scikit-learn " + sklearn.__version__, "NumPy " + np.__version__]
cases.write("linear_families.txt", "linear_families.py", versions, all_cases(), module="linear")
