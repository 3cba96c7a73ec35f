"""What a study says, on the page: its sentences, and the tables that people read."""

from collections.abc import Sequence

from nicegui import ui

from sim.app.pages.elements import text
from sim.language import Language
from sim.spec.findings import Listing, Part, Sentence
from sim.spec.table import Cell, Head, Table
from sim.text.catalogue import capital

SHORT = 14
"""Letters of a cell that never takes more than a line."""
KINDS = {"lead": "lead", "body": "", "note": "note", "warning": "note"}


def put_parts(parts: Sequence[Part], language: Language) -> None:
    """Add sentences and tables in the order in which the study says them; figures stand below."""
    for part in parts:
        if isinstance(part, Sentence):
            text(part.text.in_(language), "p", KINDS[part.tone])
        elif isinstance(part, Listing):
            with ui.element("ul").classes("findings"):
                for item in part.items:
                    text(item.in_(language), "li")
        elif isinstance(part, Table) and part.read:
            _put_table(part, language)


def _put_table(table: Table, language: Language) -> None:
    shown = [number for number, head in enumerate(table.heads) if head.shown]
    heads = [table.heads[number] for number in shown]
    kinds = [_kind(head, [row[n].text.in_(language) for row in table.rows])
             for head, n in zip(heads, shown, strict=True)]  # fmt: skip
    text(table.title.in_(language), "h3")
    scrolls = ui.element("div").classes("scrolls").props("tabindex=0 role=group")
    scrolls.props["aria-label"] = table.title.in_(language)
    with scrolls, ui.element("table").classes("plain read"):
        with ui.element("thead"), ui.element("tr"):
            for head, kind in zip(heads, kinds, strict=True):
                text(capital(head.text.in_(language)), "th", kind).props["scope"] = "col"
        with ui.element("tbody"):
            for row in table.rows:
                _put_row(kinds, [row[number] for number in shown], language)


def _kind(head: Head, told: Sequence[str]) -> str:
    """Return how a column is set: numbers flush right, words flush left, long ones in lines."""
    if head.number:
        return ""
    return "words long" if max(map(len, told), default=0) > SHORT else "words"


def _put_row(kinds: Sequence[str], cells: Sequence[Cell], language: Language) -> None:
    name, *others = cells
    with ui.element("tr"):
        text(name.text.in_(language), "th").props["scope"] = "row"
        for kind, cell in zip(kinds[1:], others, strict=True):
            text(cell.text.in_(language), "td", f"{kind} quiet" if cell.quiet else kind)
