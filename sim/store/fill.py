"""Make sure that the store holds what an experiment needs, running only what is missing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple, Self, Union

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.model.world.layout import COUNTS
from sim.problems import Problem
from sim.store.arrays import numbers, table_in, values_of
from sim.store.block import REPLICATES, Task, decembers
from sim.store.held import HeldRun
from sim.store.store import Store, check_version
from sim.store.work import Where, runner
from sim.text.catalogue import worded

if TYPE_CHECKING:
    from sim.scenario import Scenario

TOGETHER = 64
"""Scenarios of which blocks are run in turn."""
Runnable = Union["Scenario", HeldRun]
"""What blocks are kept of: a scenario, or one with couplings held."""
Watcher = Callable[[int, int], None]
"""Called with how many replicates are there and how many are wanted."""


class Ensemble(NamedTuple):
    """The replicates of one scenario; the same replicate has the same luck in every scenario."""

    scenario: "Scenario"
    counts: NDArray[np.float64]
    """Shape (R, M, 13)."""
    draws: NDArray[np.int64]
    """Number of each replicate's parameter draw, shape (R,)."""
    measures: NDArray[np.float32]
    """Shape (R, Decembers, measures)."""
    seed: int
    """Of their luck."""

    def since(self, first: int) -> Self:
        """Return the replicates from one on."""
        return self._replace(
            counts=self.counts[first:], draws=self.draws[first:], measures=self.measures[first:]
        )


class CouldNotRun(Problem):
    """Some scenarios cannot be run; what could be is in the store."""

    def __init__(self, failed: Sequence[tuple[Runnable, int, str]]) -> None:
        """Describe it by the first one.

        Args:
            failed: scenarios, of each block that could not be run its first replicate, and why.
        """
        scenario, first, reason = min((each.id, first, reason) for each, first, reason in failed)
        many = worded("study.could_not_run", blocks=len(failed), first=first, scenario=scenario)
        super().__init__(scenario, "", reason, many)
        self.args = (failed,)
        self.hashes = frozenset(each.hash() for each, _, _ in failed)
        self.causes = {each.id: reason for each, _, reason in reversed(failed)}


class Sample(NamedTuple):
    """Which replicates every scenario of an experiment is run with."""

    seed: int
    replicates: int


def fill(
    scenarios: Sequence[Runnable],
    sample: Sample,
    store: Store,
    where: Where,
    watch: Watcher | None = None,
) -> int:
    """Run what the store does not hold yet; return how many replicates that were.

    Scenarios that do the same are run once. Killed at any moment, it can be called again and goes
    on: a block is in the store whole or not at all.

    Raises:
        CouldNotRun: the model could not run some of the replicates; all others are in the store.
        Problem: the store or the cluster cannot be used.
    """
    wanted = {scenario.hash(): scenario for scenario in scenarios}
    missing = _missing(wanted, sample, store)
    blocks = len(wanted) * -(-sample.replicates // REPLICATES)
    todo = sum(map(len, missing.values()))
    tell = watch or _nobody
    tell((blocks - todo) * REPLICATES, blocks * REPLICATES)
    if todo == 0:
        _describe(wanted, store)
        return 0
    left, failed = todo, []
    # Closed here and now when something goes wrong, so that nothing goes on running behind.
    with runner(where) as run, closing(run(_jobs(wanted, missing, sample.seed))) as results:
        _describe(wanted, store)
        for mark, task, done in results:
            check_version(done)
            if done.failure:
                failed.append((wanted[mark], task.first, done.failure))
            else:
                store.write(store.folder_of(mark), task, done)
            left -= 1
            tell((blocks - left) * REPLICATES, blocks * REPLICATES)
    if failed:
        raise CouldNotRun(failed)
    return todo * REPLICATES


def missing_blocks(
    scenarios: Sequence[Runnable], sample: Sample, store: Store, *, whole: bool = False
) -> dict[str, list[int]]:
    """Return the first replicates of the blocks to run, by the scenario's hash.

    Args:
        scenarios: what is run.
        sample: with which replicates.
        store: that may hold some.
        whole: whether every month of a replicate is needed.

    Raises:
        Problem: the store cannot be read or written.
    """
    marks = dict.fromkeys(scenario.hash() for scenario in scenarios)
    return _missing(marks, sample, store, whole=whole)


def _missing(
    marks: Iterable[str], sample: Sample, store: Store, *, whole: bool = False
) -> dict[str, list[int]]:
    numbers = range(sample.replicates)
    return {
        mark: store.missing(store.folder_of(mark), sample.seed, numbers, whole=whole)
        for mark in marks
    }


def _jobs(
    wanted: Mapping[str, Runnable], missing: Mapping[str, list[int]], seed: int
) -> Iterator[tuple[str, Task]]:
    """Yield the blocks to run, a few scenarios at a time: only these are held as numbers.

    Among these, those of the same replicates follow each other, since they begin alike.
    """
    marks = [mark for mark in wanted if missing[mark]]
    for start in range(0, len(marks), TOGETHER):
        some = marks[start : start + TOGETHER]
        setups = {mark: wanted[mark].setup() for mark in some}
        held = {mark: each.held() for mark in some if isinstance(each := wanted[mark], HeldRun)}
        for first in sorted({first for mark in some for first in missing[mark]}):
            for mark in some:
                if first in missing[mark]:
                    yield mark, Task(setups[mark], seed, first, mark, held=held.get(mark))


def _describe(wanted: Mapping[str, Runnable], store: Store) -> None:
    """Write down every scenario before its first block is there."""
    for mark, scenario in wanted.items():
        store.describe(scenario, mark)


def _nobody(_done: int, _wanted: int) -> None:
    """Watch nothing."""


def load(run: Runnable, sample: Sample, store: Store) -> Ensemble:
    """Return the replicates of a scenario, as it is or with couplings held, from the store.

    Raises:
        Problem: some are not there, or are damaged.
    """
    folder = store.folder_of(run.hash())
    first_of = store.one_each(folder, sample.seed)
    tables = []
    for first in range(0, sample.replicates, REPLICATES):
        if first not in first_of:
            last = first + REPLICATES - 1
            expected = worded("expected.replicates", first=first, last=last)
            raise Problem(folder, f"s{sample.seed}", "—", expected)
        tables.append(table_in(store.read(first_of[first])))
    scenario = run.scenario if isinstance(run, HeldRun) else run
    return _ensemble(scenario, pa.concat_tables(tables), sample)


def _ensemble(scenario: "Scenario", table: pa.Table, sample: Sample) -> Ensemble:
    setup, replicates = scenario.setup(), sample.replicates
    months = setup.months
    table = table.slice(0, replicates * months)
    counts = np.stack([values_of(table, name) for name in COUNTS], axis=1)
    rows = (np.arange(replicates)[:, None] * months + decembers(months)).ravel()
    kept = table.take(numbers(rows))
    measures = np.stack([values_of(kept, name) for name in setup.measures], axis=1)
    return Ensemble(
        scenario,
        counts.reshape(replicates, months, len(COUNTS)),
        values_of(table, "draw")[::months].astype(np.int64),
        measures.reshape(replicates, len(decembers(months)), len(setup.measures)),
        sample.seed,
    )
