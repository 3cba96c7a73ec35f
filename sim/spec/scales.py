"""Scales with their ticks, as charts share them."""

from collections.abc import Iterable, Sequence
from math import floor, log10

from sim.language import Text
from sim.spec.marks import Scale, Tick
from sim.text.numbers import MINUS, percent

AROUND = 0.045
"""Of a scale's length, beyond the values at both ends."""


def ticked(places: Iterable[float], texts: Iterable[str] | None = None) -> tuple[Tick, ...]:
    """Return ticks at places, with their numbers or with other texts."""
    at = list(places)
    told = [f"{place:,g}".replace("-", MINUS) for place in at] if texts is None else list(texts)
    return tuple(Tick(float(place), Text(text, text)) for place, text in zip(at, told, strict=True))


def linear(low: float, high: float, places: Iterable[float]) -> Scale:
    """Return a scale with ticks at some places."""
    return Scale(low, high, ticked(places))


def around(values: Iterable[float]) -> tuple[float, float]:
    """Return the ends of a linear scale that holds all values."""
    found = [float(value) for value in values]
    low, high = min(found), max(found)
    room = AROUND * (high - low) or 0.5
    return low - room, high + room


def logarithmic(values: Iterable[float], places: Sequence[float] | None = None) -> Scale:
    """Return a logarithmic scale that holds values above 0; by default powers of ten are named."""
    found = [float(value) for value in values]
    least, most = min(found), max(found)
    powers = range(floor(log10(least)), floor(log10(most)) + 1)
    wanted = [10.0**power for power in powers] if places is None else places
    low, high = (10.0**end for end in around([log10(least), log10(most)]))
    shown = [each for each in wanted if low <= each <= high]
    return Scale(low, high, ticked(shown), log=True)


def shares(places: Sequence[float] = (0.0, 0.25, 0.5, 0.75, 1.0)) -> Scale:
    """Return a scale from none to all."""
    return Scale(-0.03, 1.03, ticked(places, map(percent, places)))


def names(texts: Sequence[Text]) -> Scale:
    """Return an upright scale of names, the first on top, at 0, 1 and so on."""
    ticks = tuple(Tick(float(number), text) for number, text in enumerate(texts))
    return Scale(len(texts) - 0.4, -0.6, ticks, names=True)
