"""Which parameters turn what a package does to each count, and how much of that is assumed."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from sim.ensemble import draw_values
from sim.estimate import outcomes
from sim.estimate.decides import Drawn, what_decides
from sim.estimate.groups import Bools, Floats
from sim.estimate.records import Decided, Decisions
from sim.evidence.influence import DIRECTIONS, Hanging, Share, by_status, hanging
from sim.experiments.compare import Comparison, with_same_luck
from sim.language import Language
from sim.model.world.layout import DUE
from sim.parameters import UNCERTAIN
from sim.plan import PLAN
from sim.spec.findings import Listing, Part, Sentence
from sim.spec.table import Column, Table, Value, table
from sim.store.fill import Ensemble
from sim.studies.shared.counts import NAMES
from sim.text.catalogue import worded
from sim.text.joining import SEMICOLON, commas, in_both
from sim.text.numbers import percent
from sim.views.deciding import REPLICATES_NEEDED, deciders, explained

COUNTS = [count.id for count in PLAN.counts]
DIRECTION = {rises: word for word, rises in DIRECTIONS.items()}


def due(found: Ensemble) -> Floats:
    """Return every count of every replicate when counts are due, shape (R, counts)."""
    return outcomes(found.counts, DUE, found.scenario.readings).values


def drawn(found: Ensemble, values: Floats, successes: Bools) -> Drawn:
    """Return something of each count and replicate with the parameters that replicates had.

    Args:
        found: the replicates.
        values: shape (R, counts).
        successes: of the same shape.
    """
    setup = found.scenario.setup()
    numbers, position = np.unique(found.draws, return_inverse=True)
    each = [draw_values(setup, found.seed, int(draw)) for draw in numbers]
    parameters = np.array([[values[name] for name in UNCERTAIN] for values in each])
    return Drawn(list(UNCERTAIN), parameters[position], COUNTS, values, successes, found.draws)


def turning(first: Ensemble, second: Ensemble) -> Decisions:
    """Return which parameters decide what the second package adds to each count."""
    first, second = with_same_luck(first, second)
    effect = due(second) - due(first)
    return what_decides(drawn(second, effect, effect > 0.0), sequential=False)


def turned(found: Comparison, by: Decisions) -> Iterator[Part]:
    """Yield what turns each effect that can be told apart, and how much of that is assumed."""
    if not by.known:
        yield Sentence(worded("turning.too_few", needed=REPLICATES_NEEDED), "note")
        return
    clear = {each.id for each in found.counts if each.effect.told_apart}
    told = [each for each in by.counts if each.count in clear and each.deciders]
    mute = [NAMES[each.count] for each in by.counts if each.count in clear and not each.deciders]
    if told:
        yield Sentence(worded("turning.by", draws=by.draws))
        yield Listing(tuple(in_both(partial(_line, each)) for each in told))
    if mute:
        yield Sentence(worded("turning.by_nothing", counts=commas(mute), draws=by.draws), "note")
    if shares := by_status(hanging("effect", Decisions(by.draws, tuple(told)))):
        yield Sentence(worded("turning.assumed", share=percent(shares["assumed"])))


def _line(found: Decided, language: Language) -> str:
    count = NAMES[found.count].in_(language)
    names = SEMICOLON.in_(language).join(deciders(found, language))
    told = worded("turning.count", count=count, names=names, explained=explained(found))
    return told.in_(language)


class _Turned(NamedTuple):
    """A row of the file: what a parameter has of an effect; None: nothing is named."""

    packages: tuple[str, str]
    of: Hanging
    share: Share | None


def _values(row: _Turned) -> Iterator[Value]:
    yield from (*row.packages, row.of.id, row.of.explained)
    if row.share is None:
        yield from (None,) * 6
    else:
        yield from (row.share.parameter, row.share.status, *row.share.share)
        yield DIRECTION[row.share.rises]


FIELDS = (
    *("first", "second", "count", "explained", "parameter", "status"),
    *("share", "share_low", "share_high", "direction"),
)
IN_FILE: Sequence[Column[_Turned]] = (Column(FIELDS, _values),)
"""``turned.csv``: every parameter that stands clear of chance, of every effect."""


def turned_file(found: Sequence[Comparison], by: Sequence[Decisions]) -> Table:
    """Return what the file holds: a row for each effect and parameter, or one without any."""
    rows = [
        _Turned((each.first.id, each.second.id), of, share)
        for each, decisions in zip(found, by, strict=True)
        for of in hanging("effect", decisions)
        for share in of.shares or (None,)
    ]
    return table("turned", worded("turning.table"), IN_FILE, rows)
