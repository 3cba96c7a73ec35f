"""One replicate under a treatment: its firms' books, month by month, and how to read them.

Every arm of a trial has the same parameters and luck as the city that nothing is done to, so that
what differs is the treatment's.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.calendar import MONTHS_A_YEAR
from sim.evidence.replication.estimators import Bools, Floats, Ints
from sim.model.world.codes import MOVED, mechanism
from sim.model.world.layout import MEASURES
from sim.model.world.place import spread
from sim.model.world.setup import Setup
from sim.model.world.tables import FIRM
from sim.model.world.world import World

BEGINS: Final = 12
"""Month in which treatments begin: October 2023."""
YEARS: Final = tuple(MONTHS_A_YEAR * years for years in range(8))
"""Months of so many years."""
Found = Mapping[str, float]
"""Statistics by id."""
KEPT: Final = (
    *("id", "alive", "exit_reason", "kind", "track", "cluster", "district", "place", "level"),
    *("entered", "quality", "components", "products", "patron", "certificate_until"),
    *("staff", "sales", "to_patron", "capacity", "real_rd", "reported_rd", "raised"),
)
"""Columns of the table of firms."""
BOOKS: Final = np.dtype([(name, FIRM.fields[name][0]) for name in KEPT])  # type: ignore[index]


Books = NDArray[np.void]
"""Rows of some firms, with the columns of `BOOKS`."""


class Month(NamedTuple):
    """What is known at the end of a month."""

    firms: Books
    """Rows of `BOOKS`, by rising id; firms that ended stay until another takes their row."""
    user_cost: Floats
    """Of research, without and with a certificate, shape (2, branches, places)."""
    vouchers: Floats
    """Research that they buy for a yuan of a small firm's own, shape (branches, places)."""


class Award(NamedTuple):
    """Money that some firms are given."""

    month: int
    """At whose beginning."""
    ids: Ints
    amount: float
    """Of each, 万元."""


class Arm(NamedTuple):
    """One replicate under one treatment."""

    months: tuple[Month, ...]
    measures: Floats
    """Shape (months, measures)."""

    def measure(self, name: str) -> Floats:
        """Return a measure of every month."""
        column: Floats = self.measures[:, MEASURES.index(name)]
        return column

    def rows(self, month: int, ids: Ints) -> tuple[Bools, Books]:
        """Return which firms live at the end of a month, and their books."""
        firms = self.months[month].firms
        at = np.minimum(np.searchsorted(firms["id"], ids), len(firms) - 1)
        found = firms[at]
        return (found["id"] == ids) & (found["alive"] == 1), found

    def values(self, month: int, ids: Ints, field: str) -> Floats:
        """Return a column of firms at the end of a month; not a number of those who are gone."""
        here, found = self.rows(month, ids)
        return np.where(here, found[field].astype(np.float64), np.nan)

    def living(self, month: int) -> Books:
        """Return the books of all firms that live at the end of a month."""
        firms = self.months[month].firms
        living: Books = firms[firms["alive"] == 1]
        return living

    def entered(self, span: Iterable[int]) -> Books:
        """Return the books of firms that came in some months, at the end of the month each came."""
        parts = [self.months[month].firms for month in span]
        return np.concatenate(
            [firms[firms["entered"] == month] for month, firms in zip(span, parts, strict=True)]
        )

    def ended(self, span: Iterable[int]) -> Books:
        """Return the last books of firms that lived a month before, and no longer."""
        found = []
        for month in span:
            before = self.living(month - 1)
            found.append(before[~self.rows(month, before["id"])[0]])
        return np.concatenate(found)

    def ended_as(self, ids: Ints, until: int, *reasons: int) -> Bools:
        """Return which firms had ended for one of some reasons before a month."""
        found = [each.firms["id"][np.isin(each.firms["exit_reason"], reasons)]
                 for each in self.months[:until]]  # fmt: skip
        return np.isin(ids, np.concatenate(found))

    def climbs(self, span: Iterable[int], level: float, tracks: Bools) -> float:
        """Return how often a firm of some tracks came to a level in the months of a span."""
        found = 0
        for month in span:
            before = self.living(month - 1)
            before = before[tracks[before["track"]] & (before["level"] < level)]
            found += int((self.values(month, before["id"], "level") >= level).sum())
        return float(found)

    def rounds(self, ids: Ints, first: int, until: int) -> Ints:
        """Return how many rounds each firm raised in the months from one on, up to another."""
        known = np.nan_to_num(self.values(first - 1, ids, "raised"))
        number = np.zeros(len(ids), np.int64)
        for month in range(first, until):
            now = np.fmax(known, self.values(month, ids, "raised"))
            number += now > known
            known = now
        return number

    def raised(self, ids: Ints, first: int, until: int) -> Bools:
        """Return which firms raised a round in the months from one on, up to another."""
        return self.rounds(ids, first, until) > 0

    def reached(self, ids: Ints, level: Ints, first: int) -> Floats:
        """Return the month from one on at whose end each firm is at a level; else not a number."""
        month = np.full(len(ids), np.nan)
        for now in range(first, len(self.months)):
            there = self.values(now, ids, "level") >= level
            month[np.isnan(month) & there] = now
        return month


