"""A document as one HTML file that asks nothing of the network."""

import base64
from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from sim.language import Language, catalogue
from sim.present.report.document import (
    Block,
    Cell,
    Document,
    Picture,
    alternative,
    few_numbers,
)
from sim.present.report.webfont import embedded
from sim.text.catalogue import say
from sim.text.joining import COLON

PAGE, PAGE_STYLE = "page.html.jinja", "page.css"
CELL, CELL_STYLE = "cell.html.jinja", "cell_style.css"
DASH, JOINER = "\u2013", "\u2060"
WORDS = ("contents", "source", "skip", "foot")
"""Texts of the page itself."""


def html(document: Document) -> str:
    """Return a document as HTML; the same document gives the same text."""
    template = _environment().get_template(PAGE)
    given = {
        "document": document,
        "language": document.language,
        "tag": catalogue(document.language).tag,
        "words": words_of_page(document.language),
        "style": _file(PAGE_STYLE),
    }
    bare = template.render(**given, font="")
    return template.render(**given, font=embedded("".join(sorted(set(bare)))))


def fragment(blocks: Sequence[Block], language: Language) -> str:
    """Return blocks as a piece of HTML that can stand in a notebook."""
    template = _environment().get_template(CELL)
    style = _file(CELL_STYLE)
    tag, words = catalogue(language).tag, words_of_page(language)
    return template.render(blocks=blocks, language=language, tag=tag, words=words, style=style)


def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_file),
    )
    environment.filters |= {
        "address": _address,
        "alternative": alternative,
        "unbroken": unbroken,
        "values": _values,
    }
    environment.tests["block"] = lambda block, name: type(block).__name__ == name
    environment.tests["narrow"] = few_numbers
    return environment


def words_of_page(language: Language) -> dict[str, str]:
    """Return what a page says besides its document."""
    told = {key: say(f"page.{key}", language) for key in WORDS}
    return {**told, "source": told["source"] + COLON.in_(language)}


def _file(name: str) -> str:
    return (files("sim.present.report") / name).read_text(encoding="utf-8")


def _address(picture: Picture) -> str:
    """Return a figure as an address that holds the figure itself."""
    vectors = picture.outlines
    kind, content = ("png", picture.paper) if vectors is None else ("svg+xml", vectors)
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"


def unbroken(text: str) -> str:
    """Return a text in which no line ends beside a dash: a range and a sign stay whole."""
    return text.replace(DASH, f"{JOINER}{DASH}{JOINER}")


def _values(cell: Cell) -> str:
    """Return a cell's numbers in full, as a reader of the HTML finds them."""
    return " ".join(map(repr, cell.values))
