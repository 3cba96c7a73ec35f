"""What offices named, by dates: ``designations.csv``, and what could be foretold of it before.

Each row says how many there were at the end of a month, as a range where labels differ. What stands
earlier in the table is known then: last value and trend are made of it.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import city
from sim.calendar import MONTHS_A_YEAR, START, month_index
from sim.csv_files import Row, is_number, read_rows
from sim.figures import figures
from sim.language import Text
from sim.ledger import ledger
from sim.model.world.layout import COUNTS, MEASURES
from sim.problems import Problem, gathering, meant, nearest
from sim.store.fill import Ensemble
from sim.text.catalogue import worded
from sim.text.joining import series

FILE: Final = "evidence/designations.csv"
COLUMNS: Final = (
    *("id", "date", "quantity", "since", "low", "high", "reading", "rows", "name_en", "name_zh"),
)
READINGS: Final = ("strict", "all_sectors")
"""The plan's own label, or official totals and look-alikes that cover more."""
Floats = NDArray[np.float64]


class Designation(NamedTuple):
    """How many there were at the end of a month."""

    id: str
    date: str
    """Month (``YYYY-MM``) for which it is known."""
    quantity: str
    """Count or measure that it is compared with."""
    since: str
    """Month after which they were named; nothing: all that stand."""
    low: float
    high: float
    reading: str
    """One of `READINGS`."""
    rows: tuple[str, ...]
    """Ids of figures and of rows of the ledger."""
    name: Text

    @property
    def middle(self) -> float:
        """The middle of what is known."""
        return (self.low + self.high) / 2.0

    @property
    def known(self) -> int:
        """The last year whose December lies a year or more before; it is forecast from that."""
        year, month = map(int, self.date.split("-"))
        return year - 1 if month == MONTHS_A_YEAR else year - 2

    def simulated(self, found: Ensemble) -> Floats:
        """Return how many replicates have, shape (R,)."""
        now = _in_month(found, self.quantity, self.date)
        return now - _in_month(found, self.quantity, self.since) if self.since else now


def _in_month(found: Ensemble, quantity: str, month: str) -> Floats:
    """Return what each replicate has at the end of a month; measures are kept of Decembers."""
    if quantity in COUNTS:
        return found.counts[:, month_index(month), COUNTS.index(quantity)]
    december = int(month[:4]) - START[0]
    return found.measures[:, december, MEASURES.index(quantity)].astype(np.float64)


class Naive(NamedTuple):
    """What is forecast without a model."""

    last: float
    """The last value known."""
    trend: float
    """A straight line through the last two known; the last value where there is one."""


@cache
def designations() -> tuple[Designation, ...]:
    """Return the city's designations by date; none where its pack has no table.

    Raises:
        Problem: a row is not what it should be.
    """
    file = city.file(FILE)
    return read_designations(file) if file.is_file() else ()


def read_designations(file: Path) -> tuple[Designation, ...]:
    """Return the designations of a table by date.

    Raises:
        Problem: it cannot be read, or rows are not what they should be; names row and field.
    """
    found: dict[str, Designation] = {}
    with gathering() as problems:
        for row in read_rows(file, COLUMNS):
            with problems.noted():
                each = _designation(row, f"{file}:{row.line}")
                if each.id in found:
                    once = worded("expected.new_row_id")
                    raise Problem(f"{file}:{row.line}", "id", each.id, once)
                found[each.id] = each
    return tuple(sorted(found.values(), key=lambda each: each.date))


def _designation(row: Row, where: str) -> Designation:
    cells = {key: cell.strip() for key, cell in row.cells.items()}
    for key in ("id", "rows", "name_en", "name_zh"):
        if not cells[key]:
            raise Problem(where, key, "—", worded("expected.some_text"))
    names = [*COUNTS, *MEASURES]
    for key, choices in (("quantity", names), ("reading", list(READINGS))):
        if cells[key] not in choices:
            hint = meant(nearest(cells[key], choices))
            raise Problem(where, key, cells[key] or "—", series(choices), hint)
    for key in ("low", "high"):
        if not is_number(cells[key]):
            raise Problem(where, key, cells[key] or "—", worded("expected.number"))
    low, high = float(cells["low"]), float(cells["high"])
    if low > high:
        raise Problem(where, "high", cells["high"], worded("expected.at_least", low=low))
    rows = tuple(cells["rows"].split())
    for name in rows:
        if name not in ledger() and name not in figures():
            raise Problem(where, "rows", name, worded("expected.ids_of_rows"))
    date = _month(cells, "date", where)
    since = _month(cells, "since", where) if cells["since"] else ""
    if since > date:
        raise Problem(where, "since", since, worded("expected.month_until", last=date))
    for key, month in (("date", date), ("since", since)):
        if cells["quantity"] in MEASURES and month and not month.endswith("-12"):
            raise Problem(where, key, month, worded("expected.december"))
    label = Text(cells["name_en"], cells["name_zh"])
    return Designation(
        cells["id"], date, cells["quantity"], since, low, high, cells["reading"], rows, label
    )


def _month(cells: dict[str, str], key: str, where: str) -> str:
    if city.MONTH.fullmatch(cells[key]) is None:
        raise Problem(where, key, cells[key] or "—", worded("expected.month_so"))
    return cells[key]


def forecast_from(known: int, found: Sequence[Designation]) -> list[Designation]:
    """Return what is forecast from the end of a year: no more than a run can know then."""
    return [each for each in found if each.known == known >= START[0]]


def naive(of: Designation, found: Sequence[Designation]) -> Naive:
    """Return what would have been said from what the table knew of the same quantity.

    Args:
        of: what is forecast.
        found: all designations, by date.
    """
    until = f"{of.known}-12"
    past = [each for each in found if each.quantity == of.quantity and each.date <= until]
    if not past:
        return Naive(0.0, 0.0)
    *earlier, last = past
    if not earlier:
        return Naive(last.middle, last.middle)
    slope = (last.middle - earlier[-1].middle) / (_at(last) - _at(earlier[-1]))
    return Naive(last.middle, max(0.0, last.middle + slope * (_at(of) - _at(last))))


def _at(of: Designation) -> int:
    """Return a month as a number that may lie before the run."""
    year, month = map(int, of.date.split("-"))
    return MONTHS_A_YEAR * year + month
