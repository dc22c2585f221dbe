#!/usr/bin/python3
"""Writes the golden texts of TensorFormat: what NumPy's repr prints.

Run with Debian's python3-numpy: golden/tensor_format.py [OUTPUT]

The file is a list of cases. Each starts with "case NAME" and has the lines
  dtype D
  shape LENGTHS            (empty for a scalar)
  bits HEX...              the elements in row-major order: IEEE bits of floats, two's complement
                           of int32, bytes of bool and uint8; or instead of that
  ramp M N O D             element i is ((i * M) % N - O) / D: integers, then one float64 division,
                           then a cast to the dtype (towards 0 for integers)
and then the lines that repr prints, each after "repr|".
"""

import pathlib
import platform
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE.parent / "tensor/src/test/resources/golden/tensor_format.txt"
BITS = {"float32": ("<u4", 8), "float64": ("<u8", 16), "int32": ("<u4", 8), "bool": ("u1", 2), "uint8": ("u1", 2)}


def case(name, array, source=None):
    """The lines of one case; the elements are given as bits unless source says how to make them."""
    dtype = array.dtype.name
    if source is None:
        view, width = BITS[dtype]
        bits = np.ascontiguousarray(array).reshape(-1).view(view)
        source = " ".join(["bits"] + [format(int(b), "0%dx" % width) for b in bits])
    lines = ["case " + name, "dtype " + dtype, " ".join(["shape"] + [str(d) for d in array.shape]), source]
    lines += ["repr|" + line for line in repr(array).split("\n")]
    return lines


def ramp(name, dtype, shape, multiplier, modulus, offset, divisor):
    index = np.arange(int(np.prod(shape, dtype=np.int64)), dtype=np.int64)
    values = ((index * multiplier) % modulus - offset).astype(np.float64) / np.float64(divisor)
    source = "ramp %d %d %d %d" % (multiplier, modulus, offset, divisor)
    return case(name, values.astype(dtype).reshape(shape), source)


def floats(name, values, dtypes=("float32", "float64")):
    lines = []
    for dtype in dtypes:
        with np.errstate(over="ignore"):
            array = np.array(values, dtype=np.float64).astype(dtype)
        lines += case(name + " " + dtype, array)
    return lines


