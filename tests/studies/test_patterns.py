"""Protects the sheet of patterns in both languages: whatever was found, it reads well."""

import json
from functools import partial

import numpy as np
import pytest

from sim.estimate import Interval
from sim.evidence.patterns import growth as growing
from sim.evidence.patterns.bands import patterns
from sim.evidence.patterns.concentration import Gathered
from sim.evidence.patterns.estimate import UNKNOWN, Estimate
from sim.evidence.patterns.look import Looked
from sim.evidence.patterns.measures import Portrait
from sim.evidence.patterns.panel import (
    NOT_YET,
    Filings,
    Panel,
    Places,
    StartUps,
    Stock,
    Years,
)
from sim.evidence.patterns.verdict import Finding
from sim.language import Language
from sim.model.world.tables import CLUSTERS, DISTRICTS, TRACKS
from sim.present.browser import option
from sim.present.figure import drawn as draw
from sim.store.fill import Sample
from sim.studies.patterns import STUDY, figure
from sim.studies.study import basis_of
from sim.views.themes import LIGHT
from tests.views.reading import check, drawn, said

MONTHS = 99


def portrait(seed: int, start_ups: int, rounds: int) -> Portrait:
    """Return a made-up replicate; one without start-ups or rounds must be drawn as well."""
    luck = np.random.default_rng(seed)
    founded = luck.integers(0, 60, start_ups)
    last = np.minimum(founded + luck.integers(1, 90, start_ups), MONTHS - 1)
    product = np.where(luck.random(start_ups) < 0.5, last, NOT_YET)
    track = np.arange(start_ups) % TRACKS
    real = np.exp(luck.normal(0.5, 0.8, 3000))
    shape = (MONTHS, CLUSTERS, DISTRICTS)
    panel = Panel(
        seed=seed,
        replicate=0,
        months=MONTHS,
        start_ups=StartUps(track, founded, last, last < MONTHS - 1, product),
        years=Years(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)),
        stock=Stock(track, track, track, np.ones(start_ups)),
        filings=Filings(real, real, real),
        places=Places(np.zeros(shape), np.zeros(shape), np.ones(shape)),
        rounds=luck.lognormal(7.0, 1.0, rounds),
    )
    size = luck.normal(9.0, 1.0, 2000)
    gamma = luck.normal(0.0, 0.1, TRACKS)
    return Portrait(
        panel,
        np.sort(1e4 * luck.pareto(1.0, 200) + 1e4)[::-1],
        growing.Growth(size, luck.laplace(0.0, 0.3, 2000)),
        Gathered(gamma, np.full(TRACKS, 0.02)),
        Gathered(gamma, np.full(TRACKS, 0.02)),
        Estimate(3.0),
    )


def looked(portraits: list[Portrait], estimate: Estimate) -> Looked:
    rate = Interval(0.5, 0.3, 0.7)
    return Looked(
        tuple(
            Finding(pattern, (estimate,) * 24, 0.1, 0.2, 0.3, 24, rate, "undecided")
            for pattern in patterns()
        ),
        np.empty((0, 0, 0)),
        tuple(portraits),
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("start_ups", "rounds", "estimate"), [(2000, 500, Estimate(0.1, 0.1)), (0, 0, UNKNOWN)]
)
def test_the_sheet_reads_well(
    language: Language, start_ups: int, rounds: int, estimate: Estimate
) -> None:
    found = looked([portrait(k, start_ups, rounds) for k in range(3)], estimate)
    design = STUDY.design({"file": "as-written"})
    declared = figure(found, basis_of(design.name, design.scenarios, Sample(7, 24)))
    sheet = drawn(partial(draw, declared, language))
    check(sheet)
    assert len(sheet.axes) == 9
    assert design.scenarios[0].name.in_(language) in said(sheet)
    chart = option(declared, language, LIGHT)
    assert len(chart["grid"]) == len(chart["title"]) == 9
    json.dumps(chart, allow_nan=False)  # a browser cannot read more
