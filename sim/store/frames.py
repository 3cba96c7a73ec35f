"""The tables of a run's folder as pandas and xarray know them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pyarrow import csv

from sim.calendar import START
from sim.extras import of_extra
from sim.language import Language, Text
from sim.plan import PLAN, Reading
from sim.spec.frames import dated, named
from sim.store.labels import UNIT
from sim.store.tables import REPLICATES, TRAJECTORIES

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

FIRST = "summary"
"""The table that is taken where none is named."""
PARQUET = {file.partition(".")[0]: file for file in (REPLICATES, TRAJECTORIES)}
"""Tables that are in Parquet files; all others are CSV."""


class Ran(Protocol):
    """A result: what is asked of it here."""

    @property
    def folder(self) -> Path:
        """Where its files are."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What is known of the run."""

    @property
    def language(self) -> Language:
        """Of labels and units."""

    @property
    def readings(self) -> Mapping[str, Reading]:
        """How each count is read."""

    def counts(self) -> NDArray[np.float64]:
        """Return the counts in these readings, shape (R, M, counts)."""

    def measure(self, name: str) -> NDArray[np.float32]:
        """Return one measure, shape (R, M)."""

    def draws(self) -> NDArray[np.int64]:
        """Return the parameter draw of each replicate, shape (R,)."""


def names_of(result: Ran) -> tuple[str, ...]:
    """Return the names of all tables in a result's folder, the summary first."""
    found = sorted(path.stem for path in result.folder.glob("*.csv"))
    return (FIRST, *(name for name in found if name != FIRST), *PARQUET)


def frame_of(result: Ran, table: str) -> "pd.DataFrame":
    """Return a table of a result with the columns of its file; months are dates.

    Raises:
        Problem: there is no such table, or pandas is not installed.
    """
    of_extra("pandas")
    name = named(table, names_of(result), "Result.to_pandas()")
    units = {}
    if name in PARQUET:
        with pq.ParquetFile(result.folder / PARQUET[name]) as file:
            units = _units(file.schema_arrow)
            frame = file.read().to_pandas()
    else:
        kept = csv.ConvertOptions(strings_can_be_null=True)
        frame = csv.read_csv(result.folder / f"{name}.csv", convert_options=kept).to_pandas()
    found = dated(frame)
    found.attrs = {**_attributes(result), **({"units": units} if units else {})}
    return found


def _units(schema: Any) -> dict[str, str]:
    """Return the unit of each column, as the file says it; none in a file of earlier versions."""
    key = UNIT.encode()
    said = {field.name: field.metadata or {} for field in schema}
    return {name: told[key].decode() for name, told in said.items() if key in told}


def _attributes(result: Ran) -> dict[str, Any]:
    said = result.manifest
    return {
        "scenario": said["scenario"]["id"],
        "name": Text(**said["scenario"]["name"]).in_(result.language),
        **{key: said[key] for key in ("scenario_hash", "model_hash", "seed", "replicates")},
    }


def dataset_of(result: Ran, names: Sequence[str] | None) -> "xr.Dataset":
    """Return counts and measures by replicate and month.

    Args:
        result: of a run.
        names: of counts and measures; None: of all.

    Raises:
        Problem: a name is unknown, or pandas or xarray is not installed.
    """
    xarray, said = of_extra("xarray"), _said(result)
    wanted = [named(name, tuple(said), "Result.to_xarray()") for name in names or said]
    order = [each["name"] for each in result.manifest["counts"]]
    counts = result.counts() if set(wanted) & set(order) else None
    values = {
        name: result.measure(name)
        if counts is None or name not in order
        else counts[:, :, order.index(name)]
        for name in wanted
    }
    along = ("replicate", "month")
    variables = {name: (along, each, said[name]) for name, each in values.items()}
    coordinates = {
        "replicate": np.arange(result.manifest["replicates"]),
        "month": _months(result.manifest["months"]),
        "draw": ("replicate", result.draws(), {"long_name": "parameter draw"}),
    }
    found: xr.Dataset = xarray.Dataset(variables, coordinates, _attributes(result))
    return found


def _months(number: int) -> Any:
    """Return the first day of each month of a run."""
    first = np.datetime64(f"{START[0]}-{START[1]:02d}", "M")
    return (first + np.arange(number)).astype("datetime64[ns]")


def _said(result: Ran) -> dict[str, dict[str, Any]]:
    """Return what is said of each count and measure: what it is, and in which unit."""
    language = result.language
    labels = {count.id: count.name.in_(language) for count in PLAN.counts}
    counts = {
        each["name"]: {
            "long_name": labels[each["name"]],
            "units": Text(**each["unit"]).in_(language),
            "reading": result.readings[each["name"]],
            "target": each["target"],
        }
        for each in result.manifest["counts"]
    }
    measures = {
        each["name"]: {
            "long_name": Text(**each["label"]).in_(language)
            if "label" in each
            else each["name"].replace("_", " "),
            "units": each["unit"],
        }
        for each in result.manifest["measures"]
    }
    return {**counts, **measures}
