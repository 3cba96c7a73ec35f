"""Made-up experiments with known answers, for the figures to draw."""

import numpy as np

from sim.estimate import Interval
from sim.language import Text
from sim.store.fill import Sample
from sim.studies.shared.of_comparison import Change, Package
from sim.studies.study import Basis

NAME = Text("Fund and talents", "基金与人才")
BASIS = Basis(NAME, Sample(20221011, 256), "fedcba9876543210" * 4)
"""What figures that studies declare rest on."""
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


def package(number: int = 0, reach: float = 0.05, size: float = 0.3) -> Package:
    """Return a package whose differences rise evenly from a loss to a gain."""
    ends = np.clip(np.linspace(-size / 2, size, 14) + 0.011 * number, -0.4, 0.6)
    changes = tuple(Change(0.4, 0.4 + float(gap), around(float(gap), reach)) for gap in ends)
    return Package(NAMES[number], changes[:13], changes[13])
