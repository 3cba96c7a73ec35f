"""Protects ``sim import``: every row is used or named, and nothing is written by halves."""

import csv
from pathlib import Path

import pytest

from sim.experiments.objective_file import read_objective
from sim.language import Language
from sim.plan import PLAN
from sim.scenario import read_scenario
from sim.scenario.facts import COLUMNS, read_facts
from tests.cli.conftest import Command, command
from tests.exchange.books import excel, texts_in

__all__ = ["command"]

COSTS = "政策工具,年度成本,单位\n未来产业引导基金,120000,万元\nvouchers,1.5,亿元/年\n"
TARGETS = 'count,target,year,weight,unit\noutput,"4,000",2028,2,亿元\n高新技术企业,1200,,,\n'
WIDE = "Model,Scenario,Region,Variable,Unit,2023,2024\n"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of one's own, with a folder of scenarios."""
    (tmp_path / "scenarios").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_prices_become_a_scenario(command: Command) -> None:
    Path("prices.csv").write_bytes(COSTS.encode("gbk"))
    said = command("import", "prices.csv", "--as", "costs", "--lang", "zh")
    assert (said.status, said.err) == (0, "")
    assert "按 GBK 读取" in said.out
    found = read_scenario(Path("scenarios/prices.toml"))
    costs = {entry.id: entry.cost for entry in PLAN.instruments}
    assert found.parameters == {costs["guidance_fund"]: 12.0, costs["vouchers"]: 1.5}
    assert found.settings == read_scenario("as-written").settings
    again = command("import", "prices.csv", "--as", "costs", "--lang", "en")
    assert again.status == 2
    assert "--to FILE" in again.err


def test_targets_become_an_objective(command: Command) -> None:
    Path("ours.csv").write_bytes(TARGETS.encode("utf-8-sig"))
    said = command("import", "ours.csv", "--as", "targets")
    assert (said.status, said.err) == (0, "")
    first, second = read_objective(Path("scenarios/objectives/ours.toml")).aims
    assert (first.count.id, first.target, first.year, first.weight) == ("output", 4000.0, 2028, 2.0)
    assert (second.count.id, second.target) == ("hightech_enterprises", 1200.0)


def test_observed_counts_become_facts(command: Command, elsewhere: Path) -> None:
    """From a workbook in which a month is a date, and from a wide table of the IAMC."""
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    row = f'{cell.format("先导区")}<c><v>3</v></c><c><v>4</v></c><c s="3"><v>45627</v></c>'
    rows = (
        texts_in("目标", "下限", "上限", "月份", "来源") + f"<row>{row}{cell.format('F021')}</row>"
    )
    book = excel(elsewhere / "seen.xlsx", ("观测", rows))
    said = command("import", book, "--as", "observed", "--to", "facts.csv")
    assert (said.status, said.err) == (0, "")
    wide = elsewhere / "wide.csv"
    wide.write_text(f"{WIDE}observed,history,Shanghai,Future-industry pilot zones,,,3\n")
    said = command("import", wide, "--as", "observed", "--to", "facts.csv", "--within", "0.1")
    assert said.status == 2
    assert "an id that no other line has" in said.err
    wide.write_text(f"{WIDE}observed,history,Shanghai,future-industry output,亿元,2000,\n")
    said = command("import", wide, "--as", "observed", "--to", "facts.csv", "--within", "0.1")
    assert (said.status, said.err) == (0, "")
    first, second = read_facts(Path("facts.csv"))
    assert (first.what, first.date, first.low, first.high) == ("output", "2023-12", 1800.0, 2200.0)
    assert first.source == "observed, history"
    assert (second.what, second.date, second.low) == ("pilot_zones", "2024-12", 3.0)
    with Path("facts.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.reader(file)) == list(COLUMNS)


BAD = [
    # kind, table, line, key, part of the message
    ("costs", "instrument,cost\nguidance_found,1\n", 2, "quantity", "guidance_fund"),
    ("costs", "instrument,cost\nguidance_fund,=1+1\n", 2, "value", '"=1+1"'),
    ("costs", "instrument,cost\nguidance_fund,much\x1b[31m\n", 2, "value", "a number"),
    ("costs", "instrument,cost,unit\nguidance_fund,1,USD\n", 2, "unit", "亿元"),
    ("costs", "instrument,cost\nyulin,1\n", 2, "quantity", "an instrument"),
    ("costs", "instrument,cost\nguidance_fund,1e9\n", 2, "value", "a number from 0"),
    ("targets", "count,target\noutput,0\n", 2, "target", "above 0"),
    ("targets", "count,target\nclusters,6\n", 2, "target", "at most"),
    ("targets", "count,target,year\noutput,4000,2040\n", 2, "year", "2035"),
    ("targets", "count,target,unit\noutput,4000,万元\n", 2, "unit", "亿元"),
    ("targets", f"{WIDE}m,s,Beijing,output,亿元,,4000\n", 2, "scope", "Shanghai"),
    ("observed", "count,value,month,source\noutput,1,2024-12,F1\n", 2, "low", "--within"),
    ("observed", "count,low,high,month,source\noutput,2,1,2024-12,F001\n", 2, "high", "at least 2"),
    ("observed", "count,low,high,month,source\noutput,1,2,2099-12,F001\n", 2, "date", "2035-12"),
    ("observed", "count,low,high,month\noutput,1,2,2024-12\n", 2, "source", "a text"),
    ("observed", "count,low,high,month,source\noutput,1,2,2024-12,a,b\n", 2, "", "5 fields"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("kind", "table", "line", "key", "message"), BAD)
def test_a_row_that_cannot_be_used_is_named_and_nothing_is_written(
    command: Command,
    elsewhere: Path,
    kind: str,
    table: str,
    line: int,
    key: str,
    message: str,
    language: Language,
) -> None:
    Path("mine.csv").write_text(table, encoding="utf-8")
    words = ("import", "mine.csv", "--as", kind, "--lang", language)
    said = command(*words, *(("--to", "facts.csv") if kind == "observed" else ()))
    assert (said.status, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert f"mine.csv:{line}{f': {key}' if key else ''}" in said.err
    assert ("应为" if language == "zh" else message) in said.err
    assert "--partly" in said.err or "?" in said.err or "？" in said.err or key == ""
    assert "\x1b" not in said.err
    assert sorted(each.name for each in elsewhere.rglob("*.*")) == ["mine.csv"]


def test_rows_left_out_are_named_and_twice_the_same_is_refused(command: Command) -> None:
    Path("mine.csv").write_text("count,target,who\noutput,4000,me\nrainfall,1,me\n\n,,\n")
    said = command("import", "mine.csv", "--as", "targets", "--partly", "--lang", "en")
    assert (said.status, said.err) == (0, "")
    assert "Not used: mine.csv:3: quantity" in said.out
    assert "Columns not read: who" in said.out
    assert len(read_objective(Path("scenarios/objectives/mine.toml")).aims) == 1
    Path("two.csv").write_text("count,target\noutput,4000\n产值,5000\n")
    said = command("import", "two.csv", "--as", "targets", "--partly", "--lang", "en")
    assert said.status == 2
    assert "line 2 has it" in said.err
    assert not Path("scenarios/objectives/two.toml").exists()
