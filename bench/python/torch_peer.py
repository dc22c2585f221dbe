"""Debian's PyTorch as a contender: answers as dev.elbo.bench.worker.WorkerLoop does.

Arguments: threads, and channels-first or channels-last (the layout of images in memory).
"""

import json
import os
import sys
import time
import traceback

import numpy as np
import torch
from torch import nn
from torch.nn import functional

MARK = "@@ "
PIXELS = 784


def shapes(layers, shape):
    """The kernels and biases of layers in PyTorch's order of axes, and the shape that comes out."""
    found = []
    for layer in layers:
        kind, units, side = layer["kind"], layer["units"], layer["kernel"]
        if kind == "DENSE":
            found += [(units, shape[0]), (units,)]
            shape = [units]
        elif kind == "CONV":
            found += [(units, shape[2], side, side), (units,)]
            stride = layer["stride"]
            length = (lambda n: -(-n // stride)) if layer["same"] else (lambda n: (n - side) // stride + 1)
            shape = [length(shape[0]), length(shape[1]), units]
        elif kind == "CONV_TRANSPOSE":
            found += [(shape[2], units, side, side), (units,)]
            shape = [shape[0] * layer["stride"], shape[1] * layer["stride"], units]
        elif kind == "MAX_POOL":
            shape = [shape[0] // side, shape[1] // side, shape[2]]
        elif kind == "FLATTEN":
            shape = [int(np.prod(shape))]
        elif kind == "RESHAPE":
            shape = layer["shape"]
    return found, shape


class Chain(nn.Module):
    def __init__(self, layers, parameters, dropout):
        super().__init__()
        self.layers = layers
        self.dropout = dropout
        self.weights = nn.ParameterList(parameters)

    def forward(self, x):
        at = 0
        for layer in self.layers:
            kind, side, stride = layer["kind"], layer["kernel"], layer["stride"]
            pad = side // 2 if layer["same"] else 0
            if kind in ("DENSE", "CONV", "CONV_TRANSPOSE"):
                kernel, bias = self.weights[at], self.weights[at + 1]
                at += 2
            if kind == "DENSE":
                x = functional.linear(x, kernel, bias)
            elif kind == "CONV":
                x = functional.conv2d(x, kernel, bias, stride=stride, padding=pad)
            elif kind == "CONV_TRANSPOSE":
                x = functional.conv_transpose2d(
                    x, kernel, bias, stride=stride, padding=pad, output_padding=stride - 1
                )
            elif kind == "MAX_POOL":
                x = functional.max_pool2d(x, side)
            elif kind == "FLATTEN":
                x = x.flatten(1)
            elif kind == "RESHAPE":
                height, width, channels = layer["shape"]
                x = x.reshape(-1, channels, height, width)
            elif kind == "DROPOUT" and self.dropout:
                x = functional.dropout(x, layer["rate"], self.training)
            if layer["relu"]:
                x = torch.relu(x)
        return x


class Training:
    """A net in training, Adam with Keras's settings; batches are made before the clock starts."""

    def __init__(self, setting, channels_last):
        net = setting["net"]
        self.compared = setting["compared"]
        self.batch, self.batches = setting["batch"], setting["batches"]
        self.latent = net["latent"]
        self.l1 = sum(layer["l1"] for layer in net["layers"])
        directory = setting["directory"]
        body, features = shapes(net["layers"], net["input"])
        heads = [(self.latent, features[0]), (self.latent,)] * 2 if self.latent else []
        decoder, _ = shapes(net["decoder"], [self.latent])
        weights = self.weights(os.path.join(directory, net["name"] + "-channels-first.f32"),
                               body + heads + decoder, channels_last)
        self.body = Chain(net["layers"], weights[: len(body)], not self.compared)
        self.heads = nn.ParameterList(weights[len(body): len(body) + len(heads)])
        self.decoder = Chain(net["decoder"], weights[len(body) + len(heads):], False)
        self.parameters = weights
        self.optimizer = torch.optim.Adam(weights, lr=1e-3, eps=1e-7)
        mirrored = any(layer["same"] and layer["stride"] > 1 for layer in net["layers"])
        images = self.floats(os.path.join(directory, "images-mirrored.f32" if mirrored else "images.f32"),
                             self.batch * self.batches * PIXELS)
        labels = torch.from_numpy(np.fromfile(os.path.join(directory, "labels.i32"), "<i4",
                                              self.batch * self.batches).astype(np.int64))
        size = net["input"]
        shape = (-1, size[0]) if len(size) == 1 else (-1, size[2], size[0], size[1])
        images = images.reshape(shape)
        self.x = []
        for part in images.split(self.batch):
            self.x.append(part.contiguous(memory_format=torch.channels_last)
                          if channels_last and len(size) == 3 else part.clone())
        self.y = [part.clone() for part in labels.split(self.batch)]
        self.noise = None
        if self.latent and self.compared:
            self.noise = self.floats(os.path.join(directory, "noise.f32"),
                                     self.batch * self.latent).reshape(self.batch, self.latent)
        self.next = 0

    @staticmethod
    def floats(path, count):
        return torch.from_numpy(np.fromfile(path, "<f4", count))

    def weights(self, path, wanted, channels_last):
        every = self.floats(path, sum(int(np.prod(shape)) for shape in wanted))
        parameters, at = [], 0
        for shape in wanted:
            count = int(np.prod(shape))
            values = every[at: at + count].reshape(shape).clone()
            if channels_last and len(shape) == 4:
                values = values.contiguous(memory_format=torch.channels_last)
            parameters.append(nn.Parameter(values))
            at += count
        return parameters

    def loss(self, x, y):
        features = self.body(x)
        if not self.latent:
            loss = functional.cross_entropy(features, y)
            return loss + self.l1 * self.parameters[0].abs().sum() if self.l1 else loss
        mean = functional.linear(features, self.heads[0], self.heads[1])
        log_variance = functional.linear(features, self.heads[2], self.heads[3])
        noise = torch.randn_like(mean) if self.noise is None else self.noise
        logits = self.decoder(mean + torch.exp(0.5 * log_variance) * noise)
        reconstruction = functional.binary_cross_entropy_with_logits(
            logits, x.reshape(logits.shape), reduction="sum")
        kl = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum()
        return (reconstruction + kl) / self.batch

    def step(self):
        x, y = self.x[self.next], self.y[self.next]
        self.next = (self.next + 1) % self.batches
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(x, y)
        loss.backward()
        self.optimizer.step()
        return loss

    def values(self, count):
        losses = []
        for step in range(1, count + 1):
            # Keras's epsilon is outside the correction of v, PyTorch's is inside.
            self.optimizer.param_groups[0]["eps"] = 1e-7 / (1 - 0.999 ** step) ** 0.5
            losses.append(self.step().item())
        return losses

    def run(self, steps):
        for _ in range(steps):
            self.step()
        return steps


def lead(session, millis):
    end = time.perf_counter() + millis / 1e3
    steps = 1
    while True:
        start = time.perf_counter()
        done = session.run(steps)
        now = time.perf_counter()
        if now >= end:
            return max(1e-5, (now - start) * 1e3 / done)
        if now - start < 2e-3:
            steps *= 2


def timed(session, steps):
    start = time.perf_counter()
    done = session.run(steps)
    return {"ms": (time.perf_counter() - start) * 1e3 / done, "steps": done}


def answer(order, sessions, channels_last):
    what, number = order["do"], order["id"]
    if what == "open":
        if order["task"] != "train":
            raise ValueError("PyTorch is not asked to " + order["task"])
        sessions[number] = Training(order["setting"], channels_last)
        return {}
    if what == "values":
        return {"values": sessions[number].values(order["count"])}
    if what == "round":
        step = lead(sessions[number], order["leadMillis"])
        return timed(sessions[number], max(1, int(order["millis"] / step)))
    if what == "steps":
        return timed(sessions[number], order["count"])
    if what == "close":
        del sessions[number]
        return {}
    raise ValueError("unknown order " + str(order))


def main():
    torch.set_num_threads(int(sys.argv[1]))
    channels_last = sys.argv[2] == "channels-last"
    print(MARK + json.dumps({"version": "PyTorch " + torch.__version__ + " of the system"}), flush=True)
    sessions = {}
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line), sessions, channels_last)
        except Exception:
            reply = {"error": traceback.format_exc()}
        print(MARK + json.dumps(reply), flush=True)


main()
