"""Which figures go with which experiment."""

from collections.abc import Iterator, Sequence

from sim.cli.experiment_setting import Drawn
from sim.experiments.attribution import CountAttribution
from sim.experiments.compare import Comparison
from sim.experiments.fill import Sample
from sim.experiments.sweep import SweepResult
from sim.language import Language


def draw_sweep(_result: SweepResult, _language: Language) -> Iterator[Drawn]:
    """Yield the figures of a sweep, undrawn."""
    yield from ()


def draw_comparison(
    _found: Sequence[Comparison], _sample: Sample, _language: Language
) -> Iterator[Drawn]:
    """Yield the figures of a comparison, undrawn."""
    yield from ()


def draw_attribution(
    _found: Sequence[CountAttribution], _sample: Sample, _language: Language
) -> Iterator[Drawn]:
    """Yield the figures of an attribution, undrawn."""
    yield from ()
