"""What a package does, in a few sentences: what rises, what falls, and how surely."""

from collections.abc import Sequence
from typing import Protocol

from sim.estimate.effects import Effect
from sim.language import Language
from sim.studies.shared.counts import NAMES
from sim.text.catalogue import say
from sim.text.joining import COMMA, SEMICOLON, sentences
from sim.text.multiples import times
from sim.text.numbers import percent

EVEN = 0.5
GROUPS = {"up": "_ratio", "down": "_ratio", "few_up": "", "few_down": ""}
"""Texts of what is told, in this order, and how each count is told in them: some with its ratio."""


class Counted(Protocol):
    """A count and what happens to it."""

    @property
    def id(self) -> str:
        """The count's id."""

    @property
    def effect(self) -> Effect:
        """Of the second package, pair by pair."""


def headline(counts: Sequence[Counted], language: Language) -> str:
    """Return what is likely to rise and fall, with how many pairs agree, then what is open.

    A count is told of as rising or falling where the shares of pairs that rise and that fall differ
    beyond chance (`Effect.sign`), and as likely to where more than half of all pairs agree.
    """
    found: dict[str, list[Counted]] = {}
    for each in counts:
        found.setdefault(_group(each.effect), []).append(each)
    told = [
        say(f"headline.{key}", language, counts=_listed(found[key], language, form))
        for key, form in GROUPS.items()
        if key in found
    ]
    if not told:
        return say("headline.none", language)
    if "" in found:
        names = COMMA.in_(language).join(NAMES[each.id].in_(language) for each in found[""])
        told.append(say("headline.open", language, counts=names))
    return sentences(*told, language=language)


def _group(effect: Effect) -> str:
    if not effect.told_apart:
        return ""
    few = "" if effect.certainty.up > EVEN else "few_"
    return few + ("up" if effect.rises else "down")


def _listed(counts: Sequence[Counted], language: Language, form: str) -> str:
    """Return counts, the surest first, with the shares that agree and the ratio."""
    parts = []
    for each in sorted(counts, key=lambda one: -one.effect.certainty.up):
        pairs, draws = (percent(share) for share in each.effect.certainty)
        told = {"pairs": pairs, "draws": draws, "ratio": times(each.effect.ratio.value)}
        parts.append(say(f"headline.count{form}", language, count=NAMES[each.id], **told))
    return SEMICOLON.in_(language).join(parts)
