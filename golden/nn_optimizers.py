#!/usr/bin/python3
"""Writes the golden values of nn's optimizers: two weights after each of ten steps, in float64.

Run with Debian's python3-torch and python3-numpy. PyTorch is the reference where its rule is
Keras's; where only the place of epsilon differs, epsilon is 1e-30 in both. Keras's own defaults are
checked against the rules as Keras documents them, written out below in NumPy. Learning rates are
float32 numbers, as Elbo and Keras store them.
"""

import numpy as np
import torch

import cases

STEPS = 10
rng = np.random.default_rng(20260102)
WEIGHTS = [rng.normal(size=(3, 4)), rng.normal(size=(5,))]
GRADIENTS = [[rng.normal(scale=2.0 ** (step % 4), size=w.shape) for w in WEIGHTS] for step in range(STEPS)]
KERAS = "rule of Keras in NumPy"


def rate(value):
    return float(np.float32(value))


def optimizer_case(name, source, settings, trajectory):
    """trajectory: for each weight, its values after each step, stacked."""
    return cases.case(name, source, settings, **{"expected%d" % i: past for i, past in enumerate(trajectory)})


def inputs():
    """The weights before the first step and the gradients of each step, for all cases."""
    arrays = {"weight%d" % i: weight for i, weight in enumerate(WEIGHTS)}
    for i in range(len(WEIGHTS)):
        arrays["gradients%d" % i] = np.stack([step[i] for step in GRADIENTS])
    return cases.case("inputs", "NumPy's default_rng", **arrays)


def with_torch(make):
    parameters = [torch.nn.Parameter(torch.tensor(w)) for w in WEIGHTS]
    optimizer = make(parameters)
    history = [[] for _ in WEIGHTS]
    for step in GRADIENTS:
        for parameter, gradient in zip(parameters, step):
            parameter.grad = torch.tensor(gradient)
        optimizer.step()
        for past, parameter in zip(history, parameters):
            past.append(parameter.detach().numpy().copy())
    return [np.stack(past) for past in history]


def with_keras(rule, learning_rate, decay=0.0, clip=lambda gradients: gradients):
    """rule(state, weight, gradient, learning_rate, t) returns the new weight."""
    weights = [w.copy() for w in WEIGHTS]
    states = [{} for _ in weights]
    history = [[] for _ in weights]
    for t, step in enumerate(GRADIENTS, start=1):
        clipped = clip(step)
        for i, gradient in enumerate(clipped):
            weight = weights[i] - weights[i] * decay * learning_rate
            weights[i] = rule(states[i], weight, gradient, learning_rate, t)
            history[i].append(weights[i].copy())
    return [np.stack(past) for past in history]


def sgd(momentum=0.0, nesterov=False):
    def rule(state, w, g, lr, t):
        if momentum == 0:
            return w - lr * g
        m = state["m"] = momentum * state.get("m", 0) - lr * g
        return w + (momentum * m - lr * g if nesterov else m)

    return rule


def rmsprop(rho=0.9, momentum=0.0, epsilon=1e-7, centered=False):
    def rule(state, w, g, lr, t):
        v = state["v"] = rho * state.get("v", 0) + (1 - rho) * g * g
        denominator = v + epsilon
        if centered:
            a = state["a"] = rho * state.get("a", 0) + (1 - rho) * g
            denominator = v - a * a + epsilon
        increment = lr * g / np.sqrt(denominator)
        if momentum > 0:
            increment = state["m"] = momentum * state.get("m", 0) + increment
        return w - increment

    return rule


def adam(beta1=0.9, beta2=0.999, epsilon=1e-7, amsgrad=False):
    def rule(state, w, g, lr, t):
        alpha = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
        m = state["m"] = state.get("m", 0) + (g - state.get("m", 0)) * (1 - beta1)
        v = state["v"] = state.get("v", 0) + (g * g - state.get("v", 0)) * (1 - beta2)
        if amsgrad:
            v = state["h"] = np.maximum(state.get("h", 0), v)
        return w - m * alpha / (np.sqrt(v) + epsilon)

    return rule


def clip_norm(limit):
    return lambda gradients: [g * limit / max(np.linalg.norm(g), limit) for g in gradients]


def clip_global_norm(limit):
    def clip(gradients):
        norm = np.sqrt(sum(np.sum(g * g) for g in gradients))
        return [g * limit / max(norm, limit) for g in gradients]

    return clip


def torch_clip_global_norm(limit):
    """torch's own clipping; it adds 1e-6 to the norm, so that it serves as a check of this script."""

    def clip(gradients):
        parameters = [torch.nn.Parameter(torch.zeros(g.shape, dtype=torch.float64)) for g in gradients]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = torch.tensor(gradient)
        torch.nn.utils.clip_grad_norm_(parameters, limit)
        return [parameter.grad.numpy() for parameter in parameters]

    return clip


