"""Workbooks as Excel writes them, put together by hand: what our own writer never writes."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m"/>'
    '<numFmt numFmtId="165" formatCode="0.0&quot;days&quot;"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs>'
    "</styleSheet>"
)
"""Style 1 and 3 show dates, 0 and 2 numbers."""


def excel(
    path: Path,
    *sheets: tuple[str, str],
    merged: str = "",
    texts: Iterable[str] = (),
    prolog: str = "",
    encoding: str = "utf-8",
) -> Path:
    """Write a workbook.

    Args:
        path: of the file.
        *sheets: names and rows of sheets, the rows in XML.
        merged: a range that is one cell.
        texts: shared strings, in XML.
        prolog: what stands before them.
        encoding: of them.
    """
    names = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="x{at}"/>' for at, (name, _) in enumerate(sheets)
    )
    links = "".join(
        f'<Relationship Id="x{at}" Type="{OFFICE}/worksheet" Target="/xl/worksheets/s{at}.xml"/>'
        for at in range(len(sheets))
    )
    over = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    shared = "".join(f"<si>{each}</si>" for each in texts)
    kinds = {"workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    parts = {
        "[Content_Types].xml": f"<Types>{types}</Types>",
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{names}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f"{prolog}<sst {MAIN}>{shared}</sst>",
        **{
            f"xl/worksheets/s{at}.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{over}"
            "</worksheet>"
            for at, (_, rows) in enumerate(sheets)
        },
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text.encode(encoding if name.endswith("Strings.xml") else "utf-8"))
    path.write_bytes(written.getvalue())
    return path


def texts_in(*cells: str) -> str:
    """Return a row of texts in XML."""
    told = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f"<row>{told}</row>"
