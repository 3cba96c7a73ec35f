"""Cities of other sizes keep the same laws, and a pack with a hole or a wrong folder is refused.

A process is about one city: each of these is started for itself.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.mechanisms import MECHANISMS
from tests.cities.made_up import LARGE, SMALL, Size, write
from tests.long import LONG, only_when_asked

ROOT = Path(__file__).parents[2]
CITIES = {"small": SMALL, **({"large": LARGE} if LONG else {})}
"""A city of other sizes is compiled anew, which takes a minute: the larger one runs when asked."""
HERE = {name: value for name, value in os.environ.items() if name != "SIM_CITY"}
LAWS = (
    *("tests/rules/test_money.py", "tests/rules/test_people.py", "tests/rules/test_programmes.py"),
    "tests/reference/test_reference.py::test_every_process_agrees_from_the_same_state",
    "tests/reference/test_reference.py::test_whole_runs_agree_where_much_happens",
)
"""Conservation month by month to the horizon, and the second implementation to the last."""


@pytest.fixture(params=CITIES)
def size(request: pytest.FixtureRequest) -> Size:
    return CITIES[request.param]


def sim(folder: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a folder, as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "sim", *words, "--lang", "en"],
        cwd=folder,
        env={**HERE, "PYTHONPATH": str(ROOT), "SIM_LANG": "en", **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def assert_pass(pack: Path, *tests: str) -> None:
    """Run tests in a process that is about a city."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env={**os.environ, "SIM_CITY": str(pack)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def run(folder: Path, pack: Path, scenario: str, out: str) -> Path:
    """Run two replicates of a scenario in a city; return the result's folder."""
    words = ("--replicates", "2", "--no-figures", "--store", str(folder / f"store-{out}"))
    done = sim(folder, "run", scenario, *words, "--city", str(pack), "--out", out)
    assert done.returncode == 0, done.stderr
    return folder / out


def test_the_sizes_are_those_that_are_meant() -> None:
    found = [
        (size.clusters, size.districts, len(size.moves), len(size.measures), size.due)
        for size in (SMALL, LARGE)
    ]
    assert found == [(3, 7, 9, 4, "2028-12"), (9, 23, len(MECHANISMS) + 5, 20, "2030-12")]


@only_when_asked
def test_the_laws_of_the_model_hold_in_a_city_of_another_size(size: Size, tmp_path: Path) -> None:
    assert_pass(write(tmp_path / "city", size), *LAWS)


def test_three_modes_leave_the_same_bytes_in_cities_of_other_sizes(
    size: Size, tmp_path: Path
) -> None:
    modes = "tests/reference/test_schedules.py::test_three_modes_leave_the_same_bytes"
    assert_pass(write(tmp_path / "city", size), modes)


def test_all_on_and_all_off_run_to_the_pack_s_own_horizon(size: Size, tmp_path: Path) -> None:
    pack = write(tmp_path / "city", size)
    on, off = (
        load_of(run(tmp_path, pack, name, name)) for name in ("as-written", "business-as-usual")
    )
    assert on["horizon"] == off["horizon"] == size.due
    assert {setting["on"] for setting in on["settings"].values()} == {True}
    assert {setting["on"] for setting in off["settings"].values()} == {False}
    assert len(on["settings"]) == len(size.moves)
    again = sim(tmp_path, "replay", "as-written", "--replicate", "1", "--city", str(pack))
    assert "the same bytes as stored" in again.stdout
    lost = sim(tmp_path, "replay", "as-written", "--replicate", "1")
    assert lost.returncode == 2
    assert "scenario.city: found 'city'; expected shanghai, the city of this" in lost.stderr


def test_experiments_figures_and_the_report_know_no_size(tmp_path: Path) -> None:
    """All that the base package draws and writes, of a city with more clusters than colours."""
    pack = write(tmp_path / "city", LARGE)
    for name, *words in (
        ("run", "as-written"),
        # Their figures are drawn in the report.
        ("compare", "as-written", "business-as-usual", "--no-figures"),
        ("sweep", "one-lever-off", "--no-figures"),
        ("gates", "--no-figures"),
        ("watch", "--no-figures"),
    ):
        asked = ("--replicates", "2", "--city", str(pack), "--store", "store", "--out", name)
        done = sim(tmp_path, name, *words, *asked)
        assert done.returncode == 0, done.stderr
    asked = ("run", "compare", "sweep", "gates", "--city", str(pack), "--out", "report")
    done = sim(tmp_path, "report", *asked)
    assert done.returncode == 0, done.stderr


def load_of(result: Path) -> dict[str, Any]:
    """Return the scenario of a result as its manifest has it."""
    scenario: dict[str, Any] = json.loads((result / "manifest.json").read_text())["scenario"]
    return scenario


def test_the_order_in_which_districts_are_listed_changes_no_result(tmp_path: Path) -> None:
    """A district is known by its number: chance and sums go by it, whatever the list's order."""
    order = [3, 0, 6, 1, 5, 2, 4]
    packs = (write(tmp_path / "a" / "toy", SMALL), write(tmp_path / "b" / "toy", SMALL, order))
    runs = [run(tmp_path, pack, "as-written", f"of-{pack.parent.name}") for pack in packs]
    one, other = ((each / "trajectories.parquet").read_bytes() for each in runs)
    assert one == other


MINE = """\
city = "{city}"
extends = "as-written"
"""