class Trial:
    """A replicate: the city that nothing is done to, and others like it that are treated."""

    def __init__(self, setup: Setup, seed: int, replicate: int) -> None:
        """Take a city.

        Args:
            setup: without any of the instruments.
            seed: of the ensemble.
            replicate: its number.
        """
        self._setup, self._seed, self._replicate = setup, seed, replicate
        self.p: Any = parameters.as_record(ensemble.draw_for(setup, seed, replicate))[0]

    def lots(self, name: str) -> np.random.Generator:
        """Return random numbers for a purpose, the same each time."""
        return np.random.default_rng([self._seed, self._replicate, *name.encode()])

    @cached_property
    def usual(self) -> Arm:
        """The city that nothing is done to."""
        return follow(self._setup, self._seed, self._replicate, self._setup.months)

    def under(
        self, name: str, span: range, until: int, where: NDArray[np.bool_] | None = None
    ) -> Arm | None:
        """Return the city with the instruments that move a mechanism; None if it has none.

        Args:
            name: of the mechanism.
            span: months in which their dose is 1.
            until: month before which nothing more is looked at.
            where: they apply, shape (clusters, districts); None: everywhere.
        """
        moved = [number for number, each in enumerate(MOVED) if each == mechanism(name)]
        if not moved:
            return None
        dose, reach = self._setup.dose.copy(), self._setup.reach.copy()
        dose[span.start : span.stop, moved] = 1.0
        reach[moved] = 1.0 if where is None else spread(where)
        treated = self._setup._replace(dose=dose, reach=reach)
        return follow(treated, self._seed, self._replicate, until)

    def awarded(self, awards: Sequence[Award], until: int) -> Arm:
        """Return the city in which firms are given money."""
        return follow(self._setup, self._seed, self._replicate, until, awards)


def follow(
    setup: Setup, seed: int, replicate: int, months: int, awards: Sequence[Award] = ()
) -> Arm:
    """Run a replicate and keep its firms' books."""
    values, world = ensemble.begin(setup, seed, replicate)
    record = parameters.as_record(values)
    counts, measures = setup.nothing_recorded()
    schedule = ensemble.schedule_of(setup)
    kept: list[Month] = []
    for month in range(months):
        for award in awards:
            if award.month == month:
                _pay(world, award)
        world = ensemble.advance(world, record, setup, month + 1, counts, measures, schedule)
        kept.append(_books(world))
    return Arm(tuple(kept), measures[:months])


def _pay(world: World, award: Award) -> None:
    firms = world.firms
    given = np.isin(firms["id"], award.ids) & (firms["alive"] == 1)
    firms["cash"][given] += award.amount


def _books(world: World) -> Month:
    firms, city = world.firms, world.city[0]
    rows = np.flatnonzero(firms["id"] != 0)
    rows = rows[np.argsort(firms["id"][rows])]
    kept = np.empty(len(rows), BOOKS)
    for name in KEPT:
        kept[name] = firms[name][rows]
    return Month(kept, city["user_cost"].copy(), city["bought"].copy())
