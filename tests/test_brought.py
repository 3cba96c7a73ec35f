"""Protects tables that people bring: every row is read or named, whatever Excel made of it."""

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest

from sim.brought import Form, number_of, read_brought
from sim.problems import Problem
from sim.workbook import Sheet, Value, sheets_of, workbook
from tests.exchange.books import excel, texts_in

OWN = Form({"quantity": ("目标",), "value": ("目标值",)}, {"note": ("说明",)})
TABLE = '目标,目标值,说明\n产值,"5,000",“够”\n\n高新技术企业,1000,\n'


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TABLE.encode("utf-8-sig"), "UTF-8"),
        (TABLE.replace("\n", "\r\n").encode(), "UTF-8"),
        (TABLE.encode("gbk"), "GBK"),
        (TABLE.replace('"5,000"', "5000").replace(",", "\t").encode("utf-16"), "UTF-16"),
        (TABLE.replace('"5,000"', "5000").replace(",", ";").encode("gb18030"), "GBK"),
    ],
)
def test_what_excel_saves_as_csv_is_read(tmp_path: Path, content: bytes, encoding: str) -> None:
    file = tmp_path / "brought.csv"
    file.write_bytes(content)
    found = read_brought(file, OWN)
    assert (found.encoding, found.left, found.passed) == (encoding, (), ())
    assert [
        (row.line, row.cells["quantity"], number_of(row.cells["value"])) for row in found.rows
    ] == [
        (2, "产值", 5000.0),
        (4, "高新技术企业", 1000.0),
    ]
    assert found.rows[0].cells["note"] == "“够”"


def test_rows_above_the_heading_and_of_other_lengths_are_named(tmp_path: Path) -> None:
    file = tmp_path / "brought.csv"
    file.write_text("Our targets,,\n\ncount,quantity,value\na,b,1\na,b\na,b,1,,\na,b,1,2\n")
    found = read_brought(file, OWN)
    assert [row.line for row in found.rows] == [4, 6]
    assert [(each.where, each.found) for each in found.left] == [
        (f"{file}:1", "Our targets"),
        (f"{file}:5", "2"),
        (f"{file}:7", "4"),
    ]
    assert found.passed == ("count",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "quantity,value"),
        (b"\xff", "UTF-8 or GBK"),
        (b"a\0b", "UTF-8 or GBK"),
        (b'quantity,value\na,"1\n', "valid CSV"),
        (b"quantity,value,Quantity \n", "quantity,value"),
        (b"quantity,value,value\na,1,2\n", "each column once"),
        (b"region,variable,unit\nShanghai,a,b\n", "columns of years"),
        (b"PK\x03\x04 and no more", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a password"),
    ],
)
def test_what_is_no_such_table_is_said_with_its_file(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "brought.csv"
    file.write_bytes(content)
    if b"Quantity" in content:
        assert read_brought(file, OWN).rows == ()
        return
    with pytest.raises(Problem, match=said) as caught:
        read_brought(file, OWN)
    assert caught.value.where.startswith(str(file))


def test_a_workbook_of_excel_is_read(tmp_path: Path) -> None:
    """A title, a cell over three rows, an empty row, dates, formulas, and a sheet of notes."""
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="inlineStr"><is><t>目标值</t></is></c>'
        '<c r="C3" t="inlineStr"><is><t>note</t></is></c></row>'
        '<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4"><v>0.1</v></c>'
        '<c r="C4" s="1"><v>45627</v></c></row>'
        '<row r="5"><c r="B5"><f>B4*2</f><v>0.2</v></c><c r="C5" s="2"><v>45627</v></c></row>'
        '<row r="6"/>'
        '<row r="7"><c r="B7"><f>1+1</f></c><c r="C7" t="e"><v>#REF!</v></c></row>'
    )
    file = excel(
        tmp_path / "brought.xlsx",
        ("Notes", texts_in("read", "me")),
        ("目标", rows),
        merged="A4:A7",
        texts=(
            "<t>Our targets</t>",
            "<r><t>quan</t></r><r><t>tity</t></r><rPh sb='0' eb='2'><t>x</t></rPh>",
            "<t>产值</t>",
        ),
    )
    found = read_brought(file, OWN)
    assert found.where == f"{file}:目标"
    assert [(row.line, *row.cells.values()) for row in found.rows] == [
        (4, "产值", "0.1", "2024-12-01"),
        (5, "产值", "0.2", "45627"),
        (7, "产值", "=1+1", "#REF!"),
    ]
    assert number_of(found.rows[2].cells["value"]) is None
    assert [each.where for each in found.left] == [f"{file}:Notes", f"{file}:目标:1"]


