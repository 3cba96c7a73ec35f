"""By which ways a difference of policy can reach the counts: its channels, and what carries it on.

What a package does differently enters the month as doses, and each process reads the doses of some
mechanisms. So a mechanism and a process that reads its dose are a channel: with that dose held, for
that process alone, at what it is under the other package, the channel is shut, and no other. Held
in all of them, packages that differ by doses alone run alike to the last bit. What follows goes
from process to process by couplings, many of which can be cut too: those are links, and lie one
behind the other.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from inspect import getsource
from typing import Final, NamedTuple

import numpy as np

from sim.engine.closure import named, reached
from sim.engine.process import Process
from sim.engine.schedule import Schedule
from sim.ensemble import schedule_of
from sim.mechanisms import MECHANISMS
from sim.model.world.codes import MECHANISM_OF, MOVED, PAYS_FOR
from sim.model.world.setup import Setup
from sim.plan import PLAN
from sim.store.held import Part

NAMES: Final = tuple(MECHANISMS)
BY_MECHANISM: Final = ("city.dose", "city.mean_dose")
"""Fields that hold doses, a row a mechanism."""
BY_INSTRUMENT: Final = "city.given"
"""The same, a row an instrument."""
RECORD: Final = "record"
"""The process that reads the counts off, and changes nothing."""
LINKS: Final[Mapping[str, tuple[str, ...]]] = {
    "scenarios": ("city.access", "city.support", "city.junior"),
    "pay": ("tracks.pay", "tracks.senior_pay"),
    "services": ("city.services",),
    "crowd": ("cells.firms", "city.tallies"),
    "places": ("city.patience", "field"),
    "market": (
        *("tracks.adoption", "tracks.launched", "tracks.followed"),
        *("tracks.demand", "tracks.weight"),
    ),
    "rivals": ("tracks.rivals", "city.rival_effort", "city.left_by_rivals"),
    "office": ("city.standing",),
}
"""What goes from process to process, and the fields that hold it."""
LUCK: Final = ("city.demand_climate", "city.inflow_climate")
"""What no package changes: the years are good or bad for all alike."""
PROGRAMMES: Final = ("proposals", "administration")
"""Processes that are one way: what is called for has to be proposed and approved to be built."""


class Channel(NamedTuple):
    """A process that reads the dose of a mechanism that two packages give differently."""

    mechanism: str
    """Empty: all that enter there."""
    process: str
    """The first, where several are one way."""
    instruments: tuple[str, ...]
    """Ids of those that move the mechanism and are given differently."""
    parts: tuple[Part, ...]
    """What is held where it is shut."""


class Link(NamedTuple):
    """What some processes leave and others read: cut in a run, its readers see the other run's."""

    id: str
    """One of `LINKS`, or the field of a process of somebody's own."""
    parts: tuple[Part, ...]


class Ways(NamedTuple):
    """All channels and links between two packages."""

    channels: tuple[Channel, ...]
    """In the order of mechanisms, then of the month."""
    links: tuple[Link, ...]

    @property
    def doses(self) -> tuple[str, ...]:
        """Return the couplings by which channels enter."""
        parts = (part.coupling for each in self.channels for part in each.parts)
        return tuple(dict.fromkeys(parts))

    @property
    def all(self) -> tuple[Part, ...]:
        """Return what is held where all channels are shut."""
        return _merged(part for each in self.channels for part in each.parts)

    def by_process(self) -> "Ways":
        """Return the same with one channel a process, for all mechanisms that enter there."""
        found: dict[str, list[Channel]] = {}
        for each in self.channels:
            found.setdefault(each.process, []).append(each)
        merged = (
            Channel(
                "",
                process,
                tuple(dict.fromkeys(name for each in own for name in each.instruments)),
                _merged(part for each in own for part in each.parts),
            )
            for process, own in found.items()
        )
        return self._replace(channels=tuple(merged))


