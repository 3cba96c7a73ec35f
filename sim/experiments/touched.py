"""What each instrument that two packages give differently touches first, and which firms differ."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np

from sim.experiments.channels import RECORD, given_differently
from sim.model.rules.common import WAN_A_YI
from sim.model.world.layout import DUE
from sim.model.world.setup import Setup
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.trace.by_process import UNITS, beside, moved_between, stand_at

POLICY: Final = "policy"
"""The process that spreads doses: what it writes is no effect yet."""
BOOKS: Final = frozenset(
    {
        "city.flows",
        "city.events",
        *(name for name, unit in UNITS.items() if unit in ("row", "rows")),
    }
)
"""Fields that only keep books of what others show, or of rows."""
LOOKED_AT: Final = 12
"""Months in which an instrument's first touch is looked for."""
GROUPS: Final = ("both", "only_second", "only_first")


class Touched(NamedTuple):
    """What an instrument touches first in one replicate."""

    instrument: str
    given: int
    """First month in which its dose differs."""
    month: int | None
    """First one in which anything but doses does; None: none of those looked at."""
    by: tuple[tuple[str, tuple[str, ...]], ...]
    """Processes that change something in that month, each with the fields it changes."""


def touched(first: Setup, second: Setup, seed: int, replicate: int = 0) -> Iterator[Touched]:
    """Yield what each instrument touches first, alone, in a replicate of the first package."""
    for number in given_differently(first, second):
        one, other = first.dose[:, number], second.dose[: len(first.dose), number]
        reaches = np.array_equal(first.reach[number], second.reach[number])
        months = np.flatnonzero(one != other if reaches else (one != 0.0) | (other != 0.0))
        if not len(months):
            continue  # a rule of the scenario may give it, in mid-run
        given = int(months[0])
        stand = stand_at(first, seed, replicate, given)
        doses, reach = stand.inputs.doses.copy(), stand.inputs.reach.copy()
        doses[:, number], reach[number] = second.dose[: len(doses), number], second.reach[number]
        changed = beside(stand, doses)
        changed = changed._replace(inputs=changed.inputs._replace(reach=reach))
        found: dict[str, list[str]] = {}
        month = None
        for each in moved_between(changed, stand, min(LOOKED_AT, first.months - given)):
            if each.process in (POLICY, RECORD) or each.field in BOOKS:
                continue
            if month is not None and each.month > month:
                break
            month = each.month
            found.setdefault(each.process, []).append(each.field)
        by = tuple((process, tuple(fields)) for process, fields in found.items())
        yield Touched(PLAN.instruments[number].id, given, month, by)


class Firms(NamedTuple):
    """Firms of one group when counts are due, mean over replicates: the second less the first."""

    group: str
    """One of `GROUPS`."""
    firms: float
    """How many there are, under either."""
    sales: float
    """亿元 a year."""
    talents: float
    replicates: int
    """So many replicates the means rest on."""


def firms_between(
    packages: Sequence[Scenario], seed: int, replicates: int, workers: int
) -> list[Firms]:
    """Run two packages for a few replicates and match firms by identity; see `existing`."""
    if replicates == 0:
        return []
    with ThreadPoolExecutor(workers) as pool:
        jobs = [(each.setup(), seed, number) for number in range(replicates) for each in packages]
        found = list(pool.map(_firms, *zip(*jobs, strict=True)))
    rows = [_matched(*found[at : at + 2]) for at in range(0, len(found), 2)]
    means = np.mean(rows, axis=0)
    return [
        Firms(name, float(firms), float(sales), float(talents), replicates)
        for name, (firms, sales, talents) in zip(GROUPS, means, strict=True)
    ]


Books = dict[int, tuple[float, float]]
"""Sales in 亿元 and talents of each firm, by its identity."""


def _matched(first: Books, second: Books) -> list[tuple[float, ...]]:
    both = first.keys() & second.keys()
    return [
        _sum([(second[each], first[each]) for each in both]),
        _sum([(second[each], (0.0, 0.0)) for each in second.keys() - both]),
        _sum([((0.0, 0.0), first[each]) for each in first.keys() - both]),
    ]


def _sum(pairs: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> tuple[float, ...]:
    return (
        float(len(pairs)),
        sum(after[0] - before[0] for after, before in pairs),
        sum(after[1] - before[1] for after, before in pairs),
    )


def _firms(setup: Setup, seed: int, replicate: int) -> Books:
    world = stand_at(setup, seed, replicate, DUE + 1).world
    here = world.firms[world.firms["alive"] == 1]
    told = zip(here["id"].tolist(), (here["sales"] / WAN_A_YI).tolist(), here["talents"].tolist(),
               strict=True)  # fmt: skip
    return {identity: (sales, float(talents)) for identity, sales, talents in told}
