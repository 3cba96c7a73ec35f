"""From the result of a sweep to its figures."""

from collections.abc import Iterator

from sim.experiments.sweep import SweepResult
from sim.experiments.targets import Target
from sim.language import Language, Text
from sim.parameters import find
from sim.plan import PLAN
from sim.scenario.variants import known as known_variants
from sim.views.experiment import experiment
from sim.views.figures import Named
from sim.views.parameter_names import parameter_meaning
from sim.views.sweep import figures_of_sweep
from sim.views.sweep_source import Outcome, Varied, combination_text, point_text


def sweep_figures(result: SweepResult, language: Language) -> Iterator[Named]:
    """Yield the figures that suit a sweep, undrawn."""
    sweep, sample = result.sweep, result.sample
    rests = experiment(sweep.name, sweep.base, sample)
    yield from figures_of_sweep(
        *(rests, sweep.design, factors_of(result), points_of(result)), result.indices, language
    )


def names_of_points(result: SweepResult, language: Language) -> list[str]:
    """Return what sets each point of a sweep apart from its base."""
    return [point_text(factors_of(result), point, language) for point in points_of(result)]


def names_of_combinations(result: SweepResult, language: Language) -> list[str]:
    """Return what each point is: which things are on, where that is all that was varied."""
    return [combination_text(factors_of(result), point, language) for point in points_of(result)]


def factors_of(result: SweepResult) -> list[Varied]:
    """Return what a sweep varies, as a person calls it."""
    return [Varied(name_of_target(target), target.field) for target in result.sweep.targets]


def points_of(result: SweepResult) -> list[Outcome]:
    """Return every point with its likelihoods and its cost."""
    return [
        Outcome(
            values,
            tuple(count.likelihood for count in summary.counts),
            summary.joint,
            public_cost,
            changes,
            number == result.sweep.base_point,
        )
        for number, (values, summary, public_cost, changes) in enumerate(
            zip(result.sweep.points, result.summaries, result.costs, result.changes, strict=True)
        )
    ]


def name_of_target(target: Target) -> Text:
    """Return what a person calls a plan, a safeguard, an instrument, a parameter or a variant."""
    if target.kind == "variant":
        return known_variants()[target.id].name
    if target.kind == "parameter":
        return parameter_meaning(find(target.id).name)
    known = PLAN.levers if target.kind == "lever" else PLAN.instruments
    return next(entry.name for entry in known if entry.id == target.id)
