"""The project's font, cut to the letters of one report, to be carried inside its HTML."""

import base64
import io

from fontTools import subset
from fontTools.ttLib import TTFont

from sim.language import visible
from sim.views.letters import FONT_FILE

FORM = "woff"
"""A compressed font that needs no library besides Python's own; every browser reads it."""


def embedded(text: str) -> str:
    """Return the font with the glyphs of a text, in base 64; the same text gives the same bytes."""
    options = subset.Options()
    options.flavor = FORM
    options.layout_features = ["kern", "locl"]
    options.notdef_outline = True
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    with TTFont(FONT_FILE, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=visible(text))
        cutter.subset(font)
        font.flavor = FORM
        found = io.BytesIO()
        font.save(found, reorderTables=True)
    return base64.b64encode(found.getvalue()).decode("ascii")
