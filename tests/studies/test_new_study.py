"""Promise: a new kind of study is one file and its texts; a new figure fills in a mark.

One file is put among the studies. The command, the CSV, the figure as file and in the browser and
the section of the report are there without another line anywhere.
"""

import sys
from pathlib import Path

import pytest

from sim import studies
from sim.present.browser import option
from sim.present.report.compose import document
from sim.present.report.document import Heading, Paragraph, Picture, Table
from sim.spec.findings import Figure
from sim.spec.stored import findings_of
from sim.views.themes import DARK
from tests.cli.conftest import Command, command

__all__ = ["command"]

FILE = '''
"""What a scenario costs year by year."""

from sim.experiments.costs import spent
from sim.language import Text
from sim.scenario import read_scenario
from sim.spec import scales
from sim.spec.findings import Sentence
from sim.spec.marks import Line, Panel, Panels, numbers
from sim.spec.table import Column, table
from sim.studies.study import FILE, Design, Option, Study

NAME = Text("what it costs", "成本")
YEARS = Option("years", int, 3, Text("Years", "年数"), least=1, most=8)


def design(options):
    base = read_scenario(options["file"])
    return Design((base,), base.id, NAME, options)


def compute(design, setting, watch):
    return [(2023 + n, spent(design.scenarios[0], 15 + 12 * n))
            for n in range(design.options["years"])]


COLUMNS = (
    Column(("year",), lambda row: row[:1], Text("year", "年份"), lambda row: str(row[0])),
    Column(("cost",), lambda row: row[1:], Text("cost", "成本"), lambda row: f"{row[1]:.1f}"),
)


def parts(found, basis):
    yield Sentence(Text("It costs more every year.", "成本逐年上升。"))
    yield table("toy", NAME, COLUMNS, found)
    years, costs = zip(*found)
    line = Line(numbers(years), numbers(costs))
    up = scales.linear(0.0, max(costs), (0, 100))
    panel = Panel(NAME, scales.linear(2022, 2031, (2025,)), up, (line,))
    mark = Panels((panel,), 1, (9.0, 5.0))
    yield basis.figure("toy", NAME, NAME, mark, NAME, alternative=NAME)


STUDY = Study("toy", Text("A toy", "示例"), design, compute, parts, (FILE, YEARS), {"seed": 7})
'''


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put one file among the studies."""
    (tmp_path / "studies").mkdir()
    (tmp_path / "studies" / "toy.py").write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(studies, "__path__", [*studies.__path__, str(tmp_path / "studies")])
    monkeypatch.delitem(sys.modules, "sim.studies.toy", raising=False)
    return tmp_path


def test_one_file_makes_a_study(toy: Path, command: Command) -> None:
    assert "A toy" in command("--help").out
    assert "示例" in command("--help", "--lang", "zh").out
    assert "[else: 3" in command("toy", "--help").out
    assert command("toy", "--years", 9).status == 2
    out = toy / "out"
    words = ("--years", 2, "--replicates", 2, "--lang", "en")
    said = command("toy", "as-written", *words, "--out", out, "--store", toy / "store")
    assert said.status == 0, said.err
    assert "It costs more every year." in said.out and "2024" in said.out
    table = (out / "toy.csv").read_text(encoding="utf-8-sig").splitlines()
    rests_on = "scenario,baseline_replicates,replicates,seed,model"
    assert table[0] == f"year,cost,{rests_on}" and len(table) == 3
    assert table[1].split(",")[3:6] == ["0", "2", "7"]
    assert {path.name for path in (out / "figures").iterdir()} == {"toy.png", "toy.svg"}


def test_it_is_in_the_browser_and_in_the_report(toy: Path, command: Command) -> None:
    out = toy / "out"
    said = command("toy", "--replicates", 2, "--out", out, "--no-figures", "--store", toy / "store")
    assert said.status == 0, said.err
    sys.modules.pop("sim.studies.toy")  # whoever reads findings needs no study
    found = findings_of((out / "study.json").read_text(encoding="utf-8"))
    assert (found.seed, found.replicates) == (7, 2)
    (figure,) = (part for part in found.parts if isinstance(part, Figure))
    chart = option(figure, "zh", DARK)
    assert [each["type"] for each in chart["series"]] == ["line"]
    assert len(chart["series"][0]["data"]) == 3
    blocks = document([out], "zh").blocks
    start = next(n for n, each in enumerate(blocks) if each == Heading(2, "成本", "study-R1"))
    assert [type(each) for each in blocks[start + 1 : start + 3]] == [Paragraph, Table]
    # What answers stands on the first page.
    assert [type(each) for each in blocks[:start]].count(Picture) == 1


def test_a_changed_table_is_told(toy: Path, command: Command) -> None:
    out = toy / "out"
    command("toy", "--replicates", 2, "--out", out, "--no-figures", "--store", toy / "store")
    text = (out / "toy.csv").read_text(encoding="utf-8-sig")
    (out / "toy.csv").write_text(text.replace("2023", "2022"), encoding="utf-8-sig")
    said = command("report", out, "--out", toy / "report", "--lang", "en")
    assert said.status == 2
    assert "toy.csv ≠ study.json" in said.err
