"""A made-up finished run with known answers, for the figures to draw."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.estimate import CountSummary, Interval, Readings, Summary, in_readings
from sim.estimate.records import Decided, Decider, Decisions
from sim.plan import PLAN

DUE = 98
MANIFEST: dict[str, Any] = {
    "scenario": {
        "name": {"en": "The plan as written", "zh": "按方案执行"},
        "tolerance": 0.1,
        "draws": "prior",
        "posterior": None,
        "as_of": None,
    },
    "scenario_hash": "0123456789abcdef" * 4,
    "model_hash": "fedcba9876543210" * 4,
    "seed": 20221011,
    "replicates": 60,
}
CITY_SIZES = {
    "certified_real": 640.0,
    "reported_rd": 300.0,
    "certified_rd": 235.0,
    "real_rd": 390.0,
}
AREA_SIZES = {"firms": 900.0, "output": 1500.0, "talents": 7000.0}


@dataclass(frozen=True)
class FakeRun:
    """Answers as a stored result does, from numbers made by arithmetic."""

    months: int = DUE + 1
    replicates: int = 60
    level: float = 1.0
    """How high the runs end, against the targets."""
    sequential: bool = False
    manifest: Mapping[str, Any] = field(default_factory=lambda: MANIFEST)
    readings: Readings = field(default_factory=lambda: PLAN.readings)

    @property
    def summary(self) -> Summary:
        """Summary of the made-up counts."""
        counts = self.counts()[:, DUE]
        return Summary(
            counts=tuple(
                replace(_summarise(number, counts[:, number]), reading=self.readings[count.id])
                for number, count in enumerate(PLAN.counts)
            ),
            joint=Interval(0.031, 0.012, 0.078),
            joint_about=Interval(0.09, 0.05, 0.15),
            replicates=self.replicates,
            draws=self.replicates // 2,
            sequential=self.sequential,
            at=DUE,
        )

    def counts(self) -> NDArray[np.float64]:
        """Return the recorded counts in the readings of the run, shape (R, M, 13)."""
        return in_readings(self._recorded(), self.readings)

    def _recorded(self) -> NDArray[np.float64]:
        """Return counts growing to about their targets, all but the first whole, (R, M, 13)."""
        targets = np.array([count.target for count in PLAN.counts], dtype=np.float64)
        ends = targets * self.level * np.linspace(0.9, 1.2, len(targets))
        runs = self._growth()[:, :, None] * ends
        runs[:, :, 1:] = np.floor(runs[:, :, 1:])
        return runs

    def recorded_count(self, name: str) -> NDArray[np.float64]:
        """Return one count in its default reading, shape (R, M)."""
        return self._recorded()[:, :, [count.id for count in PLAN.counts].index(name)]

    def decisions(self) -> Decisions:
        """Return what decides each count: one parameter, and for the last count nothing."""
        share, low, high = (
            Interval(*ends) for ends in ((0.3, 0.2, 0.4), (0.1, 0.05, 0.2), (0.9, 0.8, 0.95))
        )
        named = (
            Decider("market_pace", share, rises=True),
            Decider("size_spread", share, rises=False),
        )
        found = [Decided(count.id, 0.6, named, low, high) for count in PLAN.counts]
        return Decisions(128, (*found[:-1], Decided(PLAN.counts[-1].id, 0.0, ())))

    def measure(self, name: str) -> NDArray[np.float32]:
        """Return a measure whose size follows its place in the plan, shape (R, M)."""
        quantity, _, area = name.partition("_")
        ids = [cluster.id for cluster in PLAN.clusters] + [place.id for place in PLAN.districts]
        if name in CITY_SIZES:
            size = CITY_SIZES[name]
        else:
            size = AREA_SIZES[quantity] * ((1 + (7 * ids.index(area)) % 16) / 17) ** 2
        return (size * self.level * self._growth()).astype(np.float32)

    def _growth(self) -> NDArray[np.float64]:
        """Return paths from about 0.3 to about 1, wider apart as time goes by, shape (R, M)."""
        at = np.arange(self.months) / DUE
        rank = ((np.arange(self.replicates) * 0.61803398875) % 1.0)[:, None]
        return (0.3 + 0.7 * at**1.4) * np.exp(
            1.4 * (rank - 0.5) * at + 0.03 * np.sin(12 * at + 40 * rank)
        )


def _summarise(number: int, runs: NDArray[np.float64]) -> CountSummary:
    count = PLAN.counts[number]
    strict = float((runs >= count.target).mean())
    low, middle, high = map(float, np.quantile(runs, (0.1, 0.5, 0.9)))
    return CountSummary(
        id=count.id,
        target=count.target,
        unit=count.unit.en,
        reading=count.reading,
        median=middle,
        p10=low,
        p90=high,
        likelihood=_around(strict),
        about=_around(float((runs >= 0.9 * count.target).mean())),
        over_parameters=(max(0.0, strict - 0.22), min(1.0, strict + 0.18)),
        median_year=2029.5,
        luck_share=0.4,
        parameter_share=0.6,
        other=None,
    )


def _around(value: float) -> Interval:
    return Interval(value, max(0.0, value - 0.08), min(1.0, value + 0.08))


@pytest.fixture
def fake_run() -> type[FakeRun]:
    """Make runs: `fake_run(months=159)`."""
    return FakeRun
