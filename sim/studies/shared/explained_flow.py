"""The flow picture of an explained difference: from instruments by processes to the count."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sim.language import NOTHING, Text
from sim.spec import palette
from sim.spec.findings import Figure
from sim.spec.marks import Flow, Node, Series, Stream
from sim.studies.shared.explained import (
    CHANNEL,
    OUTSIDE,
    TOGETHER,
    Found,
    Line,
    lines,
    number,
    process_name,
)
from sim.studies.shared.explained_told import title_of
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import capitalised, semicolons, unquoted

SHOWN: Final = 12
"""Channels that have a stream of their own."""
LEAST: Final = 0.005
"""Of all that flows: what is less is too thin to be seen."""
WIDTH, AROUND, ROW = 13.0, 2.6, 0.32
"""Inches: of the sheet, around the streams, for one node."""
RAISES, LOWERS = "raises", "lowers"
COLOURS: Final = {RAISES: palette.BLUE, LOWERS: palette.VERMILION}
OTHERS: Final = "others"


class Part(NamedTuple):
    """Something of the whole, with where it begins and what it goes through."""

    begins: str
    through: str
    size: float
    hollow: bool

    @property
    def way(self) -> str:
        """Return whether it raises or lowers."""
        return RAISES if self.size > 0.0 else LOWERS


def flow(found: Found, basis: Basis) -> Iterator[Figure]:
    """Yield the picture, if anything flows."""
    every = [each for each in lines(found.ways, found.effect) if each.kind != "link"]
    names = {each.mechanism or each.process: each.begins for each in every if each.begins}
    parts = list(_parts(every))
    if not parts:
        return
    of = found.effect.whole.mean.value
    begins, through, ends = (
        _ordered(parts, [getattr(each, name) for each in parts])
        for name in ("begins", "through", "way")
    )
    total = {way: sum(each.size for each in parts if each.way == way) for way in ends}
    nodes = [
        *(Node(names.get(each) or worded(f"explain.{each}"), 0) for each in begins),
        *(Node(NOTHING if each in REST else process_name(each), 1) for each in through),
        *(Node(_end(each, total[each], of, found), 2) for each in ends),
    ]
    stages = (begins, through, ends)
    keys = [(stage, name) for stage, own in enumerate(stages) for name in own]
    numbers = {key: at for at, key in enumerate(keys)}
    streams = [
        Stream(numbers[at, one], numbers[at + 1, other], abs(each.size), COLOURS[each.way],
               each.hollow)
        for each in parts
        for at, (one, other) in enumerate(
            ((each.begins, each.through), (each.through, each.way))
        )
    ]  # fmt: skip
    series = tuple(Series(worded(f"explain.{way}"), colour) for way, colour in COLOURS.items())
    high = AROUND + ROW * max(map(len, stages))
    mark = Flow(tuple(nodes), tuple(streams), series, (WIDTH, high))
    first, second = (unquoted(each.name) for each in basis.scenarios)
    subtitle = worded("explain.subtitle", count=capitalised(found.outcome.name),
                      unit=found.outcome.unit, first=first, second=second)  # fmt: skip
    told = semicolons(_told(each, names, of) for each in parts)
    title = title_of(found)
    yield basis.figure("flow", title, subtitle, mark, worded("explain.flow_note"), alternative=told)


REST: Final = (TOGETHER, OUTSIDE, OTHERS)


def _parts(every: Sequence[Line]) -> Iterator[Part]:
    """Yield the largest channels, the others up and down, and the rest."""
    channels = [each for each in every if each.kind == CHANNEL]
    rest = [each for each in every if each.kind in REST]
    least = LEAST * sum(abs(each.amount.mean.value) for each in every[1:])
    for each in channels[:SHOWN]:
        begins = each.mechanism or each.process
        yield from _seen(Part(begins, each.process, each.amount.mean.value, each.amount.tie), least)
    left = [each.amount.mean.value for each in channels[SHOWN:]]
    for sign in (1.0, -1.0):
        size = sum(value for value in left if sign * value > 0.0)
        yield from _seen(Part(OTHERS, OTHERS, size, True), least)
    for each in rest:
        yield from _seen(Part(each.kind, each.kind, each.amount.mean.value, each.amount.tie), least)


def _seen(part: Part, least: float) -> Iterator[Part]:
    if abs(part.size) > least:
        yield part


def _ordered(parts: Sequence[Part], keys: Sequence[str]) -> list[str]:
    """Return keys once each, the one that most goes through first, the rest last."""
    sizes: dict[str, float] = {}
    for part, key in zip(parts, keys, strict=True):
        sizes[key] = sizes.get(key, 0.0) + abs(part.size)
    return sorted(sizes, key=lambda key: (key in REST, key == LOWERS, -sizes[key]))


def _end(way: str, total: float, of: float, found: Found) -> Text:
    return worded(f"explain.{way}_count", count=found.outcome.name, amount=number(total, of))


def _told(part: Part, names: dict[str, Text], of: float) -> Text:
    begins = names.get(part.begins) or worded(f"explain.{part.begins}")
    if part.through in REST:
        return worded("explain.holds", name=begins, amount=number(part.size, of))
    name = worded("explain.channel", what=begins, where=process_name(part.through))
    return worded("explain.holds", name=name, amount=number(part.size, of))
