#!/usr/bin/python3
"""Writes the golden values of nn's random initializers: mean, variance and bound (the largest absolute
value that can be drawn) for kernels of several shapes.

Run with Debian's python3-torch and python3-numpy. Fans come from torch.nn.init, which wants outputs
first; the moments of the truncated normal from numerical integration.
"""

import math

import numpy as np
import torch

import cases

SHAPES = [(784, 128), (30, 500), (3, 3, 16, 64), (5, 5, 1, 1000)]


def fans(shape):
    """torch's fans of a Keras kernel: (..., inputs, outputs) becomes (outputs, inputs, ...)."""
    kernel = torch.zeros(shape[-1:] + shape[-2:-1] + shape[:-2])
    return torch.nn.init._calculate_fan_in_and_fan_out(kernel)


def truncated_deviation():
    """The standard deviation of a standard normal cut off at -2 and 2."""
    x = np.linspace(-2, 2, 2_000_001)
    density = np.exp(-x * x / 2)
    return math.sqrt(np.trapz(x * x * density, x) / np.trapz(density, x))


def scaled(name, scale, mode, distribution, settings=None):
    for shape in SHAPES:
        fan_in, fan_out = fans(shape)
        n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode]
        deviation = math.sqrt(scale / n)
        bound = {
            "uniform": math.sqrt(3) * deviation,
            "truncated_normal": 2 * deviation / truncated_deviation(),
            "untruncated_normal": math.inf,
        }[distribution]
        yield moments(name, shape, 0, deviation**2, bound, "torch.nn.init fans", settings or {})


def moments(name, shape, mean, variance, bound, source, settings):
    return cases.case(name, source, settings, shape=shape, mean=mean, variance=variance, bound=bound)


def main():
    cut = truncated_deviation()
    shape = (200, 300)
    lines = [
        *scaled("GlorotUniform", 1, "fan_avg", "uniform"),
        *scaled("GlorotNormal", 1, "fan_avg", "truncated_normal"),
        *scaled("HeUniform", 2, "fan_in", "uniform"),
        *scaled("HeNormal", 2, "fan_in", "truncated_normal"),
        *scaled("LecunUniform", 1, "fan_in", "uniform"),
        *scaled("LecunNormal", 1, "fan_in", "truncated_normal"),
        *scaled("VarianceScaling", 1, "fan_in", "truncated_normal"),
        *scaled("VarianceScaling", 3, "fan_out", "untruncated_normal",
                {"scale": 3, "mode": "fan_out", "distribution": "untruncated_normal"}),
        *scaled("VarianceScaling", 0.5, "fan_avg", "uniform",
                {"scale": 0.5, "mode": "fan_avg", "distribution": "uniform"}),
        moments("RandomNormal", shape, 0, 0.05**2, math.inf, "normal", {}),
        moments("RandomNormal", shape, 2, 0.5**2, math.inf, "normal", {"mean": 2, "stddev": 0.5}),
        moments("TruncatedNormal", shape, 0, (0.05 * cut) ** 2, 0.1, "normal cut off at 2 deviations", {}),
        moments("TruncatedNormal", shape, 1, (0.5 * cut) ** 2, 2, "normal cut off at 2 deviations",
                {"mean": 1, "stddev": 0.5}),
        moments("RandomUniform", shape, 0, 0.1**2 / 12, 0.05, "uniform", {}),
        moments("RandomUniform", shape, 2, 2**2 / 12, 3, "uniform", {"low": 1, "high": 3}),
    ]
    cases.write("initializers.txt", "nn_initializers.py", ["PyTorch " + torch.__version__, "NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
