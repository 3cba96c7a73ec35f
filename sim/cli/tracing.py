"""``sim trace``: what each process of some months changes, of an agent or by an instrument."""

from collections.abc import Iterable, Iterator
from typing import Any

from sim.calendar import month_index, month_label
from sim.cli.notes import read_here
from sim.language import Language, Text
from sim.present.screen import print_line, print_table
from sim.problems import Problem
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

EXAMPLES = 3
MONTH, PROCESS, FIELD = Text("month", "月份"), Text("process", "过程"), Text("field", "字段")
CHANGED = (MONTH, PROCESS, FIELD, Text("before", "之前"), Text("after", "之后"))
MOVED = (
    *(MONTH, PROCESS, FIELD, Text("rows that differ", "不同的行数")),
    Text("with less without", "有与无之差"),
)
NOTHING = Text("No process changes anything.", "没有过程带来变化。")
BY_INSTRUMENT = Text(
    "What differs, once each process has run, from the same months without the instrument:",
    "各过程运行后，与没有该举措的同样月份相比，有何不同：",
)


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
        what: firm:ID, talent:ID, fund:ID or the name of an instrument.
        month: the first, as YYYY-MM; None: that of the run.
        months: how many; the run may end earlier.
        replicate: which one.
        seed: instead of the scenario's.
        language: of what is printed.

    Raises:
        Problem: the scenario, the month or what is to be traced is not to be found.
    """
    kind, identity = _agent(what)
    instrument = -1 if kind else instrument_number(what)
    read = read_here(scenario, language)
    setup = read.setup()
    first = 0 if month is None else _month(month, setup.months)
    stand = stand_at(setup, read.seed if seed is None else seed, replicate, first)
    months = min(months, setup.months - first)
    if not kind:
        print_line(BY_INSTRUMENT.in_(language))
        _print(MOVED, moved_by(stand, instrument, months), language)
        return
    changes = list(changes_of(stand, kind, identity, months))
    if not changes and not is_there(stand, kind, identity):
        raise _unknown(stand, kind, what)
    _print(CHANGED, changes, language)


def _agent(what: str) -> tuple[str, int]:
    """Return kind and identity of an agent; no kind if it must be an instrument.

    Raises:
        Problem: what follows the kind is no number.
    """
    kind, colon, number = what.partition(":")
    if not colon or kind not in TABLES:
        return "", 0
    if not (number.isascii() and number.isdecimal() and len(number) < 20):
        raise Problem("WHAT", "", what, Text(f"{kind}:ID with a number", f"{kind}:ID（编号）"))
    return kind, int(number)


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
        expected = Text(f"a month from {first} to {last}", f"{first} 至 {last} 的月份")
        raise Problem("--month", "", month, expected)
    return number


def _unknown(stand: Stand, kind: str, what: str) -> Problem:
    some = [f"{kind}:{identity}" for identity in examples(stand, kind, EXAMPLES)]
    expected = Text(
        f"an agent of these months, such as {', '.join(some)}",
        f"这些月份中的智能体，例如 {'、'.join(some)}",
    )
    return Problem("WHAT", "", what, expected)


def _print(heads: tuple[Text, ...], rows: Iterable[Any], language: Language) -> None:
    told = [list(_cells(row)) for row in rows]
    if not told:
        print_line(NOTHING.in_(language))
        return
    print_table([head.in_(language) for head in heads], told, numbers=(3, 4), whole=(0, 1, 2))


def _cells(row: Any) -> Iterator[str]:
    month, *names, first, second = row
    yield month_label(month)
    yield from names
    for value in (first, second):
        yield "–" if value is None else f"{value:,.6g}" if isinstance(value, float) else str(value)
