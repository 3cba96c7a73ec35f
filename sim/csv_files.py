"""CSV files: read with a line for every complaint, written so that no cell is a formula."""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final, NamedTuple, Protocol

from sim.language import visible
from sim.problems import Problem, gathering
from sim.text.catalogue import worded

ENCODING: Final = "utf-8-sig"
"""With a mark at the start, by which Excel knows UTF-8; reading in it takes files without one."""
FORMULA: Final = frozenset("=+-@＝＋－＠\t\n")
"""First letters of what a spreadsheet takes for something to work out."""

_READABLE = worded("expected.readable_file")
_UTF_8 = worded("expected.utf8")
_SAVE_AS = worded("hint.save_as_utf8")
_IN_QUOTES = worded("hint.comma_in_quotes")


class Readable(Protocol):
    """A file, or what somebody sent in place of one; as a text it is its name."""

    def read_bytes(self) -> bytes:
        """Return what is in it."""


class Sent(NamedTuple):
    """A file that came without a folder."""

    name: str
    content: bytes

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return PurePath(self.name).stem

    def read_bytes(self) -> bytes:
        """Return what is in it."""
        return self.content


class Row(NamedTuple):
    """A row of a table."""

    line: int
    """Line of the file in which it starts; the heading is line 1."""
    cells: Mapping[str, str]
    """Column -> what stands there."""


def read_rows(file: Readable, columns: Sequence[str], *, more: bool = False) -> list[Row]:
    """Return the rows of a table below its heading; empty lines are none.

    Args:
        file: the table.
        columns: its columns, in their order.
        more: whether the columns may stand in any order, and others beside them.

    Raises:
        Problem: it cannot be read, is not CSV in UTF-8, has other columns, or some lines have more
            or fewer fields than the heading; names all of these.
    """
    lines = csv.reader(io.StringIO(words_of(file), newline=""), strict=True)
    rows: list[Row] = []
    start, heads = 1, list[str]()
    with gathering() as problems:
        try:
            for fields in lines:
                if not heads:
                    heads = _heading(file, fields, columns, more=more)
                elif fields and len(fields) != len(heads):
                    problems.add(uneven(f"{file}:{start}", fields, len(heads)))
                elif fields:
                    rows.append(Row(start, dict(zip(heads, fields, strict=True))))
                start = lines.line_num + 1
        except csv.Error as error:
            problems.add(Problem(f"{file}:{start}", "", "—", worded("expected.csv", reason=error)))
    if not heads:
        _heading(file, [], columns, more=more)
    return rows


def words_of(file: Readable) -> str:
    """Return what a file says, without a mark at its start.

    Raises:
        Problem: it cannot be read, or is no text in UTF-8.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Problem(str(file), "", os.strerror(error.errno or 0), _READABLE) from error
    try:
        text = content.decode(ENCODING)
    except UnicodeDecodeError as error:
        found = f"byte {error.start}: 0x{content[error.start]:02x}"
        hint = _SAVE_AS if _is_gbk(content) else None
        raise Problem(str(file), "", found, _UTF_8, hint) from error
    if "\0" in text:
        where = f"{file}:{text[: text.index(chr(0))].count(chr(10)) + 1}"
        raise Problem(where, "", "NUL", _UTF_8)
    return text


def _is_gbk(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("gb18030")
    except UnicodeDecodeError:
        return False


def _heading(
    file: Readable, fields: Sequence[str], columns: Sequence[str], *, more: bool
) -> list[str]:
    heads = [field.strip() for field in fields]
    fits = set(columns) <= set(heads) and len(set(heads)) == len(heads) if more else False
    if not fits and heads != list(columns):
        listed = ",".join(columns)
        expected = worded("expected.columns", listed=listed)
        missing = next((name for name in columns if name not in heads), "")
        raise Problem(f"{file}:1", missing if more else "", ",".join(heads) or "—", expected)
    return heads


def uneven(where: str, fields: Sequence[str], columns: int) -> Problem:
    """Return the problem that a line has more or fewer fields than the heading."""
    expected = worded("expected.fields", number=columns)
    hint = _IN_QUOTES if len(fields) > columns else None
    return Problem(where, "", str(len(fields)), expected, hint)


def table(header: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return a table as CSV in which no cell is a formula; None is an empty cell.

    A text that a spreadsheet would work out (``FORMULA``) gets an apostrophe before it, by which
    spreadsheets know a text. Numbers stay numbers; controls in a text are spelt out.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_inert(cell) for cell in row] for row in (header, *rows))
    return text.getvalue()


def _inert(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    text = visible(cell)
    return f"'{text}" if _acts(text) and not is_number(text) else text


def _acts(text: str) -> bool:
    return text.lstrip("'")[:1] in FORMULA


def text_of(cell: str) -> str:
    """Return the text that ``table`` wrote as a cell: without the apostrophe before a formula."""
    return cell[1:] if cell.startswith("'") and _acts(cell) else cell


def is_number(text: str) -> bool:
    """Return whether a text is a number as programs write it."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def encoding_of(name: str) -> str:
    """Return the encoding to write a file of text in, by its name."""
    return ENCODING if name.endswith(".csv") else "utf-8"
