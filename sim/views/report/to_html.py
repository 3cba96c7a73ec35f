"""A document as one HTML file that asks nothing of the network."""

import base64
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from sim.language import Text
from sim.views.report.document import Cell, Document, Picture
from sim.views.report.webfont import embedded

TEMPLATE, STYLE = "page.html.jinja", "page.css"
DASH, JOINER = "\u2013", "\u2060"
MOST_VECTOR = 500_000
"""Bytes from which on a figure is embedded as points: vectors of a map's outlines are many."""
WORDS = {
    "contents": Text("Contents", "目录"),
    "source": Text("Source", "来源"),
    "skip": Text("Skip to the report", "跳到正文"),
    "foot": Text(
        "Every number is conditional on the model and its priors.",
        "所有数字均以模型及其先验为条件。",
    ),
}


def html(document: Document) -> str:
    """Return a document as HTML; the same document gives the same text."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"address": _address, "values": _values, "unbroken": _unbroken}
    environment.tests["block"] = lambda block, name: type(block).__name__ == name
    template = environment.from_string(_file(TEMPLATE))
    words = {key: text.in_(document.language) for key, text in WORDS.items()}
    style = _file(STYLE)
    bare = template.render(document=document, words=words, style=style, font="")
    return template.render(
        document=document,
        words=words,
        style=style,
        font=embedded("".join(sorted(set(bare)))),
    )


def _file(name: str) -> str:
    return (files("sim.views.report") / name).read_text(encoding="utf-8")


def _address(picture: Picture) -> str:
    """Return a figure as an address that holds the figure itself."""
    kind, content = "svg+xml", picture.svg
    if len(picture.svg) > MOST_VECTOR:
        kind, content = "png", picture.png
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _unbroken(text: str) -> str:
    """Return a text in which no line ends beside a dash: a range and a sign stay whole."""
    return text.replace(DASH, f"{JOINER}{DASH}{JOINER}")


def _values(cell: Cell) -> str:
    """Return a cell's numbers in full, as a reader of the HTML finds them."""
    return " ".join(map(repr, cell.values))
