"""Which firms and programmes exist only under one of two packages."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world.layout import DUE
from sim.scenario import Scenario
from sim.trace.by_process import stand_at

Ids = dict[str, set[int]]


class Existing(NamedTuple):
    """Numbers of what exists when counts are due, mean over replicates."""

    kind: str
    """``firm``, or a kind of programme."""
    both: float
    only_first: float
    only_second: float
    replicates: int
    """So many replicates the means rest on."""


def existing(
    packages: Sequence[Scenario], seed: int, replicates: int, workers: int
) -> list[list[Existing]]:
    """Run packages once more for a few replicates and match what exists by identity.

    An identity comes from its origin (founder and month, or place and month), so the same firm in
    two packages is the same founding by the same person in the same month.

    Args:
        packages: each of them is matched with the first.
        seed: seed of the ensemble.
        replicates: how many to look at, counted from the first.
        workers: threads.

    Returns:
        For each package but the first, a row for each kind.
    """
    if replicates == 0:
        return [[] for _ in packages[1:]]
    with ThreadPoolExecutor(workers) as pool:
        jobs = [(each, seed, number) for each in packages for number in range(replicates)]
        found = list(pool.map(_identities, *zip(*jobs, strict=True)))
    first = found[:replicates]
    return [
        [
            _existing(kind, first, found[start : start + replicates])
            for kind in ("firm", *PROGRAMME_KINDS)
        ]
        for start in range(replicates, len(found), replicates)
    ]


def _existing(kind: str, first: Sequence[Ids], second: Sequence[Ids]) -> Existing:
    """Return the means of one kind over pairs of replicates."""
    rows = [
        (len(a[kind] & b[kind]), len(a[kind] - b[kind]), len(b[kind] - a[kind]))
        for a, b in zip(first, second, strict=True)
    ]
    both, only_first, only_second = np.mean(rows, axis=0).tolist()
    return Existing(kind, both, only_first, only_second, len(rows))


def _identities(scenario: Scenario, seed: int, replicate: int) -> Ids:
    """Return the identities of what exists when counts are due, by kind."""
    world = stand_at(scenario.setup(), seed, replicate, DUE + 1).world
    programmes = world.programmes[world.programmes["alive"] == 1]
    found = {"firm": set(world.firms["id"][world.firms["alive"] == 1].tolist())}
    for number, kind in enumerate(PROGRAMME_KINDS):
        found[kind] = set(programmes["id"][programmes["kind"] == number].tolist())
    return found
