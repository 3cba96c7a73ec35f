"""Protects ``sim export``: equal numbers in each form, written as its standard asks, or nothing."""

import csv
import json
import math
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from sim.brought import number_of, read_brought
from sim.csv_files import text_of
from sim.estimate.quantiles import quantiles
from sim.evidence.hindcast.later import read_later
from sim.exchange.geojson import turns
from sim.exchange.rows import FORMS
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.scenario import read_scenario
from sim.store import Result, load_result
from sim.workbook import sheets_of
from tests.cli.conftest import Command, command
from tests.cli.test_report import changed, cut, futures, no_result, nothing, table_lost
from tests.store import made

__all__ = ["command"]
FORMATS = ("xlsx", "iamc", "geojson", "datapackage", "rocrate")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Return a made-up run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.ensemble.run", made.ensemble)
        return made.result(tmp_path_factory.mktemp("made") / "run", 8)


def exported(command: Command, folder: Path, form: str, out: Path) -> Path:
    said = command("export", folder, "--format", form, "--out", out)
    assert (said.status, said.err) == (0, "")
    assert said.out.split() == [str(out)]
    return out


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_is_exported_for_the_iamc_is_read_back(
    command: Command, run: Result, tmp_path: Path, name: str
) -> None:
    file = exported(command, run.folder, "iamc", tmp_path / name)
    found = read_brought(file, FORMS["observed"])
    assert found.passed == ()
    told = {
        (row.cells["quantity"].casefold(), row.cells["scope"], row.cells["year"]): number_of(
            row.cells["value"]
        )
        for row in found.rows
    }
    for each in run.summary.counts:
        named = next(count for count in PLAN.counts if count.id == each.id).name.en.casefold()
        ends = ((named, each.median), (f"{named}|10th percentile", each.p10))
        likely = (f"{named}|likelihood|strict", each.likelihood.value)
        for variable, value in (*ends, likely):
            assert told[variable, "city", "2030"] == value
    pudong = next(each for each in PLAN.districts if each.id == "pudong")
    (median,) = quantiles(run.measure("firms_pudong")[:, DUE], (0.5,))
    of_pudong = ("by area|future-industry firms", f"Shanghai|{pudong.name.en}", "2030")
    assert told[of_pudong] == median
    later = read_later(file)
    own = {each.id: each.median for each in run.summary.counts}
    levels = {series.quantity: levels for series, levels in later.levels.items()}
    assert levels["hightech_enterprises"][2030] == own["hightech_enterprises"]
    used = {row.line for row in found.rows}
    named_lines = {
        int(each.where.rpartition(":")[2]) for each in later.left if ":data" in each.where
    }
    assert len(used) > 100 and (name == "a.csv" or named_lines <= used)
    if name == "a.csv":
        heads = next(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
        assert heads[:5] == ["Model", "Scenario", "Region", "Variable", "Unit"]
        assert heads[5:] == [str(year) for year in range(2022, 2031)]
        keys = [tuple(row[head] for head in heads[:5]) for row in rows(file)]
        assert len(set(keys)) == len(keys)
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_exported_count_becomes_a_target_again(
    command: Command, run: Result, tmp_path: Path
) -> None:
    from sim.experiments.objective_file import read_objective

    file = exported(command, run.folder, "iamc", tmp_path / "a.csv")
    lines = [each for each in rows(file) if each["Variable"] == "Future-industry output"]
    brief = tmp_path / "brief.csv"
    brief.write_text(
        "Model,Scenario,Region,Variable,Unit,2030\n"
        + "\n".join(
            f"m,s,{row['Region']},{row['Variable']},{row['Unit']},{row['2030']}" for row in lines
        )
    )
    said = command("import", brief, "--as", "targets", "--to", tmp_path / "again.toml")
    assert (said.status, said.err) == (0, "")
    (aim,) = read_objective(tmp_path / "again.toml").aims
    own = next(each for each in run.summary.counts if each.id == "output")
    assert (aim.target, aim.year) == (own.median, 2030)


def test_a_workbook_has_names_units_intervals_and_sources_in_both_languages(
    command: Command, run: Result, tmp_path: Path
) -> None:
    file = exported(command, run.folder, "xlsx", tmp_path / "a.xlsx")
    sheets = {grid.name: grid.rows for grid in sheets_of(file.read_bytes(), "a")}
    assert list(sheets) == [
        "说明 About", "目标 Counts", "逐年 Years", "decides", "summary", "参数 Parameters",
    ]  # fmt: skip
    told = {cells.get(0): cells.get(3) for cells in sheets["说明 About"].values()}
    assert told["seed"] == str(run.seed)
    assert told["model"] == run.manifest["model_hash"]
    counts = sheets["目标 Counts"]
    heads = {text: at for at, text in counts[1].items()}
    assert set(counts[2]) == set(counts[1])
    for number, each in enumerate(run.summary.counts, 3):
        count = next(one for one in PLAN.counts if one.id == each.id)
        row = counts[number]
        names = [f"{what}, {each}" for what in ("name", "unit") for each in ("English", "Chinese")]
        assert [row[heads[name]] for name in names] == [*count.name.both, *count.unit.both]
        assert row[heads["source, Chinese"]] == count.sentence
        assert float(row[heads["median"]]) == each.median
        ends = [float(row[at]) for text, at in heads.items() if text.startswith("strict: ")]
        assert ends == [each.likelihood.low, each.likelihood.high]
    assert len(sheets["参数 Parameters"]) == len(run.manifest["parameters"]) + 2


def test_districts_are_features_as_rfc_7946_asks(
    command: Command, run: Result, tmp_path: Path
) -> None:
    file = exported(command, run.folder, "geojson", tmp_path / "a.geojson")
    said = json.loads(file.read_text(encoding="utf-8"))
    assert said["type"] == "FeatureCollection"
    assert "crs" not in said and not {"coordinates", "geometry", "properties"} & set(said)
    assert [each["id"] for each in said["features"]] == [each.id for each in PLAN.districts]
    for feature in said["features"]:
        assert set(feature) == {"type", "id", "properties", "geometry"}
        geometry = feature["geometry"]
        many = (
            [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        )
        for outer, *holes in many:
            assert turns(outer) > 0.0 and all(turns(each) < 0.0 for each in holes)
            for ring in (outer, *holes):
                assert len(ring) >= 4 and ring[0] == ring[-1]
                assert all(120.8 < lon < 122.3 and 30.6 < lat < 31.95 for lon, lat in ring)
    values = next(each["properties"] for each in said["features"] if each["id"] == "pudong")
    (median,) = quantiles(run.measure("output_pudong")[:, DUE], (0.5,))
    assert values["output_median"] == median
    assert values["name_zh"] == "浦东新区"


def test_a_data_package_describes_each_of_its_files(
    command: Command, run: Result, tmp_path: Path
) -> None:
    folder = exported(command, run.folder, "datapackage", tmp_path / "p")
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    names = [each["name"] for each in said["resources"]]
    assert len(set(names)) == len(names) > 0 and said["name"].islower()
    files = {each["path"] for each in said["resources"]}
    assert files == {path.name for path in folder.iterdir()} - {"datapackage.json"}
    for each in said["resources"]:
        content = (folder / each["path"]).read_bytes()
        assert each["hash"] == f"sha256:{sha256(content).hexdigest()}"
        assert each["bytes"] == len(content)
        if each["format"] == "csv":
            check_cells(rows(folder / each["path"]), each["schema"])
        if each["format"] == "parquet":
            names = [field["name"] for field in each["schema"]["fields"]]
            assert names == pq.read_schema(folder / each["path"]).names
    (summary,) = (each for each in said["resources"] if each["path"] == "summary.csv")
    assert {"number", "string"} <= {field["type"] for field in summary["schema"]["fields"]}
    assert load_result(folder).summary == run.summary


def check_cells(lines: list[dict[str, str]], schema: dict[str, Any]) -> None:
    """Check that each cell is what the schema says."""
    kinds = {field["name"]: field["type"] for field in schema["fields"]}
    for line in lines:
        assert list(line) == list(kinds)
        for name, cell in line.items():
            if cell and kinds[name] in ("number", "integer"):
                assert math.isfinite(float(text_of(cell)))


def test_a_crate_tells_how_its_files_were_made(
    command: Command, run: Result, tmp_path: Path
) -> None:
    folder = exported(command, run.folder, "rocrate", tmp_path / "c")
    said = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert said["@context"] == "https://w3id.org/ro/crate/1.1/context"
    graph = {each["@id"]: each for each in said["@graph"]}
    assert len(graph) == len(said["@graph"])
    about = graph["ro-crate-metadata.json"]
    assert about["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = graph[about["about"]["@id"]]
    assert {"name", "description", "datePublished", "license"} <= set(root)
    parts = {each["@id"] for each in root["hasPart"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert parts == there - {"ro-crate-metadata.json"}
    for name in parts:
        assert graph[name]["sha256"] == sha256((folder / name).read_bytes()).hexdigest()
    made_by = graph[root["mentions"]["@id"]]
    assert made_by["@type"] == "CreateAction"
    links = [*made_by["object"], *made_by["result"], made_by["instrument"]]
    assert {each["@id"] for each in links} <= set(graph)
    assert graph["#seed"]["value"] == run.seed
    assert run.manifest["model_hash"] in graph[made_by["instrument"]["@id"]]["version"]
    (scenario,) = (each for each in parts if each.endswith(".toml"))
    assert read_scenario(folder / scenario).hash() == run.scenario_hash


@pytest.mark.parametrize("form", ["xlsx", "datapackage", "rocrate"])
def test_what_a_study_found_is_exported(command: Command, tmp_path: Path, form: str) -> None:
    out = exported(command, futures(tmp_path / "f"), form, tmp_path / "out")
    if form == "xlsx":
        sheets = {grid.name: grid.rows for grid in sheets_of(out.read_bytes(), "a")}
        assert {"说明 About", "结论 Findings", "futures"} <= set(sheets)
        (line, *_) = rows(tmp_path / "f" / "futures.csv")
        names, first = (sheets["futures"][number] for number in (4, 5))
        told = {name: number_of(first.get(at, "")) for at, name in names.items()}
        numbers = {name: number_of(cell) for name, cell in line.items()}
        assert told == numbers and any(each is not None for each in numbers.values())


def test_a_comparison_goes_onto_the_map_with_its_intervals(
    command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "c"
    words = ("--replicates", 8, "--matched", 0, "--out", out, "--store", tmp_path / "store")
    said = command("compare", "as-written", "without-yulin", *words, "--no-figures")
    assert said.status == 0, said.err
    districts = json.loads(
        exported(command, out, "geojson", tmp_path / "a.json").read_text("utf-8")
    )
    told = {each["id"]: each["properties"] for each in districts["features"]}
    areas = [row for row in rows(out / "areas.csv") if row["area"] in told]
    assert len(areas) == 3 * len(told)
    for row in areas:
        name = f"without-yulin:{row['quantity']}_change"
        ends = [told[row["area"]][f"{name}{end}"] for end in ("", "_low", "_high")]
        assert ends == [float(row[key]) for key in ("difference", "low", "high")]
    table = rows(exported(command, out, "iamc", tmp_path / "a.csv"))
    assert {row["Scenario"] for row in table} == {"as-written", "without-yulin"}
    assert {*table[0]} == {"Model", "Scenario", "Region", "Variable", "Unit", "2030"}
    sheets = [
        grid.name
        for grid in sheets_of(exported(command, out, "xlsx", tmp_path / "a.xlsx").read_bytes(), "a")
    ]
    assert {"目标 Counts", "结论 Findings", "comparison", "areas"} <= set(sheets)


@pytest.mark.parametrize("form", ["iamc", "geojson"])
def test_a_study_without_counts_or_districts_says_so(
    command: Command, tmp_path: Path, form: str
) -> None:
    folder = futures(tmp_path / "f")
    said = command("export", folder, "--format", form, "--lang", "en")
    assert (said.status, said.out) == (2, "")
    assert "a run, or" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("make", [nothing, no_result, changed, table_lost, cut])
def test_of_a_damaged_result_nothing_is_exported(
    command: Command, run: Result, tmp_path: Path, make: Any, form: str
) -> None:
    (tmp_path / "in").mkdir()
    (folder,) = make(tmp_path / "in", run.folder)
    said = command("export", folder, "--format", form, "--out", tmp_path / "out" / "x")
    assert (said.status, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1 and "expected" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_nothing_is_overwritten(command: Command, run: Result, tmp_path: Path) -> None:
    folder = tmp_path / "r"
    shutil.copytree(run.folder, folder)
    first = command("export", folder, "--format", "xlsx")
    assert first.out.strip() == str(tmp_path / "r.xlsx")
    before = (tmp_path / "r.xlsx").read_bytes()
    again = command("export", folder, "--format", "xlsx", "--lang", "zh")
    assert again.status == 2 and "--out" in again.err
    assert (tmp_path / "r.xlsx").read_bytes() == before
