"""Write the generated part of docs/evidence.md: the cards, and the priors that follow from them.

``python docs/make_evidence.py`` prints it; ``--write`` puts it between the page's markers.
"""

from collections import Counter
from collections.abc import Iterator

import written

from sim.evidence.cards.derive import BASES, verdict
from sim.evidence.cards.files import Card, cards
from sim.evidence.cards.pooling import DESIGN, DIRECTNESS, QUALITY
from sim.parameters import PARAMETERS


def factor_lines() -> Iterator[str]:
    """Yield the factors that widen."""
    yield "| by | factors |"
    yield "| --- | --- |"
    steps = [f"{factor:g} at {step}" for step, factor in enumerate(DIRECTNESS)]
    yield f"| directness, of the spread | {', '.join(steps)} |"
    yield f"| how a figure was read, of its error | {_factors(QUALITY)} |"
    yield f"| design, of an effect's error | {_factors(DESIGN)} |"


def _factors(table: object) -> str:
    assert isinstance(table, dict)
    return ", ".join(f"{name} {factor:g}" for name, factor in table.items())


def basis_lines() -> Iterator[str]:
    """Yield how many parameters rest on what."""
    found = Counter(
        (verdict(card).basis, card.about) for card in cards().values() for _ in card.parameters
    )
    yield "| rests on | effects | quantities | priors in use that follow |"
    yield "| --- | --- | --- | --- |"
    for basis, words in BASES.items():
        used = sum(
            len(card.parameters)
            for card in cards().values()
            if card.in_use and verdict(card).basis == basis
        )
        yield f"| {words.en} | {found[basis, 'effect']} | {found[basis, 'quantity']} | {used} |"


def card_lines() -> Iterator[str]:
    """Yield the cards, each with its rows and both priors."""
    yield "| card | rests on | rows | prior in use | follows | in use | what would say more |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, card in cards().items():
        found = verdict(card)
        prior = "none" if found.prior is None else _prior(*found.prior)
        rows = ", ".join(study.row for study in card.studies) or "none"
        used = "yes" if card.in_use else "no"
        cells = (BASES[found.basis].en, rows, _used(card), prior, used, card.improve.en)
        yield f"| `{name}` | {' | '.join(cells)} |"


def _used(card: Card) -> str:
    found = {
        _prior(each.kind, each.low, each.mode, each.high)
        for each in (PARAMETERS[name].prior for name in card.parameters)
    }
    return found.pop() if len(found) == 1 else f"{len(card.parameters)} of their own"


def _prior(kind: str, low: float, default: float, high: float) -> str:
    return f"{kind} {low:g}, {default:g}, {high:g}"


def generated() -> str:
    """Return the generated part of the page."""
    parts = (
        ("### Factors", factor_lines()),
        ("### What they rest on", basis_lines()),
        ("### Cards", card_lines()),
    )
    return "\n\n".join(f"{head}\n\n" + "\n".join(lines) for head, lines in parts)


if __name__ == "__main__":
    written.main("evidence", generated, __doc__)
