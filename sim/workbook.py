"""Workbooks of Excel (.xlsx): written without formulas, read without working any out."""

import io
import math
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

from sim.extras import of_extra
from sim.language import visible
from sim.problems import Problem
from sim.text.catalogue import worded

Value = str | int | float | None

WHEN: Final = datetime(1980, 1, 1)
"""Date of every workbook and of its parts, so that the same tables give the same bytes."""
LONGEST_NAME: Final = 31
LONGEST_TEXT: Final = 32_767
WIDEST: Final = 60
"""Letters that a column is wide at most."""

MOST_BYTES: Final = 256_000_000
"""Of all parts of a workbook, unpacked."""
MOST_ROWS: Final = 1_048_576
MOST_CELLS: Final = 20_000_000
"""Of a sheet, the empty ones between others counted too."""
A_WORKBOOK: Final = worded("expected.workbook")
SAVE_AS: Final = worded("hint.save_workbook_as")


class Sheet(NamedTuple):
    """A table to be written: its heading stands in the first rows."""

    name: str
    rows: Sequence[Sequence[Value]]
    heads: int = 1
    """Rows of the heading, which stay in sight."""


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as a workbook. A text stays a text, whatever it begins with.

    Raises:
        Problem: what writes workbooks is not installed.
    """
    openpyxl = of_extra("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    book.properties = openpyxl.packaging.core.DocumentProperties(created=WHEN, modified=WHEN)
    for name, sheet in zip(_names(sheets), sheets, strict=True):
        _fill(book.create_sheet(name), sheet, openpyxl)
    written = io.BytesIO()
    # Workbook.save would give it the time of today.
    openpyxl.writer.excel.ExcelWriter(book, _Undated(written, "w", zipfile.ZIP_DEFLATED)).save()
    return written.getvalue()


class _Undated(zipfile.ZipFile):
    """An archive whose parts all have one date."""

    def writestr(self, part: Any, data: Any, *_: Any) -> None:
        entry = zipfile.ZipInfo(str(part), WHEN.timetuple()[:6])
        entry.compress_type = self.compression
        super().writestr(entry, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        self.writestr(arcname, Path(filename).read_bytes())


def _names(sheets: Iterable[Sheet]) -> Iterator[str]:
    """Yield names of sheets as Excel takes them: short, without its own signs, each once."""
    taken = set[str]()
    for sheet in sheets:
        name = re.sub(r"[\[\]:*?/\\']", " ", visible(sheet.name)).strip() or "sheet"
        name, number = name[:LONGEST_NAME], 2
        while name.casefold() in taken:
            end = f" {number}"
            name, number = name[: LONGEST_NAME - len(end)] + end, number + 1
        taken.add(name.casefold())
        yield name


def _fill(page: Any, sheet: Sheet, openpyxl: Any) -> None:
    """Write a table into an empty sheet, whose columns are as wide as what stands in them."""
    wide: dict[int, int] = {}
    for row in sheet.rows:
        for at, value in enumerate(row, 1):
            wide[at] = max(wide.get(at, 0), _wide(value))
    for at, letters in wide.items():
        column = page.column_dimensions[openpyxl.utils.get_column_letter(at)]
        column.width = min(letters, WIDEST) + 2
    if sheet.heads:
        page.freeze_panes = f"A{sheet.heads + 1}"
    bold = openpyxl.styles.Font(bold=True)
    lines = openpyxl.styles.Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(sheet.rows, 1):
        cells = [_cell(openpyxl.cell.WriteOnlyCell(page), value) for value in row]
        for cell, value in zip(cells, row, strict=True):
            head = number <= sheet.heads and cell.data_type == "s"
            if head:
                cell.font = bold
            if head or (cell.data_type == "s" and _wide(value) > WIDEST):
                cell.alignment = lines
        page.append([cell if cell.value else None for cell in cells])


def _wide(value: Value) -> int:
    """Return the letters that a cell is wide: Chinese ones are twice as wide."""
    return sum(1 + (letter > "\u2e7f") for letter in str("" if value is None else value))


def _cell(cell: Any, value: Value) -> Any:
    """Return a cell that holds a value; its kind is said, lest a text be taken for a formula."""
    if isinstance(value, int | float) and math.isfinite(value):
        # As a text of all its digits, since openpyxl writes sixteen of a number.
        cell.value, cell.data_type = _digits(value), "n"
    elif value is not None:
        cell.value, cell.data_type = _text(str(value)), "s"
    return cell


def _digits(number: float) -> str:
    """Return all digits that tell a number from others."""
    return str(int(number)) if number % 1 == 0 and abs(number) < 1e15 else repr(float(number))


def _text(text: str) -> str:
    """Return a text as XML can hold it; what acts instead of being seen is spelt out."""
    return re.sub("[\ufffe\uffff]", "\ufffd", visible(text))[:LONGEST_TEXT]


class Grid(NamedTuple):
    """A sheet as it is read: what a person sees in its cells, as text."""

    name: str
    rows: Mapping[int, Mapping[int, str]]
    """Row from 1 -> column from 0 -> text; a formula without a stored value begins with ``=``."""


def is_workbook(content: bytes) -> bool:
    """Return whether a file is one of Excel's: a ZIP archive, or an older or locked one."""
    return content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0"


