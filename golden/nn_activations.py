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
    spread = [[-90.0, -12.5, -3.0, -1.0, -0.25], [-1e-4, 1e-4, 0.5, 2.0, 30.0]]
    x = torch.tensor(np.concatenate([spread, rng.normal(size=(3, 5))])).requires_grad_(True)
    c = torch.tensor(np.random.default_rng(7).normal(size=tuple(x.shape)))
    y = function(x)
    (c * y).sum().backward()
    return cases.case(name, source, settings, x=x, cotangent=c, y=y, gradient=x.grad)


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
    ]
    cases.write("activations.txt", "nn_activations.py", ["PyTorch " + torch.__version__, "NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
