"""What compiling is worth: the rules against the model as a Mesa user would have written it."""

import time

import numpy as np

from benchmarks.throughput import SEED
from sim import ensemble, parameters
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.population import create
from sim.model.world.setup import Setup
from sim.model.world.world import Records
from sim.scenario import read_scenario
from tests.reference.month import step
from tests.reference.objects import Reference
from tests.reference.start import start

MONTHS = 12
"""The first year, which the reference takes a quarter of a minute for; later months are longer in
both."""


def reference() -> dict[str, float]:
    """Return how many times longer plain Mesa objects take, at the default population."""
    setup = read_scenario("as-written").setup()._replace(months=MONTHS)
    values = parameters.defaults()
    record = parameters.as_record(values)
    ensemble.warm_up(setup, SEED)
    began = time.perf_counter()
    model = Reference(setup, values, SEED, 0)
    start(model)
    for month in range(MONTHS):
        step(model, month)
    plain = time.perf_counter() - began
    fast = min(_compiled(setup, record) for _ in range(5))
    return {"reference against compiled rules, one thread": plain / fast}


def _compiled(setup: Setup, record: Records) -> float:
    began = time.perf_counter()
    counts, measures = np.zeros((MONTHS, len(COUNTS))), np.zeros((MONTHS, len(MEASURES)))
    ensemble.advance(create(record, SEED, 0), record, setup, MONTHS, counts, measures)
    return time.perf_counter() - began
