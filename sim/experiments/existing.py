"""Which firms and programmes exist only under one of two packages."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim import ensemble, parameters
from sim.scenario import Scenario
from sim.world.codes import PROGRAMME_KINDS
from sim.world.layout import COUNTS, END_OF_2030, MEASURES


class Existing(NamedTuple):
    """Numbers of what exists at the end of 2030, mean over replicates."""

    kind: str
    """``firm``, or a kind of programme."""
    both: float
    only_first: float
    only_second: float


def existing(first: Scenario, second: Scenario, seed: int, replicates: int) -> list[Existing]:
    """Run both packages once more for a few replicates and match what exists by identity.

    An identity comes from its origin (founder and month, or place and month), so the same firm in
    two packages is the same founding by the same person in the same month.

    Args:
        first: one package.
        second: the other.
        seed: seed of the ensemble.
        replicates: how many to look at, counted from the first.
    """
    rows: dict[str, list[tuple[int, int, int]]] = {}
    for replicate in range(replicates):
        before, after = (_identities(each, seed, replicate) for each in (first, second))
        for kind in before:
            a, b = before[kind], after[kind]
            rows.setdefault(kind, []).append((len(a & b), len(a - b), len(b - a)))
    return [Existing(kind, *_means(found)) for kind, found in rows.items()]


def _means(rows: Sequence[tuple[int, int, int]]) -> tuple[float, float, float]:
    both, only_first, only_second = np.mean(rows, axis=0).tolist()
    return both, only_first, only_second


def _identities(scenario: Scenario, seed: int, replicate: int) -> dict[str, set[int]]:
    setup = scenario.setup()
    number = ensemble.accepted(setup, seed, replicate)
    values, world = ensemble.begin(setup, seed, number)
    record = parameters.as_record(values)
    counts, measures = (
        np.zeros((setup.months, len(COUNTS))),
        np.zeros((setup.months, len(MEASURES))),
    )
    world = ensemble.advance(world, record, setup, END_OF_2030 + 1, counts, measures)
    programmes = world.programmes[world.programmes["alive"] == 1]
    found = {"firm": set(world.firms["id"][world.firms["alive"] == 1].tolist())}
    for number, kind in enumerate(PROGRAMME_KINDS):
        found[kind] = set(programmes["id"][programmes["kind"] == number].tolist())
    return found
