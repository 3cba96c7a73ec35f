"""Names of the colours of figures, and sizes of type.

`sim.views.themes` says what each name means. The bands differ in lightness; inks are hues that read
as text.
"""

PREFIX = "sim."
"""Begins our names, so that none is one of matplotlib's."""

INK = f"{PREFIX}ink"
GREY = f"{PREFIX}grey"
PALE = f"{PREFIX}pale"
FAINT = f"{PREFIX}faint"
PAPER = f"{PREFIX}paper"

BLUE = f"{PREFIX}blue"
VERMILION = f"{PREFIX}vermilion"
ORANGE = f"{PREFIX}orange"
GREEN = f"{PREFIX}green"
SKY = f"{PREFIX}sky"
PURPLE = f"{PREFIX}purple"

ORANGE_INK = f"{PREFIX}orange-ink"
GREEN_INK = f"{PREFIX}green-ink"
PURPLE_INK = f"{PREFIX}purple-ink"

BANDS = (f"{PREFIX}band-wide", f"{PREFIX}band-middle", f"{PREFIX}band-narrow")
"""Widest to narrowest band of a fan."""
MEDIAN = f"{PREFIX}median"

CLUSTERS = (GREEN, BLUE, ORANGE, SKY, PURPLE)
"""A colour for a cluster, in the plan's order; a sixth begins anew."""
CLUSTER_INKS = (GREEN_INK, f"{PREFIX}blue-ink", ORANGE_INK, f"{PREFIX}sky-ink", PURPLE_INK)
"""The same hues as text."""
MAP = f"{PREFIX}amount"
"""Colour map of amounts: the less, the less it stands out."""

DIVERGING = f"{PREFIX}difference"
"""Of differences: losses red, none like the ground, gains blue; both ends differ for the
colour-blind too."""

PACKAGES = (BLUE, VERMILION, GREEN, PURPLE)
"""One colour per package that is compared with the first."""
PACKAGE_INKS = (BLUE, f"{PREFIX}vermilion-ink", GREEN_INK, PURPLE_INK)
"""The same hues as text."""
LINES = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, GREY)
"""One colour per plan, where each has its line."""

KICKER_SIZE = 9.0
TITLE_SIZE = 15.0
SUBTITLE_SIZE = 10.0
LABEL_SIZE = 9.0
TICK_SIZE = 9.0
NOTE_SIZE = 7.8
SMALL_SIZE = 7.2
TINTS = (f"{PREFIX}blue-tint", f"{PREFIX}vermilion-tint")
"""Of blue and vermilion, for bands around lines of those colours."""
