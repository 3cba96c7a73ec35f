"""From a hindcast to its figure."""

from collections.abc import Iterator
from functools import partial

from sim.digest import model_hash
from sim.evidence.calibration.calibrate import SEED
from sim.evidence.hindcast.hindcast import Hindcast, means
from sim.language import Language, Text
from sim.text.catalogue import worded
from sim.views.beside_observed import Interval, Labels, Row, beside_observed
from sim.views.experiment import Experiment
from sim.views.figures import Named

LABELS = Labels(
    title="hindcast.title",
    subtitle="hindcast.subtitle",
    observed="hindcast.observed",
    bands=("hindcast.forecast",),
    points=("hindcast.last", "hindcast.trend"),
    reading="hindcast.reading",
)


def hindcast_figures(found: Hindcast, language: Language) -> Iterator[Named]:
    """Yield the figure of a hindcast, undrawn."""
    until = f"{found.known}-12"
    rests = Experiment(
        worded("experiment.hindcast", until=Text(until, until)),
        found.replicates,
        SEED if found.calibration is None else found.calibration.seed,
        model_hash(),
    )
    rows = [
        Row(
            Text(
                f"{score.case.series.name.en}, {score.case.year}",
                f"{score.case.series.name.zh}，{score.case.year}年",
            ),
            score.case.growth,
            score.case.growth,
            0.0,
            (Interval(*(float(score.quantiles[k]) for k in (0, 2, 4))),),
            (0.0, score.case.trend),
        )
        for score in found.scores
    ]
    model, last, trend = (f"{value:.3f}" for value in means(found.scores))
    values = {"until": until, "model": model, "last": last, "trend": trend}
    yield Named("hindcast", partial(beside_observed, rests, rows, LABELS, language, **values))
