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
from sim.views.sweep_source import Outcome, Varied, point_text


def sweep_figures(result: SweepResult, language: Language) -> Iterator[Named]:
    """Yield the figures that suit a sweep, undrawn."""
    sweep, sample = result.sweep, result.sample
    rests = experiment(sweep.name, sweep.base, sample)
    yield from figures_of_sweep(rests, sweep.design, _factors(result), _points(result), language)


def names_of_points(result: SweepResult, language: Language) -> list[str]:
    """Return what sets each point of a sweep apart from its base."""
    return [point_text(_factors(result), point, language) for point in _points(result)]


def _factors(result: SweepResult) -> list[Varied]:
    return [Varied(_name(target), target.field) for target in result.sweep.targets]


def _points(result: SweepResult) -> list[Outcome]:
    return [
        Outcome(
            values, tuple(count.likelihood for count in summary.counts), summary.joint, public_cost
        )
        for values, summary, public_cost in zip(
            result.sweep.points, result.summaries, result.costs, strict=True
        )
    ]


def _name(target: Target) -> Text:
    """Return what a person calls a plan, a safeguard, an instrument or a parameter."""
    if target.kind == "parameter":
        return find(target.id).meaning
    known = PLAN.levers if target.kind == "lever" else PLAN.instruments
    return next(entry.name for entry in known if entry.id == target.id)
