"""Numbers and names as the sentences and tables of a report say them."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from sim.estimate.paired import Difference
from sim.language import Language, Text, visible
from sim.plan import PLAN
from sim.present.report.document import Cell, Column
from sim.text.catalogue import capital, say
from sim.text.joining import unquoted
from sim.text.numbers import percent, percent_range, points
from sim.text.together import Estimated

NONE = "—"


def gap(row: Mapping[str, Any], value: str, low: str, high: str) -> Difference:
    """Return a difference that a row of a table holds under three names."""
    return Difference(float(row[value]), float(row[low]), float(row[high]))


def count_name(name: str, language: Language) -> str:
    """Return what a count is called."""
    return next(count.name for count in PLAN.counts if count.id == name).in_(language)


def title_of(name: str, language: Language) -> str:
    """Return a count's name as it stands at the start of a line."""
    return capital(count_name(name, language))


def user_name(name: Mapping[str, str] | Text, language: Language) -> str:
    """Return a name that a person wrote, on one line; browsers have fonts for all letters."""
    text = name if isinstance(name, Text) else Text(**name)
    return visible(" ".join(text.in_(language).split()))


def quoted(name: str, language: Language) -> str:
    """Return a name in quotation marks; in English straight ones, which the font has narrow."""
    return say("list.quoted", language, name=unquoted(Text(name, name)))


def columns(heads: Sequence[tuple[str, bool, float]], language: Language) -> tuple[Column, ...]:
    """Return columns: which text of `head` stands above, whether numbers below, and the width."""
    return tuple(Column(say(f"head.{key}", language), right, share) for key, right, share in heads)


def listed(parts: Sequence[str], language: Language, mark: str = "comma") -> str:
    """Return a row of parts: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    first = say(f"mark.{mark}", language).join(parts[:-1])
    return say(f"list.last_{mark}", language, one=first, other=parts[-1])


def bracketed(inside: str, language: Language) -> str:
    """Return words in the brackets of a sentence, with the space before them."""
    return say("list.bracketed", language, name="", inside=inside)


def likely(found: Estimated, language: Language) -> str:
    """Return a likelihood with its interval, for a sentence."""
    return percent(found.value) + bracketed(percent_range(found.low, found.high), language)


def apart(found: Estimated, language: Language) -> str:
    """Return a difference of likelihoods in points with its interval, for a sentence."""
    ends = say("list.from_to", language, low=end(found.low), high=end(found.high))
    return points(found.value) + bracketed(ends, language)


def end(value: float) -> str:
    """Return an end of an interval in points; a single parameter draw leaves it open."""
    return points(value) if isfinite(value) else "…"


def likely_cell(found: Estimated) -> Cell:
    """Return a likelihood and its interval as a cell."""
    text = f"{percent(found.value)} ({percent_range(found.low, found.high)})"
    return Cell(text, (found.value, found.low, found.high))
