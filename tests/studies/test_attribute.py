"""Protects attribution: a game with known shares is told alike by sentence, table, file, figure."""

import csv
import io

import numpy as np
import pytest

from sim.estimate.shapley import attribute
from sim.experiments.attribution import PLANS
from sim.experiments.baseline import MISSING
from sim.language import Language
from sim.plan import PLAN
from sim.present.browser import option
from sim.present.tables import csv_files_of
from sim.scenario import read_scenario
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.marks import Panels, Pieces, Rows
from sim.store.fill import Sample
from sim.studies.attribute import Found, parts
from sim.studies.shared.plan_pairs import Owed
from sim.studies.study import basis_of
from sim.views.themes import LIGHT
from tests.views.made_up import NAME
from tests.views.reading import check, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")
DRAWS = np.arange(256) // 2
BASIS = basis_of(NAME, [read_scenario("as-written")], Sample(7, 256))
"""A game: each plan is worth a tenth, the first two tenths, and the last two only together."""


def worth(coalition: int) -> float:
    """Return the likelihood that some plans give."""
    alone = (coalition & 0b1111).bit_count() + (coalition & 1)
    return 0.1 + alone / 10 + 0.2 * ((coalition >> 4) == 0b11)


def owed(lucky: float = 1.0) -> list[Owed]:
    """Return that game for every count; without luck nothing is ever reached."""
    luck = (np.arange(256) + 0.5) / 256 / lucky if lucky else np.ones(256)
    reached = luck < np.array([worth(each) for each in range(64)])[:, None]
    found = attribute(reached, DRAWS)
    ends = (float(reached[at].mean()) for at in (0, -1))
    low, high = ends
    return [Owed(each.id, each.name, found, found, low, high) for each in PLAN.counts]


def told(found: list[Owed]) -> list[Part]:
    """Return what the study says of them."""
    return list(parts(Found(found, None, None, ("", ""), MISSING), BASIS))


def test_the_file_has_the_shares_of_the_game_and_they_add_up() -> None:
    texts = dict(csv_files_of(told(owed())))
    rows = list(csv.DictReader(io.StringIO(texts["attribution.csv"])))
    assert [row["plan"] for row in rows[:6]] == list(PLANS)
    shares = [float(row["value"]) for row in rows[:6]]
    assert shares == pytest.approx([0.2, 0.1, 0.1, 0.1, 0.1, 0.1], abs=0.01)
    gain = float(rows[0]["with_all_plans"]) - float(rows[0]["without_plans"])
    assert sum(shares) == pytest.approx(gain)
    pairs = list(csv.DictReader(io.StringIO(texts["interactions.csv"])))
    assert len(pairs) == 13 * 15
    together = [float(row["value"]) for row in pairs[:15]]
    assert together == pytest.approx([0.0] * 14 + [0.2], abs=0.01)


def test_sentence_and_figures_tell_what_is_clear() -> None:
    first, *others = told(owed())
    assert isinstance(first, Sentence)
    assert first.text.en.startswith("Shapley shares of the six plans that are clear of nought: 78")
    shares, pairs = (each for each in others if isinstance(each, Figure))
    assert isinstance(shares.mark, Panels) and isinstance(pairs.mark, Rows)
    drawn = [each for each in shares.mark.panels[0].layers if isinstance(each, Pieces)]
    assert sum(len(each.ends) for each in drawn) == 78
    for row in pairs.mark.rows:
        assert row.intervals[0].value == pytest.approx(20.0, abs=0.5)


def test_where_nothing_is_clear_that_is_said_and_no_pair_is_drawn() -> None:
    first, *others = told(owed(0.0))
    assert isinstance(first, Sentence) and "None of the 78" in first.text.en
    assert [each.name for each in others if isinstance(each, Figure)] == ["attribution"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_or_covered(language: Language) -> None:
    for each in told(owed()):
        if isinstance(each, Figure):
            drawn = sheet(each, language)
            check(drawn)
            assert "95" in said(drawn)
            assert option(each, language, LIGHT)["series"]
