#!/usr/bin/python3
"""Writes the golden values of the operations of Tensor: what NumPy computes.

Run with Debian's python3-numpy: golden/tensor_ops.py [OUTPUT]

Shapes and values are NumPy's. Types are those that Tensor documents, which NumPy does not share everywhere
(int32 and float32 make float32; arithmetic on bools, sums of int32, and indices are int32): where the two
differ, a cast stands here. Functions of float32 are computed in float64 and rounded once, functions of float64
in long double, since NumPy's own are off by some units in the last place.

The file is a list of cases. Each starts with "case NAME" and has the lines
  operation METHOD          of Tensor
  setting KEY VALUES        arguments that are no tensors
  in DTYPE LENGTHS | VALUES      one line for each tensor, the receiver first: axis lengths (none for a
                                 scalar), elements in row-major order, bools as 0 and 1
  out DTYPE LENGTHS | VALUES     one line for each result
  ulp N FLOOR               how many units in the last place results may be off, of the result or of FLOOR,
                            whichever is larger; exact without this line
"""

import math
import pathlib
import platform
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE.parent / "tensor/src/test/resources/golden/tensor_ops.txt"
NAN, INF = np.nan, np.inf
F32, F64, I32, BOOL, U8 = np.float32, np.float64, np.int32, np.bool_, np.uint8
FLOATS = (F32, F64)
ORDER = [BOOL, I32, F32, F64]
FUNCTIONS_ULP = 2
"""The error that FloatMath and DoubleMath document for a single function."""
ROWS_ULP = 4
"""For softmax and the like, which take several functions and a sum."""
LOGS = {"logSumExp": 1, "logSoftmax": 1}
"""The logarithm of a sum that is 1 or more and rounded is as good as that rounding, even where it is near 0."""

lines = []
names = set()


def text(array):
    """An array as its dtype, its lengths and its elements."""
    array = np.asarray(array)
    if array.dtype.kind == "f":
        elements = [str(element) for element in array.reshape(-1)]
    else:
        elements = [str(int(element)) for element in array.reshape(-1)]
    return " ".join([array.dtype.name] + [str(n) for n in array.shape] + ["|"] + elements)


