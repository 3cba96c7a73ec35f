"""The published evaluations that are simulated, each with its intervals: ``evaluations.toml``.

What is hit and what is missed is decided here, before any run: a statistic is hit where the median
over replicates lies in the published interval, and an evaluation where all its statistics are that
can be simulated.
"""

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from sim import city
from sim.language import Text
from sim.problems import Problem, gathering, meant, nearest
from sim.text.catalogue import worded
from sim.text.joining import series
from sim.toml_tables import NOTHING, Table, read

TABLE: Final = "evidence/evaluations.toml"
UNITS: Final = ("change", "share", "ratio", "yuan", "days")
BASES: Final = ("printed", "judged", "sign")
"""Whether the source prints the interval, a printed point was widened, or it tells a direction."""
ROLES: Final = ("fit", "check", "seen")
"""What may set priors, what never does, and what was to check until its miss was seen and either a
rule or its measure was mended: no number follows from it, and a hit of it proves nothing."""
_KEYS: Final = (
    *("id", "role", "name", "population", "stands", "treatment", "comparison", "window"),
    *("sources", "statistics"),
)
_ROW: Final = re.compile(r"[LFG]\d{3}")
Hit = Literal["hit", "missed", "cannot"]


class Source(NamedTuple):
    """Where results of an evaluation were read."""

    rows: tuple[str, ...]
    """Ids of the effects in the survey of evaluations."""
    source: str
    address: str


class Statistic(NamedTuple):
    """A result of an evaluation, and where it lies as published."""

    id: str
    name: Text
    unit: str
    """One of `UNITS`: a change or a share is a part of one, a ratio a factor."""
    low: float
    high: float
    """Ends of the published interval; infinite where it has none."""
    basis: str
    """One of `BASES`."""
    cannot: Text | None
    """Why it cannot be simulated; None: it can."""

    def hit(self, value: float) -> Hit:
        """Return whether a simulated median lies in the published interval, ends included."""
        if math.isnan(value):
            return "cannot"
        return "hit" if self.low <= value <= self.high else "missed"


class Evaluation(NamedTuple):
    """A published evaluation, and what stands for it in the model."""

    id: str
    role: str
    """One of `ROLES`."""
    name: Text
    population: Text
    """As evaluated."""
    stands: Text
    """Who stands for them in the model, and how the statistics are read there."""
    treatment: Text
    comparison: Text
    window: Text
    sources: tuple[Source, ...]
    statistics: tuple[Statistic, ...]


def overall(hits: Sequence[Hit]) -> Hit:
    """Return whether an evaluation is hit: all of its statistics are that can be simulated."""
    known = [each for each in hits if each != "cannot"]
    if not known:
        return "cannot"
    return "hit" if all(each == "hit" for each in known) else "missed"


@cache
def evaluations() -> tuple[Evaluation, ...]:
    """Return the evaluations of the city's pack, in their order.

    Raises:
        Problem: the pack has none, or one is not what it should be.
    """
    city.present(TABLE)
    return parse(read(city.folder(), TABLE))


def parse(file: Table) -> tuple[Evaluation, ...]:
    """Return the evaluations of a file.

    Raises:
        Problem: one lacks a source or an interval, or is something else than it should be; names
            file, evaluation and key.
    """
    found: dict[str, Evaluation] = {}
    with gathering() as problems:
        for entry in file.only("evaluations").tables("evaluations"):
            with problems.noted():
                each = _evaluation(entry)
                if each.id in found:
                    raise entry.problem("id", worded("expected.own_id"))
                found[each.id] = each
    return tuple(found.values())


def check_known(found: Sequence[Evaluation], known: Mapping[str, Sequence[str]]) -> None:
    """Make sure that there is a way to simulate each statistic that is to be simulated.

    Args:
        found: the evaluations.
        known: what can be simulated, statistics by evaluation.

    Raises:
        Problem: there is none; names the nearest that there is.
    """
    for each in found:
        _check_name(each.id, each.id, known)
        for statistic in each.statistics:
            if statistic.cannot is None:
                _check_name(statistic.id, f"{each.id}.statistics.{statistic.id}", known[each.id])


def _check_name(name: str, place: str, known: Sequence[str] | Mapping[str, object]) -> None:
    if name in known:
        return
    hint = meant(nearest(name, known))
    raise Problem(TABLE, f"evaluations.{place}.id", name, series(known), hint)


def _evaluation(entry: Table) -> Evaluation:
    entry.only(*_KEYS)
    statistics = tuple(map(_statistic, entry.tables("statistics")))
    sources = tuple(map(_source, entry.tables("sources")))
    for key, many in (("statistics", statistics), ("sources", sources)):
        if not many:
            raise Problem(
                entry.file, f"{entry.place}.{key}", NOTHING, worded("expected.at_least_one")
            )
    return Evaluation(
        id=entry.text("id"),
        role=entry.choice("role", *ROLES),
        name=entry.both("name"),
        population=entry.both("population"),
        stands=entry.both("stands"),
        treatment=entry.both("treatment"),
        comparison=entry.both("comparison"),
        window=entry.both("window"),
        sources=sources,
        statistics=statistics,
    )


def _source(entry: Table) -> Source:
    entry.only("rows", "source", "address")
    rows = entry.texts("rows")
    if not rows or not all(map(_ROW.fullmatch, rows)):
        raise entry.problem("rows", worded("expected.ledger_ids"))
    address = entry.text("address")
    if not address.startswith("http"):
        raise entry.problem("address", worded("expected.address"))
    return Source(rows, entry.text("source"), address)


def _statistic(entry: Table) -> Statistic:
    entry.only("id", "name", "unit", "low", "high", "basis", "cannot")
    low = entry.number("low") if "low" in entry.values else -math.inf
    high = entry.number("high") if "high" in entry.values else math.inf
    if math.isinf(low) and math.isinf(high):
        raise entry.problem("low", worded("expected.interval"))
    if not low < high:
        raise entry.problem("high", worded("expected.number_above", low=low))
    cannot = entry.both("cannot") if "cannot" in entry.values else None
    unit, basis = entry.choice("unit", *UNITS), entry.choice("basis", *BASES)
    return Statistic(entry.text("id"), entry.both("name"), unit, low, high, basis, cannot)
