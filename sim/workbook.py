"""Workbooks of Excel (.xlsx, ECMA-376): written without formulas, read without working any out.

Only what tables need: sheets of texts and numbers. No library here reads or writes them.
"""

import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from sim.language import Text, visible
from sim.problems import Problem

Value = str | int | float | None

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
START: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WHEN: Final = (1980, 1, 1, 0, 0, 0)
"""Date of the parts of every workbook, so that the same tables give the same bytes."""
LONGEST_NAME: Final = 31
LONGEST_TEXT: Final = 32_767
WIDEST: Final = 60
"""Letters that a column is wide at most."""
PLAIN, HEAD, LONG = 0, 1, 2
"""Styles: of a cell, of the heading, and of a text that goes over several lines."""
STYLES: Final = (
    f'{START}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/>'
    '</font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf><xf xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

MOST_BYTES: Final = 256_000_000
"""Of one part of a workbook, unpacked."""
DATES: Final = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)))
"""Numbers of the formats of dates that come with Excel."""
UNCODED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What in the code of a format is shown as it is, or says a colour or a condition."""
A_WORKBOOK: Final = Text("a workbook (.xlsx) without a password", "未加密的工作簿（.xlsx）")
SAVE_AS: Final = Text(
    "Save it as .xlsx without a password, or as CSV", "请另存为未加密的 .xlsx 或 CSV"
)
UNREADABLE: Final = (
    *(zipfile.BadZipFile, ElementTree.ParseError, zlib.error, NotImplementedError),
    *(KeyError, ValueError, IndexError, RuntimeError, EOFError, OverflowError),
)
"""What reading something else than a workbook may raise."""


class Sheet(NamedTuple):
    """A table to be written: its heading stands in the first rows."""

    name: str
    rows: Sequence[Sequence[Value]]
    heads: int = 1
    """Rows of the heading, which stay in sight."""


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as a workbook. A text stays a text, whatever it begins with."""
    names = list(_names(sheets))
    numbers = range(1, len(sheets) + 1)
    told = "".join(
        f'<sheet name="{_quoted(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    related = [(f"rId{k}", "worksheet", f"worksheets/sheet{k}.xml") for k in numbers]
    related.append((f"rId{len(sheets) + 1}", "styles", "styles.xml"))
    parts = {
        "[Content_Types].xml": _types(numbers),
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{START}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{told}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(related),
        "xl/styles.xml": STYLES,
    }
    parts |= {
        f"xl/worksheets/sheet{number}.xml": _sheet(sheet)
        for number, sheet in zip(numbers, sheets, strict=True)
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, text.encode())
    return written.getvalue()


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


def _types(numbers: Iterable[int]) -> str:
    parts = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
    parts += [(f"xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    told = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        f'{START}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{told}</Types>'
    )


def _relations(given: Iterable[tuple[str, str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in given
    )
    return f'{START}<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def _sheet(sheet: Sheet) -> str:
    width = max((len(row) for row in sheet.rows), default=0)
    wide = [max((_wide(row[at]) for row in sheet.rows if at < len(row)), default=0)
            for at in range(width)]  # fmt: skip
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{min(letters, WIDEST) + 2}" customWidth="1"/>'
        for at, letters in enumerate(wide, 1)
    )
    rows = "".join(
        f'<row r="{number}">{"".join(_cells(row, number, sheet.heads))}</row>'
        for number, row in enumerate(sheet.rows, 1)
    )
    frozen = (
        f'<pane ySplit="{sheet.heads}" topLeftCell="A{sheet.heads + 1}" activePane="bottomLeft"'
        ' state="frozen"/>'
    )
    return (
        f'{START}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        f"{frozen if sheet.heads else ''}</sheetView></sheetViews>"
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{rows}</sheetData></worksheet>"
    )


def _wide(value: Value) -> int:
    """Return the letters that a cell is wide: Chinese ones are twice as wide."""
    return sum(1 + (letter > "\u2e7f") for letter in str("" if value is None else value))


def _cells(row: Sequence[Value], number: int, heads: int) -> Iterator[str]:
    for at, value in enumerate(row):
        if value is None or value == "":
            continue
        place = f"{_letters(at)}{number}"
        if isinstance(value, int | float) and math.isfinite(value):
            yield f'<c r="{place}"><v>{float(value) if value % 1 else int(value)!r}</v></c>'
            continue
        style = HEAD if number <= heads else LONG if _wide(value) > WIDEST else PLAIN
        text = escape(_text(str(value)))
        yield (
            f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'
            "</c>"
        )


def _text(text: str) -> str:
    """Return a text as XML can hold it; what acts instead of being seen is spelt out."""
    return re.sub("[\ufffe\uffff]", "\ufffd", visible(text))[:LONGEST_TEXT]


def _quoted(text: str) -> str:
    return escape(_text(text), {'"': "&quot;"})


def _letters(at: int) -> str:
    """Return the letters of a column: A, B, … Z, AA."""
    found, rest = "", at + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        found = chr(65 + letter) + found
    return found


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
        Problem: it is no workbook, or is locked with a password.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return list(_grids(_Parts(file)))
    except UNREADABLE as error:
        found = visible(str(error))[:LONGEST_NAME] or type(error).__name__
        raise Problem(where, "", found, A_WORKBOOK, SAVE_AS) from error


class _Parts(NamedTuple):
    file: zipfile.ZipFile

    def read(self, name: str) -> ElementTree.Element:
        """Return a part without what XML could make it grow by.

        Raises:
            KeyError: there is none.
            ValueError: it is too large, or declares entities.
        """
        if self.file.getinfo(name).file_size > MOST_BYTES:
            raise ValueError(f"{name}: > {MOST_BYTES // 1_000_000} MB")
        content = self.file.read(name)
        if (b"<!" in content[:1000] and b"<!DOCTYPE" in content[:1000]) or b"<!ENTITY" in content:
            raise ValueError(f"{name}: DOCTYPE")
        return ElementTree.fromstring(content)

    def has(self, name: str) -> bool:
        """Return whether there is such a part."""
        return name in self.file.NameToInfo


def _grids(parts: _Parts) -> Iterator[Grid]:
    book = parts.read("xl/workbook.xml")
    targets = {
        each.get("Id"): str(each.get("Target")).removeprefix("/xl/")
        for each in parts.read("xl/_rels/workbook.xml.rels")
    }
    shared = parts.read("xl/sharedStrings.xml") if parts.has("xl/sharedStrings.xml") else ()
    texts = [_said(each) for each in shared]
    dated = _dated(parts.read("xl/styles.xml")) if parts.has("xl/styles.xml") else []
    first = next((each for each in book.iter() if _tag(each) == "workbookPr"), None)
    from_1904 = first is not None and first.get("date1904") in ("1", "true")
    for sheet in book.iter():
        if _tag(sheet) == "sheet":
            target = targets[next(value for key, value in sheet.items() if key.endswith("}id"))]
            part = parts.read(f"xl/{target}")
            yield Grid(str(sheet.get("name")), _rows(part, _Looks(texts, dated, from_1904)))


class _Looks(NamedTuple):
    """What says how the cells of a workbook are seen."""

    texts: Sequence[str]
    dated: Sequence[bool]
    """Whether each style shows dates."""
    from_1904: bool
    """Whether days are counted from 1904, as on old Macintoshes."""


def _rows(sheet: ElementTree.Element, looks: _Looks) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    number = 0
    for row in (each for each in sheet.iter() if _tag(each) == "row"):
        number = int(row.get("r") or number + 1)
        cells, at = rows.setdefault(number, {}), -1
        for cell in row:
            at = _column(cell.get("r")) if cell.get("r") else at + 1
            if text := _seen(cell, looks).strip():
                cells[at] = text
    for merged in (each for each in sheet.iter() if _tag(each) == "mergeCell"):
        _fill_down(str(merged.get("ref")), rows)
    return rows


def _fill_down(ref: str, rows: dict[int, dict[int, str]]) -> None:
    first, _, last = ref.partition(":")
    at, top, end = _column(first), _row(first), _row(last or first)
    text = rows.get(top, {}).get(at)
    if text is not None:
        for number in [each for each in rows if top < each <= end and rows[each]]:
            rows[number].setdefault(at, text)


def _row(ref: str) -> int:
    return int(ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _column(ref: str | None) -> int:
    found = 0
    for letter in (ref or "").rstrip("0123456789"):
        found = 26 * found + ord(letter) - 64
    return found - 1


def _seen(cell: ElementTree.Element, looks: _Looks) -> str:
    """Return what a person sees in a cell, numbers in full."""
    kind = cell.get("t", "n")
    parts = {_tag(each): each for each in cell}
    if kind == "inlineStr":
        return _said(parts["is"])
    value = parts["v"].text or "" if "v" in parts else ""
    if not value:
        return f"={parts['f'].text or ''}" if "f" in parts else ""
    if kind == "s":
        return looks.texts[int(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n":
        return value
    number, style = float(value), int(cell.get("s", "0"))
    if style < len(looks.dated) and looks.dated[style]:
        begin = date(1904, 1, 1) if looks.from_1904 else date(1899, 12, 30)
        return (begin + timedelta(days=int(number))).isoformat()
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _said(item: ElementTree.Element) -> str:
    """Return a text without how it is set, and without how it is read aloud."""
    if _tag(item) == "rPh":
        return ""
    own = item.text or "" if _tag(item) == "t" else ""
    return own + "".join(_said(each) for each in item)


def _dated(styles: ElementTree.Element) -> list[bool]:
    """Return of each style of cells whether it shows dates."""
    own = {
        str(each.get("numFmtId")): UNCODED.sub("", str(each.get("formatCode"))).casefold()
        for each in styles.iter()
        if _tag(each) == "numFmt"
    }
    used = next((each for each in styles if _tag(each) == "cellXfs"), ())
    numbers = [each.get("numFmtId", "0") for each in used]
    return [
        bool({"y", "d"} & set(own[name])) if name in own else int(name) in DATES for name in numbers
    ]


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]
