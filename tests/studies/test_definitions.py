"""Definitions are chosen and not drawn, and what rests on them is shown."""

import csv
import io
from functools import cache

import pytest

from sim import ensemble, parameters
from sim.experiments.baseline import MISSING
from sim.experiments.definitions import ENDS, at_end, chosen
from sim.language import Language
from sim.parameters import DEFINITIONS, UNCERTAIN
from sim.plan import PLAN
from sim.present.tables import csv_files_of
from sim.scenario import derive, read_scenario
from sim.spec.marks import Dots, Panels
from sim.studies.definitions import Changed, Found, figure, moved, parts
from sim.studies.study import basis_of
from tests.present.report.conftest import compared
from tests.views.made_up import BASIS, SAMPLE
from tests.views.reading import check, sheet

BASE = read_scenario("as-written")


@cache
def found() -> Found:
    """Return definitions whose lower ends change nothing, and every second upper end much."""
    none, much = compared(gain=0.0), compared(gain=0.2)
    return Found(
        [
            moved(
                (
                    Changed(each, "lower", each.default, each.prior.low, none),
                    Changed(each, "upper", each.default, each.prior.high, (none, much)[k % 2]),
                )
            )
            for k, each in enumerate(DEFINITIONS)
        ],
        ("", ""),
        MISSING,
    )


def test_a_definition_is_the_same_in_every_draw_and_a_scenario_chooses_it() -> None:
    assert not {each.name for each in DEFINITIONS} & UNCERTAIN.keys()
    draws = [parameters.draw(7, number) for number in range(5)]
    for each in DEFINITIONS:
        assert {draw[each.name] for draw in draws} == {each.default}
    other = derive(BASE, {"parameters": {"cluster_firms": 60}}, "mine", "test")
    assert other.resolved() != BASE.resolved()


@pytest.mark.parametrize("end", ENDS)
def test_each_package_has_one_definition_at_an_end_and_all_else_as_it_is(end: str) -> None:
    for each in DEFINITIONS:
        other = at_end(BASE, each, end)
        value = each.prior.low if end == "lower" else each.prior.high
        assert other.parameters == {**BASE.parameters, each.name: value}
        assert other.settings == BASE.settings


def test_what_a_scenario_multiplies_stands_at_its_ends_too() -> None:
    each = DEFINITIONS[0]
    base = derive(BASE, {"multipliers": {each.name: 2.0}}, "mine", "test")
    assert chosen(base, each) == 2.0 * each.default
    assert chosen(at_end(base, each, "lower"), each) == each.prior.low


def test_a_wider_definition_of_a_cluster_counts_at_least_as_many() -> None:
    """The count follows: a cluster of fewer firms and less output is never rarer."""
    wide = {each.name: each.prior.low for each in DEFINITIONS if each.name.startswith("cluster_")}
    few = derive(BASE, {"parameters": wide}, "wide", "test")
    at = [entry.id for entry in PLAN.counts].index("clusters")
    now, then = (
        sum(left.counts[-1, at] for left in ensemble.run(each.setup(), 7, range(2)))
        for each in (BASE, few)
    )
    assert then > now


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_clipped_or_covered(language: Language) -> None:
    check(sheet(figure(found().moved, BASIS), language))


def test_figure_table_and_file_say_the_same() -> None:
    rows = found().moved
    declared = figure(rows, BASIS)
    assert isinstance(declared.mark, Panels)
    dots = [each for each in declared.mark.panels[0].layers if isinstance(each, Dots)]
    across = sorted(x for each in dots for x in each.across)
    said = list(parts(found(), basis_of(BASIS.name, [BASE], SAMPLE)))
    (text,) = (text for name, text in csv_files_of(said) if name == "definitions.csv")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == len(rows) * len(ENDS) * 13
    moves = {
        (line["definition"], float(line["instead"]), line["count"]): float(line["difference"])
        for line in lines
    }
    wanted = sorted(
        moves[end.definition.name, end.instead, end.comparison.counts[row.at].id]
        for row in rows
        if row.any
        for end in row.ends
    )
    assert len(wanted) == len(rows)  # every second one moves something, at two ends
    assert across == pytest.approx(wanted, abs=1e-6)
