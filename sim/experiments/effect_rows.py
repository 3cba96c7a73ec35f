"""Effects as columns of a table, and back: the same names in CSV, in JSON and to those who read."""

from collections.abc import Mapping
from math import inf, isfinite
from typing import Any, get_type_hints

from sim.estimate.effects import Effect
from sim.estimate.paired import Difference, MonthDifference
from sim.estimate.rates import CostDifference, Rate
from sim.experiments.compare import CountDifference
from sim.experiments.other_reading import InOther
from sim.plan import READINGS

COST = "cost_more"
RATE = "points_per_cost"
POINTS = ("difference", "difference_low", "difference_high")
MAIN = ("value", "share")
"""What a record is about stands under the record's own name, without a suffix."""


def columns(name: str, record: Any) -> dict[str, Any]:
    """Return a record, and the records in it, as columns: ``amount``, ``amount_low`` and so on.

    Args:
        name: that the columns begin with; may be empty.
        record: a named tuple of numbers and of such tuples. What is not finite (a ratio to nothing,
            the open end of an interval) is None, an empty cell.
    """
    found: dict[str, Any] = {}
    for field, value in zip(record._fields, record, strict=True):
        own = _column(name, field)
        if isinstance(value, tuple):
            found |= columns(own, value)
        else:
            found[own] = value if value is None or isfinite(value) else None
    return found


def effect_of(row: Mapping[str, Any]) -> Effect:
    """Return the effect that `columns` wrote into a row.

    Raises:
        KeyError: a column is missing.
        TypeError, ValueError: a column holds no number.
    """
    return Effect(*_read("", Effect, row))


def rate_of(row: Mapping[str, Any]) -> Rate | None:
    """Return the points per cost that a row holds, None if it has none.

    Raises:
        KeyError, TypeError, ValueError: as for `effect_of`.
    """
    return None if row[RATE] is None else Rate(*_read(RATE, Rate, row))


def cost_difference_of(row: Mapping[str, Any]) -> CostDifference:
    """Return the difference in cost that a row holds.

    Raises:
        KeyError, TypeError, ValueError: as for `effect_of`.
    """
    return CostDifference(*_read(COST, CostDifference, row))


def difference_of(row: Mapping[str, Any]) -> CountDifference:
    """Return how a count differs, from its row of ``comparison.json``.

    Raises:
        KeyError, TypeError, ValueError: as for `effect_of`.
    """
    months = [row[f"months_{each}"] for each in ("difference", "low", "high")]
    return CountDifference(
        str(row["count"]),
        float(row["likelihood_first"]),
        float(row["likelihood_second"]),
        _difference(
            row, "difference", "difference_low", "difference_high", row["variance_reduction"]
        ),
        _difference(row, "about_difference", "about_low", "about_high"),
        (float(row["about_first"]), float(row["about_second"])),
        effect_of(row),
        None if months[0] is None else MonthDifference(*_ends(*months), 0),
        rate_of(row),
        (int(row["only_first"]), int(row["only_second"])),
    )


def in_other_of(row: Mapping[str, Any]) -> InOther:
    """Return how a count differs in its other reading, from its row of ``readings.csv``.

    Raises:
        KeyError, ValueError, StopIteration: it is no such row.
    """
    about = ("about_difference", "about_low", "about_high")
    return InOther(
        str(row["count"]),
        next(each for each in READINGS if each == row["reading"]),
        _difference(row, *POINTS),
        (float(row["likelihood_first"]), float(row["likelihood_second"])),
        _difference(row, *about),
        (float(row["about_first"]), float(row["about_second"])),
    )


def joint_of(
    row: Mapping[str, Any],
) -> tuple[Difference, tuple[float, float], Difference, tuple[float, float]]:
    """Return how all counts together differ, strict and 左右, each with both likelihoods.

    Raises:
        KeyError, TypeError, ValueError: as for `effect_of`.
    """
    return (
        _difference(row, *POINTS),
        (float(row["likelihood_first"]), float(row["likelihood_second"])),
        _difference(row, "about_difference", "about_low", "about_high"),
        (float(row["about_first"]), float(row["about_second"])),
    )


def _difference(
    row: Mapping[str, Any], value: str, low: str, high: str, reduction: float | None = None
) -> Difference:
    return Difference(float(row[value]), float(row[low]), float(row[high]), reduction)


def _ends(value: float, low: float | None, high: float | None) -> tuple[float, float, float]:
    """Return a value and the ends of its interval; one that is not known is open."""
    return float(value), -inf if low is None else float(low), inf if high is None else float(high)


def _read(name: str, kind: Any, row: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = []
    for field, own in get_type_hints(kind).items():
        column = _column(name, field)
        if _inner(own):
            found.append(own(*_read(column, own, row)))
        elif row[column] is None:
            found.append(None if field == "luck" else inf)
        else:
            found.append(int(row[column]) if own is int else float(row[column]))
    return found


def _inner(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple)


def _column(name: str, field: str) -> str:
    if field in MAIN and name:
        return name
    return f"{name}_{field}" if name else field


def names_of(kind: type[Any], name: str = "") -> list[str]:
    """Return the columns of a kind of record, in order."""
    found: list[str] = []
    for field, own in get_type_hints(kind).items():
        column = _column(name, field)
        found += names_of(own, column) if _inner(own) else [column]
    return found
