"""Protects tables people bring and take: every complaint has its line, no cell is a formula."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.csv_files import encoding_of, read_rows, table, text_of
from sim.language import visible
from sim.problems import Problem

WRONG = [
    # content, line named, part of the message
    (b"id,value\na,1,2\nb\nc,3\n", ":2", "found 3; expected 2 fields"),
    ("id,value\na,“1”\n名,\n".encode("gb18030"), "", "CSV UTF-8"),
    ("id,value\na,1\n".encode("utf-16"), "", "UTF-8"),
    (b"id,value\na,1\nb,\0\n", ":3", "NUL"),
    (b'id,value\na,"1"2\n', ":2", "CSV"),
    (b'id,value\na,"1\n', ":2", "CSV"),
    (b"id,value\na," + b"1" * 200_000, ":2", "field limit"),
    (b"id\na\n", ":1", "id,value"),
    (b"", ":1", "id,value"),
]


@pytest.mark.parametrize(("content", "line", "message"), WRONG)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, content: bytes, line: str, message: str
) -> None:
    file = tmp_path / "brought.csv"
    file.write_bytes(content)
    with pytest.raises(Problem) as caught:
        read_rows(file, ("id", "value"))
    assert caught.value.where == f"{file}{line}"
    assert message in str(caught.value)


def test_a_table_from_excel_is_read(tmp_path: Path) -> None:
    """Excel marks UTF-8, ends lines with CR LF and leaves empty lines; fields may hold several."""
    file = tmp_path / "brought.csv"
    file.write_bytes('\ufeffvalue,other,id\r\n"1,0",,a\r\n\r\n"two\r\nlines",x,b\r\n'.encode())
    rows = read_rows(file, ("id", "value"), more=True)
    assert [(row.line, row.cells["id"], row.cells["value"]) for row in rows] == [
        (2, "a", "1,0"),
        (4, "b", "two\r\nlines"),
    ]


def test_no_cell_is_a_formula() -> None:
    hostile = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "＝1+1"]
    harmless = ["-3.5", "+2", "1e-9", "a=1", "", "未来", "\\u000d=1"]
    given = [*harmless[:-1], "\r=1"]
    text = table(hostile, [given, [-3.5, -1, None, True, 0.1]])
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [
        [f"'{cell}" for cell in hostile],
        harmless,
        ["-3.5", "-1", "", "True", "0.1"],
    ]


TEXTS = st.text("'=+-@\n,\" 1雨", max_size=5) | st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(TEXTS, min_size=2, max_size=2))
def test_what_is_written_is_read(cells: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(table(("a", "b"), [cells]), newline="")))
    assert [text_of(cell) for cell in rows[1]] == [visible(cell) for cell in cells]


def test_tables_are_marked_as_utf_8_for_excel_and_other_files_are_not() -> None:
    assert "能".encode(encoding_of("sweep.csv")).startswith(b"\xef\xbb\xbf")
    assert "能".encode(encoding_of("sweep.json")) == "能".encode()


def test_every_table_is_written_by_the_one_function() -> None:
    home = Path(__file__).parents[1]
    writers = [
        file.relative_to(home).as_posix()
        for folder in ("sim", "benchmarks", "docs")
        for file in sorted((home / folder).rglob("*.py"))
        if re.search(r"csv\.(writer|DictWriter)|to_csv|write_csv", file.read_text("utf-8"))
    ]
    assert writers == ["sim/csv_files.py"]
