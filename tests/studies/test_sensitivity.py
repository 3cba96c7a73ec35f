"""Protects ``sim sensitivity``: figures and sentences, in both languages, whatever was found."""

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
from sim.plan import PLAN
from sim.present.browser import option
from sim.present.terminal import print_parts
from sim.spec.findings import Figure, Part
from sim.spec.marks import Dots, Panels
from sim.studies.sensitivity import parts
from sim.views.fonts import width
from sim.views.parameter_names import parameter_name
from sim.views.themes import LIGHT
from tests.views.made_up import BASIS
from tests.views.reading import check, said, sheet

STEMS = ("screening", "index_bars", "shares", "plan_ranks", "identifiable")
COUNTS = len(PLAN.counts)


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


def told(lively: bool) -> dict[str, Figure]:
    """Return the figures of an analysis by their names."""
    found: list[Part] = list(parts(FOUND[lively], BASIS))
    return {part.name: part for part in found if isinstance(part, Figure)}


@pytest.mark.parametrize(("lively", "language"), [(True, "en"), (True, "zh"), (False, "en")])
def test_each_figure_reads_well(lively: bool, language: Language) -> None:
    figures = told(lively)
    assert tuple(figures) == STEMS
    for declared in figures.values():
        figure = sheet(declared, language)
        check(figure)
        assert "_" not in said(figure) and BASIS.name.in_(language) in said(figure)
        assert option(declared, language, LIGHT)["series"] is not None


def test_titles_say_what_was_found() -> None:
    figures = told(True)
    left = int((FOUND[True].identified.left <= 0.5).sum())
    assert "6 of 13 counts have one plan" in figures["plan_ranks"].title.en
    assert f"pin down {left} of {len(UNCERTAIN)}" in figures["identifiable"].title.en
    assert "0 of 13 counts, levers of 0" in figures["shares"].title.en
    assert "replicates in all" in figures["shares"].notes[1].en


def test_only_a_plan_that_is_clearly_first_is_marked() -> None:
    marked = {lively: marked_in(told(lively)["plan_ranks"]) for lively in (True, False)}
    clear = [at for at, each in enumerate(FOUND[True].rankings) if len(each.first) == 1]
    assert marked == {True: clear, False: []}
    assert 0 < len(clear) < len(FOUND[True].rankings)


def marked_in(figure: Figure) -> list[float]:
    """Return the rows in which a dot stands."""
    assert isinstance(figure.mark, Panels)
    layers = figure.mark.panels[0].layers
    return [row for layer in layers if isinstance(layer, Dots) for row in layer.up]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("lively", [True, False])
def test_the_terminal_says_it_whatever_was_found(
    language: Language, lively: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    print_parts(parts(FOUND[lively], BASIS), language)
    shown = capsys.readouterr().out
    words = {"en": ("none is clear of the others", "never varies"), "zh": ("无法区分", "无变化")}
    tie, still = words[language]
    assert tie in shown and (still in shown) is not lively
    assert "nan" not in shown
