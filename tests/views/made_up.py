"""Made-up experiments with known answers, for the figures to draw."""

import numpy as np

from sim.estimate import Interval
from sim.language import Text
from sim.model.world.layout import MEASURES
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.store.fill import Ensemble, Sample
from sim.studies.shared.of_comparison import Change, Package
from sim.studies.study import Basis

NAME = Text("Fund and talents", "基金与人才")
BASIS = Basis(NAME, Sample(20221011, 256), "fedcba9876543210" * 4)
"""What figures that studies declare rest on."""
SAMPLE = Sample(7, 64)
DRAWS = np.arange(64) // 2
"""Sample and parameter draws of `ensemble`."""
FIRST = Text("The plan as written", "按方案执行")
NAMES = (
    Text("Double the Rainforest Plan", "雨林计划加倍"),
    Text("Talent first", "人才优先"),
    Text("Without the Wild-Geese Plan", "没有雁阵计划"),
    Text("A late start", "推迟启动"),
)


def around(value: float, reach: float) -> Interval:
    """Return an estimate with an interval that reaches equally far to both sides."""
    return Interval(value, value - reach, value + reach)


def ensemble(scenario: Scenario, gain: float) -> Ensemble:
    """Return made-up replicates that end higher, the higher the gain; output does not change."""
    luck = np.random.default_rng(1).uniform(0.5, 1.5, (64, 1, 13))
    targets = np.array([count.target for count in PLAN.counts], dtype=np.float64)
    gains = np.where(np.arange(13) == 0, 1.0, 1.0 + gain)
    counts = luck * np.linspace(0.2, 1.0, 99)[None, :, None] * targets * gains
    measures = np.full((64, 9, len(MEASURES)), 100.0 * (1.0 + gain), dtype=np.float32)
    noise = np.linspace(-1, 1, 64, dtype=np.float32)[:, None, None]
    return Ensemble(scenario, counts, DRAWS, measures + gain * noise, SAMPLE.seed)


def package(number: int = 0, reach: float = 0.05, size: float = 0.3) -> Package:
    """Return a package whose differences rise evenly from a loss to a gain."""
    ends = np.clip(np.linspace(-size / 2, size, 14) + 0.011 * number, -0.4, 0.6)
    changes = tuple(Change(0.4, 0.4 + float(gap), around(float(gap), reach)) for gap in ends)
    return Package(NAMES[number], changes[:13], changes[13])
