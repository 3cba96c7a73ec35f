"""Protects the messages about bad scenario files: they name file, key, found and expected."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.problems import Problem
from sim.scenario import Scenario, read_scenario

Refused = Callable[[str], Problem]
Read = Callable[..., Scenario]
Write = Callable[..., Path]

WRONG = [
    # text of the file, key named, found and expected (or hint) repeated in the message
    ("horizont = 1", "", "horizont", "horizon?"),
    ('horizon = "2031-12"', "horizon", "2031-12", "2030-12"),
    ("horizon = 2030-12-01", "horizon", "2030-12-01", "2030-12"),
    ("replicates = true", "replicates", "true", "whole number"),
    ("replicates = 0", "replicates", "0", "from 2"),
    ("replicates = 10.0", "replicates", "10.0", "whole number"),
    ('seed = "1"', "seed", '"1"', "whole number"),
    ("seed = -1", "seed", "-1", "from 0"),
    ("seed = 0x" + "f" * 6000, "seed", "…", "whole number"),
    ("tolerance = 0.51", "tolerance", "0.51", "from 0 to 0.5"),
    ("tolerance = nan", "tolerance", "NaN", "from 0 to 0.5"),
    ("tolerance = true", "tolerance", "true", "number"),
    ('name = ""', "name", '""', "text"),
    ('name = { en = "x" }', "name.zh", "null", "value"),
    ('name = { en = "x", zh = 1 }', "name.zh", "1", "text"),
    ('name = { en = "x", zh = "y", fr = "z" }', "name", "fr", "en, zh"),
    ("name = [1]", "name", "[1]", "table"),
    ("extends = 3", "extends", "3", "name or path"),
    ('extends = ""', "extends", '""', "name or path"),
    ('extends = "as-writen"', "extends", "as-writen", "as-written?"),
    ('extends = "\\u0000"', "extends", "u0000", "name or path"),
    (f'extends = "{"x" * 5000}"', "extends", "xxx", "name or path"),
    ('extends = "mine"', "extends", "mine.toml -> mine.toml", "circle"),
    ("plans = 1", "plans", "1", "table"),
    ("[plans]\nyulinn = true", "plans", "yulinn", "mean yulin"),
    ("[plans]\nyulin = 1", "plans.yulin", "1", "true, false"),
    ('[plans]\nyulin = "on"', "plans.yulin", '"on"', "true, false"),
    ("[plans]\nclimate = true", "plans.climate", "climate", "[safeguards]"),
    ("[safeguards]\nyulin = true", "safeguards.yulin", "yulin", "[plans]"),
    ("[plans]\nyulin = true\n'雨林' = true", "plans", "{yulin, 雨林}", "once"),
    ("[plans.yulin]\ndoes = 2", "plans.yulin", "does", "dose?"),
    ("[plans.yulin]\nguidance_fnd = true", "plans.yulin", "guidance_fnd", "guidance_fund?"),
    ("[plans.zhuji]\nguidance_fund = true", "plans.zhuji", "guidance_fund", "belongs to yulin"),
    ("[plans.yulin]\nforums = 1", "plans.yulin.forums", "1", "true, false"),
    ("[plans.yulin.forums]\non = 1", "plans.yulin.forums.on", "1", "true or false"),
    ("[plans.yulin.forums]\nforums = 1", "plans.yulin.forums", "forums", "dose"),
    ("[plans.yulin]\ndose = 10.5", "plans.yulin.dose", "10.5", "from 0 to 10"),
    ("[plans.yulin]\ndose = true", "plans.yulin.dose", "true", "from 0 to 10"),
    ("[plans.yulin]\ndose = inf", "plans.yulin.dose", "Infinity", "from 0 to 10"),
    ('[plans.yulin]\nstart = "2022-09"', "plans.yulin.start", "2022-09", "2022-10"),
    ('[plans.yulin]\nstart = "2036-01"', "plans.yulin.start", "2036-01", "2035-12"),
    ("[plans.yulin]\nstart = 2025", "plans.yulin.start", "2025", "2035-12"),
    ("[plans.yulin]\nend = 2025-01-01", "plans.yulin.end", "2025-01-01", "2035-12"),
    ("[plans.yulin]\nramp_months = 121", "plans.yulin.ramp_months", "121", "0 to 120"),
    ("[plans.yulin]\nramp_months = 1.5", "plans.yulin.ramp_months", "1.5", "whole"),
    ("[plans.yulin]\ndistricts = []", "plans.yulin.districts", "[]", "one or more districts"),
    ('[plans.yulin]\ndistricts = "xuhui"', "plans.yulin.districts", "xuhui", "list"),
    ("[plans.yulin]\ndistricts = [1]", "plans.yulin.districts", "1", "text"),
    ('[plans.yulin]\ndistricts = ["xuhi"]', "plans.yulin.districts", "xuhi", "mean xuhui"),
    ('[plans.yulin]\nclusters = ["spice"]', "plans.yulin.clusters", "spice", "mean space"),
    ("[plans.yulin]\ndose = 2", "plans.yulin", "{dose}", "on = true or on = false"),
    ("[plans.yulin.forums]\ndose = 2", "plans.yulin.forums", "{dose}", "on = true"),
    ("[plans.yulin]", "plans.yulin", "{}", "on = true or on = false"),
    (
        '[plans.yulin]\non = true\nstart = "2025-01"\nend = "2025-01"',
        "plans.yulin.end",
        "2025-01",
        "a start before the end (guidance_fund starts in 2025-01, ends in 2025-01)",
    ),
    (
        '[plans.yulin]\non = true\nstart = "2025-01"\nforums = { end = "2024-01" }',
        "plans.yulin.forums.end",
        "2024-01",
        "(forums starts in 2025-01, ends in 2024-01)",
    ),
    ("readings = 3", "readings", "3", "table"),
    ("[readings]\ncollege = 'new'", "readings", "college", "mean colleges"),
    ("[readings]\ncolleges = 'new'\n'未来技术学院' = 'new'", "readings", "{colleges, 未", "once"),
    ("[readings]\ncolleges = 'stok'", "readings.colleges", "stok", "mean stock?"),
    ("[readings]\ncolleges = 'flow'", "readings.colleges", "flow", '"new" or "stock"'),
    ("[readings]\nscenarios = 1", "readings.scenarios", "1", '"stock" or "new"'),
    ("[readings]\nscenarios = ['new']", "readings.scenarios", "new", '"stock" or "new"'),
    ("[parameters]\nfirms_2021 = 1", "parameters", "firms_2021", "firms_2022?"),
    ("[parameters]\nfirms_2022 = true", "parameters.firms_2022", "true", "number"),
    ("[parameters]\nfirms_2022 = nan", "parameters.firms_2022", "NaN", "from 0 to"),
    ("[parameters]\nfirms_2022 = -1", "parameters.firms_2022", "-1", "from 0 to"),
    ("[parameters]\nfirms_2022 = 1e9", "parameters.firms_2022", "1000000000.0", "from 0 to"),
    ("[parameters]\nshare_2022 = 1.5", "parameters.share_2022", "1.5", "to 1"),
]


@pytest.mark.parametrize(("text", "key", "found", "expected"), WRONG)
def test_a_wrong_value_is_named(
    refused: Refused, text: str, key: str, found: str, expected: str
) -> None:
    problem = refused(text)
    assert problem.key == key
    assert found in problem.found
    assert expected in str(problem)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("seed = 1\nseed = = 2\n", 2),
        ("seed = 1\nseed = 2\n", 2),
        ("seed = 1\n\n[plans\n", 3),
        ("seed = ", 1),
        ('seed = 1\nname = "unended', 2),
        ("seed = " + "1" * 5000, 1),
        ("seed = " + "[" * 5000, 1),
    ],
)
def test_what_is_not_toml_is_refused_with_its_line(refused: Refused, text: str, line: int) -> None:
    problem = refused(text)
    assert problem.where.endswith(f"mine.toml:{line}")
    assert "TOML" in str(problem)


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("[plans]\n雨林 = false", True),
        ("[plans.雨林]\non = false", True),
        ("[plans.'雨林'.论坛]\non = false", False),
        ("seed = = 1 # 种子", False),
        ("name = 情景", False),
    ],
)
def test_a_chinese_name_without_quotation_marks_is_explained(
    refused: Refused, text: str, hinted: bool
) -> None:
    """The plan's own names are Chinese, and TOML takes them as keys only in quotation marks."""
    assert (refused(text).hint is not None) == hinted


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("extends = “as-written”", "straight"),
        ("extends = ‘as-written’", "straight"),
        ("[plans]\nyulin = off", "true and false"),
        ("[plans]\nyulin = { on = yes, dose = 2 }", "true and false"),
        ("[plans]\nyulin = False", "true and false"),
        ("[plans]\nyulin = { start = 2024-01 }", '"YYYY-MM"'),
        ("as_of = 2024-12", '"YYYY-MM"'),
        ("as_of = 2024-12-01", '"YYYY-MM"'),
        ("seed ＝ 1", "English keyboard"),
        ("[targets]\noutput = 4000", "tolerance"),
        ('[plans.lingpao.pilot_zones]\ndistricts = ["南汇区"]', "Pudong since 2009"),
        ('[plans.lingpao.pilot_zones]\ndistricts = ["Luwan District"]', "Huangpu since 2011"),
        ('[plans.lingpao.pilot_zones]\ndistricts = ["闸北"]', "Jing'an since 2015"),
        ('extends = "nowhere/as-written"', "no folder"),
    ],
)
def test_a_common_slip_gets_a_hint(refused: Refused, text: str, hint: str) -> None:
    problem = refused(text)
    assert problem.hint is not None
    assert hint in problem.hint.en
    assert problem.hint.zh != problem.hint.en


