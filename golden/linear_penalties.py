#!/usr/bin/python3
"""Writes the golden values of the penalties that no package of Debian has: MCP, SCAD, the group penalty, and
Huber's loss with an L1 part, each minimised here in float64 NumPy.

Run with Debian's python3-numpy and python3-scipy: golden/linear_penalties.py

The first cases, "data NAME", have x, y, values (y with outliers), weights and groups. Each other case has the
coefficients, the intercept and, for Huber, the scale; the objective there; and violation, how far from the KKT
conditions they are: the largest |X_j'r / n - slope| (for Huber, of the sum rather than the mean), taken anew
from the data as it is given. unique says whether the objective has one minimum only.
"""

import numpy as np
import scipy
from scipy.optimize import minimize

import cases

ROUNDS = 400_000


def data(n, p, seed, active):
    rng = np.random.RandomState(seed)
    x = rng.randn(n, p)
    x[:, 1:] += 0.3 * x[:, :-1]
    x += np.linspace(-1, 1, p)
    truth = np.zeros(p)
    truth[:active] = np.where(np.arange(active) % 2 == 0, 2.0, -1.5)
    y = x @ truth + 2 + 0.5 * rng.randn(n)
    values = y + np.where(rng.uniform(size=n) < 0.15, 8 * rng.standard_t(2, n), 0)
    sizes, groups = [1, 2, 3, 4, 2], []
    while len(groups) < p:
        groups += [max(groups, default=-1) + 1] * sizes[(max(groups, default=-1) + 1) % 5]
    return dict(x=x, y=y, values=values, weights=rng.uniform(0.2, 2, n), groups=np.array(groups[:p]))


DATA = dict(tall=data(120, 18, 1, 6), wide=data(40, 90, 2, 4))

# With less of a penalty the wide data is met exactly, and there is no scale.
HUBER = dict(tall=((5, 1), (40, 1), (10, 0.5)), wide=((20, 1), (30, 1), (40, 0.5)))


def prepared(x, y, w, intercept):
    """So that |y - X b|^2 / 2n is the weighted loss at the best intercept."""
    part = w / w.sum()
    center, target = (part @ x, part @ y) if intercept else (np.zeros(x.shape[1]), 0.0)
    root = np.sqrt(part * len(y))
    return (x - center) * root[:, None], (y - target) * root, center, target


# ---- MCP and SCAD --------------------------------------------------------------------------------


def mcp(t, alpha, gamma):
    return np.where(t <= gamma * alpha, alpha * t - t * t / (2 * gamma), gamma * alpha**2 / 2)


def mcp_slope(t, alpha, gamma):
    return np.maximum(alpha - t / gamma, 0)


def scad(t, alpha, gamma):
    middle = (2 * gamma * alpha * t - t * t - alpha**2) / (2 * (gamma - 1))
    return np.where(t <= alpha, alpha * t, np.where(t <= gamma * alpha, middle, alpha**2 * (gamma + 1) / 2))


def scad_slope(t, alpha, gamma):
    return np.where(t <= alpha, alpha, np.maximum(gamma * alpha - t, 0) / (gamma - 1))


PENALTIES = dict(Mcp=(mcp, mcp_slope), Scad=(scad, scad_slope))


def least(name, z, c, alpha, gamma):
    """The t of 0 or more with the least c / 2 (t - z)^2 + penalty(t), z being 0 or more: among the ends of the
    penalty's pieces and where the derivative is 0 on each of them."""
    value = PENALTIES[name][0]
    points = [0.0, gamma * alpha, max(z, gamma * alpha)]
    if name == "Mcp":
        if c * gamma > 1:
            points.append(np.clip((c * z - alpha) / (c - 1 / gamma), 0, gamma * alpha))
    else:
        points += [alpha, np.clip(z - alpha / c, 0, alpha)]
        if c * (gamma - 1) > 1:
            points.append(np.clip((c * z - gamma * alpha / (gamma - 1)) / (c - 1 / (gamma - 1)), alpha, gamma * alpha))
    points = np.array(points)
    return points[np.argmin(c / 2 * (points - z) ** 2 + value(points, alpha, gamma))]


