"""The patterns, each with its band, fixed before any run: ``bands.csv``.

A band comes from literature or data. Where the source says only "near" or "about", the row says how
that was read. *Recalled* in a source means that the number was not looked up again: check it before
it is quoted. A figure that was in view when defaults were set by hand, that sets a prior, or that
parameters are calibrated on, cannot validate: what agrees with it is reported all the same, as no
validation.
"""

import csv
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from sim import city
from sim.evidence.patterns.estimate import Estimate
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.text.catalogue import worded
from sim.text.joining import series

TABLE: Final = "evidence/bands.csv"

RULES: Final = {rule: worded(f"band.{rule}") for rule in ("inside", "meets", "clear")}
"""When one replicate passes."""

IN_VIEW: Final = {use: worded(f"band.{use}") for use in ("unseen", "seen", "sets", "conditions")}
"""What the band's source was used for before."""


@dataclass(frozen=True)
class Pattern:
    """A pattern of real firms and the band that it is expected in."""

    id: str
    name: Text
    measure: Text
    """What is measured in each replicate."""
    low: float
    high: float
    """Ends of the band; infinite where it has none."""
    rule: str
    """One of `RULES`."""
    in_view: str
    """One of `IN_VIEW`."""
    band: Text
    """How the band follows from its source."""
    source: str
    track: str
    """Id of the track whose start-ups it is about, with a sale by age five; empty: all firms."""

    @property
    def validates(self) -> bool:
        """Whether agreement would speak for the model."""
        return self.in_view == "unseen"

    def passed(self, found: Estimate) -> bool:
        """Return whether one replicate passes; an unknown value never does."""
        return _PASSES[self.rule](self, found)


def _inside(pattern: Pattern, found: Estimate) -> bool:
    return pattern.low <= found.value <= pattern.high


def _meets(pattern: Pattern, found: Estimate) -> bool:
    return found.high >= pattern.low and found.low <= pattern.high


def _clear(pattern: Pattern, found: Estimate) -> bool:
    return pattern.low < found.low and found.high < pattern.high


_PASSES: Final[dict[str, Callable[[Pattern, Estimate], bool]]] = {
    "inside": _inside,
    "meets": _meets,
    "clear": _clear,
}


def _track(row: dict[str, str]) -> str:
    known = [entry.id for entry in PLAN.tracks]
    if row["track"] and row["track"] not in known:
        expected = worded("expected.one_of", names=series(known))
        raise Problem(TABLE, f"{row['id']}.track", row["track"], expected)
    return row["track"]


def _read(row: dict[str, str]) -> Pattern:
    low = float(row["low"]) if row["low"] else -math.inf
    high = float(row["high"]) if row["high"] else math.inf
    if row["rule"] not in RULES or row["in_view"] not in IN_VIEW or not low < high:
        found = f"{row['rule']} {row['in_view']} {low} {high}"
        raise Problem(TABLE, row["id"], found, worded("expected.rule_and_use"))
    return Pattern(
        id=row["id"],
        name=Text(row["name_en"], row["name_zh"]),
        measure=Text(row["measure_en"], row["measure_zh"]),
        low=low,
        high=high,
        rule=row["rule"],
        in_view=row["in_view"],
        band=Text(row["band_en"], row["band_zh"]),
        source=row["source"],
        track=_track(row),
    )


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return all patterns in the order of the table.

    Raises:
        Problem: a row makes no sense.
    """
    with city.present(TABLE).open(encoding="utf-8") as file:
        return tuple(_read(row) for row in csv.DictReader(file))
