"""The work behind "why": each gate opened in turn, under the same luck."""

from typing import NamedTuple

from sim.app.answers import Change, change, sampled, stored
from sim.app.growth import Engine
from sim.app.works import Work
from sim.scenario import Scenario
from sim.studies.gates import GATES, opened

REPLICATES = 64
STEPS: tuple[int, ...] = (16, 32, REPLICATES)
"""After so many replicates of every gate there is an answer."""


class Opened(NamedTuple):
    """What each gate does, in the same replicates of all."""

    changes: tuple[Change, ...]
    """In the order of `GATES`."""
    replicates: int
    """Of the package and of each gate."""


async def open_gates(engine: Engine, base: Scenario, work: Work) -> None:
    """Open each gate; the work is told how far it is and, after every step, what was found.

    Raises:
        Problem: the model could not run one of them.
    """
    gates, known = [opened(base, gate) for gate in GATES], stored(base, base)
    every = gates if known is not None else [*gates, base]
    growths = [engine.growth(each) for each in every]
    done = [0] * len(every)
    await engine.ready(base)
    for step in STEPS:
        for place, growth in enumerate(growths):
            async for number in growth.first(step):
                done[place] = max(min(number, step), done[place])
                work.progress(sum(done), REPLICATES * len(every))
        before = sampled(growths[-1].replicates, base, step) if known is None else known
        found = []
        for growth, own in zip(growths, gates, strict=False):
            told = before, sampled(growth.replicates, own, step), [base, own]
            found.append(await engine.run(engine.aside, change, *told))
        changes = tuple(each for each in found if each is not None)
        if len(changes) == len(GATES):
            work.found = Opened(changes, step)
            work.tell()
