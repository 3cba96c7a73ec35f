"""Which parameters decide each count, in words and as a table."""

from collections.abc import Iterator
from functools import partial

from sim.estimate import Interval
from sim.estimate.records import Decided, Decisions
from sim.language import Language, Text
from sim.spec.findings import Listing, Part, Sentence
from sim.spec.table import Column, Table, Value, table
from sim.studies.shared.counts import NAMES
from sim.text.joining import SEMICOLON, capitalised, in_both
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
    return " · ".join(told) + "\n" + _named(found, language)


def _named(found: Decided, language: Language) -> str:
    return SEMICOLON.in_(language).join(deciders(found, language))


def _ends(quarter: Interval | None) -> tuple[Value, ...]:
    return (None, None, None) if quarter is None else tuple(quarter)


COLUMNS: tuple[Column[Decided], ...] = (
    Column(("count",), lambda row: (row.count,), COUNT,
           lambda row: capitalised(NAMES.get(row.count, Text(row.count, row.count))),
           share=2.2, number=False),
    Column((), lambda _: (), DECIDED_BY, lambda row: in_both(partial(_named, row)),
           share=4.2, number=False, quiet=lambda row: not row.deciders),
    Column(("low", "low_from", "low_to"), lambda row: _ends(row.low), FIRST_LOW,
           lambda row: likelihood_in(row.low), share=1.5),
    Column(("high", "high_from", "high_to"), lambda row: _ends(row.high), FIRST_HIGH,
           lambda row: likelihood_in(row.high), share=1.5),
    Column(("explained",), lambda row: (row.explained,), EXPLAINED, explained, share=0.9),
)  # fmt: skip


def decisions_table(found: Decisions, title: Text = QUESTION) -> Table:
    """Return what decides each count as a table, which is in no file of its own."""
    return table("", title, COLUMNS, found.counts)
