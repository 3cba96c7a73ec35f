"""``sim trace``: what each process of some months changes, of an agent or by an instrument."""

from collections.abc import Iterable, Iterator
from typing import Any

from sim.calendar import month_index, month_label
from sim.cli.notes import read_here
from sim.language import Language
from sim.present.screen import print_line, print_table
from sim.problems import Problem
from sim.text.catalogue import say, titles, worded
from sim.text.joining import series
from sim.trace.by_process import (
    TABLES,
    Stand,
    changes_of,
    examples,
    instrument_number,
    is_there,
    moved_by,
    stand_at,
)
from sim.trace.names import Called, called

EXAMPLES = 3
CHANGED = ("month", "process", "field", "before", "after")
"""Titles, by their names among the texts, as are the next."""
MOVED = ("month", "process", "field", "rows_that_differ", "with_less_without")


def trace_one(
    scenario: str,
    what: str,
    month: str | None,
    months: int,
    replicate: int,
    seed: int | None,
    language: Language,
) -> None:
    """Print what each process changes.

    Args:
        scenario: file or name.
        what: firm:, talent: or fund: and which, or the name of an instrument.
        month: the first, as YYYY-MM; None: that of the run.
        months: how many; the run may end earlier.
        replicate: which one.
        seed: instead of the scenario's.
        language: of what is printed.

    Raises:
        Problem: the scenario, the month or what is to be traced is not to be found.
    """
    kind, asked = _agent(what)
    instrument = -1 if kind else instrument_number(what)
    read = read_here(scenario, language)
    setup = read.setup()
    first = 0 if month is None else _month(month, setup.months)
    stand = stand_at(setup, read.seed if seed is None else seed, replicate, first)
    months = min(months, setup.months - first)
    if not kind:
        print_line(say("trace.by_instrument", language))
        _print(MOVED, moved_by(stand, instrument, months), language)
        return
    changes = list(changes_of(stand, kind, asked, months))
    if not changes and not is_there(stand, kind, asked):
        raise _unknown(stand, kind, what)
    _print(CHANGED, changes, language)


def _agent(what: str) -> tuple[str, Called]:
    """Return kind of an agent and which it is; no kind if it must be an instrument.

    Raises:
        Problem: what follows the kind can be no agent of it.
    """
    kind, colon, number = what.partition(":")
    if not colon or kind not in TABLES:
        return "", Called(0)
    asked = called(number)
    known = ("firm", "talent")[asked is not None and asked.year is None]
    if asked is None or (asked.codes and kind != known):
        raise Problem("WHAT", "", what, worded("expected.with_number", kind=kind))
    return kind, asked


def _month(month: str, months: int) -> int:
    """Return the number of a month of the run.

    Raises:
        Problem: it is not one.
    """
    try:
        number = month_index(month)
    except ValueError:
        number = months
    if number >= months:
        first, last = month_label(0), month_label(months - 1)
        expected = worded("expected.month_between_plain", first=first, last=last)
        raise Problem("--month", "", month, expected)
    return number


def _unknown(stand: Stand, kind: str, what: str) -> Problem:
    some = [f"{kind}:{each}" for each in examples(stand, kind, EXAMPLES)]
    return Problem("WHAT", "", what, worded("expected.agent", names=series(some)))


def _print(heads: tuple[str, ...], rows: Iterable[Any], language: Language) -> None:
    told = [list(_cells(row)) for row in rows]
    if not told:
        print_line(say("trace.no_process", language))
        return
    print_table(titles("trace", heads, language), told, numbers=(3, 4), whole=(0, 1, 2))


def _cells(row: Any) -> Iterator[str]:
    month, *names, first, second = row
    yield month_label(month)
    yield from names
    for value in (first, second):
        yield "–" if value is None else f"{value:,.6g}" if isinstance(value, float) else str(value)
