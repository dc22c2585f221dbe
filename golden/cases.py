"""The form of the golden files of nn and vae, shared by the scripts that write them.

A file is a list of cases. Each starts with "case NAME", then has one line "source WHAT" that says which
function or formula made the expected values, lines "setting KEY VALUE", a list being [1 2 3], and lines

  array NAME LENGTHS | VALUES

with the lengths of the axes (none for a scalar) and the elements in row-major order, float64 with as
many digits as they need.
"""

import pathlib
import platform

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent


def case(name, source, settings=None, **arrays):
    """The lines of one case."""
    lines = ["case " + name, "source " + source]
    for key, value in (settings or {}).items():
        text = "[%s]" % " ".join(str(each) for each in value) if isinstance(value, list) else value
        lines.append("setting %s %s" % (key, text))
    for key, value in arrays.items():
        value = np.asarray(value.detach().numpy() if hasattr(value, "detach") else value)
        elements = [repr(float(element)) for element in value.reshape(-1)]
        lines.append(" ".join(["array", key] + [str(d) for d in value.shape] + ["|"] + elements))
    return lines


def write(name, script, versions, cases, module="nn"):
    """Writes MODULE/src/test/resources/golden/NAME."""
    head = "# Written by golden/%s with %s on Python %s; golden/cases.py explains the format." % (
        script,
        ", ".join(versions),
        platform.python_version(),
    )
    path = ROOT / module / "src/test/resources/golden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([head] + [line for lines in cases for line in lines]) + "\n")
    print(path)
