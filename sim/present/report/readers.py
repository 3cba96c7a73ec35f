"""How each kind of experiment is recognised and read; damage of any kind is one message."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from sim.csv_files import ENCODING, text_of
from sim.csv_files import table as csv_table
from sim.estimate import Summary
from sim.experiments.effect_rows import in_other_of
from sim.experiments.likelihoods import FILE
from sim.language import Text
from sim.plan import PLAN
from sim.present.tables import csv as csv_of
from sim.problems import Problem
from sim.spec.stored import FILE as STUDY
from sim.spec.stored import findings_of
from sim.spec.table import Table
from sim.store import Result
from sim.store.fill import Sample
from sim.store.inspection import NOT_SO
from sim.store.manifest import MANIFEST
from sim.store.plain import text_in_both
from sim.store.scenario_text import scenario_text
from sim.store.summaries import from_document
from sim.studies.shared.compared_file import FIELDS
from sim.studies.shared.turning import decided_in
from sim.text.catalogue import worded

AS_WRITTEN = worded("expected.written_by_experiment")
MADE_AGAIN = worded("hint.damaged")


TURNED, READ_SO = "turned.csv", "readings.csv"
"""What turns the effects of a comparison, and what they are in other readings."""


class Kind(NamedTuple):
    """How a kind of result is recognised and read."""

    name: str
    files: tuple[str, ...]
    """The first one tells the kind."""
    read: Callable[[Path], Any]
    beside: tuple[str, ...] = ()
    """Files that are there where there is something to say."""


class Package(NamedTuple):
    """A package whose likelihoods an experiment wrote beside its own files."""

    name: Text
    summary: Summary
    scenario: Mapping[str, Any]
    """As it was resolved."""
    scenario_hash: str
    sample: Sample
    model: str


def read_packages(folder: Path) -> tuple[Package, ...]:
    """Return the packages of ``likelihoods.json``; none where an older version wrote no such file.

    Raises:
        Problem: the file is damaged.
    """
    found: tuple[Package, ...] = _checked(_packages, folder) if (folder / FILE).is_file() else ()
    return found


def _packages(folder: Path) -> tuple[Package, ...]:
    said = _sampled(_document(folder / FILE))
    return tuple(
        Package(
            text_in_both(each["scenario"]["name"]),
            from_document(each["summary"]),
            _resolved(each["scenario"]),
            str(each["scenario_hash"]),
            Sample(said["seed"], said["replicates"]),
            said["model_hash"],
        )
        for each in said["packages"]
    )


def check_run(result: Result) -> None:
    """Check that what a run says of its scenario can be told.

    Raises:
        Problem: it cannot; the manifest is damaged, or of a version with other instruments.
    """
    _checked(lambda _: _resolved(result.manifest["scenario"]), result.folder / MANIFEST)


def _resolved(scenario: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check that a scenario can be written down as a file."""
    scenario_text(scenario)
    settings = scenario["settings"]
    _expect(all("on" in settings[entry.id] for entry in PLAN.instruments), "settings")
    return scenario


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding=ENCODING)), strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise Problem(str(path), "", str(error), AS_WRITTEN, MADE_AGAIN) from error
    return [{key: text_of(cell or "") for key, cell in row.items()} for row in rows]


def _document(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Problem(str(path), "", str(error), AS_WRITTEN, MADE_AGAIN) from error
    if not isinstance(said, dict):
        raise Problem(str(path), "", type(said).__name__, AS_WRITTEN, MADE_AGAIN)
    return said


def _checked(read: Callable[[Path], Any], folder: Path) -> Any:
    """Read a result; whatever is missing or of the wrong form in it is one message."""
    try:
        return read(folder)
    except (*NOT_SO, IndexError, StopIteration) as error:
        raise Problem(str(folder), "", repr(error), AS_WRITTEN, MADE_AGAIN) from error


def _comparison(folder: Path) -> dict[str, Any]:
    said = _document(folder / "comparison.json")
    rows = (*said["counts"], *said["joint"])
    same = csv_table(FIELDS, ([row.get(field) for field in FIELDS] for row in rows))
    here = _rows(folder / "comparison.csv")
    if csv_table(FIELDS, ([row.get(field) for field in FIELDS] for row in here)) != same:
        raise Problem(str(folder), "", "comparison.csv ≠ comparison.json", AS_WRITTEN, MADE_AGAIN)
    pairs = len(said["packages"]) - 1
    _expect(pairs >= 1 and len(said["counts"]) == pairs * len(PLAN.counts), "counts")
    _expect(len(said["joint"]) == pairs, "joint")
    said["areas"] = [
        _numbers(row, "difference", "low", "high") for row in _rows(folder / "areas.csv")
    ]
    turned = groupby(_if_there(folder / TURNED), key=_packages_of)
    said["turned"] = {packages: decided_in(own) for packages, own in turned}
    said["readings"] = {
        (*_packages_of(row), row["count"]): in_other_of(row) for row in _if_there(folder / READ_SO)
    }
    return _sampled(said)


def _packages_of(row: Mapping[str, str]) -> tuple[str, str]:
    return row["first"], row["second"]


def _if_there(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file, none where there is none."""
    return _rows(path) if path.is_file() else []


def _study(folder: Path) -> dict[str, Any]:
    """Return the findings of a study that declares what it says."""
    found = findings_of((folder / STUDY).read_text(encoding="utf-8"))
    for part in found.parts:
        if isinstance(part, Table) and part.name:
            _same(folder, f"{part.name}.csv", csv_of(part), STUDY)
    said = {"model_hash": found.model_hash, "seed": found.seed, "replicates": found.replicates}
    return _sampled({**said, "findings": found})


def _same(folder: Path, name: str, text: str, other: str) -> None:
    """Check that a table says what the JSON file beside it says."""
    try:
        found = (folder / name).read_text(encoding=ENCODING)
    except (OSError, ValueError) as error:
        raise Problem(str(folder / name), "", str(error), AS_WRITTEN, MADE_AGAIN) from error
    if found != text:
        raise Problem(str(folder), "", f"{name} ≠ {other}", AS_WRITTEN, MADE_AGAIN)


def _sampled(said: dict[str, Any]) -> dict[str, Any]:
    _expect(isinstance(said["model_hash"], str), "model_hash")
    said["seed"], said["replicates"] = int(said["seed"]), int(said["replicates"])
    return said


def _expect(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)


def _numbers(row: Mapping[str, str], *names: str) -> dict[str, Any]:
    return {**row, **{name: float(row[name]) for name in names}}


KINDS = (
    Kind(
        "comparison",
        ("comparison.json", "comparison.csv", "areas.csv"),
        partial(_checked, _comparison),
        (TURNED, READ_SO),
    ),
    Kind("study", (STUDY,), partial(_checked, _study)),
)