def concave(name, alpha, gamma, x, y, w, intercept, positive):
    xs, ys, center, target = prepared(x, y, w, intercept)
    n, p = xs.shape
    curvatures = (xs * xs).sum(axis=0) / n
    b, r = np.zeros(p), ys.copy()
    for _ in range(ROUNDS):
        most = 0.0
        for j in range(p):
            z = b[j] + xs[:, j] @ r / n / curvatures[j]
            size = 0.0 if positive and z < 0 else abs(z)
            new = np.sign(z) * least(name, size, curvatures[j], alpha, gamma)
            if new != b[j]:
                r -= (new - b[j]) * xs[:, j]
                most = max(most, abs(new - b[j]))
                b[j] = new
        if most < 1e-15:
            break
    constant = target - center @ b
    value, slope = PENALTIES[name]
    left = y - x @ b - constant
    part = w / w.sum()
    pull = x.T @ (part * left)
    inside = np.maximum((pull if positive else np.abs(pull)) - alpha, 0)
    outside = np.abs(pull - np.sign(b) * slope(np.abs(b), alpha, gamma))
    bend = 1 / (gamma if name == "Mcp" else gamma - 1)
    return dict(
        coefficients=b,
        intercept=constant,
        objective=part @ left**2 / 2 + value(np.abs(b), alpha, gamma).sum(),
        violation=max(np.where(b == 0, inside, outside).max(), abs(part @ left) if intercept else 0),
    ), bool(p <= n and np.linalg.eigvalsh(xs.T @ xs / n).min() > bend)


# ---- groups --------------------------------------------------------------------------------------


def group(alpha, groups, x, y, w, intercept):
    xs, ys, center, target = prepared(x, y, w, intercept)
    n, p = xs.shape
    members = [np.flatnonzero(groups == g) for g in range(groups.max() + 1)]
    curvatures = [np.linalg.eigvalsh(xs[:, m].T @ xs[:, m] / n).max() for m in members]
    b, r = np.zeros(p), ys.copy()
    for _ in range(ROUNDS):
        most = 0.0
        for m, c in zip(members, curvatures):
            z = b[m] + xs[:, m].T @ r / n / c
            norm = np.linalg.norm(z)
            new = z * max(1 - alpha * np.sqrt(len(m)) / c / norm, 0)
            if np.any(new != b[m]):
                r -= xs[:, m] @ (new - b[m])
                most = max(most, np.abs(new - b[m]).max())
                b[m] = new
        if most < 1e-15:
            break
    constant = target - center @ b
    left = y - x @ b - constant
    part = w / w.sum()
    pull = x.T @ (part * left)
    penalty, violation = 0.0, abs(part @ left) if intercept else 0.0
    for m in members:
        bound, norm = alpha * np.sqrt(len(m)), np.linalg.norm(b[m])
        penalty += bound * norm
        own = np.abs(pull[m] - bound * b[m] / norm).max() if norm > 0 else max(np.linalg.norm(pull[m]) - bound, 0)
        violation = max(violation, own)
    return dict(coefficients=b, intercept=constant, objective=part @ left**2 / 2 + penalty, violation=violation)


# ---- Huber ---------------------------------------------------------------------------------------


def huber_parts(x, y, w, epsilon, b, constant, sigma):
    """The loss, its gradient in (b, constant, sigma), and its second derivatives."""
    z = (y - x @ b - constant) / sigma
    near = np.abs(z) <= epsilon
    loss = w @ (sigma + sigma * np.where(near, z * z, 2 * epsilon * np.abs(z) - epsilon**2))
    down = -2 * w * np.clip(z, -epsilon, epsilon)
    gradient = np.concatenate([x.T @ down, [down.sum(), w @ np.where(near, 1 - z * z, 1 - epsilon**2)]])
    full = np.column_stack([x, np.ones(len(y)), z])
    bend = full.T @ (full * (2 * w * near / sigma)[:, None])
    return loss, gradient, bend