def words(value):
    if isinstance(value, (list, tuple)):
        return " ".join(str(v) for v in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def case(operation, inputs, outputs, note="", ulp=0, **settings):
    """Adds a case; its name says what is in it."""
    inputs = [np.asarray(x) for x in inputs]
    outputs = [np.asarray(y) for y in (outputs if isinstance(outputs, list) else [outputs])]
    shapes = ["%s%s" % (x.dtype.name, str(x.shape).replace(" ", "")) for x in inputs]
    name = " ".join([operation] + shapes + ["%s=%s" % (k, words(v)) for k, v in settings.items()])
    name += " " + note if note else ""
    if name in names:
        raise ValueError("two cases are called " + name)
    names.add(name)
    lines.append("case " + name)
    lines.append("operation " + operation)
    lines.extend(("setting %s %s" % (key, words(value))).rstrip() for key, value in settings.items())
    lines.extend("in " + text(x) for x in inputs)
    lines.extend("out " + text(y) for y in outputs)
    if ulp:
        lines.append("ulp %d %d" % (ulp, LOGS.get(operation, 0)))


def ramp(shape, dtype=F32, multiplier=7, modulus=19, offset=9, divisor=4):
    """Small multiples of 1/divisor in no order: sums and products of them are exact."""
    index = np.arange(int(np.prod(shape, dtype=np.int64)), dtype=np.int64)
    values = (index * multiplier) % modulus - offset
    if dtype in (I32, U8):
        return (values if dtype == I32 else values + offset).astype(dtype).reshape(shape)
    if dtype == BOOL:
        return (values % 3 == 1).reshape(shape)
    return (values / divisor).astype(dtype).reshape(shape)


def wider(dtype):
    return np.float64 if dtype == F32 else np.longdouble


def rounded(function, *arrays):
    """A function computed in the next wider type and rounded once."""
    dtype = np.asarray(arrays[0]).dtype.type
    with np.errstate(all="ignore"):
        return function(*[a.astype(wider(dtype)) for a in arrays]).astype(dtype)


def common(*arrays):
    """The type of arithmetic between tensors: the highest, and int32 at least."""
    highest = max([ORDER.index(a.dtype.type) for a in arrays] + [1])
    return ORDER[highest]


# ---- creation -----------------------------------------------------------------------------------


def creation():
    for shape in [(), (2, 3), (0, 3)]:
        case("zeros", [], np.zeros(shape, F32), shape=shape)
        case("ones", [], np.ones(shape, F32), shape=shape)
        case("full", [], np.full(shape, 2.5, F32), shape=shape, value=2.5)
    for dtype in [F64, I32, BOOL, U8]:
        name = np.dtype(dtype).name
        case("zeros", [], np.zeros((2,), dtype), shape=(2,), dtype=name)
        case("ones", [], np.ones((2,), dtype), shape=(2,), dtype=name)
        case("full", [], np.full((2, 2), 7, dtype), shape=(2, 2), value=7, dtype=name)
    case("full", [], np.full((2,), -2.75).astype(I32), shape=(2,), value=-2.75, dtype="int32")
    case("full", [], np.full((2,), -0.5, BOOL), shape=(2,), value=-0.5, dtype="bool")
    case("scalar", [], np.array(0.1, F32), value=0.1)
    case("scalar", [], np.array(0.1, F64), value=0.1, dtype="float64")
    case("scalar", [], np.array(-3, I32), value=-3, dtype="int32")
    for stop in [0, 1, 5]:
        case("arange", [], np.arange(stop, dtype=I32), stop=stop)
    for start, stop, step in [(0, 2, 0.3), (5, -3, -2), (1, 2, 0.25), (3, 3, 1), (1, 0, 1), (0, 1, 0.1), (-2, 3, 2)]:
        values = np.arange(start, stop, step, dtype=F64)
        for dtype in [F32, F64]:
            case("arange", [], values.astype(dtype), range=(start, stop, step), dtype=np.dtype(dtype).name)
    case("arange", [], np.arange(5, -5, -3, dtype=I32), range=(5, -5, -3), dtype="int32")
    case("arange", [], np.arange(250, 256, 2).astype(U8), range=(250, 256, 2), dtype="uint8")
    for start, stop, count in [(0, 1, 5), (-1, 1, 7), (2, 5, 1), (2, 5, 0), (3, -3, 4), (0.1, 0.7, 10), (2, 2, 3)]:
        case("linspace", [], np.linspace(start, stop, count).astype(F32), range=(start, stop), count=count)
    for size in [0, 1, 3]:
        case("eye", [], np.eye(size, dtype=F32), size=size)
    for indices, classes in [([0, 2, 1], 3), ([[1, 0], [3, 3]], 4), (2, 3), ([-1, 3, 0], 3), ([], 3)]:
        index = np.array(indices, I32)
        hot = (index[..., None] == np.arange(classes)).astype(F32)
        case("oneHot", [index], hot, note=str(indices), classes=classes)


# ---- element by element -------------------------------------------------------------------------

PAIRS = [((2, 3), (2, 3)), ((3,), (2, 3)), ((2, 1, 3), (4, 1)), ((), (2, 3)), ((0, 3), (1, 3)), ((1,), (0,))]
ODD = [0.5, -0.5, 1.5, INF, -INF, NAN, 3.25]
OTHER = [0.5, 2.5, NAN, INF, 1.0, 2.0, -INF]


def arithmetic(operation, function, types=(F32, F64, I32)):
    """A binary operation that promotes and broadcasts."""

    def apply(a, b):
        dtype = common(a, b)
        with np.errstate(all="ignore"):
            return function(a.astype(dtype), b.astype(dtype))

    for dtype in types:
        for a, b in PAIRS:
            x, y = ramp(a, dtype), ramp(b, dtype, 5, 17, 8)
            case(operation, [x, y], apply(x, y))
    for dtype in FLOATS:
        x, y = np.array(ODD, dtype), np.array(OTHER, dtype)
        case(operation, [x, y], apply(x, y), note="not finite")
    if I32 in types:
        for a, b in [(BOOL, BOOL), (BOOL, I32), (BOOL, F32), (I32, F32), (I32, F64), (F32, F64), (F64, BOOL)]:
            x, y = ramp((2, 3), a), ramp((2, 3), b, 5, 17, 8)
            case(operation, [x, y], apply(x, y))
        for dtype, number, taken in [(F32, 0.5, F32), (F64, 0.1, F64), (I32, 2, I32), (I32, 0.5, F32), (BOOL, 2, I32)]:
            x = ramp((2, 3), dtype)
            case(operation, [x], apply(x, np.array(number, taken)), number=number)


def quotient(operation, function, divisors, ulp):
    """A binary operation on floating types, to which whole numbers are cast before."""

    def apply(a, b):
        dtype = max([F32, common(a, b)], key=ORDER.index)
        with np.errstate(all="ignore"):
            return function(a.astype(dtype), b.astype(dtype))

    for dtype in [F32, F64, I32]:
        for a, b in PAIRS:
            x = ramp(a, dtype)
            y = np.resize(np.array(divisors), b).astype(dtype)
            case(operation, [x, y], apply(x, y), ulp=ulp)
    for a, b in [(BOOL, I32), (I32, F32), (F32, F64)]:
        x, y = ramp((2, 3), a), np.resize(np.array(divisors), (2, 3)).astype(b)
        case(operation, [x, y], apply(x, y), ulp=ulp)
    for dtype, number, taken in [(F32, 0.5, F32), (F64, 3, F64), (I32, 2, F32), (I32, 0.25, F32)]:
        x = abs(ramp((2, 3), dtype))
        case(operation, [x], apply(x, np.array(number, taken)), ulp=ulp, number=number)


def wrap(function):
    def wrapped(a, b):
        with np.errstate(over="ignore"):
            return function(a, b)

    return wrapped


def binary():
    arithmetic("add", np.add)
    arithmetic("subtract", np.subtract)
    arithmetic("multiply", np.multiply)
    arithmetic("maximum", np.maximum)
    arithmetic("minimum", np.minimum)
    big = np.array([2**31 - 1, -(2**31), 65536], I32)
    one = np.array([1, -1, 65536], I32)
    case("add", [big, one], wrap(np.add)(big, one), note="wraps around")
    case("multiply", [big, one], wrap(np.multiply)(big, one), note="wraps around")
    quotient("divide", np.divide, [2.0, -4.0, 3.0, 7.0, 1.5], 0)
    x = np.array([1, -1, 0, INF, NAN], F32)
    zero = np.array([0, 0, 0, INF, 1], F32)
    with np.errstate(all="ignore"):
        case("divide", [x, zero], x / zero, note="by zero")
    quotient("pow", lambda a, b: rounded(np.power, a, b), [2.0, 3.0, -1.0, 0.0, 1.0, 4.0], FUNCTIONS_ULP)
    for dtype in FLOATS:
        # NumPy, as C, has 1^nan = (-1)^inf = 1; Tensor.pow follows Math.pow, which has NaN.
        base = np.array([2, 2, 0.5, 0, -0.5, INF, -INF, -8, 10, 1.1, NAN, NAN, 0.9, 9], dtype)
        exponent = np.array([0.5, -INF, INF, 0, -3, -1, 3, 1 / 3, 30, 100.5, 0, 1, -200, 0.5], dtype)
        case("pow", [base, exponent], rounded(np.power, base, exponent), note="special", ulp=FUNCTIONS_ULP)
    for dtype in [F32, F64]:
        x = np.append(ramp((9,), dtype), np.array([INF, -INF, NAN], dtype))
        case("clip", [x], np.clip(x, dtype(-0.75), dtype(1.5)), bounds=(-0.75, 1.5))
    x = ramp((7,), I32)
    case("clip", [x], np.clip(x, -2, 3).astype(I32), bounds=(-2, 3))
    case("clip", [x], np.clip(x.astype(F32), F32(-2.5), F32(3)), bounds=(-2.5, 3))


def compare(operation, function):
    for dtype in [F32, F64, I32]:
        for a, b in PAIRS:
            x, y = ramp(a, dtype, 7, 5, 2), ramp(b, dtype, 3, 5, 2)
            case(operation, [x, y], function(x, y))
    for dtype in FLOATS:
        x, y = np.array(ODD + [NAN, 0.0, INF], dtype), np.array(OTHER + [NAN, -0.0, INF], dtype)
        case(operation, [x, y], function(x, y), note="not finite")
    for a, b in [(BOOL, BOOL), (BOOL, I32), (I32, F32), (F32, F64)]:
        x, y = ramp((2, 3), a), ramp((2, 3), b, 5, 17, 8)
        dtype = common(x, y)
        case(operation, [x, y], function(x.astype(dtype), y.astype(dtype)))
    for dtype, number in [(F32, 0.5), (I32, 2), (I32, 1.5), (BOOL, 1)]:
        x = ramp((2, 3), dtype)
        case(operation, [x], function(x, number), number=number)


def comparison():
    compare("equal", np.equal)
    compare("notEqual", np.not_equal)
    compare("less", np.less)
    compare("lessEqual", np.less_equal)
    compare("greater", np.greater)
    compare("greaterEqual", np.greater_equal)
    for operation, function in [("and", np.logical_and), ("or", np.logical_or), ("xor", np.logical_xor)]:
        for a, b in PAIRS:
            x, y = ramp(a, BOOL), ramp(b, BOOL, 5, 17, 8)
            case(operation, [x, y], function(x, y))
    for shape in [(), (2, 3), (0,)]:
        x = ramp(shape, BOOL)
        case("not", [x], np.logical_not(x))
    for c, a, b in [((2, 3),) * 3, ((3,), (2, 1), ()), ((2, 1), (3,), (1,)), ((), (2,), (2,)), ((0, 3), (3,), ())]:
        for dtype in [F32, F64, I32, BOOL]:
            condition, x, y = ramp(c, BOOL), ramp(a, dtype), ramp(b, dtype, 5, 17, 8)
            case("where", [condition, x, y], np.where(condition, x, y))
    for a, b in [(BOOL, I32), (I32, F32), (F32, F64), (F32, BOOL)]:
        condition, x, y = ramp((2, 3), BOOL), ramp((2, 3), a), ramp((2, 3), b, 5, 17, 8)
        case("where", [condition, x, y], np.where(condition, x.astype(common(x, y)), y.astype(common(x, y))))
    condition, x, y = np.array([True, False, True]), np.array([NAN, 1, -0.0], F32), np.array([2, NAN, 3], F32)
    case("where", [condition, x, y], np.where(condition, x, y), note="not finite")


SPECIAL = [0.0, -0.0, INF, -INF, NAN]
WIDE = [1e-30, -1e-5, 0.001, -0.1, 0.3, -0.75, 1.0, -1.5, 2.5, -4.0, 7.25, -11.5, 20.0, -60.0, 85.0, 87.9, -90.0]
NEAR = [1e-20, -1e-9, 1e-4, -0.02, 0.25, -0.6, 0.99, -0.999]
POSITIVE = [1e-30, 1e-7, 0.01, 0.3, 0.9999, 1.0, 1.0001, 2.0, 10.0, 12345.678, 1e20]
ANGLES = [1e-8, 0.1, -0.7853982, 1.0, 1.5707964, -2.0, 3.1415927, 6.0, -10.0, 100.0, 12345.0, -1e6]


def unary(operation, function, values, ulp, types=FLOATS):
    for dtype in types:
        x = np.array(SPECIAL + values, F64).astype(dtype)
        case(operation, [x], rounded(function, x), ulp=ulp)
        for shape in [(), (2, 2), (0, 3)]:
            x = np.resize(np.array([v for v in values if abs(v) > 0.01]), shape).astype(dtype)
            case(operation, [x], rounded(function, x), ulp=ulp)
    x = np.array([0, 1, 2, 5], I32)
    case(operation, [x], rounded(function, x.astype(F32)), ulp=ulp)
    x = np.array([True, False])
    case(operation, [x], rounded(function, x.astype(F32)), ulp=ulp)


def exactly(operation, function, values):
    """A function whose result needs no rounding, on whole numbers too."""
    for dtype in FLOATS:
        for x in [np.array(SPECIAL + values, dtype), np.resize(values, (2, 2)).astype(dtype), dtype(values[-1])]:
            with np.errstate(all="ignore"):
                case(operation, [np.asarray(x)], function(x))
    x = np.array([0, 1, -1, 7, -9, 2**31 - 1], I32)
    with np.errstate(all="ignore"):
        case(operation, [x], function(x).astype(I32))
        case(operation, [np.array([True, False])], function(np.array([1, 0], I32)).astype(I32))
    case(operation, [np.zeros((0, 3), F32)], np.zeros((0, 3), F32))


def erf(x):
    return np.vectorize(lambda v: np.longdouble(math.erf(v)), otypes=[np.longdouble])(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def functions():
    values = [0.25, -0.25, 1.0, -1.75, 2.5, -3.5, 1e6 + 0.5, -1e-30]
    exactly("negate", np.negative, values)
    exactly("abs", np.abs, values)
    exactly("sign", np.sign, values)
    exactly("square", np.square, [v for v in values if abs(v) > 1e-20])
    exactly("relu", lambda x: np.maximum(x, np.zeros_like(x)), values)
    exactly("step", lambda x: np.heaviside(x, 0.0).astype(np.asarray(x).dtype), values)
    exactly("floor", lambda x: np.floor(x).astype(np.asarray(x).dtype), values)
    unary("sqrt", np.sqrt, POSITIVE + [-1.0], 0)
    for dtype in FLOATS:
        x = np.array(SPECIAL + POSITIVE + [-1.0], dtype)
        with np.errstate(all="ignore"):
            case("rsqrt", [x], dtype(1) / np.sqrt(x))
    case("rsqrt", [np.array([1, 2, 4], I32)], F32(1) / np.sqrt(np.array([1, 2, 4], F32)))
    unary("exp", np.exp, WIDE, FUNCTIONS_ULP)
    unary("expm1", np.expm1, WIDE, FUNCTIONS_ULP)
    unary("log", np.log, POSITIVE + [-1.0], FUNCTIONS_ULP)
    unary("log1p", np.log1p, NEAR + [-1.0, -2.0, 5.0, 1e9], FUNCTIONS_ULP)
    unary("tanh", np.tanh, WIDE, FUNCTIONS_ULP)
    unary("sigmoid", sigmoid, WIDE, FUNCTIONS_ULP)
    unary("softplus", lambda x: np.logaddexp(np.zeros_like(x), x), WIDE, FUNCTIONS_ULP)
    unary("erf", erf, [v for v in WIDE if abs(v) < 5], FUNCTIONS_ULP)
    unary("sin", np.sin, ANGLES, FUNCTIONS_ULP)
    unary("cos", np.cos, ANGLES, FUNCTIONS_ULP)


# ---- reductions ---------------------------------------------------------------------------------

AXES = [((2, 3, 4), (), False), ((2, 3, 4), (), True), ((2, 3, 4), (0,), False), ((2, 3, 4), (-1,), True)]
AXES += [((2, 3, 4), (0, 2), False), ((2, 3, 4), (2, 1), True), ((5,), (0,), False), ((), (), False), ((3, 0), (0,), True)]
EMPTY = [((2, 0), (1,), False), ((2, 0), (), True), ((0, 3), (0, -1), True)]


def numpy_axes(axes):
    return tuple(axes) if axes else None


def reduction(operation, function, types, empty=True, ulp=0, data=ramp):
    for dtype in types:
        for shape, axes, keep in AXES + (EMPTY if empty else []):
            x = data(shape, dtype)
            with np.errstate(all="ignore"):
                y = function(x, axes, keep)
            case(operation, [x], y, ulp=ulp, axes=axes, keepDims=keep)


def numeric(x):
    return x.astype(I32) if x.dtype == BOOL else x


def floating(x):
    return x if x.dtype.kind == "f" else x.astype(F32)


def summed(x, axes, keep):
    return np.sum(numeric(x), axis=numpy_axes(axes), keepdims=keep, dtype=numeric(x).dtype)


def product(x, axes, keep):
    return np.prod(numeric(x), axis=numpy_axes(axes), keepdims=keep, dtype=numeric(x).dtype)


def mean(x, axes, keep):
    x = floating(x)
    n = x.dtype.type(np.prod([x.shape[a] for a in (axes or range(x.ndim))]))
    return np.asarray(np.sum(x, axis=numpy_axes(axes), keepdims=keep)) / n


def variance(x, axes, keep):
    x = floating(x)
    return rounded(lambda v: np.asarray(np.var(v, axis=numpy_axes(axes), keepdims=keep)), x)


def moved(x, axes):
    """Some axes moved to the end and made one."""
    axes = sorted(a % x.ndim for a in axes) if axes else list(range(x.ndim))
    kept = [a for a in range(x.ndim) if a not in axes]
    return np.transpose(x, kept + axes).reshape([x.shape[a] for a in kept] + [-1 if x.size else 0])


def kept_shape(x, axes):
    axes = [a % x.ndim for a in axes] if axes else range(x.ndim)
    return [1 if a in axes else x.shape[a] for a in range(x.ndim)]


def argmax(x, axes, keep):
    x = np.asarray(x)
    if x.size == 0:
        return np.zeros(kept_shape(x, axes) if keep else moved(x, axes).shape[:-1], I32)
    index = np.argmax(moved(x, axes), axis=-1).astype(I32)
    return index.reshape(kept_shape(x, axes)) if keep else index


def log_sum_exp(x, axes, keep):
    def function(v):
        return np.asarray(np.logaddexp.reduce(v, axis=numpy_axes(axes), keepdims=keep))

    return rounded(function, floating(x))


def extreme(function):
    return lambda x, axes, keep: function(numeric(x), axis=numpy_axes(axes), keepdims=keep)


def spread(shape, dtype):
    """Few values, so that maxima tie."""
    return ramp(shape, dtype, 7, 5, 2)


def factors(shape, dtype):
    """Powers of two of both signs, and ones: products are exact."""
    table = np.array([1, -2, 1, 0.5, -1, 2, 1] if dtype in FLOATS else [1, -2, 1, 3, -1, 2, 1])
    return table[np.arange(int(np.prod(shape))) % 7].astype(dtype).reshape(shape)


def reductions():
    reduction("sum", summed, [F32, F64, I32, BOOL])
    reduction("mean", mean, [F32, F64, I32, BOOL])
    reduction("variance", variance, [F32, F64, I32], ulp=ROWS_ULP)
    reduction("max", extreme(np.max), [F32, F64, I32, BOOL], empty=False, data=spread)
    reduction("min", extreme(np.min), [F32, F64, I32, BOOL], empty=False, data=spread)
    reduction("prod", product, [F32, F64, I32], data=factors)
    reduction("argmax", argmax, [F32, F64, I32, BOOL], empty=False, data=spread)
    reduction("logSumExp", log_sum_exp, [F32, F64, I32], ulp=ROWS_ULP)
    reduction("any", lambda x, axes, keep: np.any(x, axis=numpy_axes(axes), keepdims=keep), [BOOL])
    reduction("all", lambda x, axes, keep: np.all(x, axis=numpy_axes(axes), keepdims=keep), [BOOL])
    true = np.ones((2, 3), BOOL)
    case("all", [true], np.all(true, axis=1), note="true", axes=(1,), keepDims=False)
    odd = np.array([[1, NAN, 3, NAN], [INF, 2, INF, -INF], [-INF, -INF, -INF, -INF], [0, -0.0, 5, 5]], F32)
    for dtype in FLOATS:
        x = odd.astype(dtype)
        with np.errstate(all="ignore"):
            for operation, function in [("max", np.max), ("min", np.min), ("sum", np.sum), ("prod", np.prod)]:
                case(operation, [x], function(x, axis=1), note="not finite", axes=(1,), keepDims=False)
            case("argmax", [x], np.argmax(x, axis=1).astype(I32), note="not finite", axes=(1,), keepDims=False)
            x = x[[0, 2, 3]]
            case("logSumExp", [x], log_sum_exp(x, (1,), False), "not finite", ROWS_ULP, axes=(1,), keepDims=False)
            x = np.array([[1000, 1000.5], [-1000, -1001]], dtype)
            case("logSumExp", [x], log_sum_exp(x, (1,), False), "far out", ROWS_ULP, axes=(1,), keepDims=False)
    x = np.array([2**31 - 1, 1], I32)
    case("sum", [x], np.sum(x, dtype=I32), note="wraps around", axes=(), keepDims=False)

    def softmax(v, axis):
        e = np.exp(v - np.max(v, axis=axis, keepdims=True))
        return e / np.sum(e, axis=axis, keepdims=True)

    def log_softmax(v, axis):
        return v - np.logaddexp.reduce(v, axis=axis, keepdims=True)

    for operation, function in [("softmax", softmax), ("logSoftmax", log_softmax)]:
        for dtype in FLOATS:
            for shape, axis in [((5,), 0), ((2, 3), -1), ((2, 3), 0), ((2, 3, 4), 1), ((3, 70), 1)]:
                x = ramp(shape, dtype)
                case(operation, [x], rounded(lambda v: function(v, axis), x), ulp=ROWS_ULP, axis=axis)
            x = np.array([[1000, 999, 990], [-1000, -INF, -1001]], dtype)
            case(operation, [x], rounded(lambda v: function(v, -1), x), "far out", ROWS_ULP, axis=-1)
        x = ramp((2, 3), I32)
        case(operation, [x], rounded(lambda v: function(v, -1), x.astype(F32)), ulp=ROWS_ULP, axis=-1)
        case(operation, [np.zeros((0, 3), F32)], np.zeros((0, 3), F32), axis=-1)


# ---- products, shapes, picking ------------------------------------------------------------------

PRODUCTS = [((2, 3), (3, 4)), ((1, 1), (1, 1)), ((3, 5), (5, 1)), ((2, 0), (0, 3)), ((0, 3), (3, 2)), ((17, 33), (33, 9))]
BATCHES = [((2, 2, 3), (2, 3, 2)), ((2, 2, 3), (3, 4)), ((2, 3), (2, 3, 2)), ((2, 1, 2, 3), (3, 3, 1))]
BATCHES += [((1, 2, 3), (4, 3, 2)), ((4, 2, 3), (1, 3, 2)), ((0, 2, 3), (3, 2)), ((2, 3, 0), (0, 2))]


def products():
    def swapped(x):
        return np.ascontiguousarray(np.swapaxes(x, -1, -2))

    for a, b in PRODUCTS + BATCHES:
        for dtype in FLOATS:
            x, y = ramp(a, dtype), ramp(b, dtype, 5, 17, 8)
            case("matmul", [x, y], x @ y)
            # The factors as they are stored; the settings say which of them is transposed first.
            case("matmul", [swapped(x), y], x @ y, transpose="a")
            case("matmul", [x, swapped(y)], x @ y, transpose="b")
            case("matmul", [swapped(x), swapped(y)], x @ y, transpose="ab")
    for a, b in [(I32, I32), (I32, F32), (BOOL, F32), (F32, F64)]:
        x, y = ramp((2, 3), a), ramp((3, 4), b, 5, 17, 8)
        dtype = max([F32, common(x, y)], key=ORDER.index)
        case("matmul", [x, y], x.astype(dtype) @ y.astype(dtype))


def shapes():
    every = [F32, F64, I32, BOOL, U8]
    for dtype in every:
        x = ramp((2, 3, 4), dtype)
        case("reshape", [x], x.reshape(4, 6), dims=(4, 6))
        case("transpose", [x], np.transpose(x, (2, 0, 1)), axes=(2, 0, 1))
        case("flip", [x], np.flip(x, (0, 2)), axes=(0, -1))
        case("tile", [x], np.tile(x, (1, 2, 3)), repeats=(1, 2, 3))
        case("slice", [x], x[:, :, 1:4:2], range=(-1, 1, 4, 2))
        case("pad", [x], np.pad(x, ((1, 0), (0, 2), (0, 0)), constant_values=1), low=(1, 0, 0), high=(0, 2, 0), value=1)
        case("concat", [x, x[:1]], np.concatenate([x, x[:1]]), axis=0)
        case("stack", [x[0], x[1]], np.stack([x[0], x[1]], 1), axis=1)
        case("gather", [x, np.array([2, 0, 2], I32)], np.take(x, [2, 0, 2], 1), axis=1)
        case("broadcastTo", [x[:, :1]], np.broadcast_to(x[:, :1], (2, 3, 4)), shape=(2, 3, 4))
        case("split", [x], np.split(x, 2, 2), parts=2, axis=2)
    x = ramp((2, 3, 4))
    for dims in [(-1,), (4, -1, 3), (1, 2, 3, 4), (24,)]:
        case("reshape", [x], x.reshape(dims), dims=dims)
    case("reshape", [ramp((1, 1))], ramp((1, 1)).reshape(()), dims=())
    case("reshape", [np.zeros((0, 3), F32)], np.zeros((3, 0, 2), F32), dims=(3, 0, 2))
    case("transpose", [x], np.transpose(x))
    case("transpose", [x], np.transpose(x, (0, 2, 1)), axes=(0, -1, 1))
    case("transpose", [ramp((5,))], ramp((5,)))
    case("transpose", [np.zeros((0, 3), F32)], np.zeros((3, 0), F32))
    for a, b in [((), (2, 3)), ((3,), (2, 3)), ((2, 1), (2, 3)), ((1, 3), (2, 4, 3)), ((1,), (0,)), ((2, 3), (2, 3))]:
        y = ramp(a)
        case("broadcastTo", [y], np.broadcast_to(y, b), shape=b)
    for axis in [0, 1, 3, -1, -4]:
        case("expandDims", [x], np.expand_dims(x, axis), axis=axis)
    case("expandDims", [ramp(())], np.expand_dims(ramp(()), 0), axis=0)
    y = ramp((1, 2, 1, 3, 1))
    case("squeeze", [y], np.squeeze(y), axes=())
    case("squeeze", [y], np.squeeze(y, (0, -1)), axes=(0, -1))
    case("squeeze", [y], np.squeeze(y, 2), axes=(2,))
    a, b, c = ramp((2, 3)), ramp((0, 3)), ramp((2, 3), F32, 5, 17, 8)
    case("concat", [a, b, c], np.concatenate([a, b, c], 0), axis=0)
    case("concat", [a, c[:, :1]], np.concatenate([a, c[:, :1]], 1), axis=-1)
    case("concat", [a, ramp((2, 3), I32)], np.concatenate([a, ramp((2, 3), I32).astype(F32)]), axis=0)
    case("concat", [ramp((2,), BOOL), ramp((2,), I32)], np.array([*ramp((2,), BOOL), *ramp((2,), I32)], I32), axis=0)
    for axis in [0, 1, 2, -1]:
        case("stack", [a, c], np.stack([a, c], axis), axis=axis)
    case("stack", [ramp(()), F32(2)], np.array([ramp(()), 2], F32), axis=0)
    case("split", [x], np.split(x, 3, 1), parts=3, axis=-2)
    case("split", [x], np.split(x, 1, 0), parts=1, axis=0)
    for axis, start, stop, step in [(0, 0, 1, 1), (1, 1, 3, 1), (2, 0, 4, 3), (2, -3, -1, 1), (1, 2, 2, 1), (-1, 1, 4, 5)]:
        index = [slice(None)] * 3
        index[axis] = slice(start, stop, step)
        case("slice", [x], x[tuple(index)], range=(axis, start, stop, step))
    index = np.array([[1, 0], [2, 2]], I32)
    for axis in [0, 1, 2, -1]:
        y = ramp((3, 3, 3))
        case("gather", [y, index], np.take(y, index, axis), axis=axis)
    case("gather", [ramp((4, 2)), np.array(3, I32)], ramp((4, 2))[3], axis=0)
    case("gather", [ramp((4, 2)), np.array([], I32)], ramp((4, 2))[:0], axis=0)
    case("pad", [x], np.pad(x, ((0, 0), (1, 1), (2, 0))), low=(0, 1, 2), high=(0, 1, 0), value=0)
    case("pad", [np.zeros((0, 2), F32)], np.full((1, 3), 0.5, F32), low=(1, 0), high=(0, 1), value=0.5)
    case("flip", [x], np.flip(x), axes=())
    case("flip", [x], np.flip(x, 1), axes=(1,))
    case("tile", [ramp((2, 3))], np.tile(ramp((2, 3)), (2, 1)), repeats=(2, 1))
    case("tile", [ramp((2, 3))], np.tile(ramp((2, 3)), (0, 1)), repeats=(0, 1))


def casts():
    # Where a number has no place in the new type, NumPy leaves the result to the machine; those are not here.
    real = np.array([0, -0.0, 0.4, -0.6, 1.5, -2.5, 100.75, 254.9], F64)
    for source in FLOATS:
        x = np.append(real, [0.1, 1e-8, 16777217.0]).astype(source)
        for target in [F32, F64, I32, BOOL]:
            case("cast", [x], x.astype(target), dtype=np.dtype(target).name)
        x = abs(real).astype(source)
        case("cast", [x], x.astype(U8), dtype="uint8")
    whole = np.array([0, 1, -1, 255, 256, -200, 16777217, 2**31 - 1, -(2**31)], I32)
    for source, x in [(I32, whole), (BOOL, np.array([True, False])), (U8, np.array([0, 1, 127, 128, 255], U8))]:
        for target in [F32, F64, I32, BOOL, U8]:
            case("cast", [x], x.astype(target), dtype=np.dtype(target).name)
    x = np.array([1e300, -1e300, 1e-300, 3.4028236e38, INF, -INF, NAN], F64)
    with np.errstate(all="ignore"):
        case("cast", [x], x.astype(F32), note="far out", dtype="float32")
    case("cast", [np.array([NAN, INF, 1e-40], F32)], np.array([True, True, True]), note="far out", dtype="bool")
    case("cast", [np.zeros((0, 2), F32)], np.zeros((0, 2), I32), note="empty", dtype="int32")


def main():
    creation()
    binary()
    comparison()
    functions()
    reductions()
    products()
    shapes()
    casts()
    output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    versions = "NumPy %s on Python %s" % (np.__version__, platform.python_version())
    header = ["# Written by golden/tensor_ops.py with %s; the script explains the format." % versions]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(header + lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
