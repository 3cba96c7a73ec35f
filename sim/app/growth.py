"""Replicates of a package that grow while people look: shared by all tabs, run for who waits."""

import asyncio
import os
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.app.works import Desks
from sim.ensemble import ContradictedError, Trajectory, run_one, warm_up
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.setup import Setup
from sim.problems import Problem
from sim.scenario import Scenario
from sim.store.block import decembers
from sim.store.fill import Ensemble
from sim.text.catalogue import worded

AHEAD = 1
"""Replicates that wait beside those that are run: few, so that another lever is heard at once."""
KEPT = 10
"""Packages whose replicates are kept: a step back is answered at once."""
ROOM = 64
"""Replicates that there is room for at first."""
SWEEPS = 2
"""Sweeps that run at once, whoever started them; others wait for their turn."""
Found = TypeVar("Found")
Given = ParamSpec("Given")


class Replicates:
    """Replicates of a package, kept by their number."""

    def __init__(self, months: int) -> None:
        """Start with none, of a run of so many months."""
        self.number = 0
        """Of the first replicates, up to the first gap."""
        self._there = np.zeros(ROOM, np.bool_)
        self._counts = np.zeros((ROOM, months, len(COUNTS)))
        self._measures = np.zeros((ROOM, months, len(MEASURES)), np.float32)
        self._draws = np.zeros(ROOM, np.int64)

    @property
    def counts(self) -> NDArray[np.float64]:
        """Of the first replicates, shape (replicates, months, 13)."""
        return self._counts[: self.number]

    @property
    def measures(self) -> NDArray[np.float32]:
        """Of the first replicates, shape (replicates, months, measures)."""
        return self._measures[: self.number]

    @property
    def draws(self) -> NDArray[np.int64]:
        """Number of each of the first replicates' parameter draw, shape (replicates,)."""
        return self._draws[: self.number]

    def holds(self, replicate: int) -> bool:
        """Return whether a replicate is there."""
        return replicate < len(self._there) and bool(self._there[replicate])

    def add(self, trajectory: Trajectory) -> None:
        """Take a replicate in."""
        place = trajectory.replicate
        while place >= len(self._there):
            self._there = _doubled(self._there)
            self._counts, self._measures = _doubled(self._counts), _doubled(self._measures)
            self._draws = _doubled(self._draws)
        self._counts[place] = trajectory.counts
        self._measures[place] = trajectory.measures
        self._draws[place] = trajectory.draw
        self._there[place] = True
        while self.number < len(self._there) and self._there[self.number]:
            self.number += 1

    def ensemble(self, scenario: Scenario, numbers: Sequence[int]) -> Ensemble:
        """Return replicates by their numbers, all of which are there, to be compared."""
        places = list(numbers)
        kept = decembers(self._counts.shape[1])
        measures = self._measures[places][:, kept]
        return Ensemble(
            scenario, self._counts[places], self._draws[places], measures, scenario.seed
        )


