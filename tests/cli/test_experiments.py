"""The commands of experiments, from options to files; replicates are made up."""

import csv
import json
from pathlib import Path

import pytest

from sim.evidence.instruments import remarks
from sim.experiments.existing import Existing
from sim.plan import PLAN
from sim.present.report.given import open_all
from sim.present.terminal import print_parts
from sim.scenario import read_scenario
from sim.spec.table import table
from sim.store.inventory import entries
from sim.store.store import Store
from sim.studies.compare import EXISTING
from sim.text.catalogue import worded
from tests import calibrated
from tests.cli.conftest import Command
from tests.experiments.conftest import quick

__all__ = ["quick"]
pytestmark = pytest.mark.usefixtures("quick")

FEW = ("--replicates", 16)


def test_sweeps_are_listed(command: Command) -> None:
    said = command("sweep")
    assert said.status == 0
    assert "one-lever-off" in said.out


@pytest.mark.parametrize(
    ("name", "lacks", "replicates"),
    [
        ("run", (), None),
        ("sweep", (), None),
        ("compare", (), None),
        ("attribute", (), None),
        ("gates", (), None),
        ("futures", (), None),
        ("deadline", (), None),
        ("watch", (), None),
        ("search", (), 64),
        ("facts", (), None),
        ("sensitivity", (), 64),
        ("calibrate", ("--replicates",), None),
        ("hindcast", ("--replicates",), None),
        ("patterns", ("--store", "--cluster", "--yes"), 64),
    ],
)
def test_experiments_have_the_same_options(
    command: Command, name: str, lacks: tuple[str, ...], replicates: int | None
) -> None:
    """What is written once for all commands is offered by each, but for what it cannot use."""
    said = command(name, "--help").out
    shared = ("--replicates", "--seed", "--workers", "--store", "--cluster", "--out", "--yes")
    for option in (*shared, "--figures", "--lang"):
        assert (f" {option} " in said) == (option not in lacks)
    assert "ASKED" not in said
    assert (f"[else: {replicates}" in said) == (replicates is not None)


def test_nothing_is_drawn_where_no_figures_are_wanted(command: Command, tmp_path: Path) -> None:
    words = ("gates", *FEW, "--store", tmp_path / "s", "--out", tmp_path / "o")
    assert command(*words, "--no-figures").status == 0
    found = {path.name for path in (tmp_path / "o").iterdir()}
    assert found == {"gates.csv", "likelihoods.json", "study.json"}


LIST = {"en": "a list of 4096 draws: up to 1.", "zh": "4096 次抽样的列表代表"}
"""How the error that a posterior's list of draws adds to each likelihood is told."""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("words", [("sweep", "one-lever-off"), ("gates",)], ids=["sweep", "gates"])
def test_an_experiment_says_what_the_list_of_draws_leaves_uncertain(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    lang: str,
) -> None:
    calibrated.work_with_it(tmp_path, monkeypatch)
    where = ("--store", tmp_path / "s", "--out", tmp_path / "o", "--no-figures", "--lang", lang)
    said = command(*words, *FEW, "--yes", *where)
    assert said.status == 0, said.err
    assert LIST[lang].replace(" ", "") in "".join(said.out.split())


