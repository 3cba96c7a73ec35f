"""Every number of the model: default, unit, prior, source and meaning, and how a draw is made.

The table is ``parameters.csv``. A name like ``climb:quantum`` is one element of the vector
``climb``; elements stand in the order of tracks, programme kinds or instruments.
"""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim import city
from sim.dependence import check_names, places
from sim.language import Text
from sim.problems import Problem, nearest

TABLE: Final = "parameters.csv"
PRIORS: Final = ("fixed", "definition", "uniform", "loguniform", "triangular")
CHOSEN: Final = frozenset({"fixed", "definition"})
"""Priors of what is never drawn. A definition says what counts as something: it is nobody's guess
but a choice, and its ends are others that one might make."""
ASSUMPTION: Final = "assumption"
DRAWS_KEPT = 64
"""Draws kept: the scenarios of a sweep ask for the same ones in turn."""


@dataclass(frozen=True)
class Prior:
    """What is believed about a parameter before any data: a distribution between two ends."""

    kind: str
    low: float
    high: float
    mode: float

    def quantile(self, u: float) -> float:
        """Return the quantile at ``u`` in (0, 1); what is chosen is its default at any ``u``."""
        if self.kind in CHOSEN:
            return self.mode
        if self.kind == "uniform":
            return self.low + u * (self.high - self.low)
        if self.kind == "loguniform":
            return self.low * math.exp(u * math.log(self.high / self.low))
        width, left = self.high - self.low, self.mode - self.low
        if u * width < left:
            return self.low + math.sqrt(u * width * left)
        return self.high - math.sqrt((1.0 - u) * width * (width - left))


@dataclass(frozen=True)
class Parameter:
    """One number of the model."""

    name: str
    group: str
    default: float
    unit: str
    prior: Prior
    source: str
    meaning: Text

    @property
    def assumed(self) -> bool:
        """Whether no document, statistic or study supports the number."""
        return self.source.startswith(ASSUMPTION)

    @property
    def uncertain(self) -> bool:
        """Whether replicates draw it anew."""
        return self.prior.kind not in CHOSEN

    def check(self, value: float, where: str) -> float:
        """Return ``value`` if it can stand in for the parameter.

        Raises:
            Problem: it is not finite, or it is negative where the prior never is.
        """
        lowest = self.prior.low if self.prior.kind != "fixed" else min(0.0, self.default)
        if not math.isfinite(value) or (lowest >= 0.0 and value < 0.0):
            expected = Text("expected.finite_at_least_0")
            if lowest < 0.0:
                expected = Text("expected.finite_number")
            raise Problem(where, self.name, str(value), expected)
        return value


def _read(row: Mapping[str, str]) -> Parameter:
    default = float(row["default"])
    low, high = (float(row[end]) if row[end] else default for end in ("low", "high"))
    if row["prior"] not in PRIORS or not low <= default <= high:
        raise Problem(
            TABLE,
            row["name"],
            f"{row['prior']} {low} {default} {high}",
            Text("expected.prior"),
        )
    prior = Prior(row["prior"], low, high, default)
    meaning = Text(row["meaning_en"], row["meaning_zh"])
    return Parameter(row["name"], row["group"], default, row["unit"], prior, row["source"], meaning)


def _load() -> dict[str, Parameter]:
    with city.file(TABLE).open(encoding="utf-8") as file:
        return {row["name"]: _read(row) for row in csv.DictReader(file)}


PARAMETERS: Final[dict[str, Parameter]] = _load()
"""All parameters by name, in the order of the table."""
UNCERTAIN: Final = {name: each for name, each in PARAMETERS.items() if each.uncertain}
"""Those that replicates draw anew."""
check_names(UNCERTAIN)
DEFINITIONS: Final = tuple(each for each in PARAMETERS.values() if each.prior.kind == "definition")
"""Those that say what counts as something: a scenario chooses them."""


def find(name: str, where: str = TABLE) -> Parameter:
    """Return a parameter by name.

    Raises:
        Problem: there is none; names the nearest.
    """
    if name not in PARAMETERS:
        close = nearest(name, PARAMETERS)
        hint = Text("hint.did_you_mean", name=close) if close else None
        expected = Text("expected.parameter_name")
        raise Problem(where, "parameters", name, expected, hint)
    return PARAMETERS[name]


@cache
def _fields() -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name in PARAMETERS:
        fields.setdefault(name.partition(":")[0], []).append(name)
    return fields


@cache
def parameter_type() -> np.dtype[np.void]:
    """Return the record type of a parameter draw: a float a scalar, an array a vector."""
    return np.dtype(
        [
            (field, "f8", (len(names),)) if ":" in names[0] else (field, "f8")
            for field, names in _fields().items()
        ]
    )


def as_record(values: Mapping[str, float]) -> NDArray[np.void]:
    """Return the values of all parameters as a record array of shape (1,)."""
    inner = [values[name] for names in _fields().values() for name in names]
    return np.array(inner, "f8").view(parameter_type())


def defaults() -> dict[str, float]:
    """Return every parameter at its default."""
    return {name: parameter.default for name, parameter in PARAMETERS.items()}


def draw(
    seed: int,
    number: int,
    overrides: Iterable[tuple[str, float]] = (),
    multipliers: Iterable[tuple[str, float]] = (),
) -> dict[str, float]:
    """Return parameter draw ``number`` of an ensemble.

    Each parameter's place is keyed by (seed, number, its name), so adding a parameter or drawing
    more changes no other value; draws are hypercubes (`sim.hypercubes`), and some parameters follow
    others (`sim.dependence`).

    Args:
        seed: seed of the ensemble.
        number: number of the draw.
        overrides: values that a scenario fixes, instead of draws.
        multipliers: factors by which a scenario multiplies what is drawn or fixed; a share stays
            one.
    """
    return changed(dict(_drawn(seed, number)), overrides, multipliers)


@lru_cache(DRAWS_KEPT)
def _drawn(seed: int, number: int) -> Mapping[str, float]:
    values = defaults()
    placed = places(seed, number, tuple(UNCERTAIN))
    for parameter, u in zip(UNCERTAIN.values(), placed, strict=True):
        values[parameter.name] = parameter.prior.quantile(u)
    return values


def changed(
    values: dict[str, float],
    overrides: Iterable[tuple[str, float]],
    multipliers: Iterable[tuple[str, float]],
) -> dict[str, float]:
    """Return values as a scenario changes them: some fixed, some multiplied.

    Args:
        values: of all parameters, changed in place.
        overrides: values that a scenario fixes.
        multipliers: factors that it multiplies by; a share stays one.
    """
    values.update(overrides)
    for name, factor in multipliers:
        values[name] *= factor
        if PARAMETERS[name].unit == "share":
            values[name] = min(max(values[name], 0.0), 1.0)
    return values


def assumption_share() -> float:
    """Return the share of uncertain parameters that rest on no source."""
    return sum(parameter.assumed for parameter in UNCERTAIN.values()) / len(UNCERTAIN)
