"""Protects the typeface: it comes with the project and has every character that is printed."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, fontManager

from sim.plan import PLAN
from sim.text.catalogue import texts
from sim.text.numbers import percent, percent_range, plain
from sim.views import fonts
from sim.views.fonts import (
    families,
    font,
    missing,
    printable,
    width,
)
from sim.views.letters import FONT_FILE, outside


def plan_names() -> Iterator[str]:
    """Yield every name and unit of the plan that a figure shows."""
    for count in PLAN.counts:
        yield from (*count.name, *count.unit)
    for cluster in PLAN.clusters:
        yield from cluster.name
    for district in PLAN.districts:
        yield from district.name


def labels() -> list[str]:
    """Every text that figures are made of."""
    numbers = [plain(1234.5), plain(0.1), percent(0.001), percent(0.999), percent_range(0.1, 0.2)]
    return [*(text for label in texts().values() for text in label), *plan_names(), *numbers]


def test_the_family_is_found_in_the_projects_own_file() -> None:
    assert findfont(font(9.0), fallback_to_default=False) == str(FONT_FILE)
    assert families()[0] == "Noto Sans CJK SC"


def test_every_label_has_all_its_glyphs() -> None:
    assert {text: missing(text) for text in labels() if missing(text)} == {}


def draw(text: str) -> None:
    """Draw a text as figures do, with warnings as errors."""
    figure = Figure()
    figure.text(0.1, 0.1, text, fontproperties=font(9.0))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.draw_without_rendering()


def test_all_labels_draw_without_a_glyph_missing() -> None:
    draw("\n".join(labels()))


def test_a_glyph_missing_would_be_noticed() -> None:
    with pytest.raises(UserWarning, match="missing"):
        draw("\u1200")


def test_what_a_user_writes_is_made_printable() -> None:
    assert missing("plan \U0001f680") == "\U0001f680"
    assert printable("plan \U0001f680\n 情景") == "plan □ 情景"
    assert missing(printable("\u1200\U0001f680\t")) == ""


def test_letters_of_the_general_standard_are_drawn() -> None:
    assert outside("昇腾、玥、㎡、镕、喆") == ""
    draw(printable("昇腾算力（玥、㎡）"))


@pytest.fixture
def lent_letter(tmp_path: Path) -> Iterator[str]:
    """Install a font of the machine's that has a letter which the project's lacks."""
    letter = "苝"
    assert outside(letter) == letter
    with TTFont(FONT_FILE) as font_:
        cutter = Subsetter()
        cutter.populate(text="北")
        cutter.subset(font_)
        for table in font_["cmap"].tables:
            table.cmap = {ord(letter): name for name in table.cmap.values()}
        for record in font_["name"].names:
            record.string = "SimSun"
        font_["CFF "].cff.topDictIndex[0].FamilyName = "SimSun"
        font_.save(tmp_path / "lent.otf")
    caches = (fonts._stand_ins, fonts.families, fonts.font_file, fonts._advance)
    before = list(fontManager.ttflist)
    fontManager.addfont(str(tmp_path / "lent.otf"))
    for each in caches:
        each.cache_clear()
    yield letter
    fontManager.ttflist = before
    fontManager._findfont_cached.cache_clear()  # type: ignore[attr-defined]
    for each in caches:
        each.cache_clear()


def test_a_font_of_the_machine_stands_in(lent_letter: str) -> None:
    text = f"算力{lent_letter}\U0001f680"
    assert printable(text) == f"算力{lent_letter}□"
    draw(printable(text))
    assert width(lent_letter, 10.0) == pytest.approx(10.0)


@pytest.mark.parametrize("text", ["未来产业产值", "Future-industry output 5,000", "2030年底 64%"])
def test_widths_are_those_of_the_drawn_text(text: str) -> None:
    figure = Figure(dpi=72)
    drawn = figure.text(0, 0, text, fontproperties=font(40.0)).get_window_extent().width
    assert width(text, 40.0) == pytest.approx(drawn, rel=0.03)
