"""Colours, sizes of type and distances of the PDF."""

from sim.language import Text

Colour = tuple[int, int, int]

INK: Colour = (27, 31, 36)
GREY: Colour = (86, 96, 112)
LINE: Colour = (205, 210, 217)
BLUE: Colour = (0, 90, 146)
BROWN: Colour = (138, 75, 0)
CARD: Colour = (245, 246, 248)

POINT = 25.4 / 72.0
"""Millimetres."""
MARGIN, FOOT = 18.0, 20.0
UPRIGHT = 210.0 - 2 * MARGIN
"""Millimetres between the margins of an upright page."""
TALL = 297.0 - MARGIN - FOOT
"""Millimetres from the head to the foot of an upright page."""
TONES: dict[str, tuple[float, Colour]] = {
    "lead": (10.5, INK),
    "body": (9.5, INK),
    "note": (8.2, GREY),
    "warning": (9.5, BROWN),
}
LEADING = 1.5
SOURCE_SIZE = 6.6
SOURCE = Text("Source: ", "来源：")
