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


def loss_case(name, source, y, predictions, function, mean=torch.mean, **settings):
    """A case of a loss; function takes labels and predictions and gives the cost of each sample, mean the
    mean cost."""
    p = tensor(predictions).requires_grad_(True)
    labels = torch.tensor(np.asarray(y))
    per_sample = function(labels, p)
    mean(per_sample).backward()
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


def normalized(x, axis):
    return x * (x**2).sum(axis, keepdim=True).rsqrt().clamp(max=1 / EPSILON)


def cosine(y, p, axis=-1):
    return -(normalized(y, axis) * normalized(p, axis)).sum(axis)


def hinge_margins(y, p):
    if bool(((y == 0) | (y == 1)).all()):
        y = 2 * y - 1
    return (1 - y * p).clamp(min=0)


def categorical_hinge(y, p):
    return (((1 - y) * p).max(-1).values - (y * p).sum(-1) + 1).clamp(min=0)


def percentage(y, p):
    return 100 * ((y - p) / y.abs().clamp(min=EPSILON)).abs().mean(-1)


def logarithmic(y, p):
    return ((p.clamp(min=EPSILON) + 1).log() - (y.clamp(min=EPSILON) + 1).log()).square().mean(-1)


def log_cosh(y, p):
    x = p - y
    return (x + F.softplus(x * -2.0, threshold=1000) - np.log(2.0)).mean(-1)


def binary_focal(y, p, balance=None, gamma=2.0, smoothing=0.0, axis=-1):
    y = y * (1 - smoothing) + 0.5 * smoothing
    c = p.clamp(EPSILON, 1 - EPSILON)
    bce = -(y * c.log() + (1 - y) * (1 - c).log())
    focal = (1 - (y * p + (1 - y) * (1 - p))) ** gamma * bce
    if balance is not None:
        focal = (y * balance + (1 - y) * (1 - balance)) * focal
    return focal.mean(axis)


def categorical_focal(y, p, alpha=0.25, gamma=2.0, smoothing=0.0, axis=-1):
    y = y * (1 - smoothing) + smoothing / y.shape[-1]
    p = (p / p.sum(axis, keepdim=True)).clamp(EPSILON, 1 - EPSILON)
    return ((1 - p) ** gamma * tensor(alpha) * -y * p.log()).sum(axis)


def generalized(y, p, q=0.5):
    chosen = (F.one_hot(y.long(), p.shape[-1]) * p).sum(-1)
    return (1 - chosen**q) / q


def total(x, axes):
    return x.sum() if axes is None else x.sum(axes)


def dice(y, p, axes=None):
    return 1 - 2 * total(y * p, axes) / (total(y, axes) + total(p, axes) + EPSILON)


