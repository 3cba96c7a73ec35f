"""Estimates of several things in every row, thing beside thing on scales of one length."""

from collections.abc import Collection, Iterator, Sequence

from sim.language import NOTHING, Text
from sim.spec import palette, scales
from sim.spec.marks import Dots, Layer, Panel, Panels, Pieces, Rule, Scale, Tick, numbers
from sim.text.catalogue import worded
from sim.text.joining import capitalised
from sim.text.numbers import signed, whole
from sim.text.together import Estimated, is_tie

WIDTH, AROUND, ROW = 13.6, 2.6, 0.34
"""Inches: of the sheet, around the rows, for one row."""
LEAST = 0.02
"""A scale reaches at least this far on both sides of nought, as a fraction."""
APART = 0.25
"""Between two scales, in lengths of one."""
DOT, LARGEST = 5.5, 7.0
"""Sizes of the marks, in points."""
LOOKS = ("tie", "clear", "largest")
"""Of a mark; texts of these names say in the legend what it is."""


def largest(found: Sequence[Estimated]) -> tuple[int, ...]:
    """Return which of some estimates is the largest, and those whose intervals reach its own.

    Args:
        found: with intervals; none is the largest that may be nothing.
    """
    clear = [number for number, each in enumerate(found) if each.low > 0.0]
    if not clear:
        return ()
    best = max(clear, key=lambda number: found[number].value)
    return tuple(number for number in clear if found[number].high >= found[best].low)


def beside(
    heads: Sequence[Text], names: Sequence[Text], rows: Sequence[Sequence[Estimated]], section: str
) -> Panels:
    """Return a dot with its interval for each row and thing, the largest of a row marked.

    Args:
        heads: what the things are called.
        names: of the rows.
        rows: fractions, in each row one for each thing.
        section: of the texts for the legend.
    """
    across, places = _scale(len(heads), [each for row in rows for each in row])
    zeros = [
        Rule(at, palette.GREY, True, width=1.0, label=capitalised(head))
        for head, at in zip(heads, places, strict=True)
    ]
    most = [largest(row) for row in rows]
    marks = (layer for look in LOOKS for layer in _marks(rows, most, places, look, section))
    panel = Panel(NOTHING, across, scales.names(names), (*zeros, *marks))
    return Panels((panel,), 1, (WIDTH, AROUND + ROW * len(rows)), "each")


def _scale(things: int, found: Sequence[Estimated]) -> tuple[Scale, list[float]]:
    """Return scales of all things in a row as one, and where on it each has its nought."""
    low = min(-LEAST, *(each.low for each in found))
    high = max(LEAST, *(each.high for each in found))
    length = high - low
    zeros = [number * (1.0 + APART) * length - low for number in range(things)]
    shown = scales.steps(100 * low, 100 * high, 3)
    texts = list(map(signed, shown))
    ticks = tuple(
        Tick(zero + at / 100, Text(text, text))
        for zero in zeros
        for at, text in zip(shown, texts, strict=True)
    )
    edge = APART * length / 2
    return Scale(-edge, zeros[-1] + high + edge, ticks), zeros


def _look(found: Estimated, thing: int, most: Collection[int]) -> str:
    if thing in most:
        return "largest"
    return "tie" if is_tie(found) else "clear"


def _marks(
    rows: Sequence[Sequence[Estimated]],
    most: Sequence[Collection[int]],
    zeros: Sequence[float],
    look: str,
    section: str,
) -> Iterator[Layer]:
    """Yield the estimates of one look: hollow if they may be nothing, marked if largest."""
    found = [
        (float(at), zeros[thing], each)
        for at, row in enumerate(rows)
        for thing, each in enumerate(row)
        if _look(each, thing, most[at]) == look
    ]
    if not found:
        return
    best = look == "largest"
    colour = palette.VERMILION if best else palette.BLUE
    yield Pieces(tuple((z + e.low, at, z + e.high, at) for at, z, e in found), colour, 1.8)
    yield Dots(
        numbers(zero + each.value for _, zero, each in found),
        numbers(at for at, *_ in found),
        colour,
        "D" if best else "o",
        LARGEST if best else DOT,
        name=worded(f"{section}.{look}"),
        hollow=look == "tie",
        texts=tuple(whole(100 * each.value) for *_, each in found) if best else (),
    )
