"""Declared tables as pandas and xarray know them: months as dates, and what they are of beside."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from sim.extras import of_extra
from sim.problems import Problem, meant, nearest
from sim.spec.table import Table
from sim.text.catalogue import worded

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
NUMBERS: Final = "biufM"
"""Kinds of columns that hold no words, as NumPy calls them."""
LINE: Final = "line"
"""Dimension of a table whose first columns do not tell its rows apart."""


def frame_of(told: Table, attributes: Mapping[str, object]) -> "pd.DataFrame":
    """Return what files hold of a table: their columns, with numbers as numbers, months as dates.

    Args:
        told: the table.
        attributes: what it is of, as ``attrs`` of the frame.

    Raises:
        Problem: pandas is not installed.
    """
    fields = [field for head in told.heads for field in head.fields]
    rows = [list(chain.from_iterable(cell.values for cell in row)) for row in told.rows]
    return framed(fields, rows, attributes)


def framed(
    fields: Sequence[str], rows: Iterable[Sequence[object]], attributes: Mapping[str, object]
) -> "pd.DataFrame":
    """Return rows as a frame, months as dates.

    Raises:
        Problem: pandas is not installed.
    """
    frame = dated(of_extra("pandas").DataFrame(list(rows), columns=list(fields)))
    frame.attrs = dict(attributes)
    return frame


def dated(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return a frame in which columns of months ``YYYY-MM`` are dates: each month's first day.

    A column in which nothing is known is one of missing numbers.
    """
    pandas = of_extra("pandas")
    for name in frame.columns:
        if frame[name].dtype.kind in NUMBERS:
            continue
        told = [each for each in frame[name].unique() if not pandas.isna(each)]
        if not told:
            frame[name] = frame[name].astype("float64")
        elif all(isinstance(each, str) and MONTH.fullmatch(each) for each in told):
            frame[name] = pandas.to_datetime(
                frame[name].astype("str"), format="%Y-%m", errors="coerce"
            )
    return frame


def dataset_of(frame: "pd.DataFrame") -> "xr.Dataset":
    """Return a table as a dataset: its dimensions are the first columns that tell its rows apart.

    Where none do, its rows are numbered along `LINE`. What no row tells of is missing.

    Raises:
        Problem: xarray is not installed.
    """
    xarray, keys = of_extra("xarray"), keys_of(frame)
    indexed = frame.set_index(keys) if keys else frame.rename_axis(LINE)
    found: xr.Dataset = xarray.Dataset.from_dataframe(indexed)
    in_order = found.sel({key: list(frame[key].unique()) for key in keys})
    return in_order.assign_attrs(_plain(frame.attrs))


def keys_of(frame: "pd.DataFrame") -> list[str]:
    """Return the fewest first columns that tell all rows apart; none if a measured one would be.

    What is only true or false tells nothing apart.
    """
    keys: list[str] = []
    for name in frame.columns:
        kind = frame[name].dtype.kind
        if kind == "b":
            continue
        if kind == "f" or frame[name].isna().any():
            return []
        keys.append(name)
        if not frame.duplicated(keys).any():
            return keys
    return []


def _plain(attributes: Mapping[str, object]) -> dict[str, Any]:
    """Return attributes as files of arrays can keep them: numbers, texts and lists of those."""
    kept = (str, int, float, list)
    return {
        key: value if isinstance(value, kept) else str(value)
        for key, value in attributes.items()
        if value is not None
    }


def named(name: str, known: Sequence[str], where: str) -> str:
    """Return the name of a table that is there.

    Args:
        name: that was asked for.
        known: those that there are.
        where: what was called.

    Raises:
        Problem: there is none of that name.
    """
    if name in known:
        return name
    listed = ", ".join(known)
    expected = worded("expected.result_table", listed=listed)
    raise Problem(where, "table", repr(name), expected, meant(nearest(str(name), known)))
