"""Protects ``[processes]``: what is left out and added is in the hash, or refused in words."""

import pickle
import sys
from pathlib import Path

import pytest

from sim.cli.scenario_pages import check_scenarios, show_scenario
from sim.engine.declared import AS_USUAL
from sim.engine.own import MODULE, changed, load
from sim.model.rules.month import SCHEDULE
from sim.model.world.layout import MEASURES
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario, scenario_from_resolved
from sim.scenario.explain import explain_processes
from sim.store.scenario_text import scenario_text
from tests.scenario.conftest import Read, Refused, Write

WITHOUT = '[processes]\nwithout = ["exit", "linkage"]\n'
ADD = '[processes]\nadd = [{ file = "own.py", after = "market" }]\n'
OWN = """
from sim.engine.process import process

@process("levy", reads=("city: firm_rows", "firms: alive cash"), writes=("firms: cash",))
def levy(world, p, month):
    for i in range(world.city[0].firm_rows):
        if world.firms[i].alive == 1:
            world.firms[i].cash -= 1.0
"""


MEASURE = '[processes]\nmeasures = [{ file = "own.py" }]\n'
MEASURED = """
from sim.engine.measure import measure
from sim.language import Text

@measure("rows", unit="firms", label=Text("rows in use", "已用行数"), reads=("city: firm_rows",))
def rows(world, p, month):
    return world.city[0].firm_rows

@measure(name="months", unit="months")
def months(world, p, month):
    return month
"""


