"""Protects the ways from experiments to figures: what was estimated is what is drawn."""

from dataclasses import replace

import pytest

from sim.digest import model_hash
from sim.experiments.compare import Comparison, compare
from sim.language import Language, Text
from sim.scenario import read_scenario
from sim.scenario.posterior import FROM_PRIORS
from sim.spec.findings import Figure
from sim.studies.shared.comparison import comparison_figures, rests_on
from sim.studies.study import basis_of
from sim.text.joining import joined
from sim.text.together import is_tie, together
from tests.views.made_up import SAMPLE, ensemble
from tests.views.reading import check, labels, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")
BASE = read_scenario("as-written")
OTHERS = [read_scenario(name) for name in ("double-yulin", "talent-first", "late-start")]
QUANTITIES = ("firms", "output", "talents")


def comparisons(number: int) -> list[Comparison]:
    """Return comparisons of some packages with the plan as written."""
    first = ensemble(BASE, 0.0)
    return [
        compare(first, ensemble(OTHERS[each % len(OTHERS)], 0.1 * (each + 1)))
        for each in range(number)
    ]


def figures(found: list[Comparison]) -> list[Figure]:
    """Return the figures of comparisons."""
    return list(comparison_figures(found, rests_on(found, SAMPLE)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_has_its_figures_and_all_read_well(language: Language) -> None:
    found = figures(comparisons(1))
    maps = [f"difference_map_{quantity}_2" for quantity in QUANTITIES]
    stems = ["differences", "effects_2", "difference_fans_2", *maps]
    assert [each.name for each in found] == stems
    for each in found:
        check(sheet(each, language))


def test_more_packages_than_one_chart_takes_go_on_several() -> None:
    stems = [each.name for each in figures(comparisons(6))]
    assert stems[:3] == ["differences_1", "differences_2", "effects_2"]
    assert len(stems) == len(set(stems)) == 2 + 6 * 5


def test_differences_are_those_of_the_comparison() -> None:
    (compared,) = comparisons(1)
    chart, _, fans, firms, *_ = figures([compared])
    texts = labels(sheet(chart).axes[0])
    for each in compared.counts:
        told = together(each.first, each.second, each.likelihood)
        assert f"{told.first} → {told.second}" in texts
    assert sum(text.startswith("≈ ") for text in texts) == sum(
        is_tie(each) for each in (*(count.likelihood for count in compared.counts), compared.joint)
    )
    assert OTHERS[0].name.en in said(sheet(fans))
    assert "Huangpu\n+10" in said(sheet(firms))


def test_figures_say_which_counts_are_not_in_their_default_reading() -> None:
    name = Text("x", "x")
    plain = basis_of(name, [BASE], SAMPLE)
    assert (plain.sample, plain.model, plain.remark) == (SAMPLE, model_hash(), None)
    prior = replace(BASE, draws="prior")
    assert basis_of(name, [prior], SAMPLE).remark == FROM_PRIORS
    stock = replace(prior, readings={**BASE.readings, "colleges": "stock"})
    remark = basis_of(name, [stock], SAMPLE).remark
    assert remark is not None
    read_as = Text(
        "Not in the default reading: future technology colleges (stock).",
        "未用默认口径：未来技术学院（存量）。",
    )
    assert remark == joined((read_as, FROM_PRIORS))
