"""No lever adds to a count: what it moves at once, it moves through an agent's own doing."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pytest

from sim.model.rules.month import SCHEDULE
from sim.model.world import codes, ledgers, tables
from sim.model.world.layout import COUNTS
from sim.model.world.world import World
from sim.plan import PLAN
from tests.levers.runs import INSTRUMENTS, Run, copy, doses, follow, run, setup
from tests.levers.table import ACTS_IN

HIGHEST = 10.0
"""Highest dose that a scenario may have."""
MONTHS = (21, 24)
"""A July, and a month in which knowledge spreads."""
REPLICATES = (0, 2, 4, 6)

_BY_CLIMBING = {"output", "components", "products", "standards", "scenarios"}
_BY_STAFF = {"hightech_enterprises", "technology_centres"}
_BY_SALES = {"output", "ecosystem_firms"} | _BY_STAFF
AT_ONCE: Mapping[str, set[str]] = {
    # What is named this month opens in a later one.
    "proposals": set(),
    "administration": set(),
    "approval_queue": set(),
    "approval": set(),
    # People who join a firm raise its effort, so that it climbs, and its staff.
    "talent": _BY_CLIMBING | _BY_STAFF,
    "newcomers": _BY_CLIMBING | _BY_STAFF,
    # Rivals answer those who are called: who else comes, and what firms sell.
    "rivals": _BY_CLIMBING | _BY_SALES,
    # A firm that climbs may sell, make a component or use a scenario in the month it does.
    "knowledge": _BY_CLIMBING | _BY_STAFF,
    "access": _BY_CLIMBING | _BY_STAFF,
    "readiness": _BY_CLIMBING | _BY_STAFF,
    # What a breakthrough brings is felt in the month's market.
    "breakthroughs": {"components", "products", "standards"} | _BY_SALES,
    "consequences": _BY_SALES,
    # Whoever need not work for others adds to the own R&D, which the month's market rewards.
    "books": _BY_SALES,
    # A firm that stays solvent keeps its title.
    "finance": _BY_STAFF,
    "rounds": _BY_STAFF,
    # What is ordered is sold in a later month.
    "building": set(),
    # Sales decide on titles: R&D is asked for as a share of them.
    "market": _BY_SALES,
    "linkage": {"ecosystem_firms"},
    # Founders leave a firm's staff; who comes at level 7 uses scenarios.
    "locations": set(),
    "founding": {"scenarios"} | _BY_STAFF,
    "entry": {"scenarios"} | _BY_STAFF,
    "exit": {"scenarios"} | _BY_STAFF,
}
"""Counts that a rule file can move in the very month in which it reads a dose, and how."""

MOVES = {entry.id: entry.moves for entry in PLAN.instruments}
PROCESSES = SCHEDULE.names
ORDER = {process: k for k, process in enumerate(PROCESSES)} | {
    "approval_queue": PROCESSES.index("administration"),
    "approval": PROCESSES.index("administration"),
    "newcomers": PROCESSES.index("talent"),
    "founding": PROCESSES.index("talent"),
    "books": PROCESSES.index("finance"),
    "rounds": PROCESSES.index("finance"),
}
"""When in a month each rule file is first used: `talent` begins with the newcomers, and talents
decide there to found and do so in `entry`."""

NEVER_AT_ONCE = {"colleges", "innovation_centres", "pilot_zones", "clusters", "leading_firms"}
"""Counts that no dose moves in its first month, whatever the instrument."""


class Last(NamedTuple):
    """A run's last month, with an instrument that acts in it alone and without it."""

    before: World
    with_it: Run
    without: Run


Starts = dict[tuple[int, int], World]
"""Worlds by month and replicate."""


@pytest.fixture(scope="module")
def starts() -> Starts:
    return {
        (month, replicate): run(setup(doses(month, {})), replicate).world
        for month in MONTHS
        for replicate in REPLICATES
    }


@pytest.fixture(scope="module")
def usual(starts: Starts) -> dict[tuple[int, int], Run]:
    return {
        (month, replicate): follow(copy(world), setup(doses(month + 1, {})), replicate, month)
        for (month, replicate), world in starts.items()
    }


@pytest.fixture(scope="module", params=INSTRUMENTS)
def acting(
    request: pytest.FixtureRequest, starts: Starts, usual: dict[tuple[int, int], Run]
) -> tuple[str, list[Last]]:
    """Return an instrument, and last months with it."""
    name: str = request.param
    months = []
    for (month, replicate), world in starts.items():
        policy = setup(doses(month + 1, {name: HIGHEST}, month))
        with_it = follow(copy(world), policy, replicate, month)
        months.append(Last(world, with_it, usual[month, replicate]))
    return name, months


def test_some_counts_move_at_once_for_no_instrument() -> None:
    assert set(COUNTS) == NEVER_AT_ONCE | set().union(*AT_ONCE.values())
    assert not NEVER_AT_ONCE & set().union(*AT_ONCE.values())


def test_a_lever_of_the_last_month_moves_only_what_agents_do_in_it(
    acting: tuple[str, list[Last]],
) -> None:
    name, months = acting
    allowed = {count for rules in ACTS_IN[MOVES[name]] for count in AT_ONCE[rules]}
    for last in months:
        moved = np.flatnonzero(last.with_it.counts[-1] != last.without.counts[-1])
        assert {COUNTS[k] for k in moved} <= allowed


def test_processes_before_the_instruments_own_are_left_alone(
    acting: tuple[str, list[Last]],
) -> None:
    """What an earlier process of the month did has the same bytes as without the instrument."""
    name, months = acting
    first = min(ORDER[rules] for rules in ACTS_IN[MOVES[name]])
    for last in months:
        for process in PROCESSES[:first]:
            done, usually = (
                done_by(process, last.before, one) for one in (last.with_it, last.without)
            )
            assert done == usually, process


def done_by(process: str, before: World, after: Run) -> bytes:
    """Return what only this process of the month writes; nothing for those that leave no trace."""
    world, old = after.world, before.firms["alive"] == 1
    firms, city, tracks = world.firms[: len(old)][old], world.city[0], world.tracks
    noted = world.breakthroughs
    made = noted["kind"] != codes.LEADING_MOVE
    earned = slice(ledgers.SALES, ledgers.PLANT)
    trace = {
        "proposals": (city["services"],),
        "administration": (city["purse"], city["calls"], city["carried"]),
        "talent": (world.talents.level,),
        "jobs": (tracks["pay"], tracks["senior_pay"], tracks["vacancies"], tracks["seekers"]),
        "knowledge": (world.knowledge, world.exposure, firms["spillover"]),
        "access": (city["access"], city["needs"], city["support"], city["junior"]),
        "readiness": (firms["level"],),
        "breakthroughs": [noted[field.name][made] for field in tables.BREAKTHROUGH_FIELDS],
        "finance": (city["flows"][earned], firms["wanted"]),
        "market": (tracks["adoption"], tracks["share"], tracks["sales"], firms["weight"]),
        "linkage": (firms["patron"], city["leading_pool"]),
        "entry": (city["events"][: ledgers.CAME + 1],),
    }
    return b"".join(np.ascontiguousarray(part).tobytes() for part in trace.get(process, ()))
