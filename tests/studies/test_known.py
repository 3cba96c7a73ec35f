"""Facts hold for packages that did the same until they happened, and for others none is used."""

from dataclasses import replace
from typing import Any

import pytest

from sim import city
from sim.calendar import month_index
from sim.cli.options import with_values
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import as_known_in, read_scenario
from sim.scenario.facts import last_known
from sim.scenario.past import same_past
from sim.spec.findings import Sentence
from sim.studies import attribute, deadline
from sim.studies.compare import STUDY, design
from sim.studies.shared.known import LEAST, told_of_past

LATER = "fund-to-talents-from-2027"
"""Differs from the plan as written from 2027 on."""


def asked(*files: str, **more: Any) -> dict[str, Any]:
    usual = {option.name: option.default for option in STUDY.options}
    return {**usual, "files": [*files], "as_of": "known", **more}


@pytest.mark.parametrize(
    ("other", "month", "same"),
    [
        (LATER, "2026-12", True),
        (LATER, "2027-01", False),
        ("without-yulin", "2022-10", False),
        ("export-controls", "2022-10", True),
        ("export-controls", "2030-12", False),
        ("as-written", "2030-12", True),
    ],
)
def test_packages_are_compared_up_to_the_month(other: str, month: str, same: bool) -> None:
    first, second = (as_known_in(read_scenario(each), month) for each in ("as-written", other))
    assert same_past(first, second, month) is same


def test_what_was_fixed_by_a_scenario_is_another_past() -> None:
    first = read_scenario("as-written")
    assert not same_past(first, replace(first, parameters={"merit_bar": 0.4}), "2022-10")


def test_a_comparison_of_later_changes_knows_the_facts() -> None:
    found = design(asked("as-written", LATER))
    assert {each.as_of for each in found.scenarios} == {last_known()} == {city.about().known}
    assert all(each.facts for each in found.scenarios)
    assert found.options["forgotten"] is None
    assert last_known() in found.stem


@pytest.mark.parametrize(
    "options",
    [
        asked("as-written", LATER, "without-yulin"),
        asked("as-written", each_lever=True),
        asked("as-written", LATER, as_of="2028-01"),
    ],
)
def test_a_comparison_that_changes_the_past_runs_without_facts(options: dict[str, Any]) -> None:
    found = design(options)
    assert {(each.as_of, each.facts) for each in found.scenarios} == {(None, ())}
    assert found.options["forgotten"] is not None
    (told,) = told_of_past(found.scenarios[0], found.options["forgotten"], 1.0)
    assert isinstance(told, Sentence)
    assert told.tone == "warning"
    assert found.options["forgotten"] in told.text.en


def test_the_share_kept_is_told_and_a_small_one_is_a_warning() -> None:
    first = design(asked("as-written", LATER)).scenarios[0]
    (given,) = told_of_past(first, None, 0.9)
    assert isinstance(given, Sentence)
    assert "90%" in given.text.en
    few = [*told_of_past(first, None, LEAST - 0.01)]
    assert [each.tone for each in few if isinstance(each, Sentence)] == ["note", "warning"]


def test_the_option_may_stand_without_a_month() -> None:
    assert with_values(["run", "x", "--as-of"]) == ["run", "x", "--as-of", "known"]
    assert with_values(["run", "--as-of", "--yes"]) == ["run", "--as-of", "known", "--yes"]
    assert with_values(["run", "--as-of", "2024-12"]) == ["run", "--as-of", "2024-12"]


def test_plans_are_off_from_the_month_after_what_is_known_so_that_facts_hold() -> None:
    """From the beginning, combinations of plans have no past in common."""
    options = {"file": "as-written", "objective": None, "as_of": "2025-12"}
    found = attribute.design(options)
    none, *_, every = found.scenarios
    assert len(found.scenarios) == 64 and found.options["forgotten"] is None
    assert all(each.facts and same_past(every, each, "2025-12") for each in found.scenarios)
    assert every.hash() == as_known_in(read_scenario("as-written"), "2025-12").hash()
    of_plans = [entry.id in PLANNED for entry in PLAN.instruments]
    later = none.setup().dose[month_index("2026-01") :, of_plans]
    assert not later.any() and every.setup().dose[-1, of_plans].any()
    assert attribute.design({**options, "as_of": None}).options["since"] is None


PLANNED = {instrument.id for lever in PLAN.plans for instrument in lever.instruments}


def test_only_starts_after_what_is_known_are_tried() -> None:
    options = {"count": "products", "lever": "yulin", "level": 0.5, "scenario": "as-written"}
    options |= {"objective": None, "as_of": "2025-12"}
    found = deadline.design(options)
    assert min(found.options["starts"]) == "2026-01" and len(found.options["starts"]) > 4
    # The plan as written had it on before: what happened then, happened with it.
    assert found.options["forgotten"] == "2025-12"
    with pytest.raises(Problem, match="--as-of"):
        deadline.design({**options, "as_of": "2028-12"})