def test_all_mistakes_are_told_at_once(refused: Refused, write: Write) -> None:
    write("horizon = 2030\n[parameters]\nfirms_2021 = 1", "base")
    problem = refused(
        """
        extends = "base"
        replicates = -3
        [plans]
        yuling = true
        lingpao = { dose = 11, pilot_zones = { districts = ["Atlantis", "南汇"] } }
        [readings]
        output = "stock"
        college = "new"
        """
    )
    assert [(one.where.rpartition("/")[2], one.key) for one in problem.each] == [
        ("mine.toml", "replicates"),
        ("mine.toml", "plans"),
        ("mine.toml", "plans.lingpao.dose"),
        ("mine.toml", "plans.lingpao.pilot_zones.districts"),
        ("mine.toml", "plans.lingpao.pilot_zones.districts"),
        ("mine.toml", "readings.output"),
        ("mine.toml", "readings"),
        ("base.toml", "horizon"),
        ("base.toml", "parameters"),
    ]
    assert problem.in_("zh").count("\n") == len(problem.each) - 1


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gbk.toml"
    file.write_bytes('name = "情景"'.encode("gbk"))
    with pytest.raises(Problem, match="UTF-8"):
        read_scenario(file)


def test_a_missing_file_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(Problem) as caught:
        read_scenario("double-yulim")
    assert "double-yulin?" in str(caught.value)


