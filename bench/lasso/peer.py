#!/usr/bin/python3
"""scikit-learn's path on the data of bench/run lasso: peer.py DIRECTORY TOLERANCE FITS

Reads what the suite wrote to DIRECTORY, fits the path FITS times in this process, and writes the seconds of
each fit (the first is the cold one) and the coefficients of the last.
"""

import pathlib
import sys
import time
import warnings

import numpy as np
import scipy.sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import lasso_path

warnings.simplefilter("ignore", ConvergenceWarning)


def read(name, dtype):
    return np.fromfile(directory / name, dtype=dtype)


directory = pathlib.Path(sys.argv[1])
tolerance = float(sys.argv[2])
fits = int(sys.argv[3])
n, p, is_sparse = (int(word) for word in (directory / "shape.txt").read_text().split())
y = read("y.bin", "<f8")
alphas = read("alphas.bin", "<f8")
values = read("x.bin", "<f8")
if is_sparse:
    x = scipy.sparse.csc_matrix((values, read("rows.bin", "<i4"), read("starts.bin", "<i4")), shape=(n, p))
else:
    x = values.reshape((n, p), order="F")


def fit():
    """Centring belongs to the fit, as it does for the others."""
    mean = np.asarray(x.mean(axis=0)).ravel()
    if is_sparse:
        extra = dict(X_offset=mean, X_scale=np.ones(p))
        centred = x
    else:
        extra = {}
        centred = x - mean
    _, coefficients, _ = lasso_path(
        centred, y - y.mean(), alphas=alphas, tol=tolerance, max_iter=100_000, **extra
    )
    return coefficients


seconds = []
while len(seconds) < fits and sum(seconds) < 60:
    start = time.perf_counter()
    coefficients = fit()
    seconds.append(time.perf_counter() - start)

with open(directory / "path.bin", "wb") as out:
    for k in range(len(alphas)):
        support = np.flatnonzero(coefficients[:, k])
        out.write(np.array([len(support)], dtype="<i4").tobytes())
        out.write(support.astype("<i4").tobytes())
        out.write(coefficients[support, k].astype("<f8").tobytes())
(directory / "seconds.txt").write_text("\n".join(repr(each) for each in seconds) + "\n")
