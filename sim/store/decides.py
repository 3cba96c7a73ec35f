"""What decides each count, as a table: written by a run, read by whatever shows it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.csv_files import ENCODING, read_rows, table
from sim.plan import PLAN
from sim.store.arrays import values_of
from sim.store.columns import DRAW
from sim.store.folder import writing
from sim.store.plain import number
from sim.store.tables import BLOCK, REPLICATES

if TYPE_CHECKING:
    from sim.estimate import Interval
    from sim.estimate.decides import Drawn
    from sim.estimate.records import Decided, Decider, Decisions

DECIDES = "decides.csv"

HEADER = (
    *("count", "draws", "explained", "parameter", "source", "direction"),
    *("share", "share_low", "share_high"),
    *("low_quarter", "low_quarter_low", "low_quarter_high"),
    *("high_quarter", "high_quarter_low", "high_quarter_high"),
)
RISES = {True: "rises", False: "falls"}
DIRECTIONS = {word: rises for rises, word in RISES.items()}


def drawn_in(folder: Path, parameters: Sequence[str]) -> "Drawn":
    """Return the replicates of a result, as many as are looked at, with their parameters.

    Args:
        folder: holds ``replicates.parquet``.
        parameters: names of those that are drawn.
    """
    from sim.estimate.decides import ENOUGH, Drawn

    counts = [count.id for count in PLAN.counts]
    with pq.ParquetFile(folder / REPLICATES) as file:
        groups = range(min(file.num_row_groups, ENOUGH // BLOCK))
        table = file.read_row_groups(list(groups), [DRAW, *counts, *parameters])

    def stacked(names: Sequence[str]) -> NDArray[np.float64]:
        return np.column_stack([values_of(table, name) for name in names])

    values = stacked(counts)
    targets = np.array([count.target for count in PLAN.counts], dtype=np.float64)
    draws = values_of(table, DRAW).astype(np.int64)
    return Drawn(parameters, stacked(parameters), counts, values, values >= targets, draws)


def write_decisions(folder: Path, found: "Decisions", sources: Mapping[str, str]) -> None:
    """Write ``decides.csv``: a row for each parameter named, one for a count that has none.

    Args:
        folder: of the result.
        found: what decides each count.
        sources: of each parameter, as the table of parameters says.

    Raises:
        Problem: the folder cannot be written.
    """
    rows = [row for each in found.counts for row in _rows(each, found.draws, sources)]
    text = table(HEADER, ([row.get(column) for column in HEADER] for row in rows))
    with writing(folder):
        (folder / DECIDES).write_text(text, encoding=ENCODING, newline="")


def _rows(found: "Decided", draws: int, sources: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    about = {"count": found.count, "draws": draws, "explained": found.explained}
    if not found.deciders:
        yield about
    for place, each in enumerate(found.deciders):
        yield {
            **about,
            "parameter": each.parameter,
            "source": sources[each.parameter],
            "direction": RISES[each.rises],
            **_spread("share", each.share),
            **(_quarters(found) if place == 0 else {}),
        }


def _quarters(found: "Decided") -> dict[str, float]:
    if found.low is None or found.high is None:
        return {}
    return {**_spread("low_quarter", found.low), **_spread("high_quarter", found.high)}


def _spread(name: str, interval: "Interval") -> dict[str, float]:
    return {name: interval.value, f"{name}_low": interval.low, f"{name}_high": interval.high}


def read_decisions(folder: Path) -> "Decisions":
    """Return what `write_decisions` wrote down.

    Raises:
        Problem, KeyError, ValueError, IndexError: the table is not one of these.
    """
    from sim.estimate.records import Decisions

    rows = [row.cells for row in read_rows(folder / DECIDES, HEADER)]
    counts = tuple(_decided(list(found)) for _, found in groupby(rows, lambda row: row["count"]))
    if not {each.count for each in counts} <= {count.id for count in PLAN.counts}:
        raise ValueError("count")
    return Decisions(int(rows[0]["draws"]), counts)


def _decided(rows: Sequence[Mapping[str, str]]) -> "Decided":
    from sim.estimate.records import Decided

    first = rows[0]
    deciders = tuple(_decider(row) for row in rows if row["parameter"])
    quarters = [_interval(first, name) for name in ("low_quarter", "high_quarter") if deciders]
    explained = number(float(first["explained"])) if first["explained"] else None
    return Decided(first["count"], explained, deciders, *quarters)


def _decider(row: Mapping[str, str]) -> "Decider":
    from sim.estimate.records import Decider

    share, rises = _interval(row, "share"), DIRECTIONS[row["direction"]]
    return Decider(row["parameter"], share, rises)


def _interval(row: Mapping[str, str], name: str) -> "Interval":
    from sim.estimate import Interval

    return Interval(*(number(float(row[key])) for key in (name, f"{name}_low", f"{name}_high")))
