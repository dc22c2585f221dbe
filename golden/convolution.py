#!/usr/bin/python3
"""Writes the golden values of convolutions and poolings: what PyTorch computes in float64.

Run with Debian's python3-torch: golden/convolution.py [OUTPUT]

PyTorch's tensors are (batch, channels, height, width) and its padding is symmetric; here tensors are
(batch, height, width, channels) and padding follows TensorFlow's rule, applied before PyTorch is
called: SAME adds max((ceil(n / stride) - 1) * stride + extent - n, 0) elements, the odd one at the end.

The file is a list of cases. Each starts with "case NAME" and has the lines
  operation conv2d | conv2dTranspose | maxPool2d | averagePool2d
  padding SAME | VALID
  strides HEIGHT WIDTH
  dilation HEIGHT WIDTH        (convolutions)
  window HEIGHT WIDTH          (poolings)
  x LENGTHS                    element i is ((i * 37) % M - M // 2) / 32, M = 101, or 5 where ties are wanted
  modulus M
  w LENGTHS                    the filters: element i is ((i * 53) % 97 - 48) / 64
  g LENGTHS                    the cotangent of y: element i is ((i * 29) % 89 - 44) / 16
  y VALUES                     the result
  dx VALUES                    the gradient of sum(y * g) in x
  dw VALUES                    the same in w
All values of convolutions are multiples of 2^-11 and small enough to be exact in float32.
"""

import pathlib
import platform
import sys

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE.parent / "tensor/src/test/resources/golden/convolution.txt"


