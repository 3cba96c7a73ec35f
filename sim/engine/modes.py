"""How rules are run: as plain Python, checked, or compiled; the environment says which."""

import os
from typing import Final, Literal, cast

from sim.language import Text
from sim.problems import Problem

Mode = Literal["plain", "checked", "compiled"]
MODES: Final = ("plain", "checked", "compiled")
VARIABLE: Final = "SIM_MODE"


def mode() -> Mode:
    """Return how rules are run: what SIM_MODE says, else compiled.

    Where Numba is told to compile nothing (NUMBA_DISABLE_JIT), they are plain Python.

    Raises:
        Problem: SIM_MODE names no mode.
    """
    usual = "compiled" if os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0") else "plain"
    said = os.environ.get(VARIABLE, "").strip() or usual
    if said not in MODES:
        expected = Text("expected.mode")
        raise Problem(VARIABLE, "", said, expected)
    return cast(Mode, said)
