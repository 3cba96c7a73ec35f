"""From the result of a sweep to its figures."""

from collections.abc import Iterator

from sim.experiments.sweep import SweepResult
from sim.experiments.targets import Target
from sim.language import Language, Text
from sim.parameters import find
from sim.plan import PLAN
from sim.views.figures import Named
from sim.views.of_scenario import experiment
from sim.views.sweep import figures_of_sweep
from sim.views.sweep_source import Outcome, Varied


def sweep_figures(result: SweepResult, language: Language) -> Iterator[Named]:
    """Yield the figures that suit a sweep, undrawn."""
    sweep, sample = result.sweep, result.sample
    rests = experiment(sweep.name, sweep.base, sample)
    factors = [Varied(_name(target), target.field) for target in sweep.targets]
    points = [
        Outcome(
            values, tuple(count.likelihood for count in summary.counts), summary.joint, public_cost
        )
        for values, summary, public_cost in zip(
            sweep.points, result.summaries, result.costs, strict=True
        )
    ]
    yield from figures_of_sweep(rests, sweep.design, factors, points, language)


def _name(target: Target) -> Text:
    """Return what a person calls a plan, a safeguard, an instrument or a parameter."""
    if target.kind == "parameter":
        return find(target.id).meaning
    known = PLAN.levers if target.kind == "lever" else PLAN.instruments
    return next(entry.name for entry in known if entry.id == target.id)
