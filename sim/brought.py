"""Tables that people bring, from Excel or as CSV: one reader, every row is read or named.

CSV may be in UTF-8, with a mark or without, in GBK, as Excel writes it in Chinese, or in UTF-16,
its Unicode text; commas, tabs or semicolons may divide it. The heading is the first row that has
the columns that are needed, by any of their names. Tables as the IAMC has them are taken wide and
long (https://pyam-iamc.readthedocs.io/en/stable/data.html).
"""

import csv
import io
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sim import city
from sim.csv_files import Row, is_number, text_of, uneven
from sim.problems import Problem
from sim.text.catalogue import worded
from sim.workbook import is_workbook, sheets_of

QUANTITY, SCOPE, YEAR, VALUE, UNIT = "quantity", "scope", "year", "value", "unit"
"""What every entry of a table is told by, whatever its columns are called."""
ORIGIN: Final = ("Model", "Scenario")
"""What a table of the IAMC says of where a row comes from."""
CITY: Final = "city"
"""Scope of what is about the whole city."""
DIVIDED: Final = ",\t;"
MARKS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
"""First bytes of a text that say its encoding."""
ENCODINGS: Final = ("utf-8", "gb18030")
"""Tried one after the other where no mark says it; the second has all of GBK."""
CALLED: Final = {"gb18030": "GBK", "utf-8-sig": "UTF-8"}
THOUSANDS: Final = re.compile(r"-?[0-9]{1,3}([,，\u00a0\u2009\u202f ][0-9]{3})+(\.[0-9]+)?")
READABLE: Final = worded("expected.readable_file")
TABLE: Final = worded("expected.excel_or_csv")
NOT_READ: Final = worded("expected.row_below_heading")


class Form(NamedTuple):
    """The columns of a kind of table: what each is called here, and in tables."""

    needed: Mapping[str, Sequence[str]]
    more: Mapping[str, Sequence[str]] = {}
    """Columns that it may do without."""


IAMC: Final = Form(
    {"Region": ("region", "区域"), "Variable": ("variable", "变量"), "Unit": ("unit", "单位")},
    {
        **{"Year": ("year", "年份"), "Value": ("value", "数值")},
        **{"Model": ("model", "模型"), "Scenario": ("scenario", "情景")},
    },
)
"""Columns by which a table of the IAMC is known; years are columns, or are told by a column."""


class Brought(NamedTuple):
    """What stands in a table."""

    encoding: str
    """How it was read: UTF-8, GBK, UTF-16 or xlsx."""
    rows: tuple[Row, ...]
    """One an entry, by the names of the form; of the IAMC's by ``QUANTITY`` and so on."""
    where: str
    """File, and sheet of a workbook, to which the number of a line is added."""
    left: tuple[Problem, ...]
    """Why each of the other rows, and each other sheet, is not read."""
    passed: tuple[str, ...]
    """Columns that are not read."""

    def at(self, row: Row) -> str:
        """Return where a row stands."""
        return f"{self.where}:{row.line}"


class _Lines(NamedTuple):
    """The lines of a file, or of a sheet of it, each with its number."""

    where: str
    lines: Sequence[tuple[int, Sequence[str]]]


def read_brought(path: Path, own: Form) -> Brought:
    """Return the rows of a table.

    Args:
        path: of the file.
        own: the columns that are looked for; those of the IAMC are taken too.

    Raises:
        Problem: it cannot be read, or has other columns.
    """
    encoding, parts = _read(path)
    forms = (own, IAMC)
    for number, part in enumerate(parts):
        for at, (_, fields) in enumerate(part.lines):
            form = next((form for form in forms if _fits(form, fields)), None)
            if form is not None:
                others = [each for each in (*parts[:number], *parts[number + 1 :]) if each.lines]
                return _table(encoding, part, at, form, others)
    first = next((part for part in parts if part.lines), _Lines(str(path), [(1, ("—",))]))
    line, fields = first.lines[0]
    listed = ",".join(own.needed)
    expected = worded("expected.heading", listed=listed)
    missing = next((key for key in own.needed if key not in _columns(own, fields)), "")
    raise Problem(f"{first.where}:{line}", missing, ",".join(fields) or "—", expected)


def _fits(form: Form, fields: Sequence[str]) -> bool:
    return set(form.needed) <= set(_columns(form, fields))


def _columns(form: Form, fields: Sequence[str]) -> dict[str, int]:
    """Return which columns of a form a heading has, and where; the first of two that are alike."""
    known = {
        word.casefold(): key
        for key, words in {**form.more, **form.needed}.items()
        for word in (key, *words)
    }
    found: dict[str, int] = {}
    for at, field in enumerate(fields):
        if (key := known.get(field.strip().casefold())) is not None:
            found.setdefault(key, at)
    return found


