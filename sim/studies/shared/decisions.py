"""Which parameters decide each count, in words."""

from collections.abc import Iterator
from functools import partial

from sim.estimate.records import Decided, Decisions
from sim.language import Language
from sim.spec.findings import Listing, Part, Sentence
from sim.studies.shared.counts import NAMES
from sim.text.joining import SEMICOLON, in_both
from sim.views.deciding import (
    EXPLAINED,
    FIRST_HIGH,
    FIRST_LOW,
    QUESTION,
    deciders,
    explained,
    how_to_read,
    likelihood_in,
    too_few,
)


def decisions_told(found: Decisions | None) -> Iterator[Part]:
    """Yield which parameters decide each count, and its likelihood where the first is low and high.

    Where there are too few draws to tell, it is said how many it takes; of a result that was
    written before anybody asked, nothing.
    """
    if found is None:
        return
    if not found.known:
        yield Sentence(in_both(lambda language: too_few(found, language)), "note")
        return
    yield Sentence(QUESTION)
    yield Listing(tuple(in_both(partial(_decided, each)) for each in found.counts))
    yield Sentence(in_both(lambda language: how_to_read(found, language)), "note")


def _decided(found: Decided, language: Language) -> str:
    told = [NAMES[found.count].in_(language), f"{EXPLAINED.in_(language)} {explained(found)}"]
    if found.deciders:
        told += [
            f"{head.in_(language)} {likelihood_in(quarter)}"
            for head, quarter in ((FIRST_LOW, found.low), (FIRST_HIGH, found.high))
        ]
    return " · ".join(told) + "\n" + SEMICOLON.in_(language).join(deciders(found, language))
