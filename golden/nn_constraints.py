#!/usr/bin/python3
"""Writes the golden values of nn's constraints: weights after a step, and what they are brought back to.

Run with Debian's python3-numpy. The formulas are those of Keras 3, its epsilon 1e-7.
"""

import numpy as np

import cases

EPSILON = 1e-7
rng = np.random.default_rng(20260105)


def norms(w, axes):
    return np.sqrt(np.sum(np.square(w), axis=tuple(axes), keepdims=True))


def max_norm(w, max_value=2, axes=(0,)):
    n = norms(w, axes)
    return w * (np.clip(n, 0, max_value) / (EPSILON + n))


def min_max_norm(w, min_value=0.0, max_value=1.0, rate=1.0, axes=(0,)):
    n = norms(w, axes)
    desired = rate * np.clip(n, min_value, max_value) + (1 - rate) * n
    return w * (desired / (EPSILON + n))


def non_neg(w):
    return w * (w >= 0.0)


def unit_norm(w, axes=(0,)):
    return w / (EPSILON + norms(w, axes))


def constraint_case(name, function, shape=(4, 3), **settings):
    """Weights whose norms, column by column, are below, between and above the bounds; one column of zeros."""
    w = rng.normal(size=shape) * np.logspace(-1.5, 1, shape[-1])
    if shape[-1] > 3:
        w[..., 1] = 0
    return cases.case(name, "formula of Keras 3", settings, weights=w, result=function(w))


def main():
    lines = [
        constraint_case("MaxNorm", max_norm, (4, 5)),
        constraint_case("MaxNorm", lambda w: max_norm(w, 0.5, (1,)), maxValue=0.5, axis=[1]),
        constraint_case("MaxNorm", lambda w: max_norm(w, 1.5, (0, 1, 2)), (2, 3, 2, 4), maxValue=1.5, axis=[0, 1, 2]),
        constraint_case("MinMaxNorm", min_max_norm, (4, 5)),
        constraint_case("MinMaxNorm", lambda w: min_max_norm(w, 0.5, 2, 0.25), (4, 5), minValue=0.5, maxValue=2, rate=0.25),
        constraint_case("MinMaxNorm", lambda w: min_max_norm(w, 1, 1, 1, (-1,)), minValue=1, maxValue=1, axis=[-1]),
        constraint_case("NonNeg", non_neg),
        constraint_case("NonNeg", non_neg, (7,)),
        constraint_case("UnitNorm", unit_norm, (4, 5)),
        constraint_case("UnitNorm", lambda w: unit_norm(w, (0, 1, 2)), (2, 3, 2, 4), axis=[0, 1, 2]),
    ]
    cases.write("constraints.txt", "nn_constraints.py", ["NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
