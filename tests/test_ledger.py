"""The ledger: rows that are not what they should be are named, and each says how it is used."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sim.ledger import COLUMNS, USES, ledger, read_ledger
from sim.problems import Problem

HEAD = ",".join(COLUMNS)
ROW = "G1,2025-03,stock,zones,,3,zones,city,http://a.example,the city,official,shown,why,何故"


def written(folder: Path, *rows: str) -> Path:
    file = folder / "ledger.csv"
    file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return file


def wrong(folder: Path, rows: Sequence[str]) -> list[tuple[str, str]]:
    """Return where the problems of a table are: its line and field."""
    with pytest.raises(Problem) as caught:
        read_ledger(written(folder, *rows), "2025-06")
    return [(each.where.rpartition(":")[2], each.key) for each in caught.value.each]


def test_every_row_of_the_record_is_there_with_its_source_and_a_note_in_both_languages() -> None:
    found = ledger()
    assert len(found) == 232
    assert {entry.use for entry in found.values()} == set(USES)
    assert all(entry.note.en != entry.note.zh for entry in found.values())


def test_a_row_that_is_as_it_should_be_is_read(tmp_path: Path) -> None:
    found = read_ledger(written(tmp_path, ROW, ROW.replace("G1,2025-03", "G2,2025")), "2025-06")
    assert [(each.date, each.value) for each in found.values()] == [("2025-03", 3), ("2025", 3)]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("2025-03", "", "date"),
        ("2025-03", "2025-13", "date"),
        ("2025-03", "2025-07", "date"),
        ("2025-03", "2026", "date"),
        ("http://a.example", "", "source_url"),
        ("the city", " ", "publisher"),
        ("stock", "stocks", "kind"),
        ("official", "offical", "quality"),
        ("shown", "seen", "use"),
        ("why", "", "note_en"),
        (",3,", ",three,", "value"),
        (",3,", ",inf,", "value"),
    ],
)
def test_row_and_field_are_named(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert wrong(tmp_path, [ROW, ROW.replace("G1", "G2").replace(old, new)]) == [("3", field)]


def test_all_that_is_wrong_is_told_and_an_id_stands_once(tmp_path: Path) -> None:
    rows = [ROW, ROW.replace("2025-03", ""), ROW]
    assert wrong(tmp_path, rows) == [("3", "date"), ("4", "id")]