def test_draws_from_the_prior_are_no_list(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "prior.toml"
    file.write_text('extends = "as-written"\ndraws = "prior"\n')
    where = ("--store", tmp_path / "s", "--out", tmp_path / "o", "--no-figures")
    said = command("gates", file, *FEW, *where)
    assert said.status == 0, said.err
    assert "list of" not in said.out


@pytest.mark.parametrize(
    ("words", "file", "packages"),
    [
        (("compare", "as-written", "without-yulin", "--matched", 0), "comparison.csv", 2),
        (("attribute",), "attribution.csv", 2),
        (("gates",), "gates.csv", 1),
        (("futures", "output", "--replicates", 64), "futures.csv", 1),
        (("deadline", "output", "--lever", "yulin"), "deadline.csv", 1),
        (("search", "--trials", 2), "search.csv", 1),
        (("watch", "--replicates", 64, "--lang", "zh"), "warnings.csv", 1),
    ],
    ids=lambda words: str(words[0]) if isinstance(words, tuple) else "",
)
def test_every_experiment_writes_the_likelihoods_of_its_packages(
    command: Command, tmp_path: Path, words: tuple[object, ...], file: str, packages: int
) -> None:
    """So that a report has the same thresholds, readings and caveats whatever it is made from."""
    few = () if "--replicates" in words else FEW
    where = ("--store", tmp_path / "s", "--out", tmp_path / "o")
    said = command(*words, *few, "--no-figures", "--yes", *where)
    assert said.status == 0, said.err
    assert (tmp_path / "o" / file).is_file()
    (given,) = open_all([tmp_path / "o"], "en")
    assert len(given.packages) == packages
    for each in given.packages:
        assert each.summary.replicates == each.sample.replicates
        assert [count.id for count in each.summary.counts] == [count.id for count in PLAN.counts]
    assert given.model == given.packages[0].model


TABLES = ("comparison", "areas", "turned", "readings")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_comparison_prints_and_writes(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    calibrated.work_with_it(tmp_path, monkeypatch)
    out, store = tmp_path / "cmp", tmp_path / "store"
    words = ("as-written", "without-yulin", *FEW, "--matched", 0, "--areas", "--lang", lang)
    said = command("compare", *words, "--store", store, "--out", out)
    assert said.status == 0, said.err
    assert ("百分点" if lang == "zh" else "points") in said.out
    assert LIST[lang].replace(" ", "") in "".join(said.out.split())
    files = {"likelihoods.json", "study.json", *(f"{each}.csv" for each in TABLES)}
    assert {*files, "comparison.json", "figures"} == {path.name for path in out.iterdir()}
    assert len(list((out / "figures").glob("*.png"))) == 6
    again = command("compare", *words, "--store", store, "--out", out)
    assert again.status == 2  # an earlier result is never overwritten
    assert "--out" in again.err


@pytest.mark.parametrize("other", [("without-zhuji",), ("--each-lever",)], ids=["one", "each"])
def test_a_comparison_says_which_instruments_that_differ_move_nothing(
    command: Command, tmp_path: Path, other: tuple[str, ...]
) -> None:
    words = ("as-written", *other, *FEW, "--matched", 0, "--no-figures", "--lang", "zh")
    said = command("compare", *words, "--store", tmp_path / "s", "--out", tmp_path / "o")
    shown = "".join(said.out.split())
    each = other[0] == "--each-lever"
    changed = [one.id for one in PLAN.instruments if each or one.lever == "zhuji"]
    told = remarks(changed)
    assert told
    for each_remark in told:
        assert "".join(each_remark.zh.split()) in shown
    assert ("少征的税收，" in shown) == each


def test_the_table_of_what_exists_once_says_on_how_many_replicates_it_rests(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [Existing("firm", 9.0, 1.0, 2.0, 8)]
    told = table("", worded("compare.existing_title", replicates=8), EXISTING, rows)
    print_parts([told], "zh")
    assert "8 次模拟的均值" in capsys.readouterr().out
    print_parts([told], "en")
    assert "mean of 8 replicates" in " ".join(capsys.readouterr().out.split())


def test_a_sweep_prints_and_writes(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    words = ("sweep", "one-lever-off", *FEW, "--lang", "en")
    said = command(*words, "--store", tmp_path / "s", "--out", out)
    assert said.status == 0, said.err
    assert "Rainforest Plan off" in said.out
    assert "the base scenario [base]" in said.out
    document = json.loads((out / "sweep.json").read_text(encoding="utf-8"))
    assert len(document["points"]) == 12
    rows = (out / "sweep.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 12 * 14
    pairs = list(csv.DictReader(rows))
    base = {row["count"]: float(row["likelihood"]) for row in pairs if row["base"] == "True"}
    assert len(base) == 14
    for row in pairs:
        gap = float(row["likelihood"]) - base[row["count"]]
        assert float(row["difference"]) == pytest.approx(gap)
        assert float(row["difference_low"]) <= gap <= float(row["difference_high"])


def test_each_lever_is_left_out_and_a_point_can_be_run_again(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    store = ("--store", tmp_path / "s")
    words = ("as-written", "--each-lever", "--equal-cost", *FEW, "--no-figures", "--lang", "en")
    said = command("compare", *words, *store, "--out", tmp_path / "each")
    assert said.status == 0, said.err
    assert "Without Rainforest Plan" in said.out
    rows = (tmp_path / "each" / "comparison.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 11 * 14
    name = "as-written-without-yulin-equal-cost"
    told = command("store", "explain", name, *store, "--lang", "en").out
    assert "again.toml" in told
    point = command("store", "explain", name, "--file", *store)
    again = tmp_path / "again.toml"
    again.write_text(point.out, encoding="utf-8")
    kept = {each.said["hash"] for each in entries(Store(str(tmp_path / "s")))}
    assert read_scenario(again).hash() in kept


def test_a_damaged_block_is_told_of(command: Command, tmp_path: Path) -> None:
    words = ("gates", "as-written", *FEW, "--store", tmp_path / "s", "--lang", "en")
    assert "damaged" not in command(*words, "--out", tmp_path / "a").err
    assert (tmp_path / "a" / "figures" / "gates.png").is_file()
    next((tmp_path / "s").rglob("*.parquet")).write_bytes(b"")
    said = command(*words, "--out", tmp_path / "b", "--no-figures")
    assert said.status == 0
    assert "set aside and run again: 1 damaged or contradicting block (" in said.err


def test_a_sobol_sweep_has_its_indices(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'base = "as-written"\ndesign = "sobol"\npoints = 4\n'
        '[[factors]]\nlever = "forums"\nset = "dose"\nlow = 0\nhigh = 2\n'
        '[[factors]]\nlever = "yanzhen"\nset = "dose"\nlow = 0\nhigh = 2\n',
        encoding="utf-8",
    )
    words = ("sweep", file, *FEW, "--lang", "en")
    said = command(*words, "--store", tmp_path / "s", "--out", tmp_path / "o")
    assert said.status == 0, said.err
    text = (tmp_path / "o" / "indices.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 13 * 2 * 2 + 2
    assert {row["verdict"] for row in rows} == {"too few points to say"}  # four rows are no sample
    assert "too few points to say" in said.out
    assert "Warning" not in said.err
    assert (tmp_path / "o" / "figures" / "sweep_indices.png").exists()


def test_the_store_is_listed_verified_explained_asked_and_emptied(
    command: Command, tmp_path: Path
) -> None:
    store = ("--store", tmp_path / "s")
    words = ("as-written", "without-yulin", *FEW, "--matched", 0, "--no-figures")
    command("compare", *words, *store, "--out", tmp_path / "c")
    assert "without-yulin" in command("store", "list", *store).out
    assert command("store", "verify", *store).status == 0
    assert "model hash" in command("store", "explain", "as-written", *store).out
    asked = command("store", "query", "select count(*) n from months", *store, "--csv")
    assert asked.out.split() == ["n", str(2 * 16 * 99)]
    block = next((tmp_path / "s").rglob("*.parquet"))
    block.write_bytes(b"")
    assert command("store", "verify", *store).status == 2
    assert command("store", "verify", "--repair", *store).status == 0
    assert command("store", "remove", "--all", "--yes", *store).status == 0
    assert list((tmp_path / "s").rglob("s2022/*.parquet")) == []
