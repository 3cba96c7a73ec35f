"""Reading a result folder."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.calendar import month_label
from sim.language import Language, Text, default_language
from sim.plan import PLAN
from sim.problems import Problem, meant, nearest
from sim.spec.notebook import html_of
from sim.store.arrays import values_of
from sim.store.columns import DRAW, REPLICATE
from sim.store.decides import DECIDES, read_decisions
from sim.store.inspection import inspected
from sim.store.manifest import MANIFEST
from sim.store.summaries import DOCUMENT, from_document
from sim.store.tables import BLOCK, REPLICATES, TRAJECTORIES
from sim.text.catalogue import say, worded
from sim.text.numbers import percent, percent_range

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from sim.estimate import Readings, Summary
    from sim.estimate.records import CountSummary, Decisions
    from sim.scenario import Scenario


@dataclass(frozen=True, repr=False)
class Result:
    """What a run left behind. Trajectories stay on disk until they are asked for."""

    folder: Path
    manifest: Mapping[str, Any]
    summary: "Summary"
    language: Language
    """Language of the figures and labels made from this result."""

    @property
    def replicates(self) -> int:
        """Number of replicates, R."""
        return int(self.manifest["replicates"])

    @property
    def months(self) -> int:
        """Number of months from October 2022 on, M."""
        return int(self.manifest["months"])

    @property
    def seed(self) -> int:
        """Seed of the run."""
        return int(self.manifest["seed"])

    @property
    def scenario_hash(self) -> str:
        """SHA-256 of what in the scenario determines the trajectories."""
        return str(self.manifest["scenario_hash"])

    @property
    def count_names(self) -> tuple[str, ...]:
        """Names of the counts, in the order of the last axis of `counts`."""
        return tuple(entry["name"] for entry in self.manifest["counts"])

    @property
    def measure_names(self) -> tuple[str, ...]:
        """Names of the recorded measures."""
        return tuple(entry["name"] for entry in self.manifest["measures"])

    def scenario(self) -> "Scenario":
        """Return the scenario that was run.

        Raises:
            Problem: this version of the model has no such scenarios.
        """
        from sim.scenario import scenario_from_resolved

        try:
            return scenario_from_resolved(dict(self.manifest["scenario"]))
        except Problem as problem:
            where, key = str(self.folder / MANIFEST), f"scenario.{problem.key}"
            raise Problem(where, key, problem.found, problem.expected, problem.hint) from problem

    @property
    def readings(self) -> "Readings":
        """How each count is read in this result, by its name: as the scenario says."""
        return {count.id: count.reading for count in self.summary.counts}

    def counts(self) -> NDArray[np.float64]:
        """Return the counts, shape (R, M, 13), in the units of the plan.

        They are in the readings of the result, as its summary, its figures and
        ``replicates.parquet`` are, and may thus differ from `recorded_count`, from `recorded` and
        from ``trajectories.parquet``, which hold what the model recorded.
        """
        from sim.estimate import in_reading

        readings = self.readings
        filled = np.empty((self.replicates, self.months, len(PLAN.counts)))
        for number, count in enumerate(PLAN.counts):
            recorded = self.recorded_count(count.id)
            filled[:, :, number] = in_reading(recorded, count, readings[count.id])
        return filled

    def recorded_count(self, name: str) -> NDArray[np.float64]:
        """Return one count as the model recorded it, in its default reading, shape (R, M).

        Raises:
            KeyError: there is no such count.
        """
        if name not in self.count_names:
            raise KeyError(name)
        with pq.ParquetFile(self.folder / TRAJECTORIES) as file:
            column: NDArray[np.float64] = values_of(file.read([name]), name)
        return column.reshape(self.replicates, self.months)

    def measure(self, name: str) -> NDArray[np.float32]:
        """Return one measure, shape (R, M), in the unit that the manifest names.

        Raises:
            Problem: no such measure was recorded.
        """
        if name not in self.measure_names:
            raise _unknown_measure(name, self)
        with pq.ParquetFile(self.folder / TRAJECTORIES) as file:
            column: NDArray[np.float32] = values_of(file.read([name]), name)
        return column.reshape(self.replicates, self.months)

    def draws(self) -> NDArray[np.int64]:
        """Return the number of the parameter draw of each replicate, shape (R,)."""
        return self.of_replicates(DRAW).astype(np.int64)

    def of_replicates(self, name: str) -> NDArray[Any]:
        """Return one column of ``replicates.parquet``, shape (R,); counts are in their readings.

        Raises:
            KeyError: there is no such column.
        """
        with pq.ParquetFile(self.folder / REPLICATES) as file:
            table = file.read([name])
        return values_of(table, name)

    def decisions(self) -> "Decisions | None":
        """Return what decides each count; None for a result of a version that did not ask."""
        return read_decisions(self.folder) if DECIDES in self.manifest["files"] else None

    def recorded(self, replicate: int) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Return one replicate's counts, shape (M, 13), and measures, shape (M, measures).

        Both are as the model recorded them, the counts in their default readings.

        Raises:
            Problem: there is no such replicate.
        """
        check_replicate(self, replicate)
        with pq.ParquetFile(self.folder / TRAJECTORIES) as file:
            block = file.read_row_group(replicate // BLOCK)
        start = (replicate % BLOCK) * self.months
        rows = block.slice(start, self.months)
        if rows.column(REPLICATE)[0].as_py() != replicate:
            raise AssertionError("replicates are stored in order, a fixed number to a block")
        counts = [values_of(rows, name) for name in self.count_names]
        measures = [values_of(rows, name) for name in self.measure_names]
        return np.stack(counts, axis=1), np.stack(measures, axis=1)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of its tables, each that of a file without its ending."""
        from sim.store.frames import names_of

        return names_of(self)

    def to_pandas(self, table: str = "summary") -> "pd.DataFrame":
        """Return a table with the columns of its file; months are dates.

        Its ``attrs`` hold scenario, hashes, seed and replicates, of a table of replicates also the
        ``units`` of its columns. ``trajectories`` has counts as the model recorded them, all others
        have them in the readings of the result.

        Args:
            table: one of `tables`.

        Raises:
            Problem: there is no such table, or pandas is not installed.
        """
        from sim.store.frames import frame_of

        return frame_of(self, table)

    def to_xarray(self, names: Sequence[str] | None = None) -> "xr.Dataset":
        """Return counts, in the readings of the result, and measures by replicate and month.

        Months are dates; each variable says its unit, of a count also its target and reading.

        Args:
            names: of counts and measures; by default of all, which are held in memory at once.

        Raises:
            Problem: a name is unknown, or xarray is not installed.
        """
        from sim.store.frames import dataset_of

        return dataset_of(self, names)

    def __str__(self) -> str:
        """Return in words how likely each count is, strict and 左右, with 95 % intervals."""
        name = Text(**self.manifest["scenario"]["name"])
        told = {"month": month_label(self.summary.at), "replicates": self.replicates}
        head = say("run.table", self.language, scenario=name, **told)
        return "\n".join([head, *map(self._said, self.summary.counts)])

    def _said(self, count: "CountSummary") -> str:
        strict, about = (
            f"{percent(each.value)} ({percent_range(each.low, each.high)})"
            for each in (count.likelihood, count.about)
        )
        name = next((each.name for each in PLAN.counts if each.id == count.id), count.id)
        told = worded("run.both", strict=strict, about=about)
        return say("list.named", self.language, name=name, told=told)

    def __repr__(self) -> str:
        """Return in one line what it is, and which tables it has."""
        name = Text(**self.manifest["scenario"]["name"]).in_(self.language)
        rests = f"seed {self.seed}, {self.replicates} replicates"
        return f"<run: {name} ({rests}; tables: {', '.join(self.tables)})>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return html_of(self)


def load_result(folder: str | Path, language: Language | None = None) -> Result:
    """Open a result folder after checking that it is whole.

    Args:
        folder: the folder that a run wrote.
        language: language for labels; by default the language of the user's surroundings.

    Raises:
        Problem: a file is missing, garbled, of another version, or not as it was written.
    """
    place = Path(folder)
    manifest = inspected(place)
    document = json.loads((place / DOCUMENT).read_text(encoding="utf-8"))
    return Result(place, manifest, from_document(document), language or default_language())


def check_replicate(result: Result, replicate: int) -> None:
    """Make sure that a replicate exists.

    Raises:
        Problem: it does not.
    """
    if not 0 <= replicate < result.replicates:
        expected = worded("expected.replicate", last=result.replicates - 1)
        raise Problem("--replicate", "", str(replicate), expected)


def _unknown_measure(name: str, result: Result) -> Problem:
    where, hint = str(result.folder / TRAJECTORIES), meant(nearest(name, result.measure_names))
    return Problem(where, "measure", name, worded("expected.recorded_measure"), hint)
