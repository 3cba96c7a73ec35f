"""Protects the hash: the same for scenarios that do the same, another for any that do not."""

from collections.abc import Callable

import pytest

from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.scenario import Scenario, read_scenario, scenario_from_resolved, scenario_names

Read = Callable[..., Scenario]

ALL_DISTRICTS = ", ".join(f'"{district.name.zh}"' for district in PLAN.districts)
UNCERTAIN, OTHER = [name for name, entry in PARAMETERS.items() if entry.uncertain][:2]
FIXED = next(name for name, entry in PARAMETERS.items() if not entry.uncertain)

SAME = [
    ("", 'name = "other"\nseed = 3\nreplicates = 12\ntolerance = 0.2'),
    ("", "[readings]\npilot_zones = 'new'\ncolleges = 'stock'"),
    ("", 'horizon = "2030-12"'),
    ("", 'extends = "business-as-usual"'),
    ("[plans]\nyulin = true", "[plans]\n'雨林' = { on = true, dose = 1, start = '2022-10' }"),
    ("", "[plans.yulin]\non = false\ndose = 3"),
    ("", "[plans.yulin]\non = true\ndose = 0"),
    ("", "[plans.yulin]\non = true\nstart = '2031-01'"),
    ("[plans]\nyulin = true", "[plans.yulin]\non = true\nend = '2031-01'"),
    ("[plans]\nyulin = true", f"[plans.yulin]\non = true\ndistricts = [{ALL_DISTRICTS}]"),
    (
        "[plans.yulin]\non = true\nramp_months = 0",
        "[plans.yulin]\non = true\nramp_months = 1",
    ),
    (
        "[plans.yulin]\non = true\ndistricts = ['xuhui', 'pudong']",
        "[plans.yulin]\non = true\ndistricts = ['浦东', '徐汇', 'pudong']",
    ),
    (
        f'[parameters]\n"{UNCERTAIN}" = 1\n"{OTHER}" = 1.0',
        f'[parameters]\n"{OTHER}" = 1\n"{UNCERTAIN}" = 1.0',
    ),
    ("", f'[parameters]\n"{FIXED}" = {PARAMETERS[FIXED].default!r}'),
]

DIFFERENT = [
    ("", 'horizon = "2035-12"'),
    ("", "[plans]\nyulin = true"),
    ("[plans]\nyulin = true", "[plans]\nyulin = { on = true, dose = 1.5 }"),
    ("[plans]\nyulin = true", "[plans]\nyulin = { on = true, start = '2022-11' }"),
    ("[plans]\nyulin = true", "[plans]\nyulin = { on = true, end = '2030-12' }"),
    ("[plans]\nyulin = true", "[plans]\nyulin = { on = true, ramp_months = 120 }"),
    ("[plans]\nyulin = true", "[plans]\nyulin = { on = true, districts = ['xuhui'] }"),
    ("[plans]\nyulin = true", "[plans]\nyulin = { on = true, clusters = ['space'] }"),
    ("[plans]\nyulin = true", "[plans.yulin]\non = true\nforums = false"),
    # A parameter at its default is no longer uncertain.
    ("", f'[parameters]\n"{UNCERTAIN}" = {PARAMETERS[UNCERTAIN].default!r}'),
    (f'[parameters]\n"{UNCERTAIN}" = 1', f'[parameters]\n"{UNCERTAIN}" = 2'),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_effect_has_the_same_hash(read: Read, one: str, other: str) -> None:
    assert read(one, "one").hash() == read(other, "other").hash()


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_effect_has_another_hash(read: Read, one: str, other: str) -> None:
    assert read(one, "one").hash() != read(other, "other").hash()


def test_a_replayed_scenario_has_the_hash_of_the_run() -> None:
    for name in ("as-written", "late-start"):
        scenario = read_scenario(name)
        assert scenario_from_resolved(scenario.resolved()).hash() == scenario.hash()


def test_a_hash_is_sha256_in_hexadecimal() -> None:
    assert len(bytes.fromhex(read_scenario("as-written").hash())) == 32


def test_no_two_shipped_scenarios_do_the_same() -> None:
    names = scenario_names()
    assert len({read_scenario(name).hash() for name in names}) == len(names)
