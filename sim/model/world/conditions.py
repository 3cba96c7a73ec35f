"""What changes in mid-run: shocks to parameters, and doses that follow from what came out.

Both change what a run is given and no rule of the month. Months with the same inputs run together;
between them, at turns, the inputs are made anew from what has been recorded so far, so that a month
depends on nothing else.
"""

from collections.abc import Iterator
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from sim.engine.inputs import Inputs
from sim.parameters import PARAMETERS


class Shock(NamedTuple):
    """A parameter multiplied for some months."""

    parameter: str
    first: int
    until: int
    """First month without it."""
    factor: float


class Dosing(NamedTuple):
    """The dose that an instrument is given by a rule."""

    instrument: int
    dose: float
    ramp_months: int
    first: int
    """First month in which it acts."""
    end: int
    """First month in which it no longer acts."""


class Conditional(NamedTuple):
    """A rule: doses that change if a number that is recorded in a month is low, or high."""

    month: int
    column: int
    measured: bool
    """Whether it is a measure's column, else a count's."""
    below: float
    """It fires where the number is lower; -inf where it asks for more."""
    above: float
    """It fires where the number is higher; inf where it asks for less."""
    doses: tuple[Dosing, ...]

    def fires(self, counts: NDArray[np.float64], measures: NDArray[np.float64]) -> bool:
        """Return whether it fires, given what is recorded month by month."""
        table = measures if self.measured else counts
        number = float(table[self.month, self.column])
        if self.measured:
            number = float(np.float32(number))  # as it is stored, where people look it up
        return number < self.below or number > self.above


class Conditions(NamedTuple):
    """All that changes in mid-run."""

    shocks: tuple[Shock, ...] = ()
    rules: tuple[Conditional, ...] = ()
    """In the order of their months: a later one has the last word."""

    def turns(self) -> Iterator[int]:
        """Yield the months from which inputs may differ from those of the month before."""
        for shock in self.shocks:
            yield from (shock.first, shock.until)
        yield from (rule.month + 1 for rule in self.rules)

    def next_turn(self, month: int, until: int) -> int:
        """Return the first month after one from which inputs may differ, at latest ``until``."""
        return min((turn for turn in self.turns() if month < turn < until), default=until)

    def without(self, *instruments: int) -> Self:
        """Return the same with no rule that changes some instruments' doses."""
        rules = (
            rule._replace(doses=tuple(d for d in rule.doses if d.instrument not in instruments))
            for rule in self.rules
        )
        return self._replace(rules=tuple(rules))


AS_PLANNED = Conditions()


def in_month(inputs: Inputs, conditions: Conditions, month: int) -> Inputs:
    """Return what a month is given, where ``inputs`` is what months are given as planned."""
    shocks = [each for each in conditions.shocks if each.first <= month < each.until]
    return inputs._replace(
        parameters=_shaken(inputs.parameters, shocks) if shocks else inputs.parameters,
        doses=doses_in(inputs.doses, conditions.rules, month, inputs.counts, inputs.measures),
    )


def doses_in(
    doses: NDArray[np.float64],
    rules: tuple[Conditional, ...],
    month: int,
    counts: NDArray[np.float64],
    measures: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the doses that hold in a month, given those planned and what was recorded before."""
    due = [each for each in rules if each.month < month]
    fired = [rule for rule in due if rule.fires(counts, measures)]
    return _dosed(doses, fired) if fired else doses


def _shaken(record: NDArray[np.void], shocks: list[Shock]) -> NDArray[np.void]:
    """Return a parameter draw with some multiplied; a share stays one."""
    shaken = record.copy()
    for shock in shocks:
        value = float(shaken[shock.parameter][0]) * shock.factor
        if PARAMETERS[shock.parameter].unit == "share":
            value = min(max(value, 0.0), 1.0)
        shaken[shock.parameter][0] = value
    return shaken


def _dosed(doses: NDArray[np.float64], fired: list[Conditional]) -> NDArray[np.float64]:
    """Return doses as rules change them, each reached over its ramp from what was before."""
    changed = doses.copy()
    for each in (dosing for rule in fired for dosing in rule.doses):
        before = changed[each.first - 1, each.instrument]
        nth = np.arange(1, each.end - each.first + 1)
        risen = np.minimum(1.0, nth / max(each.ramp_months, 1))
        rising = np.where(risen < 1.0, before + (each.dose - before) * risen, each.dose)
        changed[each.first : each.end, each.instrument] = rising
    return changed
