"""Protects the files of an experiment's figures: both formats, the same bytes every time."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import matplotlib as mpl

from sim.present.figure import drawn
from sim.studies.shared.of_comparison import difference_map, differences
from sim.views.figures import Named, draw_all
from tests.views.made_up import BASIS, FIRST, NAMES, around, package


def figures() -> Iterator[Named]:
    """Yield a chart, and a map with its hatches."""
    districts = [around(8.0 * number - 50, 9.0) for number in range(16)]
    names = (FIRST, NAMES[0])
    chart = differences(BASIS, "chart", FIRST, [package()], FIRST)
    yield Named("chart", partial(drawn, chart, "en"))
    map_ = difference_map(BASIS, "map", names, "output", districts)
    yield Named("map", partial(drawn, map_, "zh"))


def test_png_and_svg_with_the_same_bytes_whatever_the_settings(tmp_path: Path) -> None:
    first = draw_all(figures(), tmp_path / "first")
    with mpl.rc_context({"font.size": 30, "hatch.linewidth": 9, "svg.hashsalt": None}):
        second = draw_all(figures(), tmp_path / "second")
    names = [f"{stem}.{kind}" for stem in ("chart", "map") for kind in ("png", "svg")]
    assert [file.name for file in first] == names
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert b"<text" not in first[1].read_bytes()
