"""A document as one HTML file that asks nothing of the network."""

import base64
from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from sim.language import Language, Text
from sim.present.report.document import (
    Block,
    Cell,
    Document,
    Picture,
    alternative,
    few_numbers,
)
from sim.present.report.webfont import embedded

PAGE, PAGE_STYLE = "page.html.jinja", "page.css"
CELL, CELL_STYLE = "cell.html.jinja", "cell_style.css"
DASH, JOINER = "\u2013", "\u2060"
SOURCE = Text("Source: ", "来源：")
CONTENTS = Text("Contents", "目录")
WORDS = {
    "contents": CONTENTS,
    "source": SOURCE,
    "skip": Text("Skip to the report", "跳到正文"),
    "foot": Text(
        "Every number is conditional on the model and its assumptions.",
        "所有数字均以模型及其假设为条件。",
    ),
}


def html(document: Document) -> str:
    """Return a document as HTML; the same document gives the same text."""
    template = _environment().get_template(PAGE)
    given = {
        "document": document,
        "language": document.language,
        "words": _words(document.language),
        "style": _file(PAGE_STYLE),
    }
    bare = template.render(**given, font="")
    return template.render(**given, font=embedded("".join(sorted(set(bare)))))


def fragment(blocks: Sequence[Block], language: Language) -> str:
    """Return blocks as a piece of HTML that can stand in a notebook."""
    template = _environment().get_template(CELL)
    style = _file(CELL_STYLE)
    return template.render(blocks=blocks, language=language, words=_words(language), style=style)


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


def _words(language: Language) -> dict[str, str]:
    return {key: text.in_(language) for key, text in WORDS.items()}


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
