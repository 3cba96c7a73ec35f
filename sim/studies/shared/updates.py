"""Each likelihood, given what was known at one date after another."""

from collections.abc import Sequence

from sim.estimate import Interval
from sim.evidence.updates import Update
from sim.language import Text
from sim.plan import PLAN
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Dots, Line, Panel, Panels, Pieces, Scale, numbers
from sim.studies.study import Basis
from sim.text.catalogue import capital, worded
from sim.text.joining import commas, in_both
from sim.views.panels import COLUMNS, SIZE

NOTHING = "—"


def updates_figure(found: Sequence[Update], basis: Basis) -> Figure:
    """Return a small chart of each count's likelihood against the date up to which facts count."""
    dates = [each.as_of or NOTHING for each in found]
    known = commas(Text(date, date) for date in dates if date != NOTHING)
    across = Scale(-0.4, len(dates) - 0.6, scales.ticked(range(len(dates)), dates))
    panels = tuple(
        _panel(count.name, across, [each.summary.counts[number].likelihood for each in found])
        for number, count in enumerate(PLAN.counts)
    )
    title, reading = worded("moved.title"), worded("moved.reading", facts=known)
    mark = Panels(panels, COLUMNS, SIZE)
    return basis.figure("moved", title, worded("moved.subtitle"), mark, reading, alternative=title)


def _panel(name: Text, across: Scale, found: Sequence[Interval]) -> Panel:
    at, values = numbers(range(len(found))), numbers(each.value for each in found)
    ends = tuple((x, each.low, x, each.high) for x, each in zip(at, found, strict=True))
    layers = (
        Line(at, values, palette.BANDS[2], 1.2),
        Pieces(ends, palette.BLUE, 2.0),
        Dots(at, values, palette.BLUE, size=5.0),
    )
    return Panel(
        in_both(lambda language: capital(name.in_(language))), across, scales.shares(), layers
    )
