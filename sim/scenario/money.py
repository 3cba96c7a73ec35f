"""``[[moves]]`` and ``budget``: public money that goes from one lever to another, and its limit.

Both are reckoned at default prices, or at those that the scenario fixes, on the doses as planned.
What costs tax forgone and no money is neither moved nor cut.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calendar import month_index, month_label
from sim.language import Text
from sim.model.world.place import extent
from sim.parameters import find
from sim.plan import PLAN
from sim.problems import gathering
from sim.scenario import check
from sim.scenario.levers import MOST_DOSE
from sim.scenario.place import Place
from sim.scenario.rules import instruments_of, lever_or_instrument, levers_and_instruments
from sim.scenario.shape import either, of_checks, only, shaped, some
from sim.text.catalogue import worded

TABLE, BUDGET = "moves", "budget"
FORGONE_BY: Final = frozenset({"super_deduction"})
"""Mechanisms whose instruments cost tax forgone under a national rule, and no money."""
SPENT: Final[NDArray[np.float64]] = np.array(
    [float(entry.moves not in FORGONE_BY) for entry in PLAN.instruments]
)
"""1 for each instrument whose cost is money spent, 0 for tax forgone, shape (instruments,)."""

Floats = NDArray[np.float64]


class Move(NamedTuple):
    """Money that is moved from one lever to another."""

    of: str
    """Plan, safeguard or instrument that gives."""
    to: str
    """Likewise, that receives."""
    start: str
    """First month."""
    share: float
    """Part of what the giver would cost from then on."""

    def plain(self) -> dict[str, Any]:
        """Return it as a scenario file says it."""
        return {"of": self.of, "to": self.to, "from": self.start, "share": self.share}


class Moved(NamedTuple):
    """What a move comes to."""

    move: Move
    money: float
    """亿元 that the giver gives from its first month to the end of the run."""
    factor: float
    """What the receiver's doses are multiplied by; 1 where it has none to multiply."""
    before: Floats
    """Doses without it, shape (months, instruments)."""
    after: Floats


@shaped(lambda: some(of_checks(KEYS, NEEDED)))
def moves(value: object, place: Place) -> tuple[Move, ...]:
    """Take a list of moves.

    Raises:
        Problem: one has no giver or receiver, or is from something to itself.
    """
    if not isinstance(value, list | tuple):
        raise place.problem(value, worded("expected.tables", table="moves"))
    found = []
    with gathering() as problems:
        for number, entry in enumerate(value):
            with problems.noted():
                found.append(_move(entry, place.under(str(number + 1))))
    return tuple(found)


def _move(value: object, place: Place) -> Move:
    told = {"share": 1.0, **check.table(KEYS)(value, place)}
    for key in NEEDED:
        if key not in told:
            raise place.under(key).problem(None, worded("expected.value"))
    both = {*instruments_of(told["of"])} & {*instruments_of(told["to"])}
    if both:
        expected = worded("expected.other_than", name=told["of"])
        raise place.under("to").problem(told["to"], expected)
    return Move(told["of"], told["to"], told["from"], told["share"])


@shaped(lambda: {"enum": levers_and_instruments()})
def _named(value: object, place: Place) -> str:
    return lever_or_instrument(check.string(value, place), place)


KEYS: Final[Mapping[str, check.Check[Any]]] = {
    "of": _named,
    "to": _named,
    "from": check.month,
    "share": check.number(0.01, 1.0),
}
"""Keys of a move, and what each may be."""
NEEDED: Final[tuple[str, ...]] = ("of", "to", "from")
"""Those that every move has."""
LIMIT: Final[Mapping[str, check.Check[Any]]] = {"yearly": check.number(0.0, 1e6)}


@shaped(lambda: either(only("none"), of_checks(LIMIT, LIMIT)))
def budget(value: object, place: Place) -> float | None:
    """Take a table with the most that may be spent in a year, 亿元; "none" is no limit.

    Raises:
        Problem: it is no such table.
    """
    if value is None or value == "none":
        return None
    entry = check.table(LIMIT, complete=True)
    return float(entry(value, place)["yearly"])


def unit_costs(fixed: Mapping[str, float]) -> Floats:
    """Return what each instrument costs in a year at dose 1 everywhere, 亿元, money spent only."""
    names = [entry.cost for entry in PLAN.instruments]
    prices = [0.0 if name is None else fixed.get(name, find(name).default) for name in names]
    return np.array(prices, np.float64) * SPENT


