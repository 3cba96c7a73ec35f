"""Replicates of a package that grow while people look: shared by all tabs, run for who waits."""

import asyncio
import os
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from sim.ensemble import Trajectory, run_one, warm_up
from sim.experiments.block import decembers
from sim.experiments.fill import Ensemble
from sim.language import Text
from sim.problems import Problem
from sim.scenario import Scenario
from sim.world.layout import COUNTS, MEASURES
from sim.world.setup import Setup

AHEAD = 1
"""Replicates that wait beside those that are run: few, so that another lever is heard at once."""
KEPT = 10
"""Packages whose replicates are kept: a step back is answered at once."""
ROOM = 64
"""Replicates that there is room for at first."""


class Replicates:
    """The first replicates of a package, in order and without gaps."""

    def __init__(self, months: int) -> None:
        """Start with none, of a run of so many months."""
        self.number = 0
        self._counts = np.zeros((ROOM, months, len(COUNTS)))
        self._measures = np.zeros((ROOM, months, len(MEASURES)), np.float32)
        self._draws = np.zeros(ROOM, np.int64)

    @property
    def counts(self) -> NDArray[np.float64]:
        """Shape (replicates, months, 13)."""
        return self._counts[: self.number]

    @property
    def measures(self) -> NDArray[np.float32]:
        """Shape (replicates, months, measures)."""
        return self._measures[: self.number]

    @property
    def draws(self) -> NDArray[np.int64]:
        """Number of each replicate's parameter draw, shape (replicates,)."""
        return self._draws[: self.number]

    def add(self, trajectory: Trajectory) -> None:
        """Take the next replicate in.

        Raises:
            ValueError: it is not the next one.
        """
        if trajectory.replicate != self.number:
            raise ValueError(f"{trajectory.replicate} is not the next replicate")
        if self.number == len(self._draws):
            self._counts = np.concatenate([self._counts, np.zeros_like(self._counts)])
            self._measures = np.concatenate([self._measures, np.zeros_like(self._measures)])
            self._draws = np.concatenate([self._draws, np.zeros_like(self._draws)])
        self._counts[self.number] = trajectory.counts
        self._measures[self.number] = trajectory.measures
        self._draws[self.number] = trajectory.draw
        self.number += 1

    def ensemble(self, scenario: Scenario, number: int) -> Ensemble:
        """Return the first of them as experiments compare them."""
        kept = decembers(self._counts.shape[1])
        return Ensemble(
            scenario, self._counts[:number], self._draws[:number], self._measures[:number][:, kept]
        )


class Growth:
    """One package's replicates, and who waits for how many of them."""

    def __init__(self, setup: Setup, seed: int, pool: ThreadPoolExecutor, workers: int) -> None:
        """Prepare to run a package; nothing runs until somebody follows."""
        self.replicates = Replicates(setup.months)
        self._setup = setup
        self._seed = seed
        self._pool = pool
        self._workers = workers
        self._wants: dict[object, int] = {}
        self._grown = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._failure: Problem | None = None

    @property
    def followed(self) -> bool:
        """Return whether somebody waits for replicates."""
        return bool(self._wants)

    async def follow(self, wanted: int) -> AsyncIterator[int]:
        """Yield how many replicates there are, again and again, until there are enough.

        They are run while somebody follows. Who stops following stops their being run, but for
        those that are under way.

        Raises:
            Problem: the model could not run one of them.
        """
        me = object()
        self._wants[me] = wanted
        try:
            while True:
                number = self.replicates.number
                yield min(number, wanted)
                if number >= wanted:
                    return
                if self._failure is not None:
                    raise self._failure
                if self.replicates.number == number:
                    self._start()
                    await self._grown.wait()
        finally:
            del self._wants[me]

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._grow())

    async def _grow(self) -> None:
        """Run replicates in threads, a few ahead, as long as somebody wants more."""
        waiting: deque[Future[Trajectory]] = deque()
        following = self.replicates.number
        try:
            while self.replicates.number < max(self._wants.values(), default=0):
                most = max(self._wants.values(), default=0)
                while following < most and len(waiting) < self._workers + AHEAD:
                    waiting.append(self._pool.submit(run_one, self._setup, self._seed, following))
                    following += 1
                self.replicates.add(await asyncio.wrap_future(waiting.popleft()))
                self._tell()
        except OverflowError as error:
            expected = Text("a package that the model can run", "模型能够运行的政策组合")
            self._failure = Problem("model", "", str(error), expected)
        finally:
            for future in waiting:
                future.cancel()
            self._tell()

    def _tell(self) -> None:
        """Wake all who wait."""
        self._grown.set()
        self._grown = asyncio.Event()


class Engine:
    """Threads that run replicates, and the packages that were run last."""

    def __init__(self, workers: int | None = None) -> None:
        """Make threads, by default one a processor."""
        self.workers = workers or os.cpu_count() or 1
        self.pool = ThreadPoolExecutor(self.workers, thread_name_prefix="replicates")
        self.aside = ThreadPoolExecutor(2, thread_name_prefix="aside")
        """For what is no replicate: statistics, one city, a sweep."""
        self._known: OrderedDict[tuple[str, int], Growth] = OrderedDict()
        self._warm: asyncio.Future[None] | None = None

    async def ready(self, scenario: Scenario) -> None:
        """Wait until the model's rules are compiled, which takes a minute the first time."""
        if self._warm is None:
            run = self.aside.submit(warm_up, scenario.setup(), scenario.seed)
            self._warm = asyncio.wrap_future(run)
        await asyncio.shield(self._warm)

    @property
    def is_ready(self) -> bool:
        """Return whether the rules are compiled."""
        return self._warm is not None and self._warm.done()

    def growth(self, scenario: Scenario) -> Growth:
        """Return a scenario's replicates; scenarios that do the same share them."""
        key = (scenario.hash(), scenario.seed)
        found = self._known.get(key)
        if found is None:
            found = Growth(scenario.setup(), scenario.seed, self.pool, self.workers)
            self._known[key] = found
        self._known.move_to_end(key)
        idle = [old for old, growth in self._known.items() if not growth.followed and old != key]
        for old in idle[: max(0, len(self._known) - KEPT)]:
            del self._known[old]
        return found

    def close(self) -> None:
        """Drop what has not begun."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.aside.shutdown(wait=False, cancel_futures=True)
