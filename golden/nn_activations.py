#!/usr/bin/python3
"""Writes the golden values of nn's activations: y = f(x), and the gradient of sum(c y), in float64.

Run with Debian's python3-torch and python3-numpy.
"""

import numpy as np
import torch
import torch.nn.functional as F

import cases

rng = np.random.default_rng(20260103)


def activation_case(name, source, function, **settings):
    """A case of an activation. No element of x is where a function has a kink."""
    spread = [[-90.0, -12.5, -3.25, -1.25, -0.25, 0.8], [-1e-4, 1e-4, 0.4, 2.0, 7.5, 30.0]]
    x = torch.tensor(np.concatenate([spread, rng.normal(size=(3, 6))])).requires_grad_(True)
    y = function(x)
    c = torch.tensor(np.random.default_rng(7).normal(size=tuple(y.shape)))
    (c * y).sum().backward()
    return cases.case(name, source, settings, x=x, cotangent=c, y=y, gradient=x.grad)


def sparsemax(x, axis=-1):
    """The formula of Keras 3, by sorting; torch's autograd gives the gradient."""
    z = x.movedim(axis, -1)
    ordered = torch.sort(z, dim=-1, descending=True).values
    sums = torch.cumsum(ordered, -1)
    support = ordered - (sums - 1) / torch.arange(1, z.shape[-1] + 1) > 0
    count = support.sum(-1, keepdim=True)
    threshold = (sums.gather(-1, count - 1) - 1) / count
    return (z - threshold).clamp(min=0).movedim(-1, axis)


def sparse_plus(x):
    return torch.where(x <= -1, 0 * x, torch.where(x < 1, 0.25 * (x + 1) ** 2, x))


def squareplus(x, b=4.0):
    # (x + sqrt(x^2 + b)) / 2 without the digits that it loses where x is negative.
    root = (x**2 + b).sqrt()
    return torch.where(x > 0, (x + root) / 2, b / 2 / (root - torch.where(x > 0, -x, x)))


def relu(x, negative_slope=0.0, max_value=np.inf, threshold=0.0):
    return torch.where(x > threshold, x.clamp(max=max_value), negative_slope * (x - threshold))


# torch's own gradients of hardsigmoid, and of celu with an alpha, have constants of float32.


def main():
    lines = [
        activation_case("linear", "x", lambda x: x * 1),
        activation_case("relu", "F.relu", F.relu),
        activation_case("sigmoid", "torch.sigmoid", torch.sigmoid),
        activation_case("tanh", "torch.tanh", torch.tanh),
        activation_case("softmax", "F.softmax", lambda x: F.softmax(x, -1)),
        activation_case("softplus", "torch.logaddexp(x, 0)", lambda x: torch.logaddexp(x, torch.zeros_like(x))),
        activation_case("elu", "F.elu", F.elu),
        activation_case("elu", "F.elu", lambda x: F.elu(x, 0.3), alpha=0.3),
        activation_case("selu", "F.selu", F.selu),
        activation_case("gelu", "F.gelu", F.gelu),
        activation_case("gelu", "F.gelu", lambda x: F.gelu(x, approximate="tanh"), approximate="true"),
        activation_case("silu", "F.silu", F.silu),
        activation_case("exponential", "torch.exp", torch.exp),
        activation_case("leaky_relu", "F.leaky_relu", lambda x: F.leaky_relu(x, 0.2)),
        activation_case("leaky_relu", "F.leaky_relu", lambda x: F.leaky_relu(x, 1.5), negativeSlope=1.5),
        activation_case("relu", "formula of Keras 3", lambda x: relu(x, 0.1, 6.0, 0.5), negativeSlope=0.1, maxValue=6.0,
                        threshold=0.5),
        activation_case("relu", "formula of Keras 3", lambda x: relu(x, 0.1), negativeSlope=0.1),
        activation_case("relu6", "F.relu6", F.relu6),
        activation_case("log_sigmoid", "F.logsigmoid", F.logsigmoid),
        activation_case("hard_sigmoid", "formula of Keras 3", lambda x: (x / 6 + 0.5).clamp(0, 1)),
        activation_case("sparse_sigmoid", "formula of Keras 3", lambda x: (0.5 * (x + 1)).clamp(0, 1)),
        activation_case("hard_tanh", "F.hardtanh", F.hardtanh),
        activation_case("tanh_shrink", "F.tanhshrink", F.tanhshrink),
        activation_case("softmax", "F.softmax", lambda x: F.softmax(x, 0), axis=0),
        activation_case("log_softmax", "F.log_softmax", lambda x: F.log_softmax(x, -1)),
        activation_case("log_softmax", "F.log_softmax", lambda x: F.log_softmax(x, 0), axis=0),
        activation_case("sparsemax", "formula of Keras 3", sparsemax),
        activation_case("sparsemax", "formula of Keras 3", lambda x: sparsemax(x, 0), axis=0),
        activation_case("glu", "F.glu", lambda x: F.glu(x, -1)),
        activation_case("sparse_plus", "formula of Keras 3", sparse_plus),
        activation_case("squareplus", "formula of Keras 3", squareplus),
        activation_case("squareplus", "formula of Keras 3", lambda x: squareplus(x, 0.5), b=0.5),
        activation_case("softsign", "F.softsign", F.softsign),
        activation_case("soft_shrink", "F.softshrink", F.softshrink),
        activation_case("soft_shrink", "F.softshrink", lambda x: F.softshrink(x, 1.0), threshold=1.0),
        activation_case("hard_shrink", "F.hardshrink", F.hardshrink),
        activation_case("hard_shrink", "F.hardshrink", lambda x: F.hardshrink(x, 1.0), threshold=1.0),
        activation_case("threshold", "F.threshold", lambda x: F.threshold(x, 0.5, -3.0), threshold=0.5,
                        defaultValue=-3.0),
        activation_case("celu", "F.celu", F.celu),
        activation_case("celu", "formula of Keras 3", lambda x: F.relu(x) + 0.3 * torch.expm1(x.clamp(max=0) / 0.3), alpha=0.3),
        activation_case("hard_silu", "F.hardswish", F.hardswish),
        activation_case("mish", "F.mish", F.mish),
    ]
    cases.write("activations.txt", "nn_activations.py", ["PyTorch " + torch.__version__, "NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
