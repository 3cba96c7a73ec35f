"""One sheet of small charts: what simulated firms look like, beside real ones."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from sim.evidence.patterns.look import Looked
from sim.language import Language
from sim.text.catalogue import say
from sim.views.experiment import Experiment, kicker, notes
from sim.views.page import EDGE, Heading, Sheet, sheet
from sim.views.panels import FOOT, GAP, SCALE, TITLE, Slot, chart
from sim.views.pattern_charts import CHARTS

SIZE = (13.2, 10.6)
COLUMNS, ROWS = 3, 3
NAMES = 1.75
"""Inches for the names of the tracks."""


def patterns(experiment: Experiment, found: Looked, language: Language) -> Figure:
    """Draw nine patterns in the replicates that were kept.

    Args:
        experiment: what the figure rests on.
        found: verdicts, and at least one replicate.
        language: of all labels.
    """
    verdicts = [finding.verdict for finding in found.findings]
    heading = Heading(
        kicker(experiment, language),
        say(
            "patterns.title",
            language,
            held=str(verdicts.count("holds")),
            all=str(len(verdicts)),
            failed=str(verdicts.count("fails")),
        ),
        say("patterns.subtitle", language),
    )
    told = notes(
        experiment,
        ("patterns.drawn",),
        language,
        replicates=str(len(found.portraits)),
        regression=say("patterns.regression", language),
    )
    page = sheet(*SIZE, heading, told)
    wide = [each.by_track for each in CHARTS]
    for each, slot in zip(CHARTS, _slots(page, wide), strict=True):
        scale = NAMES if each.by_track else SCALE
        axes = chart(page, slot, say(f"patterns.{each.name}", language), scale)
        each.draw(axes, found, language)
    return page.figure


def _slots(page: Sheet, wide: Sequence[bool]) -> list[Slot]:
    """Return the places row by row; those with names on the scale are narrower."""
    across = (page.width - 2 * EDGE + GAP) / COLUMNS
    up = (page.top - page.bottom) / ROWS
    places = []
    for number, names in enumerate(wide):
        row, column = divmod(number, COLUMNS)
        scale = NAMES if names else SCALE
        left = EDGE + column * across + scale
        bottom = page.top - (row + 1) * up + FOOT
        places.append(Slot(left, bottom, across - scale - 2 * GAP, up - FOOT - TITLE))
    return places
