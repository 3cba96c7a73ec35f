"""The one typeface of all figures: its registration, its glyphs and the width of a text in it.

The project carries its own font: a figure looks the same on a machine without Chinese fonts.
"""

from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

FONT_FILE = Path(__file__).parent / "fonts" / "NotoSansSC-subset.otf"
"""Noto Sans CJK SC Regular cut to GB2312 and symbols, SIL Open Font License 1.1 (fonts/OFL.txt)."""
REPLACEMENT = "□"
"""Stands for a character that the font does not have."""


@cache
def _face() -> FT2Font:
    return FT2Font(str(FONT_FILE))


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(_face().get_charmap())


@cache
def family() -> str:
    """Register the font with matplotlib and return its family name, as the file states it."""
    fontManager.addfont(str(FONT_FILE))
    return _face().family_name


def font(size: float) -> FontProperties:
    """Return the project's font at a size in points."""
    return FontProperties(family=[family()], size=size)


def missing(text: str) -> str:
    """Return the characters of a text for which the font has no glyph (line breaks need none)."""
    return "".join(mark for mark in text if mark != "\n" and ord(mark) not in _glyphs())


def printable(text: str) -> str:
    """Return a text on one line, each character that the font lacks replaced by a box.

    For texts that a user wrote, such as a scenario's name; the project's own labels lack nothing.
    """
    line = " ".join(text.split())
    return "".join(REPLACEMENT if missing(mark) else mark for mark in line)


@cache
def _advance(mark: str) -> float:
    """Width of a character as a share of the font size."""
    face = _face()
    return face.load_char(ord(mark), flags=LoadFlags.NO_SCALE).horiAdvance / face.units_per_EM


def width(text: str, size: float) -> float:
    """Return the width in points of a text on one line at a size in points, without kerning."""
    return size * sum(_advance(mark) for mark in text)
