#!/usr/bin/python3
"""Writes the golden values of the linear models with other losses and of several targets: what scikit-learn
finds at its tightest tolerances.

Run with Debian's python3-sklearn: golden/linear_families.py

The first cases, "data NAME", have x, weights, and y as classes, counts and values, or with one row of targets a
sample: "holes" is mostly 0, one feature always (scikit-learn is given a sparse matrix). Each other case has the
coefficients (of several targets, one row a feature), the intercept and, for Huber, the scale.
"""

import warnings

import numpy as np
import scipy.optimize
import scipy.sparse
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import (
    HuberRegressor,
    LogisticRegression,
    MultiTaskElasticNet,
    MultiTaskLasso,
    PoissonRegressor,
)
from sklearn.linear_model._huber import _huber_loss_and_gradient

import cases

warnings.simplefilter("ignore", ConvergenceWarning)


def data(n, p, seed):
    rng = np.random.RandomState(seed)
    x = rng.randn(n, p)
    x[:, 1:] += 0.5 * x[:, :-1]
    x += np.linspace(-0.5, 0.5, p)
    truth = np.where(np.arange(p) % 3 == 0, rng.randn(p) + 1, 0)
    return rng, x, 0.5 * (x @ truth) + 0.3, rng.uniform(0.2, 2, n)


def single_data(n, p, seed, mostly_zero=False):
    rng, x, eta, weights = data(n, p, seed)
    if mostly_zero:
        x[np.random.RandomState(seed + 100).uniform(size=x.shape) < 0.7] = 0
        x[:, p // 2] = 0
        eta = x @ np.where(np.arange(p) % 3 == 0, 1, -0.2) + 0.3
    return dict(
        x=x,
        classes=(rng.uniform(size=n) < 1 / (1 + np.exp(-eta))).astype(float),
        counts=rng.poisson(np.exp(np.clip(eta, -3, 2))).astype(float),
        values=eta + 0.3 * rng.standard_t(2, n),
        weights=weights,
    )


def several_data():
    rng, x, eta, _ = data(30, 12, 3)
    return dict(x=x, y=np.stack([eta, -eta + x[:, 1], x[:, 6]], axis=1) + 0.3 * rng.randn(30, 3))


DATA = dict(tall=single_data(60, 6, 1), wide=single_data(20, 30, 2), holes=single_data(70, 9, 4, True))
SEVERAL = several_data()


def single():
    for shape in DATA:
        for intercept in (True, False):
            for c, ratio in ((0.5, 0), (2, 0), (0.5, 1), (3, 1), (1, 0.5)):
                penalty = {0: "l2", 1: "l1"}.get(ratio, "elasticnet")
                yield "LogisticRegression", shape, "classes", c, ratio, intercept, LogisticRegression(
                    C=c,
                    penalty=penalty,
                    l1_ratio=ratio if penalty == "elasticnet" else None,
                    solver="newton-cg" if ratio == 0 else "saga",
                    fit_intercept=intercept,
                    tol=1e-14,
                    max_iter=30_000,
                )
            for alpha in (0.1, 1.0):
                yield "PoissonRegression", shape, "counts", alpha, 0, intercept, PoissonRegressor(
                    alpha=alpha,
                    fit_intercept=intercept,
                    solver="lbfgs" if shape == "holes" else "newton-cholesky",
                    tol=1e-13,
                    max_iter=10_000,
                )
            for alpha in () if shape == "wide" else (0.1, 2.0):
                yield "HuberRegression", shape, "values", alpha, 0, intercept, HuberRegressor(
                    alpha=alpha, fit_intercept=intercept, tol=1e-11, max_iter=100_000
                )


def several():
    for intercept in (True, False):
        common = dict(fit_intercept=intercept, tol=1e-14, max_iter=1_000_000)
        for alpha in (0.05, 0.4):
            yield "MultiTaskLasso", alpha, 1, intercept, MultiTaskLasso(alpha, **common)
        yield "MultiTaskElasticNet", 0.2, 0.6, intercept, MultiTaskElasticNet(0.2, l1_ratio=0.6, **common)


def go_on(model, x, y, weights):
    """HuberRegressor ends where its objective falls by less than 2e-9 of it: its own objective, from there on."""
    parameters = np.concatenate([model.coef_, [model.intercept_] if model.fit_intercept else [], [model.scale_]])
    bounds = [(-np.inf, np.inf)] * (len(parameters) - 1) + [(1e-12, np.inf)]
    for _ in range(5):
        parameters = scipy.optimize.minimize(
            _huber_loss_and_gradient,
            parameters,
            jac=True,
            args=(x, y, model.epsilon, model.alpha, weights),
            method="L-BFGS-B",
            bounds=bounds,
            options=dict(ftol=0, gtol=1e-11, maxiter=100_000),
        ).x
    p = x.shape[1]
    model.coef_, model.scale_ = parameters[:p], parameters[-1]
    model.intercept_ = parameters[p] if model.fit_intercept else 0.0


def settings(data, target, alpha, ratio, intercept, weighted):
    return dict(
        data=data,
        target=target,
        alpha=alpha,
        l1Ratio=ratio,
        intercept=str(intercept).lower(),
        weighted=str(weighted).lower(),
    )


def all_cases():
    for name, arrays in dict(DATA, several=SEVERAL).items():
        yield cases.case("data " + name, "numpy.random.RandomState", **arrays)
    for name, shape, target, alpha, ratio, intercept, model in single():
        own = DATA[shape]
        x = scipy.sparse.csr_matrix(own["x"]) if shape == "holes" else own["x"]
        for weighted in (False, True):
            used = own["weights"] if weighted else np.ones(x.shape[0])
            model.fit(x, own[target], sample_weight=used)
            if name == "HuberRegression":
                go_on(model, x, own[target], used)
            extra = dict(scale=model.scale_) if name == "HuberRegression" else {}
            yield cases.case(
                "%s %s alpha=%s l1Ratio=%s intercept=%s weighted=%s" % (name, shape, alpha, ratio, intercept, weighted),
                "sklearn.linear_model."
                + " ".join(repr(model).split())
                + (".fit(scipy.sparse.csr_matrix)" if shape == "holes" else ""),
                settings(shape, target, alpha, ratio, intercept, weighted),
                coefficients=model.coef_,
                intercept=np.ravel(model.intercept_),
                **extra,
            )
    for name, alpha, ratio, intercept, model in several():
        model.fit(SEVERAL["x"], SEVERAL["y"])
        yield cases.case(
            "%s alpha=%s l1Ratio=%s intercept=%s" % (name, alpha, ratio, intercept),
            "sklearn.linear_model." + " ".join(repr(model).split()),
            settings("several", "y", alpha, ratio, intercept, False),
            coefficients=model.coef_.T,
            intercept=np.ravel(model.intercept_ * np.ones(3)),
        )


versions = ["scikit-learn " + sklearn.__version__, "NumPy " + np.__version__]
cases.write("linear_families.txt", "linear_families.py", versions, all_cases(), module="linear")
