"""From a calibration to its figure."""

from collections.abc import Iterator
from functools import partial

from sim.digest import model_hash
from sim.ensemble import LUCKS_A_DRAW
from sim.evidence.calibration.files import Report
from sim.language import Language, Text
from sim.text.catalogue import worded
from sim.views.beside_observed import Interval, Labels, Row, beside_observed
from sim.views.experiment import Experiment
from sim.views.figures import Named

LABELS = Labels(
    title="calibration.title",
    subtitle="calibration.subtitle",
    observed="calibration.observed",
    bands=("calibration.prior", "calibration.posterior"),
    points=(),
    reading="calibration.reading",
)


def calibration_figures(report: Report, language: Language) -> Iterator[Named]:
    """Yield the figure of a calibration, undrawn."""
    found = report.found
    rests = Experiment(
        worded("experiment.calibration", until=Text(found.until, found.until)),
        LUCKS_A_DRAW * len(found.numbers),
        found.seed,
        model_hash(),
    )
    rows = [
        Row(
            each.observation.name,
            each.observation.low,
            each.observation.high,
            each.observation.spread,
            tuple(
                Interval(float(band[0]), float(band[2]), float(band[4]))
                for band in (each.prior, each.posterior)
            ),
        )
        for each in report.predicted
    ]
    effective = f"{report.effective:,.0f}"
    yield Named(
        "calibration",
        partial(beside_observed, rests, rows, LABELS, language, effective=effective),
    )
