"""What an explained difference consists of, and what its parts are called."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from sim.calendar import month_label
from sim.estimate.channels import Amount, Decomposed
from sim.estimate.groups import Floats
from sim.estimate.objectives import Objective, aimed_at
from sim.estimate.readings import outcomes
from sim.estimate.records import Interval
from sim.experiments.channels import LINKS, Channel, Ways
from sim.experiments.compare import AreaDifference
from sim.experiments.ranking import PROGRESS, measured
from sim.experiments.touched import Firms, Touched
from sim.language import Text
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.store.fill import Ensemble
from sim.studies.shared.counts import NONE
from sim.text.catalogue import texts, worded
from sim.text.joining import commas, unquoted
from sim.text.numbers import MINUS

SHOWN: Final = 16
"""Channels that figure and table name; ``explain.csv`` has all."""
FIELDS_SHOWN: Final = 3
WHOLE, CHANNEL, TOGETHER, OUTSIDE, LINK = "whole", "channel", "together", "outside", "link"
AREA_NAMES = {area.id: area.name for area in (*PLAN.clusters, *PLAN.districts)}
CLUSTERS = {area.id for area in PLAN.clusters}
INSTRUMENTS = {each.id: each.name for each in PLAN.instruments}


class Outcome(NamedTuple):
    """What is explained: a count, or how far an objective is reached."""

    id: str
    name: Text
    unit: Text
    values: Callable[[Ensemble], Floats]
    """Returns it of every replicate, shape (R,)."""


def outcome_of(number: int) -> Outcome:
    """Return a count by its number, in its unit when counts are due."""
    count = PLAN.counts[number]

    def values(found: Ensemble) -> Floats:
        return np.asarray(outcomes(found.counts, DUE, found.scenario.readings).values[:, number])

    return Outcome(count.id, count.name, count.unit, values)


def progress_of(objective: Objective) -> Outcome:
    """Return how much of an objective's targets is reached, in percentage points."""

    def values(found: Ensemble) -> Floats:
        own = aimed_at(found.counts, objective, found.scenario.readings)
        return 100.0 * measured(objective, PROGRESS, own, found.scenario.tolerance)

    name = worded("explain.progress", objective=unquoted(objective.name))
    return Outcome(objective.id, name, worded("explain.points"), values)


class Found(NamedTuple):
    """Why two packages differ."""

    outcome: Outcome
    ways: Ways
    effect: Decomposed
    """Of what is explained."""
    counts: Sequence[Decomposed]
    """Of every count, in the plan's order."""
    touched: Sequence[Touched]
    areas: Sequence[AreaDifference]
    firms: Sequence[Firms]
    measures: Mapping[str, Interval]
    options: Mapping[str, Any]
    likelihoods: tuple[str, str]


class Line(NamedTuple):
    """A way, and what passes it."""

    kind: str
    mechanism: str
    """Or the link's id."""
    process: str
    name: Text
    amount: Amount
    begins: Text | None = None
    """What enters by it, of a channel."""
    alone: Interval | None = None
    last: Interval | None = None


def process_name(process: str) -> Text:
    """Return what a process is called; one of somebody's own by its name."""
    key = f"explain.process_{process}"
    return worded(key) if key in texts() else Text(process, process)


def names_of(instruments: Sequence[str], most: int) -> Text:
    """Return instruments as a list, and how many more there are."""
    told, left = commas(INSTRUMENTS[each] for each in instruments[:most]), len(instruments) - most
    return worded("rank.and_others", names=told, number=left) if left > 0 else told


def channel_name(channel: Channel) -> Text:
    """Return what a channel is called: what enters, and where."""
    where = process_name(channel.process)
    if not channel.mechanism:
        return where
    return worded("explain.channel", what=names_of(channel.instruments, 1), where=where)


def link_name(link: str) -> Text:
    """Return what a link is called; a field of somebody's own by its name."""
    return worded(f"explain.link_{link}") if link in LINKS else Text(link, link)


def lines(ways: Ways, effect: Decomposed) -> list[Line]:
    """Return the whole, its channels from the largest on, the rest, and the links."""
    channels = [
        Line(
            CHANNEL,
            way.mechanism,
            way.process,
            channel_name(way),
            each.amount,
            names_of(way.instruments, 1),
            each.alone,
            each.last,
        )
        for way, each in zip(ways.channels, effect.channels, strict=True)
    ]
    links = [
        Line(LINK, way.id, "", link_name(way.id), each)
        for way, each in zip(ways.links, effect.links, strict=True)
    ]
    return [
        Line(WHOLE, "", "", worded("explain.whole_row"), effect.whole),
        *sorted(channels, key=size_of),
        Line(TOGETHER, "", "", worded("explain.together"), effect.together),
        Line(OUTSIDE, "", "", worded("explain.outside"), effect.outside),
        *sorted(links, key=size_of),
    ]


def size_of(line: Line) -> float:
    """Return by what lines are put in order, the largest first."""
    return -abs(line.amount.mean.value)


def shown(found: Sequence[Line]) -> list[Line]:
    """Return the lines that people read: not all channels where they are many, no empty rest."""
    channels = [each for each in found if each.kind == CHANNEL]
    dropped = {*map(id, channels[SHOWN:])}
    empty = (0.0, 0.0, 0.0)
    return [
        each
        for each in found
        if id(each) not in dropped and not (each.kind == OUTSIDE and each.amount.mean == empty)
    ]


def number(value: float, of: float) -> str:
    """Write a difference with its sign, and with the decimals that the whole one needs."""
    if not np.isfinite(value):
        return "…"
    decimals = next((n for n, least in enumerate((100.0, 10.0, 1.0)) if abs(of) >= least), 3)
    text = f"{abs(value):,.{decimals}f}"
    sign = "+" if value > 0 else MINUS
    return text if float(text.replace(",", "")) == 0.0 else f"{sign}{text}"


def interval(found: Interval, of: float) -> str:
    """Write a difference with its interval."""
    return f"{number(found.value, of)} ({number(found.low, of)} … {number(found.high, of)})"


def share(found: Interval | None, *, ends: bool = True) -> str:
    """Write a share of the whole with its interval."""
    if found is None:
        return NONE
    value, low, high = (f"{round(100 * each)}".replace("-", MINUS) for each in found)
    return f"{value}% ({low} … {high})" if ends and low != high else f"{value}%"


def month(number_: int | None) -> Text | str:
    """Return a month as people read it; none was seen."""
    return worded("explain.not_seen") if number_ is None else month_label(number_)
