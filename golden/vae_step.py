#!/usr/bin/python3
"""Writes the golden values of vae, in float64: log-likelihoods, divergences, and a training step of a small
VAE with given weights and given noise.

Run with Debian's python3-torch and python3-numpy.
"""

import numpy as np
import torch
from torch.distributions import Bernoulli, Normal, kl_divergence

import cases

rng = np.random.default_rng(20260305)

PIXELS, HIDDEN, LATENT, EXAMPLES = 6, 5, 2, 4


def normal(*shape, scale=1.0):
    return torch.tensor(rng.normal(scale=scale, size=shape))


def likelihood_cases():
    logits = normal(3, 4, scale=3)
    logits[0, 0], logits[0, 1] = 40, -40
    pixels = torch.tensor(rng.uniform(size=(3, 4)))
    pixels[0] = torch.tensor([1.0, 1.0, 0.0, 1.0])
    bernoulli = Bernoulli(logits=logits, validate_args=False)
    yield cases.case(
        "Bernoulli",
        "torch.distributions.Bernoulli",
        x=pixels,
        parameters=logits,
        logLikelihood=bernoulli.log_prob(pixels).sum(1),
        mean=bernoulli.mean,
    )
    x, mean = normal(3, 4), normal(3, 4)
    for stddev in [1.0, 0.25]:
        yield cases.case(
            "Normal",
            "torch.distributions.Normal",
            {"stddev": stddev},
            x=x,
            parameters=mean,
            logLikelihood=Normal(mean, stddev).log_prob(x).sum(1),
            mean=mean,
        )


def divergence_case():
    mean, log_variance, z = normal(5, 3), normal(5, 3, scale=2), normal(5, 3)
    posterior, prior = Normal(mean, torch.exp(log_variance / 2)), Normal(torch.zeros(5, 3).double(), 1.0)
    return cases.case(
        "KL",
        "torch.distributions.kl_divergence, log_prob",
        mean=mean,
        logVariance=log_variance,
        z=z,
        closedForm=kl_divergence(posterior, prior),
        monteCarlo=posterior.log_prob(z) - prior.log_prob(z),
    )


def step_case(beta):
    sizes = {
        "encoder/dense": (PIXELS, HIDDEN),
        "encoder/mean": (HIDDEN, LATENT),
        "encoder/log_variance": (HIDDEN, LATENT),
        "decoder/dense": (LATENT, HIDDEN),
        "decoder/logits": (HIDDEN, PIXELS),
    }
    weights = {}
    for name, size in sizes.items():
        weights[name + "/kernel"] = normal(*size, scale=0.5).requires_grad_(True)
        weights[name + "/bias"] = normal(size[1], scale=0.5).requires_grad_(True)

    def dense(name, x):
        return x @ weights[name + "/kernel"] + weights[name + "/bias"]

    x = torch.tensor(rng.uniform(size=(EXAMPLES, PIXELS)))
    epsilon = normal(EXAMPLES, LATENT)
    features = torch.relu(dense("encoder/dense", x))
    mean, log_variance = dense("encoder/mean", features), dense("encoder/log_variance", features)
    z = mean + torch.exp(0.5 * log_variance) * epsilon
    logits = dense("decoder/logits", torch.relu(dense("decoder/dense", z)))
    reconstruction = torch.nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(1)
    prior = Normal(torch.zeros_like(mean), 1.0)
    kl = kl_divergence(Normal(mean, torch.exp(0.5 * log_variance)), prior).sum(1)
    loss = (reconstruction + beta * kl).mean()
    before = {name: weight.detach().clone() for name, weight in weights.items()}
    optimizer = torch.optim.SGD(weights.values(), lr=0.125)
    loss.backward()
    optimizer.step()
    arrays = {"weight:" + name: weight for name, weight in before.items()}
    arrays.update({"after:" + name: weight for name, weight in weights.items()})
    return cases.case(
        "step",
        "torch.autograd, torch.optim.SGD",
        {"beta": beta},
        x=x,
        epsilon=epsilon,
        loss=loss,
        reconstruction=reconstruction.mean(),
        kl=kl.mean(),
        elbo=-(reconstruction + kl).mean(),
        **arrays
    )


def main():
    lines = list(likelihood_cases()) + [divergence_case(), step_case(1.0), step_case(2.5)]
    versions = ["PyTorch " + torch.__version__, "NumPy " + np.__version__]
    cases.write("vae_step.txt", "vae_step.py", versions, lines, module="vae")


if __name__ == "__main__":
    main()
