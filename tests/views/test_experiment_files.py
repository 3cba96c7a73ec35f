"""Protects the files of an experiment's figures: both formats, the same bytes every time."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import matplotlib as mpl

from sim.plan import PLAN
from sim.views.difference_map import difference_map
from sim.views.differences import differences
from sim.views.figures import Named, draw_all
from sim.views.interactions import interactions
from tests.views.made_up import EXPERIMENT, FIRST, NAMES, around, package, pairs


def figures() -> Iterator[Named]:
    """Yield a chart, a map with its hatches and a table."""
    districts = [around(8.0 * number - 50, 9.0) for number in range(16)]
    names = (FIRST, NAMES[0])
    yield Named("chart", partial(differences, EXPERIMENT, FIRST, [package()], "en"))
    yield Named("map", partial(difference_map, EXPERIMENT, names, "output", districts, "zh"))
    yield Named("table", partial(interactions, EXPERIMENT, PLAN.counts[0], pairs(), "zh"))


def test_png_and_svg_with_the_same_bytes_whatever_the_settings(tmp_path: Path) -> None:
    first = draw_all(figures(), tmp_path / "first")
    with mpl.rc_context({"font.size": 30, "hatch.linewidth": 9, "svg.hashsalt": None}):
        second = draw_all(figures(), tmp_path / "second")
    names = [f"{stem}.{kind}" for stem in ("chart", "map", "table") for kind in ("png", "svg")]
    assert [file.name for file in first] == names
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert b"<text" not in first[1].read_bytes()
