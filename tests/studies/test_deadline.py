"""Protects the chart of starts: the level asked for and the latest start that keeps it."""

import pytest

from sim.calendar import decimal_year, month_index, month_label
from sim.estimate import Interval
from sim.estimate.deadline import Deadline
from sim.estimate.paired import Difference
from sim.language import Language
from sim.present.browser import option
from sim.spec import palette
from sim.spec.findings import Figure
from sim.spec.marks import Dots, Layer, Panels, Pieces, Rule, Strip
from sim.studies.shared.goals import counted
from sim.studies.shared.late import Late, figure, told
from sim.views.themes import LIGHT
from tests.views.made_up import BASIS
from tests.views.reading import check, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")
COUNT, WANTED = "leading_firms", 0.6
MISSED, KEPT, ALIKE = Deadline(-1, -1, -1), Deadline(11, 11, 11), None


def late(
    found: Deadline | None, every: int = 6, wanted: float = WANTED, count: str = COUNT
) -> Late:
    """Return starts from January 2023 to the end of 2028, each worth less than the one before.

    Args:
        found: what they come to; None: that they cannot be told apart.
        every: months from one to the next.
        wanted: likelihood that is asked for.
        count: that is asked of.
    """
    months = range(3, 75, every)
    values = [0.9 - 0.008 * at for at in months]
    likelihoods = [Interval(each, each - 0.04, each + 0.04) for each in values]
    reach = 1.0 if found is None else 0.02
    gaps = [each - values[0] for each in values]
    changes = [Difference(gap, gap - reach, gap + reach) for gap in gaps]
    starts = tuple(map(month_label, months))
    return Late(
        "yulin", counted(count), wanted, starts, tuple(likelihoods), tuple(changes), found or MISSED
    )


def layers(declared: Figure) -> tuple[Layer, ...]:
    """Return what the one chart of the figure shows."""
    assert isinstance(declared.mark, Panels)
    (panel,) = declared.mark.panels
    return panel.layers


def year(month: str) -> float:
    """Return a month's place on the scale."""
    return decimal_year(month_index(month))


@pytest.mark.parametrize("found", [Deadline(5, 4, 6), MISSED])
def test_the_level_and_the_latest_start_stand_in_their_places(found: Deadline) -> None:
    asked = late(found)
    rules = [each for each in layers(figure(asked, BASIS)) if isinstance(each, Rule)]
    assert [rule.at for rule in rules if not rule.upright] == [WANTED]
    assert [rule.at for rule in rules if rule.upright] == (
        [] if asked.latest is None else [year("2025-07")]
    )
    text = said(sheet(figure(asked, BASIS)))
    assert ("no start that was tried" in text) == (asked.latest is None)


def test_each_start_stands_at_its_month_with_its_interval() -> None:
    asked = late(MISSED)
    found = {type(each): each for each in layers(figure(asked, BASIS))}
    dots, pieces = found[Dots], found[Pieces]
    assert isinstance(dots, Dots) and isinstance(pieces, Pieces)
    assert dots.up == pytest.approx([each.value for each in asked.likelihoods])
    assert dots.across == pytest.approx(list(map(year, asked.starts)), abs=0.01)
    assert [end[1::2] for end in pieces.ends] == [each[1:] for each in asked.likelihoods]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Deadline(5, 4, 6), ("2025-01", "2026-01")),
        (Deadline(5, -1, 6), (None, "2026-01")),
        (MISSED, None),
    ],
)
def test_the_band_is_where_the_latest_start_may_lie(
    found: Deadline, expected: tuple[str | None, str] | None
) -> None:
    declared = figure(late(found), BASIS)
    assert isinstance(declared.mark, Panels)
    edge = declared.mark.panels[0].across.low
    strips = [each[:2] for each in layers(declared) if isinstance(each, Strip)]
    if expected is None:
        assert strips == []
    else:
        low, high = expected
        assert strips == [(edge if low is None else year(low), year(high))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("every", "found"), [(1, Deadline(0, 0, 0)), (1, MISSED), (36, Deadline(0, -1, 0)), (6, KEPT)]
)
def test_nothing_is_clipped_or_covered(language: Language, found: Deadline, every: int) -> None:
    declared = figure(late(found, every), BASIS)
    check(sheet(declared, language))
    assert option(declared, language, LIGHT)["series"]


@pytest.mark.parametrize("wanted", [0.0, 1.0])
def test_extreme_levels_still_read_well(wanted: float) -> None:
    check(sheet(figure(late(MISSED, wanted=wanted), BASIS)))


@pytest.mark.parametrize("part", ["95% Monte-Carlo interval", "N = 256", "conditional on"])
def test_the_sheet_says_what_it_rests_on(part: str) -> None:
    assert part in said(sheet(figure(late(MISSED), BASIS)))


VERDICTS = {
    ALIKE: "nothing tried makes a difference",
    MISSED: "no start that was tried makes",
    KEPT: "even a start in 2028-07, the last that was tried",
    Deadline(5, 4, 6): "a start by 2025-07",
}


@pytest.mark.parametrize("found", VERDICTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_deadline_is_called_one(found: Deadline | None, language: Language) -> None:
    asked = late(found)
    drawn = sheet(figure(asked, BASIS), language)
    check(drawn)
    text, sentence = said(drawn), " ".join(each.in_(language) for each in told(asked))
    assert ("2025-07" in sentence) == (asked.latest is not None)
    assert ("deadline lies between" in text or "介于" in text) == (asked.latest is not None)
    if language == "en":
        assert VERDICTS[found] in sentence


@pytest.mark.parametrize(
    ("level", "part"), [(0.95, "below"), (0.6, "luck"), (0.1, "gives at least")]
)
def test_starts_that_are_alike_say_where_the_level_lies(level: float, part: str) -> None:
    sentence = told(late(ALIKE, wanted=level))[1].en
    assert part in sentence
    assert "no deadline to tell" in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", ["hightech_enterprises", "all"])
def test_the_figure_names_what_was_asked(language: Language, count: str) -> None:
    declared = figure(late(Deadline(5, 4, 6), count=count), BASIS)
    assert declared.name == f"deadline_yulin_{count}"
    assert counted(count).name.in_(language) in said(sheet(declared, language)).replace("\n", "")
    assert palette.VERMILION in [each.colour for each in layers(declared) if isinstance(each, Rule)]
