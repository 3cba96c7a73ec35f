"""What changes in mid-run: a month's parameters and doses, from what was drawn and planned."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.parameters import PARAMETERS


def begin_month(model: Any, month: int) -> None:
    """Let the model stand with the parameters and doses of a month."""
    shocks, rules = model.setup.conditions
    values = dict(model.drawn)
    for name, first, until, factor in shocks:
        if first <= month < until:
            values[name] *= factor
            if PARAMETERS[name].unit == "share":
                values[name] = max(0.0, min(1.0, values[name]))
    model.p = SimpleNamespace(**values)
    model.dose = model.setup.dose.tolist()
    for looked_at, column, measured, below, above, doses in rules:
        if looked_at >= month:
            continue
        if measured:
            number = float(np.float32(model.measures[looked_at][column]))
        else:
            number = model.counts[looked_at][column]
        if not (number < below or number > above):
            continue
        for instrument, dose, ramp, first, end in doses:
            before = model.dose[first - 1][instrument]
            for then in range(first, end):
                passed = then - first + 1
                full = passed >= ramp
                risen = dose if full else before + (dose - before) * (passed / ramp)
                model.dose[then][instrument] = risen