GROWS = '<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE sst [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
FAR = '<row r="{}"><c r="XFD{}"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("prolog", "encoding", "far", "said"),
    [
        (GROWS, "utf-8", 0, "DOCTYPE"),
        (GROWS, "utf-16", 0, "DOCTYPE"),
        (OUTSIDE, "utf-8", 0, "DOCTYPE"),
        ("", "utf-8", 1_048_576, "> 20000000 cells"),
        ("", "utf-8", 10**12, "> 20000000 cells"),
    ],
)
def test_a_workbook_that_would_grow_is_refused(
    tmp_path: Path, prolog: str, encoding: str, far: int, said: str
) -> None:
    row = texts_in("quantity", "value") + (FAR.format(far, far) if far else "")
    file = excel(
        tmp_path / "brought.xlsx",
        ("a", row),
        texts=("<t>&b;</t>" if prolog else "",),
        prolog=prolog,
        encoding=encoding,
    )
    with pytest.raises(Problem, match=said) as caught:
        read_brought(file, OWN)
    assert caught.value.where == str(file)


def test_a_workbook_that_is_large_unpacked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = excel(tmp_path / "brought.xlsx", ("a", texts_in("quantity", "value" + " " * 2_000_000)))
    assert file.stat().st_size < 100_000
    assert read_brought(file, OWN).rows == ()
    monkeypatch.setattr("sim.workbook.MOST_BYTES", 2_000_000)
    with pytest.raises(Problem, match="> 2 MB"):
        read_brought(file, OWN)


def test_a_cell_over_a_whole_sheet_is_read_as_fast_as_another(tmp_path: Path) -> None:
    rows = texts_in("quantity", "value") + texts_in("a", "1") + texts_in("", "2")
    file = excel(tmp_path / "brought.xlsx", ("a", rows), merged="A2:A1048576")
    assert [row.cells["quantity"] for row in read_brought(file, OWN).rows] == ["a", "a"]
    file = excel(tmp_path / "brought.xlsx", ("a", rows), merged="A1:XFD1048576")
    assert [row.cells["quantity"] for row in read_brought(file, OWN).rows] == ["a", "quantity"]


PARTS = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
         "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/s0.xml")  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("content", [b"", b"<a", b"<a/>", b"\0"])
def test_a_damaged_workbook_is_said_with_its_file(
    tmp_path: Path, part: str, content: bytes
) -> None:
    """A part that holds something else says nothing, and what is left is no table."""
    file = excel(tmp_path / "brought.xlsx", ("a", texts_in("quantity", "value")), texts=("a",))
    with zipfile.ZipFile(file) as whole:
        kept = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(file, "w") as damaged:
        for name, other in (kept | {part: content}).items():
            damaged.writestr(name, other)
    if (part, content) in ((PARTS[3], b"<a/>"), (PARTS[4], b"<a/>")):
        assert read_brought(file, OWN).rows == ()  # no shared text and no style is used
        return
    with pytest.raises(Problem) as caught:
        read_brought(file, OWN)
    assert caught.value.where.startswith(str(file))


def test_what_is_written_as_a_workbook_is_read_back() -> None:
    hostile = ["=1+1", "@SUM(A1)", "+1", "-1", "'=1", "#N/A", "a\x1b[31m", '<&>"', " 雨 ", "\ud800"]
    rows: list[list[Value]] = [["name", "number"]]
    rows += [[each, 0.1 * at] for at, each in enumerate(hostile)]
    other = Sheet("a b c" * 9, [[None, "", 3, 1e300, -2.5]])
    content = workbook([Sheet("a/b:c" * 9, rows), other])
    first, second = sheets_of(content, "x")
    assert len({first.name.casefold(), second.name.casefold()}) == 2
    assert max(len(first.name), len(second.name)) <= 31
    told = [(cells[0], float(cells[1])) for number, cells in first.rows.items() if number > 1]
    seen = [*hostile[:6], "a\\u001b[31m", '<&>"', "雨", "\\ud800"]
    assert told == [(text, 0.1 * at) for at, text in enumerate(seen)]
    assert second.rows == {1: {2: "3", 3: "1e+300", 4: "-2.5"}}


def test_a_workbook_holds_neither_formulas_nor_the_time_of_today() -> None:
    texts: list[list[Value]] = [["name"], ["=1+1"], ["=cmd|'/c calc'!A0"], ["+1"], ["-1"], ["@A1"]]
    content = workbook([Sheet("a", texts)])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {each.filename: file.read(each).decode() for each in file.infolist()}
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", parts["docProps/core.xml"])) == {
        "1980-01-01"
    }
    (sheet,) = (text for name, text in parts.items() if name.startswith("xl/worksheets/"))
    assert "<f" not in sheet and sheet.count('t="inlineStr"') == len(texts)
    assert content == workbook([Sheet("a", texts)])


def test_without_what_reads_workbooks_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = excel(tmp_path / "brought.xlsx", ("a", texts_in("quantity", "value")))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for attempt in (lambda: read_brought(file, OWN), lambda: workbook([])):
        with pytest.raises(Problem, match=r"openpyxl.*\[excel\]"):
            attempt()
