"""Objective files: the shipped ones mean what they say, and bad ones are told so in one message."""

from collections.abc import Callable

import pytest

from sim.experiments.objective_file import DUE_YEAR, read_objective, within_horizon
from sim.plan import PLAN
from sim.problems import Problem, Problems
from sim.scenario import derive, read_scenario
from sim.scenario.files import names_in
from tests.experiments.conftest import Write

Read = Callable[[str], object]


def test_shipped_objectives() -> None:
    names = names_in("objectives")
    found = {name: read_objective(name) for name in names}
    industry = found["industry"]
    assert {each.count.id for each in industry.aims} == {
        *("output", "ecosystem_firms", "hightech_enterprises")
    }
    assert all(each.target == each.count.target for each in industry.aims)
    assert not industry.about and industry.at_least == 3 and not industry.weighted
    (output,) = found["output-4000-by-2028"].aims
    assert (output.target, output.year, output.month) == (4000.0, 2028, 74)
    some = found["seven-of-all"]
    assert len(some.aims) == len(PLAN.counts) and some.at_least == 7 and some.about
    assert all(each.name.en != each.name.zh for each in found.values())
    assert read_objective("all").entire and not some.entire


def test_one_line_is_an_objective_and_chinese_says_the_same(
    write: Write,
) -> None:
    english = read_objective(write("counts.output = { target = 4000, year = 2028, weight = 2 }"))
    chinese = read_objective(
        write('"各项目标" = { "未来产业产值" = { "目标值" = 4000, "年份" = 2028, "权重" = 2 } }')
    )
    assert english == chinese
    assert english.weighted


@pytest.mark.parametrize(
    ("text", "key", "found", "expected"),
    [
        ("", "counts", "null", '[counts], or counts = "all"'),
        ("counts.outptu = {}", "counts", '"outptu"', "a count"),
        ("counts.output.target = -4", "counts.output.target", "-4", "a number above 0"),
        ("counts.output.target = nan", "counts.output.target", "NaN", "a number above 0"),
        ("counts.clusters.target = 6", "counts.clusters.target", "6.0", "5 at most"),
        ("counts.output.year = 2041", "counts.output.year", "2041", "from 2022 to 2035"),
        ("counts.output.weight = 0", "counts.output.weight", "0", "a number above 0"),
        ('counts = "all"\nat_least = 14', "at_least", "14", "from 1 to 13"),
        ("counts.output = {}\nat_least = 2", "at_least", "2", "from 1 to 1"),
        ('counts = "all"\nthreshold = "soft"', "threshold", '"soft"', '"左右"'),
        ('counts = "all"\ntargets = 3', "", '"targets"', "one of the keys"),
    ],
)
def test_what_is_wrong_is_told_with_file_key_found_and_expected(
    write: Write, text: str, key: str, found: str, expected: str
) -> None:
    file = write(text)
    with pytest.raises(Problem) as told:
        read_objective(file)
    assert (told.value.where, told.value.key, told.value.found) == (str(file), key, found)
    assert expected in told.value.expected.en


def test_all_that_is_wrong_is_told_at_once(write: Write) -> None:
    with pytest.raises(Problems) as told:
        read_objective(write('counts.output = { target = 0, year = 1 }\nthreshold = "x"'))
    assert len(told.value.each) == 3


def test_a_scenario_has_to_reach_the_last_year(write: Write) -> None:
    later = read_objective(write(f"counts.output.year = {DUE_YEAR + 2}"))
    base = read_scenario("as-written")
    within_horizon(later, derive(base, {"horizon": "2035-12"}, "longer", "test"))
    with pytest.raises(Problem, match=r"counts\.output\.year"):
        within_horizon(later, base)