def _table(encoding: str, part: _Lines, at: int, form: Form, others: Sequence[_Lines]) -> Brought:
    heads = [field.strip() for field in part.lines[at][1]]
    line, columns = part.lines[at][0], _columns(form, heads)
    _check_once(heads, f"{part.where}:{line}")
    left = [_unread(other.where, other.lines[0][1]) for other in others]
    left += [_unread(f"{part.where}:{above}", fields) for above, fields in part.lines[:at]]
    rows: list[Row] = []
    for number, fields in part.lines[at + 1 :]:
        if any(fields[len(heads) :]) or len(fields) < len(heads):
            left.append(uneven(f"{part.where}:{number}", fields, len(heads)))
        else:
            rows.append(Row(number, dict(zip(heads, fields, strict=False))))
    named = {heads[place]: key for key, place in columns.items()}
    years = [head for head in heads if _is_year(head)] if form is IAMC else []
    if form is IAMC:
        if not years and not {"Year", "Value"} <= set(columns):
            expected = worded("expected.years_or_year")
            raise Problem(f"{part.where}:{line}", "Year", ",".join(heads), expected)
        told = tuple(entry for row in rows for entry in _entries(_renamed(row, named), years))
    else:
        told = tuple(_renamed(row, named) for row in rows)
    read = {*named, *years}
    passed = tuple(head for head in heads if head and head not in read)
    return Brought(encoding, told, part.where, tuple(left), passed)


def _renamed(row: Row, named: Mapping[str, str]) -> Row:
    return Row(row.line, {named.get(head, head): cell for head, cell in row.cells.items()})


def _is_year(head: str) -> bool:
    return head.isascii() and head.isdigit() and len(head) == 4


def _entries(row: Row, years: Sequence[str]) -> Iterator[Row]:
    """Yield the values of a row of the IAMC's; the region that the city is, is all of it."""
    region = row.cells["Region"]
    names = {name.casefold() for name in city.about().name}
    scope = CITY if region.casefold() in names else region
    told = {QUANTITY: row.cells["Variable"], SCOPE: scope, UNIT: row.cells["Unit"]}
    told |= {name: row.cells[name] for name in ORIGIN if name in row.cells}
    if not years:
        yield Row(row.line, {**told, YEAR: row.cells["Year"], VALUE: row.cells["Value"]})
    for year in years:
        if row.cells[year]:
            yield Row(row.line, {**told, YEAR: year, VALUE: row.cells[year]})


def _check_once(heads: Sequence[str], where: str) -> None:
    twice = next((head for head in heads if head and heads.count(head) > 1), None)
    if twice is not None:
        raise Problem(where, twice, f"2 × {twice}", worded("expected.each_column_once"))


def _unread(where: str, fields: Iterable[str]) -> Problem:
    return Problem(where, "", _line(fields), NOT_READ)


def _line(fields: Iterable[str]) -> str:
    return ",".join(field for field in fields if field)[:60] or "—"


def _read(path: Path) -> tuple[str, list[_Lines]]:
    """Return how a file was read, and its lines, sheet by sheet; empty lines are none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Problem(str(path), "", os.strerror(error.errno or 0), READABLE) from error
    if is_workbook(content):
        return "xlsx", [
            _Lines(f"{path}:{grid.name}", list(_full(grid.rows)))
            for grid in sheets_of(content, str(path))
        ]
    encoding, text = _decoded(content, str(path))
    return CALLED.get(encoding, encoding.upper()), [_Lines(str(path), list(_split(text, path)))]


def _full(rows: Mapping[int, Mapping[int, str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows of a sheet, all as wide as the widest."""
    width = max((at + 1 for cells in rows.values() for at in cells), default=0)
    for number, cells in sorted(rows.items()):
        if cells:
            yield number, [cells.get(at, "") for at in range(width)]


def _decoded(content: bytes, where: str) -> tuple[str, str]:
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return encoding, text
    raise Problem(where, "", content[:8].hex(" "), TABLE)


def number_of(written: str) -> float | None:
    """Return a finite number, which may have separators between thousands; None if it is none."""
    text = written.strip()
    if THOUSANDS.fullmatch(text):
        text = re.sub(r"[^-0-9.]", "", text)
    number = float(text) if is_number(text) else math.nan
    return number if math.isfinite(number) else None


def _split(text: str, path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the lines of CSV that are not empty, their cells without what keeps formulas still."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    divided = max(DIVIDED, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=divided)
    start = 1
    try:
        for fields in lines:
            cells = [text_of(field.strip()) for field in fields]
            if any(cells):
                yield start, cells
            start = lines.line_num + 1
    except csv.Error as error:
        raise Problem(f"{path}:{start}", "", "—", worded("expected.csv", reason=error)) from error