def tversky(y, p, alpha=0.5, beta=0.5, axes=None):
    both = total(y * p, axes)
    return 1 - both / (both + alpha * total((1 - p) * y, axes) + beta * total(p * (1 - y), axes) + EPSILON)


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
    counts = rng.integers(0, 6, size=(4, 3)).astype(np.float64)
    rates = rng.uniform(0.1, 5, size=(4, 3))
    far_targets = targets * 20
    signs = 2 * bits - 1
    images = rng.uniform(0.05, 0.95, size=(2, 3, 4))
    masks = rng.integers(0, 2, size=(2, 3, 4)).astype(np.float64)
    image_logits = rng.normal(scale=2, size=(2, 3, 4))
    image_classes = rng.integers(0, 3, size=(2, 4))
    image_shares = np.moveaxis(rng.dirichlet(np.ones(3), size=(2, 4)), -1, 1)
    image_one_hot = np.moveaxis(np.eye(3)[image_classes], -1, 1)
    three = "formula of Keras 3"
    alphas = [0.1, 0.2, 0.3, 0.25, 0.9]

    def cross(y, z):
        return F.cross_entropy(z, y.long(), reduction="none")

    def without_class_1(y, z):
        return F.cross_entropy(z, y.long(), reduction="none", ignore_index=1)

    def mean_of_three(per_sample):
        return per_sample.sum() / (3 + EPSILON)

    lines += [
        loss_case("BinaryCrossentropy axis", keras, masks, images,
                  lambda y, p: F.binary_cross_entropy(p, y, reduction="none").mean(1), axis=1),
        loss_case("CategoricalCrossentropy axis", keras, image_one_hot, image_shares,
                  lambda y, p: -(y * (p / p.sum(1, keepdim=True)).log()).sum(1), axis=1),
        loss_case("SparseCategoricalCrossentropy axis", "F.cross_entropy", image_classes, image_logits, cross,
                  fromLogits="true", axis=1),
        loss_case("SparseCategoricalCrossentropy ignored", "F.cross_entropy", classes, logits, without_class_1,
                  mean_of_three, fromLogits="true", ignoreClass=1),
        loss_case("MeanAbsoluteError", "F.l1_loss", targets, outputs,
                  lambda y, p: F.l1_loss(p, y, reduction="none").mean(-1)),
        loss_case("MeanAbsolutePercentageError", three, targets, outputs, percentage),
        loss_case("MeanAbsolutePercentageError zeros", three, bits, outputs, percentage),
        loss_case("MeanSquaredLogarithmicError", three, counts, rates, logarithmic),
        loss_case("MeanSquaredLogarithmicError negative", three, targets, outputs, logarithmic),
        loss_case("CosineSimilarity", three, targets, outputs, cosine),
        loss_case("CosineSimilarity axis", three, masks + 0.1, image_logits, lambda y, p: cosine(y, p, 1), axis=1),
        loss_case("Huber", "F.huber_loss", targets, outputs,
                  lambda y, p: F.huber_loss(p, y, reduction="none").mean(-1)),
        loss_case("Huber delta", "F.huber_loss", far_targets, outputs,
                  lambda y, p: F.huber_loss(p, y, reduction="none", delta=2.5).mean(-1), delta=2.5),
        loss_case("LogCosh", three, targets, outputs, log_cosh),
        loss_case("LogCosh large", three, far_targets * 10, outputs, log_cosh),
        loss_case("Hinge", three, signs, outputs, lambda y, p: hinge_margins(y, p).mean(-1)),
        loss_case("Hinge binary", three, bits, outputs, lambda y, p: hinge_margins(y, p).mean(-1)),
        loss_case("SquaredHinge", three, signs, outputs, lambda y, p: hinge_margins(y, p).square().mean(-1)),
        loss_case("SquaredHinge binary", three, bits, outputs, lambda y, p: hinge_margins(y, p).square().mean(-1)),
        loss_case("CategoricalHinge", three, one_hot, logits, categorical_hinge),
        loss_case("Poisson", three, counts, rates,
                  lambda y, p: F.poisson_nll_loss(p, y, log_input=False, eps=EPSILON, reduction="none").mean(-1)),
        loss_case("BinaryFocalCrossentropy", three, bits, probabilities, binary_focal),
        loss_case("BinaryFocalCrossentropy saturated", three, bits, saturated, binary_focal),
        loss_case("BinaryFocalCrossentropy balanced", three, bits, probabilities,
                  lambda y, p: binary_focal(y, p, 0.3, 1.5, 0.2), applyClassBalancing="true", alpha=0.3, gamma=1.5,
                  labelSmoothing=0.2),
        loss_case("BinaryFocalCrossentropy logits", three, bits, outputs,
                  lambda y, z: binary_focal(y, torch.sigmoid(z)), fromLogits="true"),
        loss_case("BinaryFocalCrossentropy axis", three, masks, images,
                  lambda y, p: binary_focal(y, p, axis=1), axis=1),
        loss_case("CategoricalFocalCrossentropy", three, one_hot, shares, categorical_focal),
        loss_case("CategoricalFocalCrossentropy saturated", three, one_hot, np.maximum(far, 0), categorical_focal),
        loss_case("CategoricalFocalCrossentropy alphas", three, soft, unnormalised,
                  lambda y, p: categorical_focal(y, p, alphas, 3.5, 0.1), alpha=alphas, gamma=3.5, labelSmoothing=0.1),
        loss_case("CategoricalFocalCrossentropy logits", three, soft, logits,
                  lambda y, z: categorical_focal(y, F.softmax(z, -1)), fromLogits="true"),
        loss_case("CategoricalFocalCrossentropy axis", three, image_one_hot, image_shares,
                  lambda y, p: categorical_focal(y, p, axis=1), axis=1),
        loss_case("CategoricalGeneralizedCrossEntropy", three, classes, shares, generalized),
        loss_case("CategoricalGeneralizedCrossEntropy q", three, classes, shares,
                  lambda y, p: generalized(y, p, 0.8), q=0.8),
        loss_case("Dice", three, masks, images, dice),
        loss_case("Dice axis", three, masks, images, lambda y, p: dice(y, p, (1, 2)), axis=[1, 2]),
        loss_case("Tversky", three, masks, images, tversky),
        loss_case("Tversky weighed", three, masks, images, lambda y, p: tversky(y, p, 0.3, 0.7, (-1,)), alpha=0.3,
                  beta=0.7, axis=[-1]),
    ]
    cases.write("losses.txt", "nn_losses.py", ["PyTorch " + torch.__version__, "NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
