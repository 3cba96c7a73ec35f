"""What decides each count is written, sealed and read back; older results do without it."""

import csv
import json
from pathlib import Path

import pytest

from sim.estimate.records import Decided, Decider, Decisions, Interval
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.problems import Problem
from sim.store import load_result, write_decisions
from sim.store.decides import DECIDES, HEADER, read_decisions
from sim.store.manifest import MANIFEST, OWN_CHECKSUM, own_checksum
from tests.store import made

SOURCES = {each.name: each.source for each in PARAMETERS.values()}
SHARE, LOW, HIGH = Interval(0.3, 0.2, 0.41), Interval(0.1, 0.05, 0.2), Interval(0.9, 0.8, 0.95)


def decisions() -> Decisions:
    named = tuple(Decider(name, SHARE, name == "rd_decay") for name in ("rd_decay", "team"))
    first, second, *others = (count.id for count in PLAN.counts)
    none = tuple(Decided(count, 0.0, ()) for count in others)
    return Decisions(128, (Decided(first, 0.6, named, LOW, HIGH), Decided(second, 0.0, ()), *none))


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write_decisions(tmp_path, decisions(), SOURCES)
    assert read_decisions(tmp_path) == decisions()


def test_each_parameter_has_a_row_with_its_source(tmp_path: Path) -> None:
    write_decisions(tmp_path, decisions(), SOURCES)
    with (tmp_path / DECIDES).open(encoding="utf-8-sig", newline="") as file:
        first, second, third, *_ = csv.DictReader(file)
    assert tuple(first) == HEADER
    assert (first["parameter"], first["source"]) == ("rd_decay", SOURCES["rd_decay"])
    assert (first["direction"], second["direction"]) == ("rises", "falls")
    assert (first["low_quarter"], second["low_quarter"]) == ("0.1", "")
    assert (third["count"], third["explained"], third["parameter"]) == (
        PLAN.counts[1].id,
        "0.0",
        "",
    )


def test_a_run_of_few_replicates_says_that_it_cannot_tell(tmp_path: Path) -> None:
    found = made.result(tmp_path / "few").decisions()
    assert found is not None
    assert (found.draws, found.known) == (4, False)
    assert [each.count for each in found.counts] == [count.id for count in PLAN.counts]


def test_a_run_names_what_decides_its_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.ensemble.run", made.decided_ensemble)
    found = made.result(tmp_path / "many", replicates=256).decisions()
    assert found is not None
    assert found.draws == 192
    assert {each.deciders[0].parameter for each in found.counts} == {"market_pace"}


def test_an_edited_table_is_refused(tmp_path: Path) -> None:
    folder = made.result(tmp_path / "result").folder
    table = folder / DECIDES
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(Problem) as caught:
        load_result(folder)
    assert caught.value.where == str(table)


def test_a_result_from_before_there_was_such_a_table_is_read(tmp_path: Path) -> None:
    folder = made.result(tmp_path / "result").folder
    (folder / DECIDES).unlink()
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest["files"][DECIDES]
    manifest[OWN_CHECKSUM] = own_checksum(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert load_result(folder).decisions() is None
