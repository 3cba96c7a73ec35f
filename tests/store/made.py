"""Made-up replicates that take no time to run, and results written from them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim import parameters
from sim.ensemble import Trajectory
from sim.estimate.readings import others
from sim.functions import run
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.setup import Setup
from sim.plan import PLAN
from sim.sampling import draw_of
from sim.scenario import Scenario, read_scenario
from sim.store import Result

TARGETS = np.array([count.target for count in PLAN.counts], dtype=np.float64)
VALUES = parameters.defaults()
MONTHS = 99


def trajectory(replicate: int, months: int = MONTHS, seed: int = 0) -> Trajectory:
    """Return a replicate whose counts follow from its number and the seed alone."""
    luck = np.random.default_rng((seed, replicate))
    growth = np.cumsum(luck.uniform(0.0, 2.0, (months, len(COUNTS))), axis=0) / MONTHS
    measures = luck.uniform(0.0, 1000.0, (months, len(MEASURES))).astype(np.float32)
    draw = draw_of(replicate)
    values = {**VALUES, "firms_2022": 3000.0 + draw}
    return Trajectory(replicate, draw, growth * TARGETS, measures, values)


def ensemble(
    setup: Setup, seed: int, replicates: range, workers: int | None = None
) -> Iterator[Trajectory]:
    """Yield made-up replicates in the way of `sim.ensemble.run`."""
    assert workers is None or workers >= 1
    for replicate in replicates:
        yield trajectory(replicate, setup.months, seed)


def decided_ensemble(
    setup: Setup, seed: int, replicates: range, workers: int | None = None
) -> Iterator[Trajectory]:
    """Yield made-up replicates whose counts grow with one parameter."""
    for each in ensemble(setup, seed, replicates, workers):
        pace = float(np.random.default_rng((seed, each.draw)).uniform(0.5, 2.0))
        values = {**each.parameters, "market_pace": pace}
        yield each._replace(counts=each.counts * pace, parameters=values)


def result(folder: Path, replicates: int = 4, scenario: Scenario | None = None) -> Result:
    """Write a result of made-up replicates; `sim.ensemble.run` must be replaced."""
    chosen = scenario or read_scenario("as-written")
    return run(chosen, replicates=replicates, out=folder, figures=False)


def read_otherwise() -> Scenario:
    """Return a scenario that reads every count in its other reading, where there is one."""
    return replace(read_scenario("as-written"), readings=others(PLAN.readings))
