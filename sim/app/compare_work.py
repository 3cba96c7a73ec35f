"""The work behind "compare": two to four packages in the same replicates, against the first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sim.app.growth import Engine
from sim.app.package import Package, named
from sim.app.works import Work
from sim.experiments.compare import Comparison, all_against_first
from sim.experiments.likelihoods import stored_for
from sim.problems import Problem
from sim.scenario import Scenario
from sim.store.fill import Ensemble, Sample
from sim.text.catalogue import worded

STEPS = (16, 128)
"""After so many replicates of each there is an answer; figures come with the last."""
REPLICATES = STEPS[-1]


class Compared(NamedTuple):
    """How packages differ from the first, in the same replicates of each."""

    comparisons: tuple[Comparison, ...]
    sample: Sample

    @property
    def whole(self) -> bool:
        """Return whether it rests on all replicates that are run."""
        return self.sample.replicates == REPLICATES


async def compare_packages(engine: Engine, packages: Sequence[Package], work: Work) -> None:
    """Compare; the work is told how far it is and, after every step, what was found.

    Raises:
        Problem: they cannot be paired, or the model could not run one of them.
    """
    scenarios = [_labelled(package, number) for number, package in enumerate(packages)]
    check_pairs(scenarios)
    growths = [engine.growth(scenario) for scenario in scenarios]
    done = [0] * len(packages)
    await engine.ready(scenarios[0])
    for step in STEPS:
        for place, growth in enumerate(growths):
            async for number in growth.follow(range(step)):
                done[place] = max(number, done[place])
                work.progress(sum(done), REPLICATES * len(packages))
        ensembles = [
            growth.replicates.ensemble(scenario, range(step))
            for scenario, growth in zip(scenarios, growths, strict=True)
        ]
        found = await engine.run(engine.aside, compared, ensembles)
        work.found = Compared(tuple(found), Sample(scenarios[0].seed, step))
        work.tell()


def compared(found: Sequence[Ensemble]) -> list[Comparison]:
    """Return each package against the first, adjusted by the stored baseline if it serves all."""
    return all_against_first(found, stored_for(*found).baseline)


def check_pairs(scenarios: Sequence[Scenario]) -> None:
    """Refuse scenarios of which the same replicate has other luck or other parameters.

    Raises:
        Problem: their seeds differ, or where their parameters are drawn from.
    """
    for key in ("seed", "draws"):
        values = list(dict.fromkeys(str(getattr(scenario, key)) for scenario in scenarios))
        if len(values) > 1:
            expected = worded("expected.same_in_all")
            raise Problem("compare", key, ", ".join(values), expected)


def _labelled(package: Package, number: int) -> Scenario:
    """Return a package's scenario with an id and a name of its own, for tables and figures."""
    scenario = package.scenario
    return replace(
        scenario,
        id=f"{'abcd'[number]}-{scenario.id}",
        name=named(package),
    )