def order_of(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of the processes that it runs, as it begins to."""
    return changed(SCHEDULE, scenario.processes, len(MEASURES)).names


def names(scenario_file: Path) -> tuple[str, ...]:
    return order_of(read_scenario(scenario_file, foreign=True))


def test_what_is_left_out_is_said_and_hashed_in_whatever_order(read: Read, write: Write) -> None:
    scenario = read(WITHOUT)
    assert scenario.processes.without == ("linkage", "exit")
    assert scenario.hash() == read('processes = { without = ["linkage", "exit"] }').hash()
    assert scenario.hash() != read("").hash()
    assert [each.en for each in explain_processes(scenario)] == [
        "without the process: linkage, exit"
    ]
    assert set(SCHEDULE.names) - set(names(write(WITHOUT))) == {"linkage", "exit"}
    again = scenario_from_resolved(scenario.resolved())
    assert (again.processes, again.hash()) == (scenario.processes, scenario.hash())
    assert read(scenario_text(scenario.resolved())).resolved() == scenario.resolved()


def test_a_scenario_that_changes_no_process_says_nothing_of_them(read: Read) -> None:
    for text in ("", "[processes]", "processes = { without = [], add = [] }"):
        assert read(text).processes == AS_USUAL
        assert "processes" not in read(text).resolved()
        assert read(text).hash() == read("").hash()


def test_a_file_wins_over_what_it_extends(read: Read, write: Write) -> None:
    write(WITHOUT, "base")
    assert read('extends = "base"').processes.without == ("linkage", "exit")
    assert read('extends = "base"\nprocesses.without = []').processes == AS_USUAL


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ('without = ["linkag"]', "linkag", "Did you mean linkage?"),
        ('without = ["talent"]', "'jobs' reads city.seekers_listed", "'talent', which makes it"),
        ('without = "exit"', '"exit"', "a list"),
        ('with = ["exit"]', '"with"', "one of the keys without, add"),
    ],
)
def test_what_cannot_be_left_out_is_refused(
    refused: Refused, text: str, found: str, expected: str
) -> None:
    problem = refused(f"[processes]\n{text}")
    assert problem.found == found
    assert expected in str(problem)


def test_a_process_of_ones_own_is_hashed_by_what_it_does(write: Write, tmp_path: Path) -> None:
    file = write(ADD)
    hashes = []
    for text in (OWN, f"# why\n{OWN}\n\n", OWN.replace("1.0", "2.0")):
        (tmp_path / "own.py").write_text(text, encoding="utf-8")
        hashes.append(read_scenario(file, foreign=True).hash())
        order = names(file)
        assert order[order.index("market") + 1] == "levy"
    assert hashes[0] == hashes[1] != hashes[2]
    assert str(tmp_path) not in str(read_scenario(file, foreign=True).resolved())


def test_ones_own_can_stand_in_the_place_of_another(write: Write, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(OWN, encoding="utf-8")
    order = names(write(ADD + 'without = ["market"]'))
    assert order[order.index("layoffs") + 1] == "levy"
    assert "market" not in order


@pytest.mark.parametrize(("text", "code"), [(ADD, OWN), (MEASURE, MEASURED)])
def test_code_is_run_with_the_first_month_and_only_where_it_may(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: str
) -> None:
    """A result folder, a store, the lab: the code would run on a machine of somebody else."""
    (tmp_path / "own.py").write_text(f"print('it ran')\n{code}", encoding="utf-8")
    file = write(text)
    with pytest.raises(Problem, match="only the command line and Python run"):
        read_scenario(file)
    own = read_scenario(file, foreign=True)
    show_scenario(str(file), "en")
    assert check_scenarios([str(file)], "en")
    assert "it ran" not in capsys.readouterr().out
    order_of(own)
    assert "it ran" in capsys.readouterr().out
    again = scenario_from_resolved(own.resolved())
    assert again.hash() == own.hash()
    with pytest.raises(Problem, match="only the command line and Python run"):
        order_of(again)


def test_a_measure_is_hashed_told_and_recorded_last(write: Write, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(MEASURED, encoding="utf-8")
    scenario = read_scenario(write(MEASURE), foreign=True)
    assert scenario.hash() != read_scenario("business-as-usual").hash()
    assert scenario.setup().measures == (*MEASURES, "rows", "months")
    assert order_of(scenario) == (*SCHEDULE.names, "measure rows", "measure months")
    assert "measures rows (rows in use, firms) by code of own.py" in str(
        explain_processes(scenario)[0].en
    )
    resolved = scenario.resolved()
    assert read_scenario(write(scenario_text(resolved)), foreign=True).resolved() == resolved
    assert str(tmp_path) not in str(resolved)
    for old, new, same in (("rows in use", "lines", True), ("return month", "return 2", False)):
        (tmp_path / "own.py").write_text(MEASURED.replace(old, new), encoding="utf-8")
        again = read_scenario(write(MEASURE), foreign=True)
        assert (again.hash() == scenario.hash()) is same


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('"rows"', '"output"', "own.py: output"),
        ('"rows"', '"month"', "own.py: month"),
        ('"rows"', '"months"', "own.py: months"),
        ('"rows"', '"Rows in use"', "small letters"),
        (', unit="months"', "", "unit"),
        ("@measure", "# @measure", "functions under @measure"),
        ('reads=("city: firm_rows",)', 'reads="city: firm_rows"', "in plain texts and lists"),
        ('"rows"', "NAME", "line 5: found NAME"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(
    write: Write, tmp_path: Path, was: str, becomes: str, told: str
) -> None:
    (tmp_path / "own.py").write_text(MEASURED.replace(was, becomes), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read_scenario(write(MEASURE), foreign=True)
    assert told in str(caught.value)


@pytest.mark.parametrize(("text", "told"), [(None, "No such file"), (OWN + "x = 1", "other code")])
def test_a_worker_without_the_file_refuses_it(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, told: str
) -> None:
    """It gets the setup from another machine, and has not loaded what the setup names."""
    own = tmp_path / "own.py"
    own.write_text(OWN, encoding="utf-8")
    scenario = read_scenario(write(ADD), foreign=True)
    (added,) = pickle.loads(pickle.dumps(scenario.setup())).processes.added
    monkeypatch.delitem(sys.modules, MODULE + added.digest[:16])
    own.unlink()
    if text is not None:
        own.write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match=told):
        load(added)


@pytest.mark.parametrize(
    ("text", "where", "told"),
    [
        ("def f(:", "line 1", "Python"),
        ("x = (", "line 1", "Python"),
        ("x = 1", "", "one function under @process"),
        (OWN + OWN.replace("levy", "tax"), "", "levy, tax"),
        ("import os", "line 1", "import os"),
        ("from helpers import levy", "line 1", "import helpers"),
        (f"x = 1\ny = x.nothing\n{OWN}", "line 2", "AttributeError"),
        (f"raise SystemExit(3)\n{OWN}", "line 1", "SystemExit"),
        (OWN.replace('("firms: cash",)', "(WRITTEN,)"), "line 4", "in plain texts and lists"),
        (OWN + "\nlevy = process('tax')(levy.run)", "name", "in plain texts and lists"),
    ],
)
def test_a_file_that_is_no_process_is_refused(
    write: Write, tmp_path: Path, text: str, where: str, told: str
) -> None:
    own = tmp_path / "own.py"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        names(write(ADD))
    assert caught.value.where == str(own)
    assert caught.value.key.startswith(where)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "No such file"),
        ({"a": OWN.replace('"levy"', '"market"')}, "each process once"),
        ({"a": OWN.replace('"firms:', '"firm_glances", "firms:')}, "'levy' reads firm_glances"),
        ({"a": OWN, "b": OWN.replace('"levy"', '"tax"')}, "levy after tax, tax after levy"),
        ({"b": OWN}, "Did you mean levy?"),
    ],
)
def test_an_order_that_cannot_be_is_refused(
    write: Write, tmp_path: Path, files: dict[str, str], told: str
) -> None:
    after = {"a": "policy", "b": "levi"} if len(files) < 2 else {"a": "tax", "b": "levy"}
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    add = [f'{{ file = "{name}.py", after = "{after[name]}" }}' for name in files or ("a",)]
    with pytest.raises(Problem) as caught:
        read_scenario(write(f"[processes]\nadd = [{', '.join(add)}]"), foreign=True)
    assert told in str(caught.value)
