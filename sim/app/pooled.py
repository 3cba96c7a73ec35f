"""Questions of studies that are answered from the replicates which all tabs share, and no store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, get_origin

from sim.app.asking import scenario_of
from sim.app.growth import Engine
from sim.app.jobs import Done, kept
from sim.app.package import Package
from sim.app.works import Work
from sim.store.fill import Ensemble, Sample
from sim.studies import compare, gates, registry
from sim.studies.carried import told
from sim.studies.study import Design

FOUND: Final[Mapping[str, Callable[[Design, Sequence[Ensemble], Sample], Any]]] = {
    "compare": compare.found_in,
    "gates": gates.found_in,
}
"""What studies find in replicates of their scenarios."""
STEPS: Final[dict[str, tuple[int, ...]]] = {"compare": (16, 128), "gates": (16, 32, 64)}
"""After so many replicates of each scenario there is an answer."""


async def ask(engine: Engine, name: str, packages: Sequence[Package], work: Work) -> None:
    """Ask a study; the work is told how far it is and, after every step, what was found.

    Args:
        engine: that runs replicates.
        name: of the study.
        packages: that it is asked about; the luck is that of the first.
        work: that is told.

    Raises:
        Problem: the study cannot look at them, or the model could not run one.
    """
    looked_at = await engine.run(engine.aside, design, name, packages)
    scenarios, steps = looked_at.scenarios, STEPS[name]
    growths = [engine.growth(scenario) for scenario in scenarios]
    done = [0] * len(growths)
    await engine.ready(scenarios[0])
    for step in steps:
        for place, growth in enumerate(growths):
            async for number in growth.first(step):
                done[place] = max(number, done[place])
                work.progress(sum(done), steps[-1] * len(growths))
        loaded = [
            growth.replicates.ensemble(scenario, range(step))
            for scenario, growth in zip(scenarios, growths, strict=True)
        ]
        found = await engine.run(engine.aside, partial(_answer, name, looked_at, loaded))
        # Figures come with the last: who looks at one, or saves it, must not lose it to the next.
        work.found = found if step == steps[-1] else found._replace(figures=())
        work.tell()


def design(name: str, packages: Sequence[Package]) -> Design:
    """Return what a study looks at that is asked about packages, and else as it is declared.

    Raises:
        Problem: it cannot look at them.
    """
    study, seed = registry.study(name), packages[0].scenario.seed
    scenarios = [replace(scenario_of(each), seed=seed) for each in packages]
    first, *others = study.options
    asked = scenarios if get_origin(first.kind) is list else scenarios[0]
    return study.design({first.name: asked, **{each.name: each.default for each in others}})


def _answer(name: str, looked_at: Design, loaded: Sequence[Ensemble]) -> Done:
    sample = Sample(loaded[0].seed, len(loaded[0].draws))
    found = FOUND[name](looked_at, loaded, sample)
    return kept(told(registry.study(name), looked_at, found, sample))