def check_clipping():
    for step in GRADIENTS:
        for ours, theirs in zip(clip_global_norm(1.5)(step), torch_clip_global_norm(1.5)(step)):
            assert np.allclose(ours, theirs, rtol=1e-5, atol=0)


def main():
    check_clipping()
    tiny = 1e-30
    lines = [inputs()]

    def add(name, source, settings, trajectory):
        lines.append(optimizer_case(name, source, settings, trajectory))

    add("SGD", "torch.optim.SGD", {}, with_torch(lambda p: torch.optim.SGD(p, lr=rate(0.01))))
    add("SGD momentum", "torch.optim.SGD", {"momentum": 0.9},
        with_torch(lambda p: torch.optim.SGD(p, lr=rate(0.01), momentum=0.9)))
    add("SGD nesterov", "torch.optim.SGD", {"momentum": 0.9, "nesterov": "true"},
        with_torch(lambda p: torch.optim.SGD(p, lr=rate(0.01), momentum=0.9, nesterov=True)))
    add("SGD clipValue", KERAS, {"clipValue": 0.5},
        with_keras(sgd(), rate(0.01), clip=lambda gs: [np.clip(g, -0.5, 0.5) for g in gs]))
    add("SGD clipNorm", KERAS, {"clipNorm": 1.5, "momentum": 0.5},
        with_keras(sgd(0.5), rate(0.01), clip=clip_norm(1.5)))
    add("SGD globalClipNorm", KERAS, {"globalClipNorm": 1.5},
        with_keras(sgd(), rate(0.01), clip=clip_global_norm(1.5)))
    add("SGD weightDecay", KERAS, {"weightDecay": 0.1, "learningRate": 0.25},
        with_keras(sgd(), rate(0.25), decay=0.1))

    add("RMSprop", KERAS, {}, with_keras(rmsprop(), rate(0.001)))
    add("RMSprop large epsilon", KERAS, {"epsilon": 0.5}, with_keras(rmsprop(epsilon=0.5), rate(0.001)))
    add("RMSprop torch", "torch.optim.RMSprop", {"epsilon": tiny, "rho": 0.8},
        with_torch(lambda p: torch.optim.RMSprop(p, lr=rate(0.001), alpha=0.8, eps=tiny)))
    add("RMSprop torch momentum", "torch.optim.RMSprop", {"epsilon": tiny, "momentum": 0.7},
        with_torch(lambda p: torch.optim.RMSprop(p, lr=rate(0.001), alpha=0.9, eps=tiny, momentum=0.7)))
    add("RMSprop torch centered", "torch.optim.RMSprop", {"epsilon": tiny, "momentum": 0.7, "centered": "true"},
        with_torch(lambda p: torch.optim.RMSprop(p, lr=rate(0.001), alpha=0.9, eps=tiny, momentum=0.7, centered=True)))
    add("RMSprop centered", KERAS, {"centered": "true"}, with_keras(rmsprop(centered=True), rate(0.001)))

    add("Adam", KERAS, {}, with_keras(adam(), rate(0.001)))
    add("Adam large epsilon", KERAS, {"epsilon": 0.5}, with_keras(adam(epsilon=0.5), rate(0.001)))
    add("Adam amsgrad", KERAS, {"amsgrad": "true"}, with_keras(adam(amsgrad=True), rate(0.001)))
    add("Adam torch", "torch.optim.Adam", {"epsilon": tiny, "beta1": 0.8, "beta2": 0.95, "learningRate": 0.01},
        with_torch(lambda p: torch.optim.Adam(p, lr=rate(0.01), betas=(0.8, 0.95), eps=tiny)))
    add("Adam torch amsgrad", "torch.optim.Adam", {"epsilon": tiny, "amsgrad": "true", "beta2": 0.9},
        with_torch(lambda p: torch.optim.Adam(p, lr=rate(0.001), betas=(0.9, 0.9), eps=tiny, amsgrad=True)))
    add("Adam globalClipNorm", KERAS, {"globalClipNorm": 1.5},
        with_keras(adam(), rate(0.001), clip=clip_global_norm(1.5)))

    add("AdamW", KERAS, {}, with_keras(adam(), rate(0.001), decay=0.004))
    add("AdamW torch", "torch.optim.AdamW", {"epsilon": tiny, "weightDecay": 0.1, "learningRate": 0.01},
        with_torch(lambda p: torch.optim.AdamW(p, lr=rate(0.01), eps=tiny, weight_decay=0.1)))

    cases.write("optimizers.txt", "nn_optimizers.py", ["PyTorch " + torch.__version__, "NumPy " + np.__version__], lines)


if __name__ == "__main__":
    main()