def _doubled(values: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([values, np.zeros_like(values)])


class Follower:
    """Somebody who waits for replicates, in an order of their own."""

    def __init__(self, numbers: Iterable[int]) -> None:
        """Wait for the replicates of these numbers."""
        self.numbers = list(numbers)
        self.done = 0
        """Of the numbers, how many are there, up to the first that is not."""

    def look(self, replicates: Replicates) -> int:
        """Return how many there are now."""
        while self.done < len(self.numbers) and replicates.holds(self.numbers[self.done]):
            self.done += 1
        return self.done


class Waiting(NamedTuple):
    """A replicate that was handed to a thread."""

    run: Future[Trajectory]
    seen: asyncio.Future[Trajectory]
    """The same, for the event loop."""


class Growth:
    """One package's replicates, and who waits for which of them."""

    def __init__(self, setup: Setup, seed: int, pool: ThreadPoolExecutor, workers: int) -> None:
        """Prepare to run a package; nothing runs until somebody follows."""
        self.replicates = Replicates(setup.months)
        self._setup = setup
        self._seed = seed
        self._pool = pool
        self._workers = workers
        self._followers: list[Follower] = []
        self._waiting: dict[int, Waiting] = {}
        self._grown = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._failure: Problem | None = None

    @property
    def followed(self) -> bool:
        """Return whether somebody waits for replicates."""
        return bool(self._followers)

    def first(self, wanted: int) -> AsyncIterator[int]:
        """Follow so many replicates; see `follow`."""
        return self.follow(range(wanted))

    async def follow(self, numbers: Iterable[int]) -> AsyncIterator[int]:
        """Yield how many of these replicates there are, again and again, until all are.

        They are run while somebody follows. Who stops following stops their being run, but for
        those that are under way.

        Raises:
            Problem: the model could not run one of them.
        """
        me = Follower(numbers)
        self._followers.append(me)
        try:
            while True:
                there = me.look(self.replicates)
                yield there
                if there == len(me.numbers):
                    return
                if self._failure is not None:
                    raise self._failure
                if me.look(self.replicates) == there:
                    self._start()
                    await self._grown.wait()
        finally:
            self._followers.remove(me)
            self._drop()

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._grow())

    def _drop(self) -> None:
        """Take back what has not begun."""
        for number in list(self._waiting)[::-1]:
            if self._waiting[number].run.cancel():
                del self._waiting[number]

    def _next(self) -> int | None:
        """Return a replicate that somebody waits for and nobody runs."""
        for follower in self._followers:
            for number in follower.numbers[follower.look(self.replicates) :]:
                if number not in self._waiting and not self.replicates.holds(number):
                    return number
        return None

    async def _grow(self) -> None:
        """Run replicates in threads, a few ahead, as long as somebody wants more."""
        try:
            while True:
                while len(self._waiting) < self._workers + AHEAD:
                    number = self._next()
                    if number is None:
                        break
                    run = self._pool.submit(run_one, self._setup, self._seed, number)
                    self._waiting[number] = Waiting(run, asyncio.wrap_future(run))
                if not self._waiting:
                    return
                await self._any()
                self._tell()
        except (OverflowError, ContradictedError) as error:
            expected = worded("expected.runnable_package")
            self._failure = Problem("model", "", str(error), expected)
        finally:
            for waiting in self._waiting.values():
                waiting.seen.cancel()  # and with it the run, if it has not begun
            self._waiting.clear()
            self._tell()

    async def _any(self) -> None:
        """Wait until one of the replicates is there, whichever, and take in all that are.

        Who waits for the first of them lets the others' threads run dry when it takes long.
        """
        numbers = {waiting.seen: number for number, waiting in self._waiting.items()}
        done, _ = await asyncio.wait(numbers, return_when=asyncio.FIRST_COMPLETED)
        for seen in done:
            if not seen.cancelled():
                self.replicates.add(seen.result())
            self._waiting.pop(numbers[seen], None)

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
        """For what is over soon and is waited for: statistics, what the store holds."""
        self.drawings = ThreadPoolExecutor(1, thread_name_prefix="drawings")
        """For figures, of which one is drawn at a time."""
        self.films = ThreadPoolExecutor(1, thread_name_prefix="films")
        """For a city's replicate and the lives in it."""
        self.sweeps = ThreadPoolExecutor(SWEEPS, thread_name_prefix="sweeps")
        """For what takes minutes to hours; each runs its replicates in threads of its own."""
        self.desks = Desks()
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

    @staticmethod
    async def run(
        pool: ThreadPoolExecutor,
        work: Callable[Given, Found],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Found:
        """Run something in a thread of one of the pools, so that pages stay responsive."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, partial(work, *given, **named))

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
        """End what is under way, drop what has not begun."""
        self.desks.close()
        for pool in (self.pool, self.aside, self.drawings, self.films, self.sweeps):
            pool.shutdown(wait=False, cancel_futures=True)
