"""What factors explain of each count, alone and with others: a small chart for each."""

from collections.abc import Iterator, Sequence

from sim.experiments.sweep_indices import Index
from sim.language import Text
from sim.spec import palette, scales
from sim.spec.marks import Dots, Layer, Panel, Panels, Pieces, Scale, Shape, numbers
from sim.text.catalogue import worded
from sim.text.numbers import percent

END = 1.2
"""Where scales of indices end: estimates scatter beyond 1."""
COLUMNS, NAMED, WIDE = 4, 3, 15.0
"""Charts beside each other, where each has names of its own, and the inches of their sheet."""
AROUND, CHART, ROW, LEAST = 2.2, 0.9, 0.24, 9.0
"""Inches around all charts, of a chart beside its rows, of a row, and least of the sheet."""
LOW = -0.05


def index_panels(
    titles: Sequence[Text],
    factors: Sequence[Text],
    found: Sequence[Sequence[Index | None]],
    nothing: Text,
) -> Panels:
    """Return a chart for each count, with a row for each factor.

    Args:
        titles: of the charts.
        factors: names, from the top.
        found: for each chart what its factors explain; None: it cannot be told.
        nothing: said in a chart where none can.
    """
    places = (0.0, 0.5, 1.0)
    across = Scale(LOW, END, scales.ticked(places, map(percent, places)))
    panels = [
        Panel(title, across, scales.names(factors), tuple(_marks(row)),
              corner=None if any(row) else nothing)
        for title, row in zip(titles, found, strict=True)
    ]  # fmt: skip
    return sheet_of(panels, len(factors), COLUMNS)


def sheet_of(panels: Sequence[Panel], rows: int, columns: int) -> Panels:
    """Return charts with so many named rows on a sheet as high as they need, and a legend."""
    down = -(-(len(panels) + 1) // columns)
    size = WIDE, max(LEAST, AROUND + down * (CHART + ROW * rows))
    return Panels(tuple(panels), columns, size, "last")


def _marks(row: Sequence[Index | None]) -> Iterator[Layer]:
    looks: Sequence[tuple[str, str, Shape, float]] = (
        ("total", palette.SKY, "s", 0.16), ("first", palette.BLUE, "o", -0.16)
    )  # fmt: skip
    for which, colour, shape, shift in looks:
        own = [
            (getattr(index, which), getattr(index, f"{which}_error"), at + shift)
            for at, index in enumerate(row)
            if index is not None
        ]
        if own:
            ends = tuple((max(v - e, LOW), y, min(v + e, END), y) for v, e, y in own)
            yield Pieces(ends, colour, 1.6)
            yield Dots(
                numbers(max(min(v, END), LOW) for v, *_ in own),
                numbers(y for *_, y in own),
                colour,
                shape,
                4.0,
                name=worded(f"sweep_indices.{which}"),
            )
