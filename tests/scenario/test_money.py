"""Protects ``[[moves]]`` and ``budget``: what is moved is paid, no year costs more than asked."""

import numpy as np
import pytest

from sim.app.in_words import differences
from sim.app.links import from_link, to_link
from sim.app.package import from_toml, to_toml
from sim.calendar import month_index, month_label
from sim.experiments.costs import FORGONE, left_by_draw, spent
from sim.model.world.layout import DUE
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.scenario import Scenario, read_scenario, scenario_from_resolved
from sim.scenario.explain import explain_processes
from sim.scenario.money import SPENT
from sim.store.scenario_text import scenario_text
from tests.scenario.conftest import Read, Refused

MOVE = """
extends = "as-written"
[[moves]]
of = "guidance_fund"
to = "yanzhen"
from = "2027-01"
share = 0.5
"""
LIMIT = 'extends = "as-written"\nbudget = { yearly = 45 }\n'
NUMBERS = {entry.id: number for number, entry in enumerate(PLAN.instruments)}
FROM = month_index("2027-01")


def by_year(scenario: Scenario) -> dict[str, float]:
    """Return what is spent in each calendar year, 亿元, added up instrument by instrument."""
    setup, found = scenario.setup(), dict[str, float]()
    for month in range(setup.months):
        year = month_label(month)[:4]
        for name, number in NUMBERS.items():
            entry = PLAN.instruments[number]
            if entry.cost and name not in FORGONE:
                dose = setup.dose[month, number] * setup.reach[number].mean()
                cost = dose * PARAMETERS[entry.cost].default / 12.0
                found[year] = found.get(year, 0.0) + cost
    return found


def test_moved_money_is_spent_by_the_receiver_from_its_month_on(read: Read) -> None:
    usual, moved = read_scenario("as-written"), read(MOVE)
    before, after = usual.setup().dose, moved.setup().dose
    fund = NUMBERS["guidance_fund"]
    gets = [NUMBERS[e.id] for e in PLAN.instruments if e.lever == "yanzhen" and e.cost]
    assert after[:FROM].tobytes() == before[:FROM].tobytes()
    assert (after[FROM:, fund] == before[FROM:, fund] / 2).all()
    assert (after[FROM:, gets] > before[FROM:, gets]).all()
    others = [number for number in NUMBERS.values() if number not in (fund, *gets)]
    assert after[:, others].tobytes() == before[:, others].tobytes()
    assert spent(moved, DUE + 1) == pytest.approx(spent(usual, DUE + 1))
    assert by_year(moved) == pytest.approx(by_year(usual), rel=0.05)


def test_what_remains_at_drawn_prices_is_reckoned_draw_by_draw(read: Read) -> None:
    scenario = read(MOVE)
    (found,) = scenario.moved()
    left = left_by_draw(scenario, found, 7, np.arange(32))
    assert left.min() < 0.0 < left.max()
    same = read(MOVE + "[parameters]\n" + "".join(
        f'"{name}" = {each.default}\n' for name, each in PARAMETERS.items() if ":" in name
        and name.startswith("cost:")
    ))  # fmt: skip
    assert left_by_draw(same, same.moved()[0], 7, np.arange(2)) == pytest.approx([0.0, 0.0])


def test_a_year_that_costs_more_than_the_budget_is_cut_alike(read: Read) -> None:
    usual, limited = read_scenario("as-written"), read(LIMIT)
    asked, given = by_year(usual), by_year(limited)
    for year, cost in given.items():
        allowed = 45.0 * (0.25 if year == "2022" else 1.0)
        assert cost == pytest.approx(min(asked[year], allowed))
    assert any(asked[year] > given[year] for year in asked)
    before, after = usual.setup().dose, limited.setup().dose
    month = month_index("2029-06")
    parts = after[month, SPENT > 0.0] / before[month, SPENT > 0.0]
    assert np.ptp(parts) == pytest.approx(0.0)
    assert (after[:, SPENT == 0.0] == before[:, SPENT == 0.0]).all()
    assert read('extends = "as-written"\nbudget = { yearly = 1000 }').hash() == usual.hash()


def test_what_costs_tax_forgone_is_said_once() -> None:
    assert {name for name, number in NUMBERS.items() if SPENT[number] == 0.0} == set(FORGONE)


@pytest.mark.parametrize("text", [MOVE, LIMIT])
def test_both_are_said_and_read_back(read: Read, text: str) -> None:
    scenario = read(text)
    again = scenario_from_resolved(scenario.resolved())
    assert (again.moves, again.budget, again.hash()) == (
        scenario.moves,
        scenario.budget,
        scenario.hash(),
    )
    assert read(scenario_text(scenario.resolved())).resolved() == scenario.resolved()
    (said,) = explain_processes(scenario)
    assert said.en.startswith(("move: 13.4 亿元 (50% of guidance_fund", "budget: at most 45 亿元"))
    package = from_toml(text, "mine.toml")
    assert from_link(to_link(package)).same_as(package)
    assert from_toml(to_toml(package), "mine.toml").same_as(package)
    assert len(differences(package)) == 1


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ('of = "guidance_fnd"', "moves.1.of", "guidance_fund"),
        ('to = "yulin"', "moves.1.to", "something else"),
        ("share = 2", "moves.1.share", "0.01 to 1"),
        ("until = 2", "moves.1", "one of the keys of, to, from, share"),
        ('to = "tolerance"\nshare = 1.0', "moves.1.share", "a dose of at most 10"),
        ('to = "super_deduction"', "moves.1.to", "is on and costs money"),
        ('of = "super_deduction"', "moves.1.of", "costs money from 2027-01"),
    ],
)
def test_moves_that_cannot_be_paid_are_refused(
    refused: Refused, text: str, key: str, expected: str
) -> None:
    said = {"of": '"guidance_fund"', "to": '"yanzhen"', "from": '"2027-01"'}
    said |= dict(line.split(" = ") for line in text.splitlines())
    lines = "\n".join(f"{name} = {value}" for name, value in said.items())
    problem = refused(f'extends = "as-written"\n[[moves]]\n{lines}')
    assert problem.key == key
    assert expected in str(problem)


def test_money_moved_twice_is_not_there(refused: Refused) -> None:
    problem = refused(MOVE.replace("0.5", "1.0") + MOVE.partition('as-written"')[2])
    assert problem.key == "moves.2.of"


def test_what_a_base_moves_is_paid_where_the_receiver_is_switched_off(refused: Refused) -> None:
    base = 'extends = "fund-to-talents-from-2027"\n[plans.yanzhen]\non = false\n'
    assert refused(base).key == "moves.1.to"


def test_a_budget_below_what_is_committed_is_refused(refused: Refused) -> None:
    problem = refused('extends = "as-written"\nbudget = { yearly = 1 }')
    assert problem.key == "budget.yearly"
    assert "safeguards alone cost" in str(problem)
    rule = (
        'when = { count = "pilot_zones", in = "2027-12", below = 8 }\nthen = { lingpao.dose = 2 }'
    )
    assert "no rules" in str(refused(f"{LIMIT}[[rules]]\n{rule}"))
    assert refused("budget = 70").key == "budget"


def test_a_rule_of_a_base_changes_something_where_its_lever_is_switched_off(
    refused: Refused,
) -> None:
    base = 'extends = "double-if-behind"\n[plans.lingpao]\non = false\n'
    assert refused(base).key == "rules.1.then"
