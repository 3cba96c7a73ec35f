"""Sweeps whose points came out in a known way, for what is told and drawn of them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.estimate import Interval, Summary
from sim.estimate.paired import Difference
from sim.experiments.baseline import MISSING
from sim.experiments.reached import COLUMNS
from sim.experiments.sweep_file import Sweep, read_sweep
from sim.experiments.sweep_indices import Explained
from sim.spec.findings import Figure, Part
from sim.store.fill import Sample
from sim.studies.shared.swept import Point
from sim.studies.study import Basis, basis_of
from sim.studies.sweep import Found, parts
from tests.views.conftest import FakeRun

SAMPLE = Sample(2022, 64)
UNKNOWN = ("likelihoods.json", "{}")
TEXTS = {
    # Twenty-seven points, whose rows once all ended before the third factor.
    "three": """
base = "as-written"
design = "full"
[[factors]]
lever = "guidance_fund"
set = "dose"
values = [0, 1, 2]
[[factors]]
lever = "global_talents"
set = "dose"
values = [0, 1, 2]
[[factors]]
lever = "global_talents"
set = "start"
values = ["2022-10", "2024-01", "2026-01"]
""",
    # More factors than a name can hold; the base is none of the points.
    "many": """
base = "as-written"
design = "latin-hypercube"
points = 12
[[factors]]
each = "instrument"
set = "dose"
low = 0
high = 2
""",
    # Eleven things that are on or off, in few points: names of several lines.
    "fraction": """
base = "as-written"
design = "fractional"
[[factors]]
each = "lever"
set = "on"
values = [false, true]
""",
}


def swept(name: str, folder: Path) -> Sweep:
    """Return a sweep that comes with the project, or one of `TEXTS`."""
    if name not in TEXTS:
        return read_sweep(name)
    file = folder / f"{name}.toml"
    file.write_text(TEXTS[name], encoding="utf-8")
    return read_sweep(file)


def summary(levels: Sequence[Interval]) -> Summary:
    """Return what came of a point whose counts, and all together, have these likelihoods."""
    whole = FakeRun().summary
    *counts, joint = levels
    own = zip(whole.counts, counts, strict=True)
    return replace(
        whole, counts=tuple(replace(each, likelihood=level) for each, level in own), joint=joint
    )


def point(
    values: Sequence[object], level: Interval, change: Difference, cost: float, *, base: bool
) -> Point:
    """Return a point that came out alike in all counts."""
    many = len(COLUMNS)
    return Point(tuple(values), summary([level] * many), (change,) * many, cost, base)


def different(sweep: Sweep) -> list[Point]:
    """Return points that all differ, with intervals as wide as they come."""
    found, many = [], len(sweep.points)
    for number, values in enumerate(sweep.points):
        share, gap = number / many, (number - sweep.base_point) / many
        level = Interval(share, max(0.0, share - 0.3), min(1.0, share + 0.3))
        reach = 0.45 if number % 2 else 0.05
        change = Difference(gap, gap - reach, gap + reach)
        base = number == sweep.base_point
        found.append(point(values, level, change, 100.0 + number, base=base))
    return found


def told(
    sweep: Sweep, points: Sequence[Point], indices: Sequence[Explained] = ()
) -> tuple[list[Part], Basis]:
    """Return all that is said of a sweep, and on what it rests."""
    basis = basis_of(sweep.name, [sweep.base], SAMPLE)
    return list(parts(Found(sweep, SAMPLE, points, UNKNOWN, MISSING, indices), basis)), basis


def figures(found: Sequence[Part]) -> dict[str, Figure]:
    """Return the figures among what is said."""
    return {each.name: each for each in found if isinstance(each, Figure)}
