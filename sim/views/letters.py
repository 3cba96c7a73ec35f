"""Which characters the project's own font has, known without loading what draws with it."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from sim.engine.kept import text_of

FONT_FILE: Final = Path(__file__).parent / "fonts" / "NotoSansSC-subset.otf"
"""Noto Sans CJK SC Regular cut to the 8,105 characters of the Table of General Standard Chinese
Characters and symbols, SIL Open Font License 1.1 (fonts/OFL.txt)."""


def outside(text: str) -> str:
    """Return the characters that the project's font lacks, each once."""
    return "".join(mark for mark in dict.fromkeys(text) if mark != "\n" and mark not in _own())


@cache
def _own() -> frozenset[str]:
    return frozenset(text_of("letters", sha256(FONT_FILE.read_bytes()).hexdigest(), _read))


def _read() -> str:
    from matplotlib.ft2font import FT2Font  # takes a while to load

    return "".join(map(chr, sorted(FT2Font(str(FONT_FILE)).get_charmap())))