def sheets_of(content: bytes, where: str) -> list[Grid]:
    """Return the sheets of a workbook.

    Of a formula the value that Excel stored with it is taken; none is worked out. A cell that goes
    over several rows says its value for each of them.

    Args:
        content: of the file.
        where: the file, to be named.

    Raises:
        Problem: it is no workbook, is too large or is locked with a password, or what reads
            workbooks is not installed.
    """
    openpyxl = of_extra("openpyxl")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what tables do without, as styles and charts
            _check(file)
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return [_grid(page, file, openpyxl) for page in book.worksheets]
    except Exception as error:  # whatever a damaged or made-up file brings about
        found = visible(str(error.__cause__ or error))[:LONGEST_NAME] or type(error).__name__
        raise Problem(where, "", found, A_WORKBOOK, SAVE_AS) from error


def _check(file: zipfile.ZipFile) -> None:
    """Make sure that a workbook does not grow beyond measure when it is read.

    Raises:
        ValueError: it is too large, or a part declares what XML could make it grow by.
    """
    if sum(part.file_size for part in file.infolist()) > MOST_BYTES:
        raise ValueError(f"> {MOST_BYTES // 1_000_000} MB")
    for part in file.infolist():
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse
        # What is no XML is a picture, or what openpyxl complains of.
        with file.open(part) as opened, suppress(expat.ExpatError):
            parser.ParseFile(opened)


def _refuse(*_: object) -> None:
    raise ValueError("DOCTYPE")


def _grid(page: Any, file: zipfile.ZipFile, openpyxl: Any) -> Grid:
    rows: dict[int, dict[int, str]] = {}
    page.reset_dimensions()  # some programs write others than there are
    width = 0
    for number, cells in enumerate(page.iter_rows(), 1):
        width = max(width, len(cells))
        if number > MOST_ROWS or number * width > MOST_CELLS:
            raise ValueError(f"{page.title}: > {MOST_CELLS} cells")
        seen = {at: text for at, cell in enumerate(cells) if (text := _seen(cell.value))}
        if seen:
            rows[number] = seen
    _complete(rows, file.read(page._worksheet_path), openpyxl.utils)
    return Grid(page.title, rows)


def _seen(value: object) -> str:
    """Return what a person sees of a value, numbers in full."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float):
        return _digits(value)
    return "" if value is None else str(value).strip()


def _complete(rows: dict[int, dict[int, str]], content: bytes, utils: Any) -> None:
    """Add what openpyxl does not tell of a sheet that it reads row by row.

    Args:
        rows: of the sheet; formulas without a stored value are added, and what cells over several
            rows say.
        content: of the sheet, XML.
        utils: openpyxl's.
    """
    for _, element in ElementTree.iterparse(io.BytesIO(content)):
        name = element.tag.rpartition("}")[2]
        if name == "c":
            parts = {each.tag.rpartition("}")[2]: each.text or "" for each in element}
            if "f" in parts and not parts.get("v"):
                row, column = utils.cell.coordinate_to_tuple(element.get("r"))
                rows.setdefault(row, {})[column - 1] = f"={parts['f']}"
        elif name == "mergeCell":
            at, top, _, last = utils.range_boundaries(element.get("ref"))
            _fill_down(at - 1, top, last, rows)
        elif name == "row":
            element.clear()


def _fill_down(at: int, top: int, last: int, rows: Mapping[int, dict[int, str]]) -> None:
    text = rows.get(top, {}).get(at)
    if text is not None:
        for number in range(top + 1, min(last, MOST_ROWS) + 1):
            if number in rows:
                rows[number].setdefault(at, text)
