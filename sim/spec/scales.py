"""Scales with their ticks, as charts share them."""

from collections.abc import Iterable, Sequence
from math import ceil, floor, log10

from sim.calendar import decimal_year
from sim.language import Text
from sim.spec.marks import Scale, Tick
from sim.text.numbers import MINUS, percent, plain, signed

EPSILON = 1e-9
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


def steps(low: float, high: float, most: int = 6, *, whole: bool = False) -> list[float]:
    """Return round places on a scale, as many as there is room for.

    Args:
        low: the scale's lower end.
        high: its upper end, above.
        most: how many steps there may be between them.
        whole: whether no place lies between whole numbers.
    """
    power = 10.0 ** floor(log10((high - low) / most))
    sizes = [power * each for each in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0)]
    fits = (s for s in sizes if (high - low) / s <= most and not (whole and s % 1.0))
    size = next(fits, 1.0)
    first, last = ceil(low / size - EPSILON), floor(high / size + EPSILON)
    return [number * size for number in range(first, last + 1)]


def upward(top: float, most: int = 6) -> Scale:
    """Return a scale from nought to a value, with few round ticks."""
    end = top if top > 0.0 else 1.0
    places = steps(0.0, end, most)
    return Scale(0.0, end, ticked(places, map(plain, places)))


def differing(low: float, high: float, most: int = 6, *, whole: bool = False) -> Scale:
    """Return a scale of differences with round ticks, each with its sign."""
    places = steps(low, high, most, whole=whole)
    return Scale(low, high, ticked(places, map(signed, places)))


def years(months: int, every: int = 0) -> Scale:
    """Return a scale of the months of a run, as decimal years from October 2022 on.

    Args:
        months: how many.
        every: years from one turn that is named to the next; by default each year is named, under
            its middle.
    """
    low, high = decimal_year(0), decimal_year(months - 1)
    turns = [float(turn) for turn in range(ceil(low), ceil(high) + 1) if turn <= high]
    if every:
        named = [float(turn) for turn in range(ceil(low) + 1, ceil(high), every)]
        return Scale(
            low, high, ticked(named, (f"{turn:.0f}" for turn in named)), turns=tuple(named)
        )
    middles = [turn + 0.5 for turn in (floor(low), *turns) if low <= turn + 0.5 < high]
    texts = (f"{middle:.0f}" for middle in (each - 0.5 for each in middles))
    return Scale(low, high, ticked(middles, texts), turns=tuple(turns))


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
