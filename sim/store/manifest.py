"""The manifest: everything needed to make a result again, and to know that it is undamaged."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.plan import PLAN
from sim.spec.stored import as_json
from sim.store.columns import Columns, unit_of
from sim.store.decides import DECIDES
from sim.store.folder import writing
from sim.store.summaries import DOCUMENT, TABLE
from sim.store.tables import REPLICATES, TRAJECTORIES

if TYPE_CHECKING:
    from sim.parameters import Parameter
    from sim.scenario import Scenario

MANIFEST = "manifest.json"

OWN_CHECKSUM = "sha256"
"""Key of the manifest's own checksum."""

FORMAT = 3
"""Changes when a reader of an older version could misread a result."""

SEALED = (TABLE, DOCUMENT, DECIDES, TRAJECTORIES, REPLICATES)
"""Files whose checksums the manifest keeps. Figures can be drawn again from these, so they are
free to be redrawn in another language."""

LATER = frozenset({DECIDES})
"""Of these, the files that older results do without."""

PACKAGES = ("shanghai-future-industry-sim", "numpy", "numba", "mesa", "pyarrow")


def describe(scenario: "Scenario", columns: Columns) -> dict[str, Any]:
    """Return what a manifest says before a run's own numbers (seed, replicates) are added.

    The wall clock and this machine are left out: the same run gives the same manifest.
    """
    from sim.digest import model_hash

    return {
        "format": FORMAT,
        "scenario": scenario.resolved(),
        "scenario_hash": scenario.hash(),
        "parameters_from": _drawn_from(scenario),
        "model_hash": model_hash(),
        "versions": versions(),
        "counts": [_count(name, scenario) for name in columns.counts],
        "measures": _measures(columns, scenario),
        "parameters": _parameters(scenario),
    }


def seal(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """Write the manifest, with all files' checksums and its own added, and return it.

    Raises:
        Problem: the folder cannot be read or written.
    """
    with writing(folder):
        files = {name: _stamp(folder / name) for name in SEALED}
        sealed = {**manifest, "files": files}
        sealed[OWN_CHECKSUM] = own_checksum(sealed)
        (folder / MANIFEST).write_text(as_json(sealed), encoding="utf-8")
    return sealed


def own_checksum(manifest: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal digits, of all else that a manifest says."""
    said = {key: value for key, value in manifest.items() if key != OWN_CHECKSUM}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(path: Path) -> dict[str, Any]:
    return {"sha256": checksum(path), "bytes": path.stat().st_size}


def versions() -> dict[str, str]:
    """Return the versions of what makes results here, empty where something is not installed."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = ""
    return found


def _count(name: str, scenario: "Scenario") -> dict[str, Any]:
    """Return what is counted: its reading, and that in which the trajectories hold it."""
    count = next(count for count in PLAN.counts if count.id == name)
    return {
        "name": name,
        "target": count.target,
        "unit": count.unit._asdict(),
        "about": count.about,
        "reading": scenario.readings[name],
        "recorded_as": count.reading,
    }


def _measures(columns: Columns, scenario: "Scenario") -> list[dict[str, Any]]:
    """Return name and unit of each measure, of those of one's own also what they are called."""
    own = [
        {"name": each.name, "unit": each.unit, "label": each.label._asdict()}
        for each in scenario.processes.measures
    ]
    usual = columns.measures[: len(columns.measures) - len(own)]
    return [{"name": name, "unit": unit_of(name)} for name in usual] + own


def _drawn_from(scenario: "Scenario") -> dict[str, Any]:
    """Return where parameters were drawn from, which is the prior until something is observed."""
    fit = scenario.fit()
    return {
        "asked": scenario.draws,
        "used": "prior" if fit is None else scenario.draws,
        "observed_until": None if fit is None else fit.until,
    }


def _parameters(scenario: "Scenario") -> list[dict[str, Any]]:
    from sim.parameters import PARAMETERS

    return [_parameter(entry, scenario) for entry in PARAMETERS.values()]


def _parameter(entry: "Parameter", scenario: "Scenario") -> dict[str, Any]:
    return {
        "name": entry.name,
        "group": entry.group,
        "default": entry.default,
        "unit": entry.unit,
        "prior": asdict(entry.prior),
        "fixed": scenario.parameters.get(entry.name),
        "source": entry.source,
    }
