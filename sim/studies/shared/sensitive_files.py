"""What files hold of an analysis of sensitivity: tables that only programs read."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from sim.evidence.sensitivity.analysis import Sensitivity
from sim.evidence.sensitivity.designed import UNCERTAIN
from sim.evidence.sensitivity.shares import Shares
from sim.experiments.attribution import PLANS
from sim.model.world.layout import COUNTS
from sim.parameters import PARAMETERS
from sim.spec.findings import Part
from sim.spec.table import Column, Value, table
from sim.text.catalogue import worded

RANKED: Final = (*COUNTS, "targets_reached")


def in_files(found: Sensitivity) -> Iterator[Part]:
    """Yield the tables that only programs read."""
    yield table("screening", worded("screening.subtitle"), SCREENED, _screened(found))
    yield table("indices", worded("index_bars.subtitle"), INDICES, _indices(found))
    yield table("shares", worded("sensitivity.shares_subtitle"), SHARED, _shares(found))
    yield table("ranking", worded("plan_ranks.subtitle"), RANKING, _ranking(found))
    yield table("identifiable", worded("identifiable.subtitle"), LEARNT, _identifiable(found))


Values = Sequence[Value]


def _fields(*names: str) -> Sequence[Column[Values]]:
    return (Column(names, lambda row: row),)


SCREENED = _fields("count", "parameter", "mu_star", "mu_star_error", "sigma", "share", "source")
INDICES = _fields("of", "count", "factor", "first", "first_error", "total", "total_error")
SHARED = _fields("of", "count", *Shares._fields)
RANKING = _fields("count", "plan", "effect", "best_rank", "worst_rank",
                  *(f"rank_{number + 1}" for number in range(len(PLANS))))  # fmt: skip
LEARNT = _fields("parameter", "explained", "p_value", "above_chance", "spread_left",
                 "spread_published", "source")  # fmt: skip


def _short(value: float) -> Value:
    return None if np.isnan(value) else float(f"{value:.5g}")


def _screened(found: Sensitivity) -> Iterator[Values]:
    screened = found.screened
    numbers = (screened.mu_star, screened.error, screened.sigma, screened.share)
    for number, count in enumerate(COUNTS):
        for column in np.argsort(-screened.mu_star[number], kind="stable").tolist():
            name = UNCERTAIN[column]
            cells = [_short(each[number, column]) for each in numbers]
            yield [count, name, *cells, PARAMETERS[name].source]


def _indices(found: Sensitivity) -> Iterator[Values]:
    for what, each in (("value", found.values), ("reached", found.reached)):
        for number, count in enumerate(COUNTS):
            for column, factor in enumerate(each.factors):
                yield [what, count, factor, *(_short(cells[number, column]) for cells in each[2:])]


def _shares(found: Sensitivity) -> Iterator[Values]:
    for what, rows in (("value", found.value_shares), ("reached", found.reached_shares)):
        for count, share in zip(COUNTS, rows, strict=True):
            yield [what, count, *([None] * 4 if share is None else map(_short, share))]


def _ranking(found: Sensitivity) -> Iterator[Values]:
    for count, each in zip(RANKED, found.rankings, strict=True):
        for number, plan in enumerate(PLANS):
            ends = [int(each.best[number]), int(each.worst[number])]
            ranks = map(_short, each.ranks[number].tolist())
            yield [count, plan, _short(each.effects[number]), *ends, *ranks]


def _identifiable(found: Sensitivity) -> Iterator[Values]:
    each = found.identified
    above = set(each.found)
    for number in np.argsort(-each.explained, kind="stable").tolist():
        name = each.names[number]
        published = None if each.published is None else _short(each.published[number])
        explained = (_short(each.explained[number]), _short(each.p_value[number]))
        spreads = (_short(each.left[number]), published)
        yield [name, *explained, int(number in above), *spreads, PARAMETERS[name].source]
