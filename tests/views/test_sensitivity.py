"""Protects the figures of a sensitivity analysis: in both languages, whatever was found."""

import re
from string import ascii_letters

import numpy as np
import pytest

from sim.evidence.sensitivity.analysis import Sensitivity, Size
from sim.evidence.sensitivity.designed import UNCERTAIN
from sim.evidence.sensitivity.identify import Identified
from sim.evidence.sensitivity.indices import LUCK, OTHERS, Indices
from sim.evidence.sensitivity.ranking import Ranking, ranking
from sim.evidence.sensitivity.screening import Screened
from sim.evidence.sensitivity.shares import Shares
from sim.language import Language
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.scenario import read_scenario
from sim.views.fonts import missing, width
from sim.views.page import POINTS
from sim.views.parameter_names import (
    parameter_name,
    parameter_source,
    parameter_unit,
    short_names,
)
from sim.views.sensitivity import sensitivity_figures
from tests.views.reading import check, drawn, said

STEMS = ("screening", "indices", "index_bars", "shares", "plan_ranks", "identifiable")
COUNTS = len(PLAN.counts)
LONGEST = 3.3
"""Inches that a name may take beside a mark."""


def ranks(leads: float) -> Ranking:
    """Return a ranking in which the first plan leads by so much, and nothing else is clear."""
    luck = np.random.default_rng(3)
    by_draw = luck.choice([-0.5, 0.0, 0.5], (32, 6)) + leads * np.eye(6)[0]
    return ranking(by_draw, luck.random((32, 1)), ("market_pace",), luck)


def sensitivity(lively: bool) -> Sensitivity:
    """Return an analysis that found much, or one of a model in which nothing varies."""
    luck = np.random.default_rng(7)
    shape = (COUNTS, len(UNCERTAIN))
    # The longest names stand where names are written; two parameters stand on one place.
    strength = np.array([width(parameter_name(name, "en"), 9.0) for name in UNCERTAIN]) / 100.0
    mean = np.tile(np.maximum(strength - 1.5, 0.0), (COUNTS, 1)) * lively
    mean[0, :4] = 3.0 * lively
    screened = Screened(4, mean, mean * luck.random(shape), mean * luck.random(shape))
    factors = (*(UNCERTAIN[k] for k in np.argsort(-strength)[:8]), OTHERS, LUCK)
    total = luck.random((COUNTS, len(factors))) if lively else np.full((COUNTS, 10), np.nan)
    found = Indices(factors, 64, total / 2.0, total / 3.0, total, total / 2.0)
    shares = tuple(Shares(0.3, 0.4, 0.2, 0.1) if lively else None for _ in PLAN.counts)
    learnt = luck.random(len(UNCERTAIN)) ** 4 if lively else np.full(len(UNCERTAIN), -0.1)
    known = Identified(
        "2024-12", 64, UNCERTAIN, learnt, np.where(learnt > 0.2, 0.01, 1.0),
        0.95 + 0.06 * luck.random(len(UNCERTAIN)) if lively else None,
    )  # fmt: skip
    by_count = tuple(ranks(2.0 * lively * (number % 2)) for number in range(COUNTS + 1))
    size = Size(4, 8, 64, 32, 64)
    return Sensitivity(size, 7, screened, found, found, shares, shares, by_count, known)


FOUND = {lively: sensitivity(lively) for lively in (True, False)}


@pytest.mark.parametrize(("lively", "language"), [(True, "en"), (True, "zh"), (False, "en")])
@pytest.mark.parametrize("stem", STEMS)
def test_each_figure_reads_well(stem: str, lively: bool, language: Language) -> None:
    base = read_scenario("as-written")
    figures = {named.stem: named for named in sensitivity_figures(FOUND[lively], base, language)}
    assert tuple(figures) == STEMS
    figure = drawn(figures[stem].draw)
    check(figure)
    assert base.name.in_(language) in said(figure)
    assert "_" not in said(figure)


def test_titles_say_what_was_found() -> None:
    base = read_scenario("as-written")
    figures = sensitivity_figures(FOUND[True], base, "en")
    told = {named.stem: drawn(named.draw).texts[1].get_text() for named in figures}
    pinned = int((FOUND[True].identified.left <= 0.5).sum())
    assert "6 of 13 counts have one plan" in told["plan_ranks"]
    assert f"pin down {pinned} of {len(UNCERTAIN)}" in told["identifiable"]
    assert "0 of 13 counts, levers of 0" in told["shares"]


def test_every_parameter_has_a_name_of_its_own_that_fits_and_stands_alone() -> None:
    names = [short_names()[name] for name in UNCERTAIN]
    for language in ("en", "zh"):
        told = [name.in_(language) for name in names]
        assert len(set(told)) == len(told)
        assert [name for name in told if width(name, 9.0) / POINTS > LONGEST] == []
        assert [name for name in told if missing(name)] == []
    assert [name.en for name in names if "he same" in name.en or name.en.endswith(" that")] == []
    assert short_names().keys() == PARAMETERS.keys()


def test_units_and_assumptions_are_told_in_chinese() -> None:
    units = {parameter_unit(entry.unit, "zh") for entry in PARAMETERS.values()}
    assert not [unit for unit in units if any(mark in ascii_letters for mark in unit)]
    assert parameter_unit("firms", "en") == "firms"
    assert parameter_source("assumption", "zh") == "假设"
    assert parameter_source("of another version", "zh") == "of another version"
    assert parameter_source("assumption", "en") == "assumption"


def test_every_source_is_told_in_chinese() -> None:
    """A name or a journal's title may stay; words between them may not."""
    english = re.compile(r"[a-z]{2,} [a-z]{2,}|[:;,] ")
    for source in {entry.source for entry in PARAMETERS.values()}:
        told = parameter_source(source, "zh")
        assert not english.search(told), told
        assert re.findall(r"[FG]\d+", source) == re.findall(r"[FG]\d+", told)


def test_chinese_names_have_chinese_punctuation() -> None:
    assert [name for name, text in short_names().items() if re.search("[:;,!?()]", text.zh)] == []
