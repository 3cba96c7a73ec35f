"""Pages from a template and data, by Typst: no text of the data is ever read as code."""

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

from sim.language import Language, catalogue, visible
from sim.views.fonts import families, font_file
from sim.views.letters import FONT_FILE, outside

AUTHOR = "The Shanghai future-industry simulator project"
CONTENT, LOOK = "content.json", "look.typ"
LONG = re.compile(r"[!-~]{17,}")
"""A name or an address in which a line of a table may have to end."""
JOINT = re.compile(r"(?<=[_./=-])(?=\w)")
MAY_END = "\u200b"
"""Where a line may end within a word."""
POINTS_AN_INCH = 200
"""Of a page as PNG: sharp on a screen and on a slide."""


def typeset(
    template: str,
    content: Mapping[str, Any],
    language: Language,
    pictures: Mapping[str, bytes],
    form: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """Return pages; the same content gives the same bytes.

    Args:
        template: name of a file beside this one.
        content: plain data that the template reads.
        language: of the content; says how lines are broken.
        pictures: contents of image files by the names that the content has for them.
        form: of the pages; a PNG holds one.
    """
    lang, _, region = catalogue(language).tag.partition("-")
    said = {
        **_seen(content),
        "author": AUTHOR,
        "lang": lang,
        "region": region or None,
        "font": families()[0],
    }
    text = json.dumps(said, ensure_ascii=False)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for source in (LOOK, template):
            (folder / source).write_bytes((files("sim.present.report") / source).read_bytes())
        for file, picture in pictures.items():
            (folder / file).write_bytes(picture)
        (folder / CONTENT).write_text(text, encoding="utf-8")
        pages: bytes = typst.compile(
            folder / template,
            root=folder,
            font_paths=_fonts(text),
            format=form,
            ppi=POINTS_AN_INCH,
            package_path=folder,
            package_cache_path=folder,
            timestamp=0,
        )
    return pages


def _seen(value: Any) -> Any:
    """Return plain data with whatever acts instead of being seen spelt out in its texts."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {key: _seen(each) for key, each in value.items()}
    return [_seen(each) for each in value] if isinstance(value, list | tuple) else value


def _fonts(text: str) -> typst.Fonts:
    """Return the project's font, and those of the machine that stand in for what it lacks."""
    stand_ins = {file.parent for mark in outside(text) if (file := font_file(mark)) is not None}
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[FONT_FILE.parent, *sorted(stand_ins)],
    )


def may_end(text: str) -> str:
    """Return a text whose long names may be broken at their joints, where they have any."""
    return LONG.sub(lambda found: JOINT.sub(MAY_END, found[0]), text)
