#!/usr/bin/python3
"""Writes the golden values of nn's regularizers: the penalty and its gradient, in float64.

Run with Debian's python3-torch and python3-numpy.
"""

import numpy as np
import torch

import cases

rng = np.random.default_rng(20260104)


def regularizer_case(name, function, source="torch.norm", **settings):
    w = rng.normal(size=(4, 3))
    w[1, 2] = 0
    weights = torch.tensor(w).requires_grad_(True)
    penalty = function(weights)
    penalty.backward()
    return cases.case(name, source, settings, weights=weights, penalty=penalty, gradient=weights.grad)


def l1(w):
    return torch.norm(w, 1)


def l2(w):
    return torch.norm(w, 2) ** 2


def orthogonal(w, factor=0.01, columns=False):
    """The formula of Keras 3."""
    rows = w.T if columns else w
    rows = rows * (rows**2).sum(1, keepdim=True).rsqrt().clamp(max=1e7)
    size = rows.shape[0]
    products = (rows @ rows.T) * (1 - torch.eye(size, dtype=torch.float64))
    return factor * 0.5 * products.abs().sum() / (size * (size - 1.0) / 2.0)


def group_l2(w, factor=0.01, axis=0):
    """Yuan and Lin's penalty with groups numbered by an axis."""
    groups = torch.movedim(w, axis, 0).reshape(w.shape[axis], -1)
    return factor * groups.shape[1] ** 0.5 * torch.linalg.vector_norm(groups, dim=1).sum()


def main():
    lines = [
        regularizer_case("L1", lambda w: 0.01 * l1(w)),
        regularizer_case("L1", lambda w: 0.3 * l1(w), l1=0.3),
        regularizer_case("L2", lambda w: 0.01 * l2(w)),
        regularizer_case("L2", lambda w: 0.3 * l2(w), l2=0.3),
        regularizer_case("L1L2", lambda w: 0.01 * l1(w) + 0.01 * l2(w)),
        regularizer_case("L1L2", lambda w: 0.3 * l1(w) + 0.2 * l2(w), l1=0.3, l2=0.2),
        regularizer_case("OrthogonalRegularizer", orthogonal, "formula of Keras 3"),
        regularizer_case("OrthogonalRegularizer", lambda w: orthogonal(w, 0.3, True), "formula of Keras 3", factor=0.3,
                         mode="columns"),
        regularizer_case("GroupL2", group_l2, "torch.linalg.vector_norm"),
        regularizer_case("GroupL2", lambda w: group_l2(w, 0.3, 1), "torch.linalg.vector_norm", factor=0.3, axis=-1),
    ]
    cases.write("regularizers.txt", "nn_regularizers.py", ["PyTorch " + torch.__version__, "NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