def huber(alpha, ratio, epsilon, x, y, w, intercept, positive):
    """By L-BFGS-B on the positive and the negative parts of b, then Newton on what is not 0."""
    p = x.shape[1]

    def smooth(v):
        b = v[:p] - v[p : 2 * p]
        loss, gradient, _ = huber_parts(x, y, w, epsilon, b, v[-2], v[-1])
        loss += alpha * ratio * v[: 2 * p].sum() + alpha * (1 - ratio) * b @ b
        own = gradient[:p] + 2 * alpha * (1 - ratio) * b
        tail = gradient[p:] * [intercept, 1]
        return loss, np.concatenate([own + alpha * ratio, -own + alpha * ratio, tail])

    start = np.zeros(2 * p + 2)
    start[-1] = np.std(y)
    bounds = [(0, None)] * p + [(0, 0 if positive else None)] * p + [(None, None), (1e-6, None)]
    found = minimize(
        smooth, start, jac=True, bounds=bounds, method="L-BFGS-B",
        options=dict(maxiter=200_000, maxfun=400_000, maxcor=50, ftol=1e-16, gtol=1e-11),
    ).x
    b = found[:p] - found[p : 2 * p]
    constant, sigma = found[-2:]
    kept = np.flatnonzero(np.abs(b) > 1e-7)
    signs = np.sign(b[kept])
    b = np.where(np.abs(b) > 1e-7, b, 0)
    which = np.concatenate([kept, [p] if intercept else [], [p + 1]]).astype(int)
    curved = np.zeros(p + 2)
    curved[:p] = 2 * alpha * (1 - ratio)
    for _ in range(100):
        _, gradient, bend = huber_parts(x, y, w, epsilon, b, constant, sigma)
        gradient[:p] += 2 * alpha * (1 - ratio) * b
        gradient[kept] += alpha * ratio * signs
        step = np.linalg.solve((bend + np.diag(curved))[np.ix_(which, which)], -gradient[which])
        whole = np.zeros(p + 2)
        whole[which] = step
        b, constant, sigma = b + whole[:p], constant + whole[p], sigma + whole[p + 1]
        if np.abs(step).max() < 1e-15:
            break
    assert np.all(np.sign(b[kept]) == signs)
    loss, gradient, _ = huber_parts(x, y, w, epsilon, b, constant, sigma)
    pull = -gradient[:p] - 2 * alpha * (1 - ratio) * b
    inside = np.maximum((pull if positive else np.abs(pull)) - alpha * ratio, 0)
    outside = np.abs(pull - np.sign(b) * alpha * ratio)
    rest = max(abs(gradient[p]) if intercept else 0, abs(gradient[p + 1]))
    return dict(
        coefficients=b,
        intercept=constant,
        scale=sigma,
        objective=loss + alpha * ratio * np.abs(b).sum() + alpha * (1 - ratio) * b @ b,
        violation=max(np.where(b == 0, inside, outside).max(), rest),
    )


# ---- all -----------------------------------------------------------------------------------------


def all_cases():
    for name, arrays in DATA.items():
        yield cases.case("data " + name, "numpy.random.RandomState", **arrays)
    for name, each in DATA.items():
        x, y = each["x"], each["y"]
        for intercept in (True, False):
            for weighted in (False, True):
                w = each["weights"] if weighted else np.ones(len(y))
                options = dict(data=name, intercept=str(intercept).lower(), weighted=str(weighted).lower())
                ones = (("Mcp", 3), ("Mcp", 20), ("Scad", 3.7), ("Scad", 20))
                for positive in (False, True):
                    both = dict(options, positive=str(positive).lower())
                    for penalty, gamma in ones:
                        for alpha in (0.1, 0.4):
                            found, unique = concave(penalty, alpha, gamma, x, y, w, intercept, positive)
                            own = dict(both, alpha=alpha, gamma=gamma, unique=str(unique).lower())
                            yield cases.case(penalty, "coordinate descent in NumPy", own, **found)
                    for alpha, ratio in HUBER[name]:
                        found = huber(alpha, ratio, 1.35, x, each["values"], w, intercept, positive)
                        own = dict(both, alpha=alpha, l1Ratio=ratio)
                        yield cases.case("Huber", "L-BFGS-B of SciPy, then Newton in NumPy", own, **found)
                for alpha in (0.05, 0.3):
                    found = group(alpha, each["groups"], x, y, w, intercept)
                    own = dict(options, alpha=alpha)
                    yield cases.case("Group", "block coordinate descent in NumPy", own, **found)


versions = ["NumPy " + np.__version__, "SciPy " + scipy.__version__]
everything = list(all_cases())
cases.write("linear_penalties.txt", "linear_penalties.py", versions, everything, module="linear")
worst = {}
for lines in everything:
    for line in lines:
        if line.startswith("array violation"):
            kind = lines[0].split()[1]
            worst[kind] = max(worst.get(kind, 0), float(line.split("|")[1]))
print("largest violations", worst)
