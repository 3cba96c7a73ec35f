"""How far the city is in each count, as far as it is published, beside what a run makes likely."""

from collections.abc import Iterator, Sequence

from sim.language import Text
from sim.plan import PLAN, Count
from sim.plan.observable import SEEN, Known, Observable, observables
from sim.spec.findings import Listing, Part, Sentence
from sim.spec.table import Column, Table, read, table
from sim.studies.shared.counts import NONE
from sim.text.catalogue import worded
from sim.text.joining import commas, listed
from sim.text.numbers import exact

Row = tuple[Count, Observable]
UNKNOWN = Text(NONE, NONE)


def rows() -> list[Row]:
    """Return each count with what is published of it; nothing if the pack does not say."""
    found = observables()
    return [(count, found[count.id]) for count in PLAN.counts if count.id in found]


def parts() -> Iterator[Part]:
    """Yield, for the terminal, how far the city is, and of which counts nothing is published."""
    seen = [row for row in rows() if row[1].known]
    if seen:
        yield Sentence(worded("observed.title"))
        yield Listing(
            tuple(
                worded("observed.line", count=count.name, known=told(count, found.known))
                for count, found in seen
            )
        )
    if (sentence := unobservable()) is not None:
        yield Sentence(sentence, "note")


def unobservable() -> Text | None:
    """Return of which counts nothing is published; None if there is none, or nobody says."""
    unseen = [count.name for count, found in rows() if not found.known]
    return worded("observed.none", counts=commas(unseen)) if unseen else None


def told(count: Count, known: Sequence[Known]) -> Text:
    """Return how far the city is in a count, in each reading."""
    return listed((_told(count, each) for each in known), UNKNOWN)


def _told(count: Count, known: Known, form: str = "") -> Text:
    return worded(
        f"observed.{known.reading}{form}",
        value=exact(known.value),
        target=exact(count.target),
        date=known.date,
        what=known.what,
    )


def in_short(count: Count) -> Text | None:
    """Return what is known latest of a count in each reading; None if the pack does not say."""
    found = observables().get(count.id)
    if found is None:
        return None
    if not found.known:
        return worded("observed.nothing")
    latest = filter(None, map(found.latest, SEEN))
    known = listed((_told(count, each, "_short") for each in latest), UNKNOWN)
    return worded("observed.short", known=known)


def published() -> Table | None:
    """Return, for reports, what is published of every count; None if the pack does not say."""
    if not (found := rows()):
        return None
    columns: tuple[Column[Row], ...] = (
        read(worded("run.count"), lambda row: row[0].name, share=1.6, number=False),
        read(worded("observed.known"), _known, share=3.0, number=False),
        read(worded("observed.remark"), _remark, share=2.6, number=False),
    )
    return table("", worded("observed.table"), columns, found)


def _known(row: Row) -> Text:
    count, found = row
    return told(count, found.known) if found.known else worded("observed.nothing")


def _remark(row: Row) -> Text:
    return row[1].remark or UNKNOWN