def cases():
    nan, inf = np.nan, np.inf
    normal = np.random.RandomState(7).standard_normal((4, 5, 6))
    lines = []

    # Notation and digits.
    lines += floats("weights", normal[0, :2, :3])
    lines += floats("whole numbers", [[1, 2, 3], [4, 5, 6]])
    lines += floats("halves", [0.5, 1, -1.5, 20])
    lines += floats("tenths", np.arange(10) / 10)
    lines += floats("thirds", np.arange(1, 13) / 3)
    lines += floats("zeros", np.zeros((2, 2)))
    lines += floats("negative zero", [0.0, -0.0, 1.0])
    lines += floats("only negative zero", [-0.0])
    lines += floats("just below 1e8", [99999992.0, 1e6])
    lines += floats("whole digits beyond the unique ones", [33554436.0, 67108868.0, 99999984.0])
    lines += floats("at 1e8", [1e8, 1e7])
    lines += floats("rounds up to 1e8", [99999999.999999], ["float64"])
    lines += floats("at 1e-4", [1e-4, 0.05])
    lines += floats("above 1e-4", [1.0001e-4, 0.05])
    lines += floats("below 1e-4", [9.999e-5, 0.05])
    lines += floats("ratio 1000", [1000.0, -1.0, 0.0])
    lines += floats("ratio above 1000", [1000.5, -1.0, 0.0])
    lines += floats("ratio that float32 rounds to 1000", [1.9417022466659546, 1941.7022705078125])
    lines += floats("mixed exponents", [1.1, 1e10, -3.3e-7, 0.0])
    lines += floats("negative exponents", [-1.25e-12, 3e-20])
    lines += floats("three exponent digits", [1e-300, -2.5e200, 1.0, 0.0], ["float64"])
    lines += floats("carry into three exponent digits", [9.9999999999e99, 1e-5], ["float64"])
    lines += floats("extremes", [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308], ["float64"])
    lines += floats("extremes", [1.401298464324817e-45, 1.1754943508222875e-38, 3.4028234663852886e38], ["float32"])
    lines += floats("subnormal", [3e-45, 4.2e-41], ["float32"])
    lines += floats("powers of two", [2.0**e for e in range(-13, 27, 3)])
    for value in [2.0**-103, 2.0**-97, 2.0**-96, 2.0**87]:
        lines += floats("uneven gaps around %r" % value, value)
    lines += floats("end of the gap, even mantissa", 33554448.0)
    lines += floats("end of the gap, odd mantissa", 33554468.0)
    lines += floats("ties at the eighth place", [0.5 + 2.0**-9, 0.5 + 3 * 2.0**-9, 1 + 2.0**-17], ["float64"])
    lines += floats("more than eight places", [0.123456785, 0.1234567849999, 2.000000005], ["float64"])
    lines += floats("carry through nines", [0.999999999, 9.999999996, 99.99999999999], ["float64"])
    lines += floats("digits that vanish", [1.000000001, 2.000000004], ["float64"])

    # Not finite.
    lines += floats("nan", [nan, 1.5, -22.25])
    lines += floats("infinite", [inf, 1, 2])
    lines += floats("minus infinite", [-inf, 1, 2])
    lines += floats("only nan", [nan, nan])
    lines += floats("nothing finite", [nan, inf, -inf])
    lines += floats("nan among exponents", [nan, 1e20, -inf, 3e-5])
    lines += floats("nan and zero", [[nan, 0], [0, inf]])

    # Other types.
    lines += case("int32", np.array([[1, -2, 300], [4, 5, 6]], dtype=np.int32))
    lines += case("int32 extremes", np.array([-(2**31), 2**31 - 1, 0], dtype=np.int32))
    lines += case("bool", np.array([[True, False], [False, True]]))
    lines += case("bool all true", np.array([True, True]))
    lines += case("uint8", np.array([0, 7, 128, 255], dtype=np.uint8))

    # Scalars and empty arrays.
    for value in [0.0, -0.0, 1.5, 0.1, 1e-4, 1e-5, 2.5e-7, 123456789.0, 1e15, 1e16, 1.5e20, nan, inf, -inf, 1 / 3]:
        lines += floats("scalar %r" % value, value)
    lines += case("scalar int32", np.array(-5, dtype=np.int32))
    lines += case("scalar true", np.array(True))
    lines += case("scalar false", np.array(False))
    lines += case("scalar uint8", np.array(200, dtype=np.uint8))
    for shape in [(0,), (0, 3), (2, 0, 4)]:
        for dtype in BITS:
            lines += case("empty %s %s" % (shape, dtype), np.zeros(shape, dtype))

    # Rows, wrapping, elision.
    lines += floats("one", [[[[2.5]]]])
    lines += floats("rank 3", normal[:2, :3, :4])
    lines += ramp("wrapped rows", "float32", (3, 17), 37, 101, 50, 8)
    lines += ramp("wrapped row of ones and halves", "float64", (40,), 1, 4, 0, 2)
    lines += ramp("wrapped in rank 3", "float64", (2, 2, 13), 7919, 10007, 5000, 1000)
    lines += ramp("wrapped int32", "int32", (50,), 7919, 100003, 50000, 1)
    lines += ramp("wrapped bool", "bool", (2, 30), 5, 2, 0, 1)
    for columns in range(10, 13):
        lines += ramp("dtype behind %d columns" % columns, "int32", (columns,), 1, 1000, -100, 1)
    lines += ramp("lines of 74 columns", "int32", (40,), 1, 10, 0, 1)
    lines += ramp("lines of 73 and 75 columns", "int32", (40,), 1, 90, -10, 1)
    lines += ramp("lines of 72 columns in rank 3", "int32", (2, 1, 20), 1, 900, -100, 1)
    lines += ramp("words wider than the rest of the line", "float64", (1,) * 31 + (2,), 1, 3, -1, 30000)
    lines += ramp("1000 elements", "uint8", (10, 100), 7, 251, 0, 1)
    lines += ramp("1001 elements", "int32", (1001,), 1, 2000, 0, 1)
    lines += ramp("elided matrix", "float32", (50, 40), 7919, 10007, 5000, 3001)
    lines += ramp("elided columns only", "float64", (5, 1000), 7919, 10007, 5000, 3001)
    lines += ramp("elided rows only", "float64", (1000, 6), 7919, 10007, 5000, 3001)
    lines += ramp("elided rank 3", "float32", (9, 4, 784), 7919, 10007, 5000, 3001)
    lines += ramp("elided rank 4", "uint8", (7, 8, 9, 10), 7919, 256, 0, 1)
    lines += ramp("elided bool", "bool", (60, 20), 5, 2, 0, 1)
    lines += ramp("elided and wrapped", "float64", (2, 3000), 7919, 10007, 5000, 3001)
    lines += ramp("hidden elements do not set the width", "int32", (1200,), 1, 600, 0, 1)
    lines += ramp("elided with one long axis last", "uint8", (2, 2, 2, 2, 64), 7, 251, 0, 1)
    return lines


def main():
    output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    header = [
        "# Written by golden/tensor_format.py with NumPy %s on Python %s; the script explains the format."
        % (np.__version__, platform.python_version())
    ]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(header + cases()) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
