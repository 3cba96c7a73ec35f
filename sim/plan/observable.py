"""How each count can be compared with what is published, and how far the city is in each reading.

Few counts are published as the plan means them. Some are in a wider sense, and of others nothing
is: then no run can be checked against the city. ``observable.toml`` says which is which; a pack
may do without it.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, Literal, NamedTuple

from sim import city
from sim.figures import figures
from sim.language import Text
from sim.ledger import ledger
from sim.plan import PLAN
from sim.problems import Problem, meant, nearest
from sim.text.catalogue import worded
from sim.text.joining import series
from sim.toml_tables import NOTHING, Table, read

FILE: Final = "observable.toml"
Seen = Literal["strict", "all_sectors"]
SEEN: Final[tuple[Seen, ...]] = ("strict", "all_sectors")
"""By the plan's own label; in official totals and look-alikes that cover more."""
UNSEEN: Final = "none"
"""Stands in files for a count of which nothing is published."""


class Known(NamedTuple):
    """How far the city is, in one reading."""

    reading: Seen
    value: float
    date: str
    """Month, or year where the month is not known."""
    what: Text
    """What was counted."""
    rows: tuple[str, ...]
    """Ids of the rows that say so; none: nothing was found up to the date."""


class Observable(NamedTuple):
    """How a count can be compared with what is published."""

    known: tuple[Known, ...]
    """The plan's own label first; empty: nothing is published that is the count."""
    remark: Text | None

    @property
    def reading(self) -> str:
        """Return the nearest reading that there is, or ``UNSEEN``."""
        return self.known[0].reading if self.known else UNSEEN

    def latest(self, reading: Seen) -> Known | None:
        """Return what is known latest in a reading."""
        found = [each for each in self.known if each.reading == reading]
        return max(found, key=lambda each: each.date, default=None)


@cache
def observables() -> Mapping[str, Observable]:
    """Return how each count can be observed, by its id; empty if the pack does not say.

    Raises:
        Problem: the file is not what it should be; names key, found and expected.
    """
    if not city.file(FILE).is_file():
        return {}
    return read_observables(read(city.folder(), FILE), [count.id for count in PLAN.counts])


def read_observables(file: Table, counts: list[str]) -> dict[str, Observable]:
    """Return what a file says of each count.

    Raises:
        Problem: a count is missing, unknown or there twice, or a row does not exist.
    """
    found: dict[str, Observable] = {}
    for table in file.only("counts").tables("counts"):
        table.only("id", "near", "remark", "known")
        name = table.text("id")
        if name not in counts or name in found:
            raise table.problem("id", worded("expected.each_once", counts=series(counts)))
        for row in table.texts("near"):
            _check_row(table, "near", row)
        known = sorted(_known(table), key=lambda each: SEEN.index(each.reading))
        remark = table.both("remark") if "remark" in table.values else None
        found[name] = Observable(tuple(known), remark)
    for name in counts:
        if name not in found:
            raise Problem(file.file, name, NOTHING, worded("expected.every_count"))
    return found


def _known(count: Table) -> Iterator[Known]:
    if "known" not in count.values:
        if "remark" not in count.values:
            raise count.problem("remark", worded("expected.reason"))
        return
    for table in count.tables("known"):
        table.only("reading", "rows", "value", "what")
        rows = table.texts("rows")
        table.choice("reading", *SEEN)
        reading: Seen = "strict" if table.text("reading") == "strict" else "all_sectors"
        said = [_check_row(table, "rows", row) for row in rows]
        date = max((each[0] for each in said), default=city.about().known)
        if date is None:
            raise Problem(city.CITY, "known", NOTHING, worded("expected.month_without_rows"))
        value = table.number("value") if "value" in table.values else _sum(table, said)
        yield Known(reading, value, date, table.both("what"), rows)


def _check_row(table: Table, key: str, name: str) -> tuple[str, float | None]:
    """Return date and number of a row of the ledger or of the figures.

    Raises:
        Problem: there is no such row.
    """
    if name in ledger():
        entry = ledger()[name]
        return entry.date, entry.value
    if name in figures():
        figure = figures()[name]
        return figure.year, figure.number_or_none
    hint = meant(nearest(name, [*ledger(), *figures()]))
    raise table.problem(key, worded("expected.row_ids"), hint)


def _sum(table: Table, said: list[tuple[str, float | None]]) -> float:
    numbers = [number for _, number in said if number is not None]
    if len(numbers) < len(said):
        raise table.problem("rows", worded("expected.rows_of_one_number"))
    return sum(numbers, 0.0)
