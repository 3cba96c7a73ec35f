"""What decides each count, on the terminal."""

from sim.cli.screen import print_line, print_table
from sim.estimate.records import Decisions
from sim.language import Language, Text
from sim.plan import PLAN
from sim.views.deciding import (
    COUNT,
    DECIDED_BY,
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

HEADS = (COUNT, EXPLAINED, DECIDED_BY, FIRST_LOW, FIRST_HIGH)
NUMBERS = (1, 3, 4)
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
    between = BETWEEN.in_(language)
    rows = [
        (
            names[each.count],
            explained(each),
            between.join(deciders(each, language)),
            likelihood_in(each.low),
            likelihood_in(each.high),
        )
        for each in found.counts
    ]
    print_line(QUESTION.in_(language))
    print_table([head.in_(language) for head in HEADS], rows, numbers=NUMBERS)
    print_line(how_to_read(found, language))
