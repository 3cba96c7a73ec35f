"""Run replicates in threads, measure every pattern in each, and judge."""

import time
from functools import partial
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from sim import ensemble
from sim.evidence.in_order import in_order
from sim.evidence.patterns.bands import patterns
from sim.evidence.patterns.estimate import Estimate
from sim.evidence.patterns.measures import TRACK_MEASURES, Portrait, measured, portrait_of
from sim.evidence.patterns.panel import Floats, observe
from sim.evidence.patterns.verdict import Finding, judge
from sim.model.world.setup import Setup
from sim.sampling import draw_of
from sim.store.fill import Watcher

DRAWN = 8
"""Replicates kept whole, for the picture."""


class Looked(NamedTuple):
    """What was found, and some of the replicates it was found in."""

    findings: tuple[Finding, ...]
    tracks: Floats
    """What is told track by track, shape (replicates, track measures, tracks)."""
    portraits: tuple[Portrait, ...]
    """The first few replicates."""


class _Measured(NamedTuple):
    estimates: tuple[Estimate, ...]
    tracks: Floats
    portrait: Portrait | None


def look(
    setup: Setup, seed: int, replicates: int, workers: int, watch: Watcher | None = None
) -> Looked:
    """Return the verdict on every pattern; the same on any number of workers.

    Args:
        setup: policy and horizon.
        seed: of the ensemble.
        replicates: how many to measure.
        workers: threads.
        watch: called after each replicate.
    """
    ensemble.warm_up(setup, seed, many=False)
    measured: list[_Measured] = []
    for each in in_order(partial(_measure, setup, seed), replicates, workers):
        measured.append(each)
        if watch is not None:
            watch(len(measured), replicates)
    draws = np.array([draw_of(replicate) for replicate in range(replicates)])
    findings = tuple(
        judge(pattern, [each.estimates[k] for each in measured], draws)
        for k, pattern in enumerate(patterns())
    )
    return Looked(
        findings,
        np.array([each.tracks for each in measured]),
        tuple(each.portrait for each in measured if each.portrait is not None),
    )


def seconds_a_replicate(setup: Setup, seed: int) -> float:
    """Return how long one replicate takes to run and to measure, without compiling."""
    ensemble.warm_up(setup, seed, many=False)
    start = time.perf_counter()
    with threadpool_limits(1):
        _measure(setup, seed, 0)
    return time.perf_counter() - start


def _measure(setup: Setup, seed: int, replicate: int) -> _Measured:
    portrait = portrait_of(observe(setup, seed, replicate))
    return _Measured(
        tuple(measured(pattern, portrait) for pattern in patterns()),
        np.array([told(portrait) for told in TRACK_MEASURES.values()]),
        portrait if replicate < DRAWN else None,
    )
