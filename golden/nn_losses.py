#!/usr/bin/python3
"""Writes the golden values of nn's losses: the cost of each sample, and the gradient of the mean cost
with respect to the predictions, in float64.

Run with Debian's python3-torch and python3-numpy. Where PyTorch has no function with Keras's
semantics (clipping, renormalising), the formula of Keras on TensorFlow is written out below in torch
operations, and torch's autograd gives the gradient; the case's source says so.
"""

import numpy as np
import torch
import torch.nn.functional as F

import cases

EPSILON = 1e-7
rng = np.random.default_rng(20260101)


def tensor(values):
    return torch.tensor(np.asarray(values, dtype=np.float64))


def loss_case(name, source, y, predictions, function, **settings):
    """A case of a loss; function takes labels and predictions and gives the cost of each sample."""
    p = tensor(predictions).requires_grad_(True)
    labels = torch.tensor(np.asarray(y))
    per_sample = function(labels, p)
    per_sample.mean().backward()
    return cases.case(name, source, settings, yTrue=y, yPred=p, perSample=per_sample, gradient=p.grad)


def clipped_binary(y, p, smoothing=0.0):
    y = y * (1 - smoothing) + 0.5 * smoothing
    p = p.clamp(EPSILON, 1 - EPSILON)
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean(-1)


def clipped_categorical(y, p, smoothing=0.0):
    y = y * (1 - smoothing) + smoothing / y.shape[-1]
    p = (p / p.sum(-1, keepdim=True)).clamp(EPSILON, 1 - EPSILON)
    return -(y * p.log()).sum(-1)


def clipped_sparse(y, p):
    z = p.clamp(EPSILON, 1 - EPSILON).log()
    return torch.logsumexp(z, -1) - z.gather(-1, y.long().unsqueeze(-1)).squeeze(-1)


def clipped_kl(p, q):
    p = p.clamp(EPSILON, 1)
    q = q.clamp(EPSILON, 1)
    return (p * (p / q).log()).sum(-1)


def main():
    targets = rng.normal(size=(4, 3))
    outputs = rng.normal(size=(4, 3))
    bits = rng.integers(0, 2, size=(4, 3)).astype(np.float64)
    logits = rng.normal(scale=3, size=(4, 5))
    binary_logits = np.concatenate([rng.normal(scale=3, size=(3, 3)), [[40.0, -40.0, 700.0]]])
    probabilities = rng.uniform(0.05, 0.95, size=(4, 3))
    saturated = np.array([[0.0, 1.0, 0.5], [1e-9, 1 - 1e-9, 0.25], [1.0, 0.0, 0.75], [0.2, 0.3, 0.4]])
    classes = np.array([3, 0, 4, 1])
    one_hot = np.eye(5)[classes]
    soft = rng.dirichlet(np.ones(5), size=4)
    shares = rng.dirichlet(np.ones(5), size=4)
    unnormalised = rng.uniform(0.1, 0.9, size=(4, 5))
    far = np.array([[1e-9, 0.5, 0.2, 0.2, 0.1], [0.0, 0.0, 1.0, 0.0, 0.0], [2.0, 3.0, -1.0, 0.5, 4.0], [0.2] * 5])
    keras = "formula of Keras on TensorFlow"

    lines = [
        loss_case("MeanSquaredError", "F.mse_loss", targets, outputs,
                  lambda y, p: F.mse_loss(p, y, reduction="none").mean(-1)),
        loss_case("BinaryCrossentropy probabilities", "F.binary_cross_entropy", bits, probabilities,
                  lambda y, p: F.binary_cross_entropy(p, y, reduction="none").mean(-1)),
        loss_case("BinaryCrossentropy saturated", keras, bits, saturated, clipped_binary),
        loss_case("BinaryCrossentropy smoothed", keras, bits, probabilities,
                  lambda y, p: clipped_binary(y, p, 0.2), labelSmoothing=0.2),
        loss_case("BinaryCrossentropy logits", "F.binary_cross_entropy_with_logits", bits, binary_logits,
                  lambda y, z: F.binary_cross_entropy_with_logits(z, y, reduction="none").mean(-1),
                  fromLogits="true"),
        loss_case("BinaryCrossentropy smoothed logits", "F.binary_cross_entropy_with_logits", bits, binary_logits,
                  lambda y, z: F.binary_cross_entropy_with_logits(z, y * 0.9 + 0.05, reduction="none").mean(-1),
                  fromLogits="true", labelSmoothing=0.1),
        loss_case("CategoricalCrossentropy probabilities", keras, one_hot, shares, clipped_categorical),
        loss_case("CategoricalCrossentropy renormalised", keras, soft, unnormalised, clipped_categorical),
        loss_case("CategoricalCrossentropy saturated", keras, one_hot, np.maximum(far, 0), clipped_categorical),
        loss_case("CategoricalCrossentropy smoothed", keras, one_hot, shares,
                  lambda y, p: clipped_categorical(y, p, 0.1), labelSmoothing=0.1),
        loss_case("CategoricalCrossentropy logits", "F.cross_entropy", soft, logits,
                  lambda y, z: F.cross_entropy(z, y, reduction="none"), fromLogits="true"),
        loss_case("CategoricalCrossentropy smoothed logits", "F.cross_entropy", one_hot, logits,
                  lambda y, z: F.cross_entropy(z, y, reduction="none", label_smoothing=0.1),
                  fromLogits="true", labelSmoothing=0.1),
        loss_case("SparseCategoricalCrossentropy probabilities", keras, classes, shares, clipped_sparse),
        loss_case("SparseCategoricalCrossentropy clipped", keras, classes, far, clipped_sparse),
        loss_case("SparseCategoricalCrossentropy logits", "F.cross_entropy", classes, logits,
                  lambda y, z: F.cross_entropy(z, y.long(), reduction="none"), fromLogits="true"),
        loss_case("KLDivergence", "F.kl_div", soft, shares,
                  lambda p, q: F.kl_div(q.log(), p, reduction="none").sum(-1)),
        loss_case("KLDivergence clipped", keras, one_hot, np.maximum(far, 0), clipped_kl),
    ]
    cases.write("losses.txt", "nn_losses.py", ["PyTorch " + torch.__version__, "NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