def test_a_scenario_says_which_city_it_is_about_and_the_option_wins(tmp_path: Path) -> None:
    write(tmp_path / "packs" / "toy", SMALL)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.toml").write_text(MINE.format(city="../packs/toy"))
    (tmp_path / "scenarios" / "more.toml").write_text('extends = "mine"\nreplicates = 2\n')
    for name in ("mine", "more"):
        shown = sim(tmp_path, "show", name)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert "2028-12" in shown.stdout and "Deed 8" in shown.stdout
    other = sim(tmp_path, "show", "mine", "--city", "shanghai")
    assert "2030-12" in other.stdout and "Deed 8" not in other.stdout
    told = sim(tmp_path, "plan", "--city", "packs/toy", SIM_CITY="shanghai")
    assert "Deed 8" in told.stdout
    listed = sim(tmp_path, "scenarios", "--city", "packs/toy").stdout
    assert "mine" in listed and "as-written" in listed and "without-yulin" not in listed
    assert "mine" not in sim(tmp_path, "scenarios").stdout


def test_two_cities_in_one_process_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "toy", SMALL)
    (tmp_path / "mine.toml").write_text(MINE.format(city="toy"))
    done = sim(tmp_path, "check", "mine.toml", "without-yulin")
    assert (done.returncode, done.stdout) == (2, "")
    assert "found shanghai; expected toy: a process is about one city" in done.stderr
    assert done.stderr.count("\n") == 1


def test_cities_of_other_numbers_have_other_hashes(tmp_path: Path) -> None:
    hashes = set()
    for pack in (write(tmp_path / "small", SMALL), write(tmp_path / "large", LARGE), "shanghai"):
        told = sim(tmp_path, "check", "as-written", "--city", str(pack)).stdout
        hashes |= set(re.findall(r"\(([0-9a-f]{12})\)", told))
    assert len(hashes) == 3


HOLES = (
    ("goals.toml", "", "", "goals.toml: found —; expected a file that every"),
    ("map/districts.geojson", "", "", "map/districts.geojson: found —; expected a file"),
    ("map/districts.geojson", '"cp"', '"c"', "districts.geojson: features.1.properties.cp"),
    ("map/districts.geojson", '"id": 3', '"id": 2', "features.4.properties.id: found 2"),
    ("map/districts.geojson", "[[[", "[[[7, ", "coordinates: found …; expected closed rings"),
    ("map/districts.geojson", "]}", "", "map/districts.geojson: found Expecting"),
    ("city.toml", '"2028-12"', '"soon"', "city.toml: due: found 'soon'; expected a Dec"),
    ("plans.toml", '= "forums"', '= "fora"', "plans.toml: levers.b.instruments.i4.moves"),
    ("parameters.csv", "cost:i4,", "cost:i9,", "parameters.csv: cost: found i9; expected i4"),
    ("parameters.csv", ",default,", ",usual,", "parameters.csv:1: found name,group,usual,unit"),
    ("parameters.csv", "\nheredity,entry,", "\nheredity,entry,x", "heredity.default: found x0.5"),
    ("map/cells_1km.csv", "0,0,0,1", "0,0,9,1", "map/cells_1km.csv:2: found [0.0, 0.0, 9.0"),
)
"""One of each kind of file: other slips are those of `tests/plan`."""


@pytest.mark.parametrize(("file", "old", "new", "message"), HOLES)
def test_a_pack_with_a_hole_is_refused_in_one_message(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    pack = write(tmp_path / "toy", SMALL)
    text = (pack / file).read_text(encoding="utf-8")
    if old:
        assert old in text
        (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    else:
        (pack / file).unlink()
    done = sim(tmp_path, "check", "as-written", "--city", "toy")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("file", ["parameters.csv", "evidence/instruments.csv"])
def test_a_table_in_another_encoding_is_refused_in_one_message(tmp_path: Path, file: str) -> None:
    pack = write(tmp_path / "toy", SMALL)
    (pack / "evidence").mkdir()
    (pack / file).write_bytes("名称".encode("gbk"))
    done = sim(tmp_path, "plan", "--city", "toy")
    assert done.returncode == 2
    assert f"{file}: found byte 0: 0xc3; expected text in UTF-8" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("asked", ["nowhere", "empty", ""])
def test_a_folder_that_is_no_city_is_refused(tmp_path: Path, asked: str) -> None:
    (tmp_path / "empty").mkdir()
    for words in (("run", "as-written", "--city", asked), ("plan", f"--city={asked}")):
        done = sim(tmp_path, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert "found" in done.stderr and "expected" in done.stderr


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ("facts", "facts.csv"),
        ("hindcast", "evidence/series.csv"),
        ("patterns as-written", "evidence/bands.csv"),
        ("replicate", "evidence/evaluations.toml"),
    ],
)
def test_without_evidence_its_commands_refuse_at_once(
    tmp_path: Path, words: str, file: str
) -> None:
    write(tmp_path / "toy", SMALL)
    done = sim(tmp_path, *words.split(), "--city", "toy")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{file}: found —; expected a file that this needs" in done.stderr


def test_texts_are_of_the_city(tmp_path: Path) -> None:
    pack = write(tmp_path / "toy", SMALL)
    said = sim(tmp_path, "new", "mine", "--city", str(pack))
    assert said.returncode == 0, said.stderr
    assert "# [plans.b.i1]" in (tmp_path / "scenarios/mine.toml").read_text("utf-8")
    code = (
        "import sim.plan; from sim.text.catalogue import worded; print(worded('likelihood.joint'))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**HERE, "PYTHONPATH": str(ROOT), "SIM_CITY": str(pack)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert "All four together" in told
    assert "四项同时实现" in told
