"""The months that a scenario may speak of."""

from sim import city
from sim.calendar import month_label

HORIZONS = tuple(month for month in (city.about().due, city.about().outlook) if month)
"""Last months that a run may have: when the plan's counts are due, and when its outlook ends."""

FIRST, LAST = month_label(0), HORIZONS[-1]
"""Earliest and latest month that a lever may start or end in."""
