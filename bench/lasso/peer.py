#!/usr/bin/python3
"""scikit-learn's path on the data of bench/run lasso: peer.py DIRECTORY TOLERANCE FITS LEAD

Reads what the suite wrote to DIRECTORY, says "ready", and fits the path in this process: once cold (and says so), then off the
clock until LEAD seconds have passed, then until there are FITS times on the clock. A first fit of more than 20
seconds is the only one, and after 20 seconds on the clock no other begins. Writes a line of seconds and of CPU seconds
for each fit, the coefficients of the last, and the version.
"""

import pathlib
import sys
import time
import warnings

import numpy as np
import scipy.sparse
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import lasso_path

warnings.simplefilter("ignore", ConvergenceWarning)


def read(name, dtype):
    return np.fromfile(directory / name, dtype=dtype)


directory = pathlib.Path(sys.argv[1])
tolerance = float(sys.argv[2])
fits = int(sys.argv[3])
lead = float(sys.argv[4])
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


def timed():
    global coefficients
    start, cpu = time.perf_counter(), time.process_time()
    coefficients = fit()
    return time.perf_counter() - start, time.process_time() - cpu


print("ready", flush=True)
begin = time.perf_counter()
rows = [timed()]
print("cold", flush=True)
if rows[0][0] < 20:
    while time.perf_counter() - begin < lead:
        timed()
    begin = time.perf_counter()
    while len(rows) < fits and (len(rows) == 1 or time.perf_counter() - begin < 20):
        rows.append(timed())

with open(directory / "path.bin", "wb") as out:
    for k in range(len(alphas)):
        support = np.flatnonzero(coefficients[:, k])
        out.write(np.array([len(support)], dtype="<i4").tobytes())
        out.write(support.astype("<i4").tobytes())
        out.write(coefficients[support, k].astype("<f8").tobytes())
(directory / "seconds.txt").write_text("".join(f"{wall!r} {cpu!r}\n" for wall, cpu in rows))
(directory / "version.txt").write_text(sklearn.__version__ + "\n")