def _merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return parts with those of one coupling put together."""
    entries: dict[str, set[int]] = {}
    for part in parts:
        entries.setdefault(part.coupling, set()).update(part.entries)
    return tuple(Part(name, tuple(sorted(own))) for name, own in entries.items())


def ways(first: Setup, second: Setup) -> Ways:
    """Return the channels and links between two packages."""
    schedules = schedule_of(first), schedule_of(second)
    return Ways(tuple(_channels(first, second, schedules)), tuple(_links(schedules)))


def given_differently(first: Setup, second: Setup) -> list[int]:
    """Return the numbers of the instruments whose doses differ, or may in mid-run."""
    months = min(len(first.dose), len(second.dose))
    differ = (first.dose[:months] != second.dose[:months]).any(axis=0)
    acts = (first.dose[:months] != 0.0).any(axis=0) | (second.dose[:months] != 0.0).any(axis=0)
    differ |= acts & (first.reach != second.reach).any(axis=(1, 2))
    if first.conditions.rules or second.conditions.rules:
        ruled = (each.conditions.rules for each in (first, second))
        for dosing in (d for rules in ruled for rule in rules for d in rule.doses):
            differ[dosing.instrument] = True
    return [int(number) for number in np.flatnonzero(differ)]


def _channels(first: Setup, second: Setup, schedules: Sequence[Schedule]) -> Iterator[Channel]:
    moved: dict[int, list[int]] = {}
    for number in given_differently(first, second):
        moved.setdefault(MOVED[number], []).append(number)
    processes = [{each.name: each for each in schedule} for schedule in schedules]
    doses = _shared(schedules, (*BY_MECHANISM, BY_INSTRUMENT))
    for mechanism, instruments in sorted(moved.items()):
        ids = tuple(PLAN.instruments[number].id for number in instruments)
        parts: dict[str, list[Part]] = {}
        for process, couplings in doses.items():
            if any(NAMES[mechanism] in read_by(own[process]) for own in processes):
                way = PROGRAMMES[0] if process in PROGRAMMES else process
                parts.setdefault(way, []).extend(
                    Part(name, tuple(instruments) if field == BY_INSTRUMENT else (mechanism,))
                    for field, name in couplings
                )
        for way, own in parts.items():
            yield Channel(NAMES[mechanism], way, ids, tuple(own))


def _links(schedules: Sequence[Schedule]) -> Iterator[Link]:
    """Yield what can be cut between processes, the known ones first."""
    known = {name: link for link, fields in LINKS.items() for name in fields}
    skipped = {*BY_MECHANISM, BY_INSTRUMENT, *LUCK}
    found: dict[str, list[Part]] = {link: [] for link in LINKS}
    for name, each in schedules[1].couplings.items():
        there = schedules[0].couplings.get(name)
        if each.refused or there is None or there.refused or each.reader == RECORD:
            continue
        if each.field not in skipped:
            found.setdefault(known.get(each.field, each.field), []).append(Part(name))
    for link, parts in found.items():
        if parts:
            yield Link(link, tuple(parts))


def _shared(
    schedules: Sequence[Schedule], fields: Sequence[str]
) -> dict[str, list[tuple[str, str]]]:
    """Return the couplings of fields that both schedules have, by reader, each with its field."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, each in schedules[1].couplings.items():
        there = schedules[0].couplings.get(name)
        if each.field in fields and there and not each.refused and each.reader != RECORD:
            found.setdefault(each.reader, []).append((each.field, name))
    return found


def read_by(process: Process) -> frozenset[str]:
    """Return the mechanisms whose doses a process may read, as its rules name them.

    One from a file outside the package may name them in any way, and counts as reading all.
    """
    found: set[str] = set()
    for function in reached(process.mark):
        if not function.__module__.startswith("sim."):
            return frozenset(NAMES)
        constants = _constants(function.__module__)
        for name, value in named(function):
            if value is MECHANISM_OF or value is PAYS_FOR:
                found.update(name for name, each in MECHANISMS.items() if each.programme)
            found |= constants.get(name, frozenset())
    return frozenset(found)


@cache
def _constants(module: str) -> dict[str, frozenset[str]]:
    """Return the constants of a module that stand for mechanisms, with those that each names."""
    found: dict[str, frozenset[str]] = {}
    for node in ast.parse(getsource(sys.modules[module])).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            asked = frozenset(_asked(node.value))
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update({each.id: asked for each in targets if isinstance(each, ast.Name)})
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sim.model.rules"):
            inner = _constants(str(node.module))
            found.update({each.asname or each.name: inner[each.name] for each in node.names
                          if each.name in inner})  # fmt: skip
    return {name: asked for name, asked in found.items() if asked}


def _asked(value: ast.expr) -> Iterator[str]:
    """Yield the mechanisms that an expression asks for by name."""
    for node in ast.walk(value):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            told = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if node.func.id == "mechanism" and told:
                yield str(told[0])
