"""The typeface of all figures: its registration, its glyphs and the width of a text in it.

The project carries its own font: a figure looks the same on a machine without Chinese fonts. Only
for what that font lacks, in a name that somebody wrote, fonts of the machine stand in.
"""

from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

from sim.language import visible
from sim.views.letters import FONT_FILE

STAND_INS = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "Heiti SC"),
    *("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "SimHei", "SimSun", "SimSun-ExtB"),
    *("Noto Sans CJK JP", "DejaVu Sans"),
)
"""Families that are asked, in this order and as far as they are installed, for what the font lacks:
those that come with systems, in which Debian's collection goes by its Japanese name, and the one
that comes with matplotlib."""
REPLACEMENT = "□"
"""Stands for a character that no font has."""


@cache
def _face(file: Path) -> FT2Font:
    return FT2Font(str(file))


@cache
def _glyphs(file: Path) -> frozenset[int]:
    return frozenset(_face(file).get_charmap())


@cache
def _stand_ins() -> dict[str, Path]:
    """Return family and file of each stand-in that is installed."""
    found = {}
    for name in STAND_INS:
        try:
            file = findfont(FontProperties(family=[name]), fallback_to_default=False)
        except ValueError:
            continue
        found[name] = Path(file)
    return found


@cache
def families() -> list[str]:
    """Register the font with matplotlib and return its family, as the file states it, and others.

    The others stand in, glyph by glyph, for what the first one lacks.
    """
    fontManager.addfont(str(FONT_FILE))
    return [_face(FONT_FILE).family_name, *_stand_ins()]


def font(size: float) -> FontProperties:
    """Return the project's font at a size in points."""
    return FontProperties(family=families(), size=size)


@cache
def font_file(mark: str) -> Path | None:
    """Return the file of the first font that has a character; None if no font has it."""
    files = (FONT_FILE, *_stand_ins().values())
    return next((file for file in files if ord(mark) in _glyphs(file)), None)


def missing(text: str) -> str:
    """Return the characters of a text for which no font has a glyph."""
    return "".join(mark for mark in text if mark != "\n" and font_file(mark) is None)


def shown(text: str) -> str:
    """Return a text with each character that no font has replaced by a box."""
    return "".join(REPLACEMENT if missing(mark) else mark for mark in text)


def printable(text: str) -> str:
    """Return a text on one line, each character that no font has replaced by a box.

    For texts that a user wrote, such as a scenario's name; the project's own labels lack nothing.
    """
    return shown(visible(" ".join(text.split())))


@cache
def _advance(mark: str) -> float:
    """Width of a character as a share of the font size."""
    face = _face(font_file(mark) or FONT_FILE)
    return face.load_char(ord(mark), flags=LoadFlags.NO_SCALE).horiAdvance / face.units_per_EM


def width(text: str, size: float) -> float:
    """Return the width in points of a text on one line at a size in points, without kerning."""
    return size * sum(_advance(mark) for mark in text)
