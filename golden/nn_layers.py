#!/usr/bin/python3
"""Writes the golden values of nn's layers with copied weights: y = layer(x), and the gradients of
sum(c y) in x and in each weight, in float64, by PyTorch.

Run with Debian's python3-torch and python3-numpy. Arrays are in Keras's layouts: images (batch, height,
width, channels), kernels (height, width, in, out), transposed ones (height, width, out, in). Padding
follows TensorFlow's rule, applied before PyTorch is called.
"""

import numpy as np
import torch
import torch.nn.functional as F

import cases

rng = np.random.default_rng(20260106)


def parameter(*shape, low=None):
    values = rng.normal(size=shape) if low is None else rng.uniform(low, low + 1, size=shape)
    return torch.tensor(values).requires_grad_(True)


def layer_case(name, source, settings, x, weights, function, state=None):
    """function maps x to y, in Keras's layouts; state is what the layer has after the call, by name."""
    y = function(x)
    c = torch.tensor(np.random.default_rng(8).normal(size=tuple(y.shape)))
    (c * y).sum().backward()
    arrays = {"x": x}
    for key, value in weights.items():
        arrays["weight_" + key] = value
    arrays.update(cotangent=c, y=y, gradient=x.grad)
    for key, value in weights.items():
        if value.requires_grad:
            arrays["gradient_" + key] = value.grad
    for key, value in (state or {}).items():
        arrays["after_" + key] = value
    return cases.case(name, source, settings, **arrays)


def first(images):
    """Channels first, for PyTorch."""
    return images.permute(0, 3, 1, 2)


def last(images):
    return images.permute(0, 2, 3, 1)