@pytest.mark.parametrize("name", ["", ".", "\0", "x" * 5000, "a/b/c", "~"])
def test_what_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(Problem, match="scenario file"):
        read_scenario(name)


def test_a_problem_in_an_extended_file_names_that_file(read: Read, write: Write) -> None:
    base = write("seed = -1", "base")
    with pytest.raises(Problem) as caught:
        read('extends = "base"')
    assert caught.value.where == str(base)


def test_circles_are_refused(write: Write) -> None:
    write('extends = "b"', "a")
    write('extends = "./c.toml"', "b")
    write('extends = "a"', "c")
    with pytest.raises(Problem) as caught:
        read_scenario(write('extends = "a"', "mine"))
    assert "mine.toml -> a.toml -> b.toml -> c.toml -> a.toml" in caught.value.found


def test_dates_that_contradict_across_files_are_refused(read: Read, write: Write) -> None:
    write('[plans.yulin]\non = true\nend = "2025-01"', "base")
    with pytest.raises(Problem, match=r"yulin\.start.*starts in 2026-01, ends in 2025-01"):
        read('extends = "base"\n[plans.yulin]\nstart = "2026-01"')


def test_a_dose_for_what_was_switched_off_is_refused(read: Read, write: Write) -> None:
    """Nobody takes a lever for switched on because the file sets its dose."""
    write('extends = "as-written"\n[plans]\nyulin = false', "base")
    with pytest.raises(Problem, match="on = true or on = false"):
        read('extends = "base"\n[plans.yulin]\ndose = 2')
    assert read('extends = "base"\n[plans.yulin]\non = true\ndose = 2').settings["forums"].on
