"""What decides each count, on the terminal."""

from sim.cli.screen import print_line, print_table
from sim.estimate.records import Decisions
from sim.language import Language, Text
from sim.plan import PLAN
from sim.views.deciding import deciders, explained, how_to_read, likelihood_in, too_few

HEADS = (
    Text("count", "目标"),
    Text("explained", "可解释"),
    Text("decided by (share of its rank variance)", "取决于（占秩方差的份额）"),
    Text("first one low", "首个参数低"),
    Text("first one high", "首个参数高"),
)
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
    print_line(Text("What decides each count:", "各项计数取决于什么：").in_(language))
    print_table([head.in_(language) for head in HEADS], rows, numbers=NUMBERS)
    print_line(how_to_read(found, language))
