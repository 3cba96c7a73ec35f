"""A document as a PDF on A4: the same blocks as in the HTML, in the project's own font."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.present.report.document import (
    Block,
    Cell,
    Code,
    Document,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Table,
    alternative,
    few_numbers,
)
from sim.present.report.to_html import unbroken, words_of_page
from sim.present.report.typeset import may_end, typeset

TEMPLATE = "report.typ"
LATE = 2
"""Section before which the table of contents stands: under question and answer."""
WIDE = 12.0
"""Inches from which on a figure gets a page on its side, if it is not the answer's."""
TALL, TALLEST, HIGHEST = 0.9, 128.0, 225.0
"""Height over width from which on a figure is kept to a height in millimetres; and the height that
none exceeds."""
FIRST = 110.0
"""Likewise of the answer's picture, which shares its page with question and answer."""
FEW = 700
"""Letters of titles and words that may stand above a figure on its side."""
MANY = 7
"""Columns from which on a table is set smaller."""
MOST_TOGETHER = 24
"""Rows up to which a table is kept on one page, if it is no longer than half of it."""
Content = dict[str, Any]


def pdf(document: Document) -> bytes:
    """Return a document as PDF; the same document gives the same bytes."""
    pictures = {
        _file(number, block): block.paper
        for number, block in enumerate(document.blocks)
        if isinstance(block, Picture)
    }
    content = {
        "title": document.title,
        "kicker": document.kicker,
        "origin": document.origin,
        "words": words_of_page(document.language),
        "groups": list(_groups(document)),
    }
    return typeset(TEMPLATE, content, document.language, pictures)


def _groups(document: Document) -> Iterator[Content]:
    """Yield blocks that share pages: those of an upright page, or a wide figure and its titles."""
    upright: list[Content] = []
    first = _first_of_contents(document)
    for number, block in enumerate(document.blocks):
        if number == first:
            upright.append({"kind": "contents"})
        upright.append(_content(document, number))
        if isinstance(block, Picture) and block.inches[0] > WIDE and number >= (first or 0):
            start = _start_of_titles(document.blocks, number)
            own = number - start + 1
            yield {"sideways": False, "blocks": upright[:-own]}
            yield {"sideways": True, "blocks": upright[-own:]}
            upright = []
    yield {"sideways": False, "blocks": upright}


def _first_of_contents(document: Document) -> int | None:
    """Return the block before which the table of contents stands, if there is enough to list."""
    starts = [
        number
        for number, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.level == 2
    ]
    return starts[LATE] if len(starts) > LATE + 1 else None


def _start_of_titles(blocks: Sequence[Block], picture: int) -> int:
    """Return where the titles and few words begin that stand above a figure."""
    start, letters = picture, 0
    for number in range(picture - 1, -1, -1):
        block = blocks[number]
        if not isinstance(block, Heading | Paragraph):
            break
        letters += len(block.text)
        if letters > FEW:
            break
        if isinstance(block, Heading):
            start = number
            if block.level == 2:
                break
    return start


def _content(document: Document, number: int) -> Content:
    """Return a block as the template reads it."""
    block = document.blocks[number]
    kind = {"kind": type(block).__name__.lower()}
    match block:
        case Heading(level, text, _):
            return kind | {"level": level, "text": text}
        case Paragraph(text, tone):
            return kind | {
                "text": may_end(unbroken(text)), "tone": tone,
                "sticky": _leads_on(document.blocks, number),
            }  # fmt: skip
        case Listing(items):
            return kind | {"items": [unbroken(item) for item in items]}
        case Code(text):
            return kind | {"text": text}
        case Picture():
            return kind | _picture(document, number, block)
        case Table():
            return kind | _table(block)


def _leads_on(blocks: Sequence[Block], number: int) -> bool:
    """Return whether a paragraph belongs to the lines to copy, figure or table below it."""
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    titled = number > 0 and isinstance(blocks[number - 1], Heading)
    return isinstance(after, Code) or (titled and isinstance(after, Picture | Table))


def _picture(document: Document, number: int, block: Picture) -> Content:
    across, up = block.inches
    ratio = up / across
    tallest = TALLEST if ratio > TALL else HIGHEST
    if number < (_first_of_contents(document) or 0):
        tallest = min(tallest, FIRST)
    return {
        "file": _file(number, block),
        "ratio": ratio,
        "tallest": tallest,
        "alternative": alternative(block, document.language),
        "caption": block.caption,
        "source": may_end(block.source),
    }


def _file(number: int, block: Picture) -> str:
    return f"{number}.{'png' if block.outlines is None else 'svg'}"


def _table(block: Table) -> Content:
    return {
        "caption": block.caption,
        "source": may_end(block.source),
        "narrow": few_numbers(block),
        "short": len(block.rows) <= MOST_TOGETHER,
        "dense": block.key.startswith("parameters-") or len(block.columns) > MANY,
        "columns": [
            {"head": each.head, "number": each.number, "share": each.share}
            for each in block.columns
        ],
        "rows": [[_cell(each) for each in row] for row in block.rows],
    }


def _cell(cell: Cell) -> Mapping[str, Any]:
    return {"text": may_end(unbroken(cell.text)), "quiet": cell.quiet}