def moved(
    doses: Floats, reach: Floats, fixed: Mapping[str, float], given: Sequence[Move]
) -> Iterator[Moved]:
    """Yield what each move comes to, in the order of their months.

    Args:
        doses: as planned, shape (months, instruments).
        reach: shape (instruments, branches, places).
        fixed: parameters that the scenario fixes.
        given: the moves.
    """
    monthly = unit_costs(fixed) * extent(reach) / 12.0
    for move in sorted(given, key=lambda each: month_index(each.start)):
        first = month_index(move.start)
        gives, takes = (_paid(name) for name in (move.of, move.to))
        cost = doses[first:] * monthly
        money = float(cost[:, gives].sum()) * move.share
        base = float(cost[:, takes].sum())
        factor = 1.0 + money / base if base > 0.0 else 1.0
        after = doses.copy()
        after[first:, gives] *= 1.0 - move.share
        after[first:, takes] *= factor
        yield Moved(move, money, factor, doses, after)
        doses = after


def _paid(name: str) -> NDArray[np.bool_]:
    """Return which instruments of a lever cost money, or whether one does."""
    own = instruments_of(name)
    return np.array([entry.id in own for entry in PLAN.instruments]) & (SPENT > 0.0)


def within(
    doses: Floats, reach: Floats, fixed: Mapping[str, float], yearly: float | None
) -> Floats:
    """Return doses scaled alike in each year in which they would cost more than a budget."""
    if yearly is None:
        return doses
    scaled = doses.copy()
    cost = _cost(doses, reach, fixed)
    for months in _years(len(doses)):
        allowed, wanted = yearly * len(months) / 12.0, float(cost[months].sum())
        if wanted > allowed:
            scaled[np.ix_(months, np.flatnonzero(SPENT))] *= allowed / wanted
    return scaled


def _cost(doses: Floats, reach: Floats, fixed: Mapping[str, float]) -> Floats:
    """Return what is spent on each instrument in each month, 亿元."""
    found: Floats = doses * (unit_costs(fixed) * extent(reach) / 12.0)
    return found


def _years(months: int) -> Iterator[NDArray[np.int64]]:
    """Yield the months of a run year by year; the first has three, from October on."""
    labels = np.array([month_label(month)[:4] for month in range(months)])
    for year in dict.fromkeys(labels.tolist()):
        yield np.flatnonzero(labels == year)


def check_moves(found: Sequence[Moved], place: Place) -> None:
    """Make sure that moves are paid, and that what they pay can be done.

    Raises:
        Problem: a giver has nothing to give, or a receiver cannot use it.
    """
    for number, each in enumerate(found):
        here, move = place.under(TABLE).under(str(number + 1)), each.move
        if each.money <= 0.0:
            expected = worded("expected.costs_money", start=move.start)
            raise here.under("of").problem(move.of, expected)
        if each.factor == 1.0:
            expected = worded("expected.on_and_costs_money", start=move.start)
            raise here.under("to").problem(move.to, expected)
        most = float(each.after.max())
        if most > MOST_DOSE:
            expected = worded("expected.money_for_dose", most_dose=MOST_DOSE, dose=most)
            raise here.under("share").problem(move.share, expected)


def check_budget(
    doses: Floats, reach: Floats, fixed: Mapping[str, float], yearly: float | None, place: Place
) -> None:
    """Make sure that a budget pays for what runs without the plans.

    Raises:
        Problem: safeguards alone cost more in a year.
    """
    if yearly is None:
        return
    plans = {plan.id for plan in PLAN.plans}
    committed = np.array([entry.lever not in plans for entry in PLAN.instruments])
    cost = _cost(doses, reach, fixed)[:, committed].sum(axis=1)
    for months in _years(len(doses)):
        least = float(cost[months].sum()) * 12.0 / len(months)
        if least > yearly:
            year = month_label(int(months[0]))[:4]
            expected = worded("expected.safeguards_cost", least=least, year=year)
            raise place.under(BUDGET).under("yearly").problem(yearly, expected)


def told_of_budget(before: Floats, after: Floats, yearly: float) -> Text:
    """Return in words in which years a budget cuts doses, and to what part."""
    parts = {}
    for months in _years(len(before)):
        paid = before[months][:, SPENT > 0.0].sum()
        left = after[months][:, SPENT > 0.0].sum()
        if left < paid:
            parts[month_label(int(months[0]))[:4]] = f"{left / paid:.0%}"
    years = ", ".join(f"{year} × {part}" for year, part in parts.items())
    return worded("scenario.budget", yearly=yearly, years=years or worded("scenario.no_year"))


def told(found: Moved) -> Text:
    """Return a move in words."""
    move = found.move
    return worded(
        "scenario.move",
        money=found.money,
        share=move.share,
        of=move.of,
        start=move.start,
        to=move.to,
        factor=found.factor,
    )
