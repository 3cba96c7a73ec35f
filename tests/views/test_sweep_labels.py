"""Protects what points of a sweep are called: nothing cut, no two alike, whatever is swept."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest
from matplotlib.figure import Figure

from sim.estimate import Interval
from sim.experiments.sweep_file import Sweep, read_sweep, sweep_names
from sim.language import Language
from sim.views.experiment import Experiment
from sim.views.from_sweep import name_of_target
from sim.views.sweep import figures_of_sweep
from sim.views.sweep_source import Outcome, Varied, factor_name, names_of, value_text
from tests.views.made_up import around
from tests.views.reading import check, covered, drawn, inside, said, texts

THREE = """
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
"""
"""Twenty-seven points, whose rows once all ended before the third factor."""
MANY = """
base = "as-written"
design = "latin-hypercube"
points = 12
[[factors]]
each = "instrument"
set = "dose"
low = 0
high = 2
"""
"""More factors than a name can hold; the base is none of the points."""
FRACTION = """
base = "as-written"
design = "fractional"
[[factors]]
each = "lever"
set = "on"
values = [false, true]
"""
"""Eleven things that are on or off, in few points: names of several lines."""
OWN = {"three": THREE, "many": MANY, "fraction": FRACTION}


class Swept(NamedTuple):
    """A sweep with made-up results and its figures."""

    factors: list[Varied]
    points: list[Outcome]
    figures: dict[str, Figure]


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Language], Swept]:
    """Return sweeps of the project, or of those above, each drawn once."""
    folder = tmp_path_factory.mktemp("sweeps")
    for name, text in OWN.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")

    @cache
    def found(name: str, language: Language) -> Swept:
        sweep = read_sweep(folder / f"{name}.toml" if name in OWN else name)
        factors = [Varied(name_of_target(target), target.field) for target in sweep.targets]
        points = outcomes(sweep)
        rests = Experiment(sweep.name, 16, 2022, "fedcba9876543210" * 4)
        named = figures_of_sweep(rests, sweep.design, factors, points, (), language)
        return Swept(factors, points, {each.stem: drawn(each.draw) for each in named})

    return found


def outcomes(sweep: Sweep) -> list[Outcome]:
    """Return points that all differ, with intervals as wide as they come."""
    found = []
    for number, values in enumerate(sweep.points):
        share = number / len(sweep.points)
        counts = [Interval(share, max(0.0, share - 0.3), min(1.0, share + 0.3))] * 13
        gap = share - sweep.base_point / len(sweep.points)
        changes = [around(gap, 0.45 if number % 2 else 0.05)] * 14
        base = number == sweep.base_point
        found.append(Outcome(values, counts, counts[0], 100.0 + number, changes, base))
    return found


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *((name, "en") for name in (*sweep_names(), *OWN)),
        *((name, "zh") for name in ("start-dates", "six-plans", "fraction")),
    ],
)
def test_no_label_of_any_sweep_is_cut_covered_or_like_another(
    name: str, language: Language, swept: Callable[[str, Language], Swept]
) -> None:
    factors, points, figures = swept(name, language)
    names = names_of(factors, points, language)
    assert len(set(names.in_a_line)) == len(points)
    for figure in figures.values():
        check(figure)
        boxes = [(text, box) for text, box in texts(figure) if len(text) > 6]
        assert all(inside(box, figure.bbox) for _, box in boxes)
        assert covered(boxes, 0.05) == []
        assert "…" not in said(figure)
    if "sweep_table" in figures:
        whole = plain(said(figures["sweep_table"]))
        for part in (*names.heads, *(cell for row in names.rows for cell in row)):
            assert plain(part) in whole


def plain(text: str) -> str:
    """Return a text without the breaks of its lines."""
    return "".join(text.split()).lower()


def test_three_factors_stand_in_three_columns(swept: Callable[[str, Language], Swept]) -> None:
    factors, points, _ = swept("three", "en")
    names = names_of(factors, points, "en")
    assert names.heads == tuple(factor_name(factor, "en") for factor in factors)
    assert names.rows[5] == tuple(value_text(value, "en") for value in (0, 1, "2026-01"))
    assert names.rows[12] == ("1", "1", "2022-10")


@pytest.mark.parametrize("name", ["three", "many"])
def test_the_base_is_marked_once_in_its_row(
    name: str, swept: Callable[[str, Language], Swept]
) -> None:
    table = swept(name, "en").figures["sweep_table"]
    (mark,) = (box for text, box in texts(table) if text == "base")
    framed = [patch for patch in table.axes[0].patches if not patch.get_fill()]
    assert len(framed) == 14
    extent = framed[0].get_window_extent()
    assert extent.y0 < (mark.y0 + mark.y1) / 2 < extent.y1
