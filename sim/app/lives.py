"""The life of a firm, a district or a programme, as a list of what happened when."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.app.film import Film, Programme
from sim.calendar import DECEMBER, month_label
from sim.cluster_model import ClusterModel
from sim.language import Text
from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world.layout import BREAKDOWN
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario
from sim.text.catalogue import worded
from sim.text.joining import capitalised
from sim.text.numbers import plain
from sim.trace.life import START, life_of
from sim.trace.names import Called, firm_name

YEAR, OPEN = 12, 4
KINDS = [capitalised(worded(f"programme.{kind}")) for kind in PROGRAMME_KINDS]
"""Kinds of programme in words."""
STAGES = [worded(f"stage.{n}") for n in ("given_up", "proposed", "approved", "building", "opens")]
"""What happens to a programme that reaches a stage."""


class Told(NamedTuple):
    """A life."""

    name: Text
    events: tuple[tuple[int, Text], ...]
    """Month (-1: there before) and what happened."""


def firm(film: Film, scenario: Scenario, replicate: int, identity: int) -> Told:
    """Replay a film's replicate and tell a firm's life in it.

    Raises:
        Problem: there is no such firm in it.
    """
    at = int(np.searchsorted(film.identities, identity))
    if at == len(film.identities) or film.identities[at] != identity:
        expected = worded("expected.firm_of_replicate")
        raise Problem("firm", "", str(identity), expected)
    model = ClusterModel(scenario.setup(), scenario.seed, replicate)
    events = [(event.month, event.what) for event in life_of(model, Called(identity))]
    name = firm_name(identity, int(film.tracks[at]), int(film.years[at]))
    return Told(capitalised(name), tuple(events))


def programme(entry: Programme) -> Told:
    """Tell what became of a programme, stage by stage."""
    cluster, where = PLAN.clusters[entry.cluster].name, PLAN.districts[entry.district].name
    name = worded("life.programme", kind=KINDS[entry.kind], where=where, cluster=cluster)
    return Told(name, tuple(_stages(entry)))


def _stages(entry: Programme) -> Iterator[tuple[int, Text]]:
    stages = entry.stages.astype(int)
    if stages[0] == OPEN:
        yield START, worded("stage.there_already")
    for month in range(len(stages)):
        before = stages[month - 1] if month else 0
        if stages[month] != before and not (month == 0 and stages[0] == OPEN):
            closes = before == OPEN and not stages[month]
            yield month, worded("stage.closes") if closes else STAGES[stages[month]]


def district(film: Film, number: int) -> Told:
    """Tell a district's years, and the programmes that opened in it."""
    events: list[tuple[int, Text]] = []
    for entry in film.programmes:
        opened = np.flatnonzero(entry.stages == OPEN)
        if entry.district == number and len(opened) and opened[0] > 0:
            cluster = PLAN.clusters[entry.cluster].name
            what = worded("life.opens", kind=KINDS[entry.kind], cluster=cluster)
            events.append((int(opened[0]), what))
    for month in range(DECEMBER, film.months, YEAR):
        values = dict(zip(BREAKDOWN, film.districts[month, :, number].tolist(), strict=True))
        told = {key: plain(values[key]) for key in ("firms", "talents", "output")}
        events.append((month, worded("life.district", **told)))
    events.sort(key=lambda event: event[0])
    return Told(PLAN.districts[number].name, tuple(events))


def month_of(number: int) -> str:
    """Return the month of an event, in a word."""
    return month_label(max(number, 0)) if number >= 0 else "…2022-10"