def ramp(shape, multiplier, modulus, divisor):
    index = torch.arange(int(torch.tensor(shape).prod()), dtype=torch.int64)
    values = ((index * multiplier) % modulus - modulus // 2).to(torch.float64) / divisor
    return values.reshape(shape)


def same(n, size, stride, dilation):
    """Elements to add before and after an axis of length n."""
    extent = (size - 1) * dilation + 1
    missing = max((-(-n // stride) - 1) * stride + extent - n, 0)
    return missing // 2, missing - missing // 2


def padded(x, sizes, strides, dilation, padding, value):
    """A (batch, channels, height, width) tensor with the padding that a window wants."""
    if padding == "VALID":
        return x
    top, bottom = same(x.shape[2], sizes[0], strides[0], dilation[0])
    left, right = same(x.shape[3], sizes[1], strides[1], dilation[1])
    return F.pad(x, (left, right, top, bottom), value=value)


def conv2d(x, w, c):
    planes = padded(x.permute(0, 3, 1, 2), w.shape[:2], c["strides"], c["dilation"], c["padding"], 0.0)
    y = F.conv2d(planes, w.permute(3, 2, 0, 1).contiguous(), stride=c["strides"], dilation=c["dilation"])
    return y.permute(0, 2, 3, 1)


def conv2d_transpose(x, w, c):
    """Everything that PyTorch spreads, then the part of it that the padding leaves."""
    full = F.conv_transpose2d(
        x.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1).contiguous(), stride=c["strides"], dilation=c["dilation"]
    )
    for axis in (0, 1):
        n, stride = x.shape[1 + axis], c["strides"][axis]
        extent = (w.shape[axis] - 1) * c["dilation"][axis] + 1
        if c["padding"] == "SAME":
            target = n * stride
            before = max((n - 1) * stride + extent - target, 0) // 2
        else:
            target = n * stride + max(extent - stride, 0)
            before = 0
        missing = max(before + target - full.shape[2 + axis], 0)
        full = F.pad(full, (0, 0, 0, missing) if axis == 0 else (0, missing, 0, 0))
        full = full.narrow(2 + axis, before, target)
    return full.permute(0, 2, 3, 1)


def max_pool2d(x, c):
    planes = padded(x.permute(0, 3, 1, 2), c["window"], c["strides"], (1, 1), c["padding"], -float("inf"))
    return F.max_pool2d(planes, c["window"], c["strides"]).permute(0, 2, 3, 1)


def average_pool2d(x, c):
    def sums(planes):
        planes = padded(planes, c["window"], c["strides"], (1, 1), c["padding"], 0.0)
        return F.avg_pool2d(planes, c["window"], c["strides"], divisor_override=1)

    planes = x.permute(0, 3, 1, 2)
    return (sums(planes) / sums(torch.ones_like(planes))).permute(0, 2, 3, 1)


def numbers(tensor):
    return " ".join(format(v, ".17g") for v in tensor.reshape(-1).tolist())


def case(operation, x_shape, w_shape=None, padding="VALID", strides=(1, 1), dilation=(1, 1), window=None, modulus=101):
    c = {"padding": padding, "strides": strides, "dilation": dilation, "window": window}
    x = ramp(x_shape, 37, modulus, 32).requires_grad_()
    w = None if w_shape is None else ramp(w_shape, 53, 97, 64).requires_grad_()
    y = {
        "conv2d": lambda: conv2d(x, w, c),
        "conv2dTranspose": lambda: conv2d_transpose(x, w, c),
        "maxPool2d": lambda: max_pool2d(x, c),
        "averagePool2d": lambda: average_pool2d(x, c),
    }[operation]()
    g = ramp(tuple(y.shape), 29, 89, 16)
    (y * g).sum().backward()
    lengths = lambda t: " ".join(str(n) for n in t)
    detail = "" if dilation == (1, 1) else " dilation " + lengths(dilation)
    name = "%s %s strides %s%s" % (lengths(x_shape), padding, lengths(strides), detail)
    lines = ["case " + name, "operation " + operation, "padding " + padding, "strides " + lengths(strides)]
    lines += ["dilation " + lengths(dilation)] if w is not None else ["window " + lengths(window)]
    lines += ["x " + lengths(x_shape), "modulus %d" % modulus]
    lines += ["w " + lengths(w_shape)] if w is not None else []
    lines += ["g " + lengths(y.shape), "y " + numbers(y), "dx " + numbers(x.grad)]
    lines += ["dw " + numbers(w.grad)] if w is not None else []
    return lines


def cases():
    lines = []
    lines += case("conv2d", (2, 5, 6, 3), (3, 2, 3, 4))
    lines += case("conv2d", (1, 6, 7, 1), (3, 3, 1, 5), padding="SAME")
    lines += case("conv2d", (2, 7, 6, 2), (3, 2, 2, 3), padding="SAME", strides=(2, 3))
    lines += case("conv2d", (1, 7, 8, 2), (2, 3, 2, 3), strides=(3, 2))
    lines += case("conv2d", (1, 8, 7, 2), (3, 2, 2, 2), padding="SAME", dilation=(2, 3))
    lines += case("conv2d", (1, 9, 8, 2), (3, 3, 2, 2), dilation=(3, 2))
    lines += case("conv2d", (1, 5, 5, 9), (3, 3, 9, 1), padding="SAME")
    lines += case("conv2d", (2, 3, 3, 4), (1, 1, 4, 5))
    lines += case("conv2dTranspose", (2, 3, 4, 3), (3, 3, 2, 3), padding="SAME", strides=(2, 2))
    lines += case("conv2dTranspose", (1, 3, 2, 2), (3, 2, 4, 2), strides=(2, 3))
    lines += case("conv2dTranspose", (1, 4, 3, 2), (2, 3, 1, 2))
    lines += case("conv2dTranspose", (1, 4, 4, 2), (3, 2, 2, 2), padding="SAME", dilation=(2, 3))
    lines += case("maxPool2d", (2, 5, 4, 3), window=(2, 2), strides=(2, 2))
    lines += case("maxPool2d", (1, 5, 6, 2), window=(3, 2), strides=(2, 1), padding="SAME")
    lines += case("maxPool2d", (1, 7, 7, 1), window=(3, 3), strides=(2, 2), modulus=5)
    lines += case("averagePool2d", (2, 5, 4, 3), window=(2, 2), strides=(2, 2))
    lines += case("averagePool2d", (1, 6, 5, 2), window=(3, 2), strides=(2, 2), padding="SAME")
    lines += case("averagePool2d", (1, 5, 5, 1), window=(3, 3), strides=(1, 1), padding="SAME")
    return lines


def main():
    output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    versions = "PyTorch %s on Python %s" % (torch.__version__, platform.python_version())
    header = ["# Written by golden/convolution.py with %s; the script explains the format." % versions]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(header + cases()) + "\n")


if __name__ == "__main__":
    main()
