"""What a package does, in a few sentences: what rises, what falls, and how surely."""

from collections.abc import Sequence
from typing import Protocol

from sim.estimate.effects import Effect
from sim.language import Language, Text
from sim.plan import COUNTS
from sim.studies.shared.counts import NAMES
from sim.text.multiples import times
from sim.text.numbers import percent

EVEN = 0.5
GROUPS = (
    ("up", Text("Likely to rise: ", "很可能增加："), True),
    ("down", Text("Likely to fall: ", "很可能减少："), True),
    (
        "few_up",
        Text(
            "Rising more often than falling, though in fewer than half of the pairs: ",
            "增多于减，但不到半数配对：",
        ),
        False,
    ),
    (
        "few_down",
        Text(
            "Falling more often than rising, though in fewer than half of the pairs: ",
            "减多于增，但不到半数配对：",
        ),
        False,
    ),
)
"""Key, how the sentence begins, and whether the ratio is told."""
NOT_TOLD = Text("Cannot be told apart: ", "难分高下：")
ALL_ALIKE = Text(
    f"Cannot be told apart: none of the {COUNTS.en} counts rises more often than it falls, nor the"
    " reverse, beyond chance.",
    f"难分高下：{COUNTS.zh}项中没有一项的增减次数之差超出偶然。",
)


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
        begin.in_(language) + _listed(found[key], language, ratio=ratio) + _stop(language)
        for key, begin, ratio in GROUPS
        if key in found
    ]
    if not told:
        return ALL_ALIKE.in_(language)
    if "" in found:
        comma = Text(", ", "、").in_(language)
        names = comma.join(NAMES[each.id].in_(language) for each in found[""])
        told.append(NOT_TOLD.in_(language) + names + _stop(language))
    return ("" if language == "zh" else " ").join(told)


def _group(effect: Effect) -> str:
    if not effect.told_apart:
        return ""
    few = "" if effect.certainty.up > EVEN else "few_"
    return few + ("up" if effect.rises else "down")


def _listed(counts: Sequence[Counted], language: Language, *, ratio: bool) -> str:
    """Return counts, the surest first, with the shares that agree and the ratio."""
    parts = []
    for each in sorted(counts, key=lambda one: -one.effect.certainty.up):
        pairs, draws = (percent(share) for share in each.effect.certainty)
        size = f", {times(each.effect.ratio.value)}" if ratio else ""
        inside = Text(
            f" ({pairs} of pairs, {draws} of draws{size})",
            f"（{pairs}的配对、{draws}的抽样{size.replace(', ', '，')}）",
        )
        parts.append(NAMES[each.id].in_(language) + inside.in_(language))
    return Text("; ", "；").in_(language).join(parts)


def _stop(language: Language) -> str:
    return "。" if language == "zh" else "."
