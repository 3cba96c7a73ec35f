"""What decides each count, on the terminal."""

from sim.estimate.records import Decisions
from sim.language import Language, Text
from sim.plan import PLAN
from sim.present.screen import print_line
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

PART = " · "
BETWEEN = Text("; ", "；")


def print_decisions(found: Decisions | None, language: Language) -> None:
    """Print which parameters decide each count, and its likelihood where the first is low and high.

    Where there are too few draws to tell, it says how many it takes; of a result that was written
    before anybody asked, it says nothing.
    """
    if found is None:
        return
    if not found.known:
        print_line(too_few(found, language))
        return
    names = {count.id: count.name.in_(language) for count in PLAN.counts}
    print_line(QUESTION.in_(language))
    for each in found.counts:
        told = [names[each.count], f"{EXPLAINED.in_(language)} {explained(each)}"]
        if each.deciders:
            told += [
                f"{head.in_(language)} {likelihood_in(quarter)}"
                for head, quarter in ((FIRST_LOW, each.low), (FIRST_HIGH, each.high))
            ]
        print_line(PART.join(told))
        print_line(BETWEEN.in_(language).join(deciders(each, language)), indent=2)
    print_line(how_to_read(found, language))
