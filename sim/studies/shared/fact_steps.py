"""How likelihoods moved fact by fact: what a step is, and a figure."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.estimate import Interval
from sim.estimate.paired import Difference
from sim.language import Text
from sim.scenario.facts import Fact
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Dots, Layer, Line, Panel, Panels, Pieces, Scale, numbers
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import capitalised
from sim.text.joining import listed as one_by_one
from sim.views.panels import COLUMNS, SIZE


class Step(NamedTuple):
    """What becomes known after all that was known before."""

    number: int
    as_of: str | None
    """Month (``YYYY-MM``); None: nothing is known, and parameters come from the prior."""
    fact: Fact | None = None
    """None: nothing, or what parameters are calibrated to up to that month."""

    @property
    def name(self) -> Text:
        """Return what it is called."""
        if self.fact is not None:
            return Text(self.fact.id, self.fact.id)
        return worded("facts.nothing" if self.as_of is None else "facts.observed")


class Moved(NamedTuple):
    """A count, or an objective: its likelihood after each step, and what each step changed."""

    id: str
    name: Text
    likelihoods: Sequence[Interval]
    changes: Sequence[Difference]
    """One fewer: the first step has none before it."""


def figure(steps: Sequence[Step], moved: Sequence[Moved], basis: Basis, said: Text) -> Figure:
    """Return a small chart of each likelihood against the facts told so far.

    Args:
        steps: as facts are told.
        moved: what each of them did to each likelihood.
        basis: what that rests on.
        said: what there is to see, in words.
    """
    shown = [str(step.number) for step in steps]
    across = Scale(-0.4, len(shown) - 0.6, scales.ticked(range(len(shown)), shown))
    panels = tuple(_panel(row, across) for row in moved)
    key = [
        worded("facts.key", number=step.number, fact=step.name, as_of=step.as_of or "—")
        for step in steps[1:]
    ]
    told = worded("facts.reading", facts=one_by_one(key, worded("facts.nothing")))
    mark, title = Panels(panels, COLUMNS, SIZE), worded("facts.title")
    subtitle = worded("facts.subtitle")
    return basis.figure("facts", title, subtitle, mark, told, alternative=said)


def _panel(row: Moved, across: Scale) -> Panel:
    at, values = numbers(range(len(row.likelihoods))), numbers(e.value for e in row.likelihoods)
    upright = tuple((x, e.low, x, e.high) for x, e in zip(at, row.likelihoods, strict=True))
    layers: list[Layer] = [
        Line(at, values, palette.BANDS[2], 1.2),
        Pieces(upright, palette.BLUE, 2.0),
    ]
    ties = [False, *(each.tie for each in row.changes)]
    for tie in (True, False):
        some = [number for number, each in enumerate(ties) if each is tie]
        if some:
            places = (numbers(some), numbers(values[number] for number in some))
            layers.append(Dots(*places, palette.BLUE, size=5.0, hollow=tie))
    title = capitalised(row.name)
    return Panel(title, across, scales.shares(), tuple(layers))
