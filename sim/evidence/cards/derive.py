"""The prior that follows from a card, what it rests on, and whether it is the one in use."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sim.evidence.cards.files import Card
from sim.evidence.cards.pooling import (
    DESIGN,
    QUALITY,
    Derived,
    Estimate,
    as_prior,
    error_of,
    from_judgement,
    here,
    holding_nought,
    linked,
    on_scale,
)
from sim.language import Text
from sim.parameters import PARAMETERS
from sim.text.catalogue import worded

BASES: Final[Mapping[str, Text]] = {
    basis: worded(f"basis.{basis}") for basis in ("estimates", "weak", "judgement", "nothing")
}
"""What a prior can rest on, the strongest first. Weak: only recalled, or of an effect on whose sign
evaluations disagree."""


class Verdict(NamedTuple):
    """What a card comes to."""

    basis: str
    """One of ``BASES``."""
    prior: Derived | None
    """None: nothing follows, and the prior in use stays an assumption."""

    @property
    def assumed(self) -> bool:
        """Whether the prior is to be called an assumption."""
        return self.basis != "estimates"


def verdict(card: Card) -> Verdict:
    """Return the prior that follows from a card, and what it rests on.

    Estimates are pooled and linked. Where there are none, what was judged stands for them. An
    effect that no estimate sizes, or on whose sign evaluations disagree, holds nought and both
    signs.
    """
    kind = "loguniform" if card.scale == "log" else "triangular"
    sized = [study for study in card.studies if study.value is not None]
    unclear = card.about == "effect" and (not sized or disagree(card))
    if sized and card.link is not None:
        effect = here(_estimates(card), card.scale)
        found = linked(effect, card.scale, card.link.factor)
        seen = any(not study.recalled for study in sized)
        basis = "estimates" if seen and not unclear else "weak"
    elif card.judged is not None:
        found, basis = from_judgement(card.judged.at, kind), "judgement"
    else:
        return Verdict("nothing", None)
    if unclear:
        found = holding_nought(found)
    return Verdict(basis, as_prior(found, kind, card.bounds))


def disagree(card: Card) -> bool:
    """Return whether studies of a card found different directions, nothing being one of them."""
    return len({study.sign for study in card.studies if study.sign is not None}) > 1


def in_use(card: Card) -> bool:
    """Return whether the table of parameters has what follows from a card, for all it speaks of."""
    prior = verdict(card).prior
    if prior is None:
        return False
    found = (PARAMETERS[name].prior for name in card.parameters)
    return all((each.kind, each.low, each.mode, each.high) == prior for each in found)


def dishonest(found: Mapping[str, Card]) -> list[str]:
    """Return the cards that say otherwise of the prior in use than the table of parameters."""
    return [name for name, card in found.items() if card.in_use != in_use(card)]


def overlap(prior: Derived, name: str) -> float:
    """Return which part of the prior in use lies within a derived one, from 0 to 1."""
    used = PARAMETERS[name].prior
    if used.high <= used.low:
        return float(prior.low <= used.low <= prior.high)
    shared = min(used.high, prior.high) - max(used.low, prior.low)
    return max(shared, 0.0) / (used.high - used.low)


def _estimates(card: Card) -> list[Estimate]:
    found: list[Estimate] = []
    sized = [(each, each.value) for each in card.studies if each.value is not None]
    largest = max((abs(on_scale(value, card.scale)) for _, value in sized), default=0.0)
    for study, value in sized:
        error = error_of(value, study.ends, card.scale, largest) * QUALITY[study.quality]
        if card.about == "effect":
            error *= DESIGN[study.design]
        found.append(Estimate(on_scale(value, card.scale), error, study.directness))
    return found
