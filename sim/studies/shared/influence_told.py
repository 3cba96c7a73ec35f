"""What counts hang on, as columns and as a figure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.evidence.influence import (
    DIRECTIONS,
    HEADER,
    KINDS,
    STATUSES,
    Hanging,
    Register,
    Share,
    Status,
    by_parameter,
    by_status,
    status_of,
)
from sim.language import Text
from sim.plan import PLAN
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Layer, Panel, Panels, Pieces
from sim.spec.table import Column, Value, read
from sim.studies.shared.counts import NAMES, NONE
from sim.studies.study import (
    Basis,
)
from sim.text.catalogue import worded
from sim.text.numbers import percent
from sim.views.parameter_names import short_names

COLOURS = {
    "counted": palette.BLUE,
    "estimated": palette.SKY,
    "elicited": palette.GREEN,
    "assumed": palette.VERMILION,
    "definition": palette.PURPLE,
}
BAR = 11.0
"""Height of a bar, in points."""
WIDTH, AROUND, ROW = 13.0, 3.0, 0.36
"""Inches: of the sheet, around the rows, for one row."""
DIRECTION = {rises: word for word, rises in DIRECTIONS.items()}


def columns_of(register: Register) -> Sequence[Column[str]]:
    """Return the columns of parameters: how much of levels and of effects each explains."""
    levels, effects = (by_parameter(register.of(kind)) for kind in KINDS)

    def most(name: str) -> Text | str:
        """Return the count whose level the parameter explains most of, with that share."""
        held = [
            (share.share.value, each.id)
            for each in register.of("level")
            for share in each.shares
            if share.parameter == name
        ]
        if not held:
            return NONE
        value, count = max(held)
        return worded("influence.most", count=NAMES[count], share=percent(value))

    return (
        read(worded("influence.parameter"), lambda name: short_names()[name], number=False),
        read(worded("influence.status"), lambda name: STATUS[status_of(name)], number=False),
        read(worded("influence.level"), lambda name: percent(levels.get(name, 0.0))),
        read(worded("influence.effect"), lambda name: percent(effects.get(name, 0.0))),
        read(worded("influence.moves"), most, 1, number=False),
    )


STATUS = {status: worded(f"influence.{status}") for status in STATUSES}


class _Outcome(NamedTuple):
    """A count with what its level and its effect hang on."""

    level: Hanging
    effect: Hanging


def outcomes_of(register: Register) -> Iterator[_Outcome]:
    """Yield each count with what its level and its effect hang on."""
    for level, effect in zip(*(register.of(kind) for kind in KINDS), strict=True):
        yield _Outcome(level, effect)


def _explained(of: Hanging) -> str:
    return NONE if of.explained is None else percent(of.explained)


def _assumed(of: Hanging) -> str:
    shares = by_status([of])
    return percent(shares["assumed"]) if shares else NONE


def _strongest(of: Hanging) -> Text | str:
    return short_names()[of.shares[0].parameter] if of.shares else NONE


BY_COUNT: Sequence[Column[_Outcome]] = (
    read(worded("influence.count"), lambda row: NAMES[row.level.id], number=False),
    read(worded("influence.explained"), lambda row: _explained(row.level)),
    read(worded("influence.assumed"), lambda row: _assumed(row.level)),
    read(worded("influence.strongest"), lambda row: _strongest(row.level), number=False),
    read(worded("influence.effect_explained"), lambda row: _explained(row.effect), 1),
    read(worded("influence.effect_assumed"), lambda row: _assumed(row.effect), 1),
    read(worded("influence.strongest"), lambda row: _strongest(row.effect), 1, number=False),
)
IDLE: Sequence[Column[str]] = (
    Column(("parameter", "status"), lambda name: (name, status_of(name))),
)
"""``never.csv``: what stands clear of chance for no count and no effect."""
Line = tuple[Register, Hanging, Share | None]


def rows_of(register: Register) -> Iterator[Line]:
    """Yield the rows of the file: each outcome with each parameter, or with none."""
    for each in register.outcomes:
        yield from ((register, each, share) for share in each.shares or (None,))


def _in_file(line: Line) -> Iterator[Value]:
    register, of, share = line
    yield from (of.kind, of.id, of.explained)
    if share is None:
        yield from (None,) * 6
    else:
        yield from (share.parameter, share.status, *share.share, DIRECTION[share.rises])
    yield from register.origin


IN_FILE: Sequence[Column[Line]] = (Column(HEADER, _in_file),)
"""``influence.csv``: what each outcome hangs on; the one of a city's pack is such a file."""


def figure(register: Register, basis: Basis) -> Figure:
    """Return a bar for each count's level and one for its effect, stacked by status."""
    panels = tuple(
        Panel(
            worded(f"influence.panel_{kind}"),
            scales.shares(),
            scales.names([NAMES[each.id] for each in register.of(kind)]),
            tuple(_bars(register.of(kind))),
        )
        for kind in KINDS
    )
    title = worded(
        "influence.title", share=percent(by_status(register.of("level")).get("assumed", 0.0))
    )
    size = (WIDTH, AROUND + ROW * len(PLAN.counts))
    mark = Panels(panels, len(panels), size, "each")
    told = worded("influence.rest")
    subtitle = worded("influence.subtitle")
    return basis.figure("influence", title, subtitle, mark, told, alternative=title)


def _bars(outcomes_: Sequence[Hanging]) -> Iterator[Layer]:
    ends: dict[Status, list[tuple[float, float, float, float]]] = {each: [] for each in STATUSES}
    for row, each in enumerate(outcomes_):
        whole, start = _scale(each), 0.0
        for status, share in by_status([each]).items():
            end = start + share * whole
            if end > start:
                ends[status].append((round(start, 6), row, round(end, 6), row))
            start = end
    for status, found in ends.items():
        if found:
            yield Pieces(tuple(found), COLOURS[status], BAR, STATUS[status])


def _scale(of: Hanging) -> float:
    """Return how long a bar is: what is explained, definitions included."""
    return min(sum(share.share.value for share in of.shares), 1.0)
