"""Facts hold for packages that did the same until they happened, and for others none is used."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import city, ensemble
from sim.calendar import month_index
from sim.cli.options import with_values
from sim.ensemble import run_one
from sim.experiments.definitions import ENDS, at_end
from sim.parameters import DEFINITIONS
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, as_known_in, read_scenario
from sim.scenario.facts import last_known
from sim.scenario.past import same_past
from sim.spec.findings import Sentence
from sim.store.fill import Sample, fill
from sim.store.rerun import at_random
from sim.store.shaken import factor_to, from_resolved
from sim.store.store import Store
from sim.store.work import Where
from sim.studies import attribute, deadline, registry
from sim.studies.compare import STUDY, design
from sim.studies.gates import GATES, gates_from, opened
from sim.studies.shared.known import LEAST, told_of_past
from tests.experiments.conftest import made_up
from tests.reference.processes import SMALL

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


@pytest.mark.parametrize("name", ["gates", "definitions"])
def test_what_holds_always_is_changed_from_the_month_after_what_is_known(name: str) -> None:
    found = registry.study(name).design(
        {"file": "as-written", "objective": None, "as_of": "2025-12"}
    )
    base, *others = found.scenarios
    first = month_index("2026-01")
    assert found.options["since"] == "2026-01" and found.options["forgotten"] is None
    assert base.hash() == as_known_in(read_scenario("as-written"), "2025-12").hash()
    assert len({each.hash() for each in found.scenarios}) == len(found.scenarios) > 5
    for each in others:
        assert each.facts and same_past(base, each, "2025-12")
        shocks = each.setup().conditions.shocks
        assert {(shock.first, shock.until) for shock in shocks} == {(first, each.setup().months)}
    always = registry.study(name).design({"file": "as-written", "objective": None, "as_of": None})
    assert not any(each.setup().conditions.shocks for each in always.scenarios)


def test_a_gate_that_is_opened_later_changes_nothing_before_and_something_after() -> None:
    """Whatever it multiplies: processes read it in the month itself."""
    since, months = "2024-01", 60
    base = replace(
        read_scenario("as-written"), parameters=dict(sorted(SMALL.items())), draws="prior"
    )
    first = month_index(since)

    def counts(scenario: Scenario) -> NDArray[np.float64]:
        setup = scenario.setup()
        found = run_one(setup._replace(months=months, dose=setup.dose[:months]), 7, 0)
        return np.column_stack([found.counts, found.measures])

    usual = counts(base)
    assert [each.id for each in GATES if each not in gates_from(since)] == ["approvals"]
    for gate in gates_from(since):
        for name in gate.parameters:
            other = counts(opened(base, gate._replace(parameters=(name,)), since))
            assert (other[:first] == usual[:first]).all(), name
            assert name not in TRIED or (other[first:] != usual[first:]).any(), name


TRIED = ("graduates", "arrivals", "private_inflow", "climb_pace", "scenario_places", "market_pace")
"""What so small a city feels within a year or two."""


def test_a_definition_is_another_to_the_last_bit_from_a_month_on() -> None:
    base = read_scenario("as-written")
    for each in DEFINITIONS:
        for end in ENDS:
            (shock,) = at_end(base, each, end, "2026-01").setup().conditions.shocks
            wanted = each.prior.low if end == "lower" else each.prior.high
            assert each.default * shock.factor == wanted
    assert 1.1 * factor_to(1.1, 0.7) <= 0.7


def test_what_is_shaken_is_run_again_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store tells of it what multiplies what since when, and has it run again from that."""
    monkeypatch.setattr(ensemble, "run_one", made_up)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_: None)
    run = opened(as_known_in(read_scenario("as-written"), "2025-12"), GATES[0], "2026-01")
    store = Store(str(tmp_path / "store"))
    fill([run], Sample(7, 16), store, Where(1))
    ((_, task),) = at_random(store, 1)
    assert task.setup.conditions == run.setup().conditions
    assert from_resolved(run.resolved(), "").hash() == run.hash() == task.scenario


WITHOUT = {
    "as_of": {
        "baseline": "the present model is stored, as it is asked for without facts",
        "calibrate": "what is known is what it fits, date by date",
        "hindcast": "it has dates of its own, up to which something is known",
        "facts": "it goes through all dates",
        "instruments": "they are looked at as the plan has them",
        "patterns": "published patterns are compared with runs that know nothing of them",
        "replicate": "published evaluations are done again on runs that know nothing of them",
        "sensitivity": "parameters are varied over their priors, which facts would narrow",
    },
    "precision": {
        "baseline": "it stores as many as it is told",
        "calibrate": "it takes --runs",
        "hindcast": "it takes --runs",
        **dict.fromkeys(
            ("explain", "futures", "influence", "instruments", "patterns", "replicate",
             "sensitivity", "watch"),
            "it tells shares and ranges, no likelihood",
        ),
        "search": "each candidate has as many as it deserves",
    },
    "objective": dict.fromkeys(
        ("baseline", "calibrate", "definitions", "hindcast", "influence", "instruments", "patterns",
         "replicate", "sensitivity"),
        "it looks at each count",
    ),
}  # fmt: skip
"""Which options a study does not have, and why: as the guide tells it."""


def test_every_study_has_the_three_options_unless_the_guide_says_why_not() -> None:
    lacking: dict[str, set[str]] = {option: set() for option in WITHOUT}
    for name in registry.names():
        study = registry.study(name)
        own = {option.name for option in study.options}
        own |= {"precision"} if study.estimates is not None else set()
        for option in WITHOUT:
            lacking[option] |= set() if option in own else {name}
    assert lacking == {option: set(why) for option, why in WITHOUT.items()}
    for language in ("", ".zh"):
        guide = (Path(__file__).parents[2] / f"docs/guide{language}.md").read_text(encoding="utf-8")
        for option, why in WITHOUT.items():
            flag = option.replace("_", "-")
            (row,) = (line for line in guide.splitlines() if line.startswith(f"| `--{flag}"))
            told = row.split(" | ")[-1]
            assert [name for name in why if f"`{name}`" not in told] == [], (option, language)
            assert [
                name for name in registry.names() if f"`{name}`" in told and name not in why
            ] == []
