"""A package says the same as scenario, file and link; what is malformed is told in words."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.app.history import History
from sim.app.package import (
    Package,
    changed,
    from_link,
    from_toml,
    preset,
    said,
    to_link,
    to_toml,
    with_instrument,
    with_lever,
)
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import read_scenario, scenario_names

MONTHS = st.tuples(st.integers(2023, 2035), st.integers(1, 12)).map(
    lambda ym: f"{ym[0]}-{ym[1]:02}"
)
DISTRICTS = st.sets(st.sampled_from([entry.id for entry in PLAN.districts]), min_size=1)
SETTINGS = st.fixed_dictionaries(
    {"on": st.booleans()},
    optional={
        "dose": st.floats(0, 10),
        "start": MONTHS,
        "districts": st.one_of(st.just("all"), DISTRICTS.map(sorted)),
        "ramp_months": st.integers(0, 120),
    },
)


@st.composite
def packages(draw: st.DrawFn) -> Package:
    package = preset(draw(st.sampled_from(scenario_names())))
    for lever in draw(st.lists(st.sampled_from(PLAN.levers), max_size=4)):
        if draw(st.booleans()):
            package = with_lever(package, lever, **draw(SETTINGS))
        else:
            one = draw(st.sampled_from(lever.instruments))
            package = with_instrument(package, lever, one.id, **draw(SETTINGS))
    if draw(st.booleans()):
        fixed = {"parameters": {"firms_2022": draw(st.integers(1000, 4000))}, "seed": 7}
        package = changed(package, fixed)
    return package


@given(packages())
def test_a_file_and_a_link_give_the_package_back(package: Package) -> None:
    for again in (from_link(to_link(package)), from_toml(to_toml(package), "file")):
        assert again.base == package.base
        assert said(again) == said(package)
        assert again.scenario.settings == package.scenario.settings
        assert again.scenario.parameters == package.scenario.parameters
        assert again.scenario.hash() == package.scenario.hash()
        assert again.scenario.seed == package.scenario.seed


def test_the_file_does_the_same_on_the_command_line(tmp_path: Path) -> None:
    lever = PLAN.levers[5]
    package = with_lever(preset("as-written"), lever, dose=1.5, start="2024-01")
    package = with_instrument(package, lever, lever.instruments[0].id, on=False)
    file = tmp_path / "package.toml"
    file.write_text(to_toml(package), encoding="utf-8")
    assert read_scenario(file).hash() == package.scenario.hash()
    assert tomllib.loads(file.read_text(encoding="utf-8"))["extends"] == "as-written"


def test_a_link_can_be_read_by_people() -> None:
    package = with_lever(
        preset("as-written"), PLAN.levers[5], dose=1.5, districts=["pudong", "minhang"]
    )
    assert to_link(package) == (
        "base=as-written&plans.yulin.dose=1.5&plans.yulin.districts=minhang,pudong"
    )


@pytest.mark.parametrize(
    "query",
    [
        "base=../../etc/passwd",
        "base=sweeps/six-plans",
        "base=/etc/passwd",
        "plans.yulin.dose=1e999",
        "plans.yulin.dose=-1",
        "plans.yulin.dose=NaN",
        "plans.yulin=1&plans.yulin.dose=1",
        "plans.yulin.dose=1&plans.yulin.dose=2",
        "plans.nobody.on=true",
        "plans.yulin.start=2024-13",
        "plans.yulin.districts=atlantis",
        "plans",
        "plans.=1",
        "import=os",
        "parameters.firms_2022=" + "9" * 400,
        "a=1&" * 2000,
        "x" * 20_000,
        "%ff%fe=%00",
        "name=<script>alert(1)</script>&plans.yulin.on=maybe",
    ],
)
def test_a_malformed_link_is_told_in_words(query: str) -> None:
    with pytest.raises(Problem) as told:
        from_link(query)
    for language in ("en", "zh"):
        assert 10 < len(told.value.in_(language)) < 2000


@given(st.text(max_size=200))
def test_no_link_and_no_file_ends_in_anything_but_a_package_or_words(text: str) -> None:
    for read in (from_link, lambda found: from_toml(found, "file")):
        try:
            assert isinstance(read(text), Package)
        except Problem as problem:
            assert problem.in_("zh")


@pytest.mark.parametrize(
    "text",
    [
        'extends = "../secret"',
        'extends = "/etc/passwd"',
        "extends = 1",
        "[plans]\nyulin = { dose = 99 }",
        "import os",
        "a = " + "[" * 5000,
        "x = 1\n" * 40_000,
    ],
)
def test_a_malformed_file_is_told_in_words(text: str) -> None:
    with pytest.raises(Problem):
        from_toml(text, "upload")


def test_undo_and_redo_lead_back_and_forth() -> None:
    first = preset("as-written")
    second = with_lever(first, PLAN.levers[0], on=False)
    third = with_lever(second, PLAN.levers[1], dose=2.0)
    history = History(first).do(second).do(third).do(third)
    assert history.undo().now.same_as(second)
    assert history.undo().undo().now.same_as(first)
    assert history.undo().undo().undo().now.same_as(first)
    assert history.undo().undo().redo().redo().redo().now.same_as(third)
    assert not history.undo().do(first).undone


def test_a_browser_can_remember_the_steps_and_nothing_else() -> None:
    first, second = preset("as-written"), preset("without-yulin")
    history = History(first).do(second).do(preset("only-yulin")).undo()
    assert History(second).recalled(history.links()) == history
    assert History(first).recalled(history.links()) == History(first)
    for told in (None, 3, {}, {"now": history.links()["now"], "past": 3, "undone": "x"}):
        assert History(second).recalled(told) == History(second)
    bad = {**history.links(), "past": ["base=../secret", "base=as-written"]}
    assert History(second).recalled(bad).past == ()
