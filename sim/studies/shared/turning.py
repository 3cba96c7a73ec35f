"""Which parameters turn what a package does to each count, and how much of that is assumed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Final, NamedTuple

import numpy as np

from sim.ensemble import draw_values
from sim.estimate import outcomes
from sim.estimate.decides import Drawn, what_decides
from sim.estimate.groups import Bools, Floats, Ints
from sim.estimate.records import Decided, Decider, Decisions, Interval
from sim.evidence.influence import DIRECTIONS, by_status, hanging, status_of
from sim.language import Language, Text
from sim.model.world.layout import DUE
from sim.parameters import UNCERTAIN
from sim.plan import PLAN
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, Table, Value, read, table
from sim.store.fill import Ensemble
from sim.studies.shared.counts import NAMES
from sim.text.catalogue import worded
from sim.text.joining import SEMICOLON, commas, in_both
from sim.text.numbers import percent
from sim.views.deciding import REPLICATES_NEEDED, deciders, explained

COUNTS = [count.id for count in PLAN.counts]
DIRECTION = {rises: word for word, rises in DIRECTIONS.items()}
MOST: Final = 15
"""Effects that people read of; the file has all."""


def due(found: Ensemble) -> Floats:
    """Return every count of every replicate when counts are due, shape (R, counts)."""
    return outcomes(found.counts, DUE, found.scenario.readings).values


def drawn(
    found: Ensemble, values: Floats, successes: Bools, counts: Sequence[str] = COUNTS
) -> Drawn:
    """Return something of each count and replicate with the parameters that replicates had.

    Args:
        found: the replicates.
        values: shape (R, counts).
        successes: of the same shape.
        counts: their ids.
    """
    setup = found.scenario.setup()
    numbers, position = np.unique(found.draws, return_inverse=True)
    each = [draw_values(setup, found.seed, int(draw)) for draw in numbers]
    parameters = np.array([[values[name] for name in UNCERTAIN] for values in each])
    return Drawn(list(UNCERTAIN), parameters[position], counts, values, successes, found.draws)


def before(found: Ensemble, values: Floats, counts: Sequence[str] = COUNTS) -> Drawn:
    """Return what replicates have of each count without what a package does, for `turned_by`."""
    return drawn(found, values, np.zeros(values.shape, dtype=bool), counts)


def turned_by(base: Drawn, values: Floats, draws: Ints) -> Decisions:
    """Return which parameters decide what a package adds to each count.

    Args:
        base: without the package, as `before` returns it.
        values: of the same counts and replicates with it, shape (R, counts).
        draws: number of each replicate's parameter draw with it; where facts made it another, the
            luck is another too, and the replicate is left out.
    """
    same = base.draws == draws
    effect = (values - base.values)[same]
    pairs = base._replace(
        parameters=base.parameters[same],
        values=effect,
        successes=effect > 0.0,
        draws=base.draws[same],
    )
    return what_decides(pairs, sequential=False)


def turning(first: Ensemble, second: Ensemble) -> Decisions:
    """Return which parameters decide what the second package adds to each count."""
    return turned_by(before(first, due(first)), due(second), second.draws)


class Turning(NamedTuple):
    """What turns the effects of one package."""

    packages: tuple[str, str]
    """Ids of the one that it is set against, and of itself."""
    name: Text
    """Its own."""
    clear: Collection[str]
    """Counts whose effects can be told apart from none."""
    by: Decisions

    @property
    def told(self) -> list[Decided]:
        """Return what turns those effects, where something does."""
        return [each for each in self.by.counts if each.count in self.clear and each.deciders]

    @property
    def mute(self) -> list[str]:
        """Return the counts whose effects can be told apart and that nothing turns."""
        return [
            each.count for each in self.by.counts if each.count in self.clear and not each.deciders
        ]


def turned(found: Sequence[Turning]) -> Iterator[Part]:
    """Yield what turns each effect that can be told apart, and how much of that is assumed."""
    if not any(each.by.known for each in found):
        yield Sentence(worded("turning.too_few", needed=REPLICATES_NEEDED), "note")
        return
    yield from turned_table(found)
    if len(found) == 1 and found[0].mute:
        counts = commas(NAMES[each] for each in found[0].mute)
        yield Sentence(worded("turning.by_nothing", counts=counts, draws=found[0].by.draws), "note")
    named = [of for each in found for of in each.told]
    if shares := by_status(hanging("effect", Decisions(0, tuple(named)))):
        yield Sentence(worded("turning.assumed", share=percent(shares["assumed"])))


def turned_table(found: Sequence[Turning]) -> Iterator[Table]:
    """Yield a table of what turns effects, those of the first packages, if anything does."""
    if rows := [(each, of) for each in found for of in each.told][:MOST]:
        columns = COLUMNS if len(found) == 1 else (OF_PACKAGE, *COLUMNS)
        yield table("", worded("turning.table"), columns, rows)


Line = tuple[Turning, Decided]


def _names(line: Line, language: Language) -> str:
    return SEMICOLON.in_(language).join(deciders(line[1], language))


OF_PACKAGE: Column[Line] = read(
    worded("turning.package"), lambda line: line[0].name, share=2.0, number=False
)
COLUMNS: Sequence[Column[Line]] = (
    read(worded("compare.count"), lambda line: NAMES[line[1].count], share=1.5, number=False),
    read(worded("turning.parameters"), lambda line: in_both(partial(_names, line)), share=5.0,
         number=False),
    read(worded("decides.explained"), lambda line: explained(line[1])),
)  # fmt: skip
FIELDS = (
    *("first", "second", "count", "explained", "parameter", "status"),
    *("share", "share_low", "share_high", "direction"),
)
InFile = tuple[Turning, Decided, Decider | None]
"""What a parameter has of an effect; None: nothing is named."""


def _values(row: InFile) -> Iterator[Value]:
    found, of, one = row
    yield from (*found.packages, of.count, of.explained)
    if one is None:
        yield from (None,) * 6
    else:
        yield from (one.parameter, status_of(one.parameter), *one.share, DIRECTION[one.rises])


IN_FILE: Sequence[Column[InFile]] = (Column(FIELDS, _values),)
"""``turned.csv``: every parameter that stands clear of chance, of every effect."""


def turned_file(found: Sequence[Turning]) -> Table:
    """Return what the file holds: a row for each effect and parameter, or one without any."""
    rows = [
        (each, of, one) for each in found for of in each.by.counts for one in of.deciders or (None,)
    ]
    return table("turned", worded("turning.table"), IN_FILE, rows)


def decided_in(rows: Iterable[Mapping[str, Any]]) -> tuple[Decided, ...]:
    """Return what turns the effects of one package, from its rows of the file.

    Raises:
        KeyError, ValueError: they are no such rows.
    """
    return tuple(
        _decided(count, list(own)) for count, own in groupby(rows, key=lambda row: row["count"])
    )


def _decided(count: str, rows: Sequence[Mapping[str, Any]]) -> Decided:
    explains = rows[0]["explained"]
    return Decided(
        str(count),
        float(explains) if explains else None,
        tuple(
            Decider(
                str(row["parameter"]),
                Interval(*(float(row[name]) for name in ("share", "share_low", "share_high"))),
                bool(DIRECTIONS[row["direction"]]),
            )
            for row in rows
            if row["parameter"]
        ),
    )
