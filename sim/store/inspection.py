"""Checks of a result folder before it is read."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim import city
from sim.language import Text
from sim.model.world.layout import COUNTS
from sim.problems import Problem
from sim.store.columns import Columns, differences
from sim.store.decides import DECIDES, read_decisions
from sim.store.manifest import (
    FORMAT,
    LATER,
    MANIFEST,
    OWN_CHECKSUM,
    SEALED,
    checksum,
    own_checksum,
)
from sim.store.plain import number, number_or_none, string, text_in_both
from sim.store.summaries import DOCUMENT, from_document
from sim.store.tables import REPLICATES, TRAJECTORIES
from sim.text.catalogue import worded

NOT_SO = (LookupError, TypeError, ValueError, AttributeError, OverflowError)
"""What reading something else than was written may raise."""
NOTHING = "—"
FOLDER = worded("expected.result")
PRESENT = worded("expected.readable")
JSON = worded("expected.json_object")
PARQUET = worded("expected.parquet")
SAME_VERSION = worded("expected.format", format=FORMAT)
AS_WRITTEN = worded("expected.as_written")
RUN_AGAIN = worded("hint.run_again")


def inspected(folder: Path) -> dict[str, Any]:
    """Check every file of a result and return its manifest.

    Raises:
        Problem: something is missing, garbled, of another version, or not as it was written.
    """
    if not folder.is_dir():
        found = "a file · 文件" if folder.exists() else NOTHING
        raise Problem(str(folder), "", found, FOLDER)
    manifest = _document(folder / MANIFEST)
    _check_format(folder / MANIFEST, manifest)
    own = str(manifest.get(OWN_CHECKSUM, NOTHING))
    _check_same(folder / MANIFEST, own_checksum(manifest), own)
    for name in SEALED:
        if name in LATER and name not in manifest["files"]:
            continue
        _check_seal(folder, name, manifest)
    said = manifest["scenario"].get("city", city.SHIPPED)  # older results do not say it
    city.same(said, str(folder / MANIFEST), "scenario.city")
    _check_said(folder / MANIFEST, manifest)
    with _read_as(folder / DOCUMENT, "", worded("expected.summary")):
        from_document(_document(folder / DOCUMENT))
    if DECIDES in manifest["files"]:
        with _read_as(folder / DECIDES, "", worded("expected.deciding"), RUN_AGAIN):
            read_decisions(folder)
    columns = _columns(folder / MANIFEST, manifest)
    rows = manifest["replicates"]
    _check_table(folder / TRAJECTORIES, columns.of_trajectories(), rows * manifest["months"])
    _check_table(folder / REPLICATES, columns.of_replicates(), rows)
    return manifest


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unreadable(path, error) from error
    except (ValueError, RecursionError) as error:
        raise Problem(str(path), "", str(error), JSON) from error
    if not isinstance(document, dict):
        raise Problem(str(path), "", type(document).__name__, JSON)
    return document


def _check_format(path: Path, manifest: dict[str, Any]) -> None:
    found = manifest.get("format")
    if found != FORMAT:
        raise Problem(str(path), "format", str(found), SAME_VERSION)
    for key, kind in REQUIRED.items():
        value = manifest.get(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            expected = worded("expected.type", type=kind.__name__)
            raise Problem(str(path), key, repr(value), expected)


REQUIRED: dict[str, type] = {
    "scenario": dict,
    "scenario_hash": str,
    "model_hash": str,
    "seed": int,
    "replicates": int,
    "months": int,
    "counts": list,
    "measures": list,
    "parameters": list,
    "files": dict,
}
"""What a manifest of this format must hold."""


def _check_seal(folder: Path, name: str, manifest: dict[str, Any]) -> None:
    path = folder / name
    stamp = manifest["files"].get(name)
    expected = str(stamp.get("sha256")) if isinstance(stamp, dict) else NOTHING
    try:
        found = checksum(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    _check_same(path, found, expected)


def _check_same(path: Path, found: str, expected: str) -> None:
    if found != expected:
        raise Problem(str(path), "sha256", found, Text(expected, expected), RUN_AGAIN)


@contextmanager
def _read_as(path: Path, key: str, expected: Text, hint: Text | None = None) -> Iterator[None]:
    """Turn what reading something else than was written may raise into a problem that says so."""
    try:
        yield
    except NOT_SO as error:
        raise Problem(str(path), key, repr(error), expected, hint) from error


def _check_said(path: Path, manifest: dict[str, Any]) -> None:
    """Check what pages and figures say of a result: its scenario's name, and its parameters."""
    with _read_as(path, "scenario", AS_WRITTEN, RUN_AGAIN):
        text_in_both(manifest["scenario"]["name"])
    with _read_as(path, "parameters", AS_WRITTEN, RUN_AGAIN):
        _check_parameters(manifest["parameters"])


def _check_parameters(parameters: Any) -> None:
    for entry in parameters:
        for key in ("name", "group", "unit", "source"):
            string(entry[key])
        string(entry["prior"]["kind"])
        for value in (entry["default"], entry["prior"]["low"], entry["prior"]["high"]):
            number(value)
        number_or_none(entry["fixed"])


def _columns(path: Path, manifest: dict[str, Any]) -> Columns:
    with _read_as(path, "counts", worded("expected.entries_with_name")):
        names = (
            tuple(str(entry["name"]) for entry in manifest[key])
            for key in ("counts", "measures", "parameters")
        )
        columns = Columns(*names)
    if columns.counts != COUNTS:
        found, expected_names = ", ".join(columns.counts), ", ".join(COUNTS)
        expected = Text(expected_names, expected_names)
        raise Problem(str(path), "counts", found, expected)
    return columns


def _check_table(path: Path, schema: pa.Schema, rows: int) -> None:
    try:
        with pq.ParquetFile(path) as file:
            found, found_rows = file.schema_arrow, file.metadata.num_rows
    except (OSError, pa.ArrowException) as error:
        raise Problem(str(path), "", str(error), PARQUET) from error
    more, less = differences(found.names, schema.names)
    if more or less:
        text = f"-{less} +{more}"
        raise Problem(str(path), "columns", text, worded("expected.manifest_columns"))
    if found_rows != rows:
        raise Problem(str(path), "rows", str(found_rows), worded("expected.rows", rows=rows))


def _unreadable(path: Path, error: OSError) -> Problem:
    found = error.strerror or str(error)
    return Problem(str(path), "", found, PRESENT)