def same(extent, n, stride):
    """The padding before and after an axis of length n."""
    total = max((-(-n // stride) - 1) * stride + extent - n, 0)
    return total // 2, total - total // 2


def padded(images, window, strides, padding, value=0.0):
    if padding == "valid":
        return images
    top, bottom = same(window[0], images.shape[2], strides[0])
    left, right = same(window[1], images.shape[3], strides[1])
    return F.pad(images, (left, right, top, bottom), value=value)


def dense():
    x, kernel, bias = parameter(4, 5), parameter(5, 3), parameter(3)
    yield layer_case(
        "Dense", "torch.nn.functional.linear", {"units": 3}, x, dict(kernel=kernel, bias=bias),
        lambda x: F.linear(x, kernel.T, bias),
    )
    x, kernel = parameter(2, 4, 5), parameter(5, 3)
    yield layer_case(
        "Dense three axes, tanh", "torch.nn.functional.linear, torch.tanh",
        {"units": 3, "useBias": "false", "activation": "tanh"}, x, dict(kernel=kernel),
        lambda x: torch.tanh(F.linear(x, kernel.T)),
    )


def convolutions():
    for padding, strides, dilation, window in (
        ("valid", (1, 1), (1, 1), (3, 3)),
        ("same", (1, 1), (1, 1), (3, 2)),
        ("same", (2, 2), (1, 1), (3, 3)),
        ("valid", (2, 1), (1, 1), (2, 3)),
        ("same", (1, 1), (2, 2), (3, 3)),
    ):
        x, kernel, bias = parameter(2, 7, 6, 3), parameter(*window, 3, 4), parameter(4)
        extent = [(w - 1) * d + 1 for w, d in zip(window, dilation)]

        def convolve(x):
            return last(
                F.conv2d(
                    padded(first(x), extent, strides, padding), kernel.permute(3, 2, 0, 1), bias,
                    stride=strides, dilation=dilation,
                )
            )

        yield layer_case(
            "Conv2D %s strides %d %d dilation %d" % (padding, *strides, dilation[0]),
            "torch.nn.functional.conv2d",
            {"filters": 4, "kernelSize": list(window), "strides": list(strides), "padding": padding,
             "dilation": list(dilation)},
            x, dict(kernel=kernel, bias=bias), convolve,
        )


def transposed():
    for padding, strides, window in (
        ("valid", (1, 1), (3, 3)),
        ("valid", (2, 2), (3, 2)),
        ("same", (2, 2), (3, 3)),
        ("same", (1, 1), (3, 3)),
        ("same", (2, 1), (4, 3)),
    ):
        x, kernel, bias = parameter(2, 4, 3, 3), parameter(*window, 4, 3), parameter(4)

        def convolve(x):
            y = F.conv_transpose2d(first(x), kernel.permute(3, 2, 0, 1), bias, stride=strides)
            if padding == "same":
                # Keras: the output has n * stride elements; what SAME padding of the convolution in the
                # other direction would have added is cut off.
                for axis in (2, 3):
                    n = x.shape[axis - 1] * strides[axis - 2]
                    before, _ = same(window[axis - 2], n, strides[axis - 2])
                    y = y.narrow(axis, before, n)
            return last(y)

        yield layer_case(
            "Conv2DTranspose %s strides %d %d" % (padding, *strides),
            "torch.nn.functional.conv_transpose2d",
            {"filters": 4, "kernelSize": list(window), "strides": list(strides), "padding": padding},
            x, dict(kernel=kernel, bias=bias), convolve,
        )


def normalizations():
    for name, shape, training in (
        ("training", (6, 4), True),
        ("inference", (6, 4), False),
        ("images, training", (2, 3, 3, 4), True),
    ):
        x, gamma, beta = parameter(*shape), parameter(4), parameter(4)
        mean, variance = torch.tensor(rng.normal(size=4)), torch.tensor(rng.uniform(0.5, 2, size=4))
        after_mean, after_variance = mean.clone(), variance.clone()
        n = x.numel() // 4

        def normalize(x):
            images = x if x.dim() == 2 else first(x)
            moved_mean, moved_variance = mean.clone(), variance.clone()
            y = F.batch_norm(
                images, moved_mean, moved_variance, gamma, beta, training=training, momentum=0.1, eps=1e-3
            )
            after_mean.copy_(moved_mean)
            if training:
                # PyTorch's moving variance takes the sample's, n / (n - 1) times Keras's.
                old = 0.9 * variance
                after_variance.copy_(old + (moved_variance - old) * (n - 1) / n)
            return y if x.dim() == 2 else last(y)

        yield layer_case(
            "BatchNormalization " + name,
            "torch.nn.functional.batch_norm; moving variance times (n - 1) / n",
            {"momentum": 0.9, "epsilon": 0.001, "training": str(training).lower()},
            x, dict(gamma=gamma, beta=beta, movingMean=mean, movingVariance=variance), normalize,
            dict(movingMean=after_mean, movingVariance=after_variance),
        )


def poolings():
    for padding, strides, window in (
        ("valid", (2, 2), (2, 2)),
        ("same", (2, 2), (3, 3)),
        ("same", (1, 2), (2, 3)),
        ("valid", (1, 1), (3, 2)),
    ):
        settings = {"poolSize": list(window), "strides": list(strides), "padding": padding}
        title = "%s %d %d strides %d %d" % (padding, *window, *strides)
        yield layer_case(
            "MaxPooling2D " + title, "torch.nn.functional.max_pool2d", settings, parameter(2, 5, 7, 3), {},
            lambda x: last(F.max_pool2d(padded(first(x), window, strides, padding, -np.inf), window, strides)),
        )

        def average(x):
            # What is padded does not count.
            ones = padded(torch.ones_like(first(x)), window, strides, padding)
            sums = F.avg_pool2d(padded(first(x), window, strides, padding), window, strides)
            return last(sums / F.avg_pool2d(ones, window, strides))

        yield layer_case(
            "AveragePooling2D " + title, "torch.nn.functional.avg_pool2d", settings, parameter(2, 5, 7, 3),
            {}, average,
        )


def slopes():
    x, alpha = parameter(4, 5), parameter(5, low=0)
    yield layer_case(
        "PReLU", "torch.nn.functional.prelu", {}, x, dict(alpha=alpha), lambda x: F.prelu(x, alpha)
    )
    x, alpha = parameter(2, 3, 3, 4), parameter(1, 1, 4, low=0)
    yield layer_case(
        "PReLU shared axes", "torch.nn.functional.prelu", {"sharedAxes": [1, 2]}, x, dict(alpha=alpha),
        lambda x: last(F.prelu(first(x), alpha.reshape(4))),
    )


def main():
    families = (dense, convolutions, transposed, normalizations, poolings, slopes)
    cases.write(
        "layers.txt",
        "nn_layers.py",
        ["PyTorch " + torch.__version__, "NumPy " + np.__version__],
        [each for family in families for each in family()],
    )


main()
