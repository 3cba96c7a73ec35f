"""Replicates of a run into its tables, batch by batch."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from sim import ensemble
from sim.estimate import (
    Outcomes,
    Summary,
    needed,
    outcomes,
    precise_enough,
    summarise_outcomes,
)
from sim.estimate.objectives import achieved
from sim.experiments.baseline import stored
from sim.language import Text
from sim.model.world.layout import DUE
from sim.problems import Problem
from sim.scenario import Scenario
from sim.scenario.place import shorten
from sim.store import TableWriter
from sim.store.fill import Watcher
from sim.store.replicates import trajectories
from sim.store.spare import give_back
from sim.studies.shared import objectives
from sim.studies.study import Design, Setting
from sim.text.catalogue import worded

BATCH = 256
"""Replicates that a run to a precision adds before it looks again."""


def batches(looked_at: Design, most: int) -> list[range]:
    """Return replicates in the groups after which a precision is looked at."""
    size = most if looked_at.options["precision"] is None else BATCH
    return [range(start, min(start + size, most)) for start in range(0, most, size)]


@contextmanager
def agreeing(scenario: Scenario) -> Iterator[None]:
    """Say in words that the facts rule out what the model does.

    Raises:
        Problem: so it is.
    """
    try:
        yield
    except ensemble.ContradictedError as error:
        expected = worded("expected.possible_counts")
        where = str(scenario.as_of)
        raise Problem("--as-of", where, shorten(str(error)), expected) from error


def simulate(
    looked_at: Design, setting: Setting, writer: TableWriter, watch: Watcher
) -> tuple[Summary, objectives.Found | None, Text | None]:
    """Run batch after batch into the tables until there are as many as asked.

    Return the summary, how far the objective is reached if there is one, and why the summary is not
    adjusted by the stored baseline if it might have been.

    A run to a precision that is not reached ends with the most replicates allowed: the intervals
    say what is known, and what was run is not thrown away.
    """
    (scenario,), precision = looked_at.scenarios, looked_at.options["precision"]
    sample, store = setting.sample, setting.store if setting.kept else None
    groups = batches(looked_at, sample.replicates)
    wanted, met = looked_at.options["objective"], list[NDArray[np.bool_]]()
    parts, draws = list[Outcomes](), list[int]()
    expected, plain = len(groups[0]), None
    for batch in groups:
        for trajectory in trajectories(scenario, sample.seed, batch, setting.where, store):
            writer.append(trajectory)
            parts.append(outcomes(trajectory.counts[None], DUE, scenario.readings))
            draws.append(trajectory.draw)
            if wanted is not None:
                met.append(objectives.met_by(wanted, trajectory.counts[None], scenario))
            watch(len(draws), max(expected, len(draws)))
        give_back()  # the worlds of the threads: figures are drawn where they were
        parts = [Outcomes(*(np.concatenate(column) for column in zip(*parts, strict=True)))]
        baseline = None
        if precision is None:
            baseline, told = stored([scenario], sample.seed, np.array(draws))
            plain = told if baseline is None else None
        summary = summarise_outcomes(
            parts[0],
            np.array(draws),
            DUE,
            scenario.tolerance,
            sequential=precision is not None,
            readings=scenario.readings,
            baseline=baseline,
        )
        if precision is None or precise_enough(summary, precision):
            break
        expected = min(needed(summary, precision), sample.replicates)
    if wanted is None:
        return summary, None, plain
    reached = achieved(
        np.concatenate(met),
        wanted,
        np.array(draws),
        sequential=precision is not None,
        baseline=baseline,
        tolerance=scenario.tolerance,
    )
    met_here = objectives.Found(wanted, [objectives.Reached(scenario, reached, None)])
    return summary, met_here, plain
