"""Protects ``[processes]``: what is left out and added is in the hash, or refused in words."""

import pickle
import sys
from pathlib import Path

import pytest

from sim.engine.own import AS_USUAL, MODULE, changed, load
from sim.problems import Problem
from sim.rules.month import SCHEDULE
from sim.scenario import read_scenario, scenario_from_resolved
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


def names(scenario_file: Path) -> tuple[str, ...]:
    scenario = read_scenario(scenario_file, foreign=True)
    return changed(SCHEDULE, scenario.setup().processes).names


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
        ('without = ["talent"]', "'entry' reads city.founders_listed", "'talent', which makes it"),
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
    assert order[order.index("finance") + 1] == "levy"
    assert "market" not in order


def test_code_from_elsewhere_is_not_even_read(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A result folder, a store, the lab: the code would run on a machine of somebody else."""
    (tmp_path / "own.py").write_text(f"print('it ran')\n{OWN}", encoding="utf-8")
    file = write(ADD)
    with pytest.raises(Problem, match="only the command line and Python run"):
        read_scenario(file)
    assert "it ran" not in capsys.readouterr().out
    own = read_scenario(file, foreign=True)
    assert "it ran" in capsys.readouterr().out
    again = scenario_from_resolved(own.resolved())
    assert again.hash() == own.hash()
    with pytest.raises(Problem, match="only the command line and Python run"):
        changed(SCHEDULE, again.setup().processes)


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
        ("x = 1\ny = x.nothing", "line 2", "AttributeError"),
        ("raise SystemExit(3)", "line 1", "SystemExit"),
    ],
)
def test_a_file_that_is_no_process_is_refused(
    write: Write, tmp_path: Path, text: str, where: str, told: str
) -> None:
    own = tmp_path / "own.py"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read_scenario(write(ADD), foreign=True)
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
