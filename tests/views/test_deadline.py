"""Protects the chart of starts: the level asked for and the latest start that keeps it."""

from typing import TypeGuard

import numpy as np
import pytest
from matplotlib.patches import Patch, Rectangle

from sim.calendar import decimal_year, month_index, month_label
from sim.language import Language, Text
from sim.spec import palette
from sim.views.deadline import Latest, Question, Start, deadline, told
from tests.views.made_up import EXPERIMENT, around
from tests.views.reading import check, drawn, said

LANGUAGES: tuple[Language, ...] = ("en", "zh")
LEVER = Text("Rainforest Plan", "雨林计划")
COUNT = Text("leading firms that moved into future industries", "布局未来产业的领军企业")
WANTED = 0.6
ASKED = Question(LEVER, COUNT, WANTED)


NONE = Latest("missed")


def sure(month: str | None) -> Latest:
    """Return a latest start that is known without doubt."""
    return Latest("deadline", month, month, month) if month else NONE


def starts(every: int = 6) -> list[Start]:
    """Return starts from January 2023 to the end of 2028, each worth less than the one before."""
    return [
        Start(month_label(at), around(0.9 - 0.008 * at, 0.04), around(-0.008 * (at - 3), 0.02))
        for at in range(3, 75, every)
    ]


@pytest.mark.parametrize("latest", ["2025-07", None])
def test_the_level_and_the_latest_start_stand_in_their_places(latest: str | None) -> None:
    figure = deadline(EXPERIMENT, ASKED, starts(), sure(latest), "en")
    axes = figure.axes[0]
    levels = [line for line in axes.lines if line.get_color() == palette.VERMILION]
    assert [float(np.asarray(line.get_ydata())[0]) for line in levels] == [WANTED]
    marks = [line for line in axes.lines if line.get_color() == palette.ORANGE_INK]
    places = [float(np.asarray(line.get_xdata())[0]) for line in marks]
    assert places == ([] if latest is None else [decimal_year(month_index(latest))])
    assert ("no start that was tried" in said(figure)) == (latest is None)


def test_each_start_stands_at_its_month_with_its_interval() -> None:
    found = starts()
    axes = deadline(EXPERIMENT, ASKED, found[::-1], NONE, "en").axes[0]
    (dots,) = (line for line in axes.lines if line.get_marker() == "o")
    assert list(np.asarray(dots.get_ydata())) == [start.likelihood.value for start in found]
    months = [decimal_year(month_index(start.month)) for start in found]
    assert list(np.asarray(dots.get_xdata())) == months
    ends = [path.vertices for path in axes.collections[0].get_paths()]
    assert [float(np.asarray(end)[0, 1]) for end in ends] == [
        start.likelihood.low for start in found
    ]


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        (Latest("deadline", "2025-07", "2025-01", "2026-01"), ("2025-01", "2026-01")),
        (Latest("deadline", "2025-07", None, "2026-01"), (None, "2026-01")),
        (NONE, None),
    ],
)
def test_the_band_is_where_the_latest_start_may_lie(
    latest: Latest, expected: tuple[str | None, str] | None
) -> None:
    axes = deadline(EXPERIMENT, ASKED, starts(), latest, "en").axes[0]
    spans = [(patch.get_x(), patch.get_width()) for patch in axes.patches if is_box(patch)]
    if expected is None:
        assert spans == []
        return
    low, high = expected
    first = axes.get_xlim()[0] if low is None else decimal_year(month_index(low))
    last = decimal_year(month_index(high))
    assert spans == [pytest.approx((first, last - first))]


def is_box(patch: Patch) -> TypeGuard[Rectangle]:
    """Whether a shape is an upright box."""
    return isinstance(patch, Rectangle)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("every", "latest"), [(1, "2023-01"), (1, None), (36, "2025-07"), (36, "2028-07")]
)
def test_nothing_is_clipped_or_covered(language: Language, latest: str | None, every: int) -> None:
    found = starts(every)
    check(drawn(lambda: deadline(EXPERIMENT, ASKED, found, sure(latest), language)))


@pytest.mark.parametrize("wanted", [0.0, 1.0])
def test_extreme_levels_still_read_well(wanted: float) -> None:
    check(drawn(lambda: deadline(EXPERIMENT, ASKED._replace(wanted=wanted), starts(), NONE, "en")))


@pytest.mark.parametrize("part", ["95% Monte-Carlo interval", "N = 256", "conditional on"])
def test_the_sheet_says_what_it_rests_on(part: str) -> None:
    assert part in said(deadline(EXPERIMENT, ASKED, starts(), NONE, "en"))


VERDICTS = {
    Latest("alike"): "nothing tried makes a difference",
    Latest("missed"): "no start that was tried makes",
    Latest("kept"): "even a start in 2028-07, the last that was tried",
    Latest("deadline", "2025-07", "2025-01", "2026-01"): "a start by 2025-07",
}


@pytest.mark.parametrize("latest", VERDICTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_deadline_is_called_one(latest: Latest, language: Language) -> None:
    figure = drawn(lambda: deadline(EXPERIMENT, ASKED, starts(), latest, language))
    check(figure)
    text, sentence = said(figure), " ".join(told(ASKED, starts(), latest, language))
    assert ("2025-07" in sentence) == (latest.month is not None)
    assert ("deadline lies between" in text or "介于" in text) == (latest.month is not None)
    if language == "en":
        assert VERDICTS[latest] in sentence


@pytest.mark.parametrize(
    ("level", "part"), [(0.95, "below"), (0.6, "luck"), (0.1, "gives at least")]
)
def test_starts_that_are_alike_say_where_the_level_lies(level: float, part: str) -> None:
    asked = ASKED._replace(wanted=level)
    sentence = told(asked, starts(), Latest("alike"), "en")[1]
    assert part in sentence
    assert "no deadline to tell" in sentence
