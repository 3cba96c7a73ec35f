"""A result with what other people's programs need to know of it: Data Package and RO-Crate.

Both are folders that hold the files of the result as they are, byte for byte, and one file more
that describes them: ``datapackage.json`` (https://datapackage.org, version 2) with a schema of each
table, or ``ro-crate-metadata.json`` (https://w3id.org/ro/crate/1.1) with how they were made.
"""

import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sim.exchange.fields import as_schema, fields_of
from sim.exchange.result import PACKAGE, PROGRAM, Taken
from sim.spec.stored import as_json
from sim.store import writing
from sim.store.manifest import checksum
from sim.store.scenario_text import scenario_text
from sim.text.catalogue import worded

DATAPACKAGE: Final = "datapackage.json"
CRATE: Final = "ro-crate-metadata.json"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
CONFORMS: Final = "https://w3id.org/ro/crate/1.1"
TYPES: Final[Mapping[str, str]] = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
}
LICENCE: Final = worded("export.licence")


def datapackage(taken: Taken, folder: Path) -> None:
    """Fill a folder with the tables of a result and what they hold.

    Raises:
        Problem: something cannot be read or written.
    """
    with writing(folder):
        files = [path for path in taken.files() if path.suffix in (".csv", ".json", ".parquet")]
        resources = [_resource(taken, path) for path in _copied(taken, files, folder)]
        said = {
            "$schema": PROFILE,
            "name": _name(taken.name),
            "title": f"{taken.title.en} · {taken.title.zh}",
            "description": f"{PROGRAM.en} · {PROGRAM.zh}. {LICENCE.en} · {LICENCE.zh}",
            "version": taken.versions[PACKAGE],
            "created": _written_at(taken),
            "contributors": [{"title": PROGRAM.en, "roles": ["creator"]}],
            "origin": {key: value for key, _, value in taken.origin()},
            "resources": resources,
        }
        (folder / DATAPACKAGE).write_text(as_json(said), encoding="utf-8")


def _resource(taken: Taken, path: Path) -> dict[str, Any]:
    name = path.relative_to(taken.folder).as_posix()
    said: dict[str, Any] = {
        "name": _name(name),
        "path": name,
        "format": path.suffix.removeprefix("."),
        "mediatype": TYPES[path.suffix],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{checksum(path)}",
    }
    if path.suffix != ".parquet":
        said["encoding"] = "utf-8"
    if (fields := fields_of(taken, path)) is not None:
        said["schema"] = as_schema(fields)
    if path.suffix == ".csv":  # of Parquet few programs know that it is a table
        said["type"] = "table"
    return said


def _name(name: str) -> str:
    """Return a name as Data Packages take it: small letters, digits, dots, dashes, underscores."""
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "-"
        for letter in name.lower()
    )
    return plain.strip("-") or "result"


def crate(taken: Taken, folder: Path) -> None:
    """Fill a folder with the files of a result, its scenarios, and how they were made.

    Raises:
        Problem: something cannot be read or written.
    """
    with writing(folder):
        files = [_file(taken, path) for path in _copied(taken, list(taken.files()), folder)]
        scenarios = list(_scenarios(taken, folder))
        parts = [*files, *scenarios]
        seed, replicates = taken.sample
        graph: list[dict[str, Any]] = [
            {
                "@id": CRATE,
                "@type": "CreativeWork",
                "conformsTo": {"@id": CONFORMS},
                "about": {"@id": "./"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": f"{taken.title.en} · {taken.title.zh}",
                "description": f"What {taken.command!r} wrote: {PROGRAM.en} · {PROGRAM.zh}",
                "datePublished": _written_at(taken),
                "license": f"{LICENCE.en} · {LICENCE.zh}",
                "hasPart": [_to(each) for each in parts],
                "mentions": {"@id": "#made"},
            },
            {
                "@id": "#program",
                "@type": "SoftwareApplication",
                "name": f"{PROGRAM.en} · {PROGRAM.zh}",
                "identifier": PACKAGE,
                "softwareVersion": taken.versions[PACKAGE],
                "version": f"model {taken.given.model}",
                "softwareRequirements": [
                    f"{name} {version}"
                    for name, version in taken.versions.items()
                    if name != PACKAGE
                ],
            },
            {
                "@id": "#made",
                "@type": "CreateAction",
                "name": taken.command,
                "endTime": _written_at(taken),
                "instrument": {"@id": "#program"},
                "object": [
                    *map(_to, scenarios),
                    {"@id": "#seed"},
                    {"@id": "#replicates"},
                    {"@id": "#model"},
                ],
                "result": [_to(each) for each in files],
            },
            _value("seed", "seed · 种子", seed),
            _value("replicates", "replicates · 模拟次数", replicates),
            _value("model", "SHA-256 of the model · 模型哈希", str(taken.given.model)),
            *parts,
        ]
        said = {"@context": CONTEXT, "@graph": graph}
        (folder / CRATE).write_text(as_json(said), encoding="utf-8")


def _to(entity: Mapping[str, Any]) -> dict[str, Any]:
    return {"@id": entity["@id"]}


def _value(name: str, told: str, value: object) -> dict[str, Any]:
    return {"@id": f"#{name}", "@type": "PropertyValue", "name": told, "value": value}


def _file(taken: Taken, path: Path) -> dict[str, Any]:
    name = path.relative_to(taken.folder).as_posix()
    return _described(name, path, f"{name} · {taken.title.en} · {taken.title.zh}")


def _described(name: str, path: Path, told: str) -> dict[str, Any]:
    return {
        "@id": name.replace(" ", "%20"),
        "@type": "File",
        "name": told,
        "encodingFormat": TYPES.get(path.suffix, "application/octet-stream"),
        "contentSize": str(path.stat().st_size),
        "sha256": checksum(path),
    }


def _scenarios(taken: Taken, folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the scenarios of a result, each written as a file that can be run again."""
    for number, package in enumerate(taken.packages, 1):
        path = folder / "scenarios" / f"{number}-{_name(str(package.scenario['id']))}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(scenario_text(package.scenario) + "\n", encoding="utf-8")
        told = f"{package.name.en} · {package.name.zh} ({package.scenario_hash})"
        yield _described(path.relative_to(folder).as_posix(), path, told)


def _copied(taken: Taken, files: list[Path], folder: Path) -> list[Path]:
    """Copy files of a result, and return them."""
    for path in files:
        to = folder / path.relative_to(taken.folder)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)
    return files


def _written_at(taken: Taken) -> str:
    """Return when the result was written, which its own files do not say."""
    last = max(path.stat().st_mtime for path in taken.files())
    return datetime.fromtimestamp(int(last), tz=UTC).isoformat().replace("+00:00", "Z")
