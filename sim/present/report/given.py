"""The results that a report is asked for: recognised, checked, and named with their hashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sim.experiments.likelihoods import FILE
from sim.language import Language
from sim.present.report.readers import (
    AS_WRITTEN,
    KINDS,
    MADE_AGAIN,
    Package,
    check_run,
    read_packages,
)
from sim.problems import Problem
from sim.store import Result, load_result
from sim.store.manifest import MANIFEST, checksum
from sim.text.catalogue import worded

RESULT = worded("expected.any_result")
ONCE = worded("expected.each_result_once")
ONE_VERSION = worded("expected.one_version")
AGAIN = worded("hint.two_versions")


class Stamp(NamedTuple):
    """A file of a result and its SHA-256 in hexadecimal digits."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Given:
    """One result, whatever command wrote it."""

    label: str
    """R1, R2 and so on, in the order in which they were given."""
    kind: str
    folder: Path
    stamps: tuple[Stamp, ...]
    document: Any
    """What its JSON file says; of an experiment without one, the rows of its tables by file."""
    result: Result | None = None
    """Of a run."""
    packages: tuple[Package, ...] = ()
    """Of an experiment: those whose likelihoods it wrote beside its own files."""

    @property
    def name(self) -> str:
        """Name of its folder; where the folder lies is this machine's affair."""
        return self.folder.resolve().name

    @property
    def command(self) -> str:
        """Name of the command that wrote it, but for runs and comparisons, whose kind tells it."""
        return str(self.document["findings"].study) if self.kind == "study" else self.kind

    @property
    def model(self) -> str | None:
        """Hash of the model that made it, if the result says."""
        said = self.result.manifest if self.result else self.document
        found = said.get("model_hash")
        if found is None and self.packages:
            return self.packages[0].model
        return None if found is None else str(found)

    def cite(self, file: str) -> str:
        """Return the words that say where a number was read: label, folder, file and hash."""
        stamp = next(each for each in self.stamps if each.name == file)
        return f"{self.label} {self.name}/{file} · sha256 {stamp.sha256[:12]}"


def open_all(folders: Sequence[Path], language: Language) -> list[Given]:
    """Open results after checking that each is whole and that they go together.

    Raises:
        Problem: a folder is no result, or damaged, or given twice, or of another model version than
            the others.
    """
    places = [folder.resolve() for folder in folders]
    for number, place in enumerate(places):
        if place in places[:number]:
            raise Problem("RESULT...", "", f"2 × {folders[number]}", ONCE)
    found = [
        _opened(f"R{number}", folder, language) for number, folder in enumerate(folders, start=1)
    ]
    _check_one_version(found)
    return found


def _opened(label: str, folder: Path, language: Language) -> Given:
    if (folder / MANIFEST).exists():
        result = load_result(folder, language)
        check_run(result)
        names = (MANIFEST, *sorted(result.manifest["files"]))
        return Given(label, "run", folder, _stamps(folder, names), {}, result)
    for kind in KINDS:
        if (folder / kind.files[0]).is_file():
            packages = read_packages(folder)
            more = [name for name in kind.beside if (folder / name).is_file()]
            names = (*kind.files, *more, *((FILE,) if packages else ()))
            found = kind.read(folder)
            return Given(label, kind.name, folder, _stamps(folder, names), found, None, packages)
    raise Problem(str(folder), "", _what_is_there(folder), RESULT)


def _what_is_there(folder: Path) -> str:
    if not folder.exists():
        return "—"
    if not folder.is_dir():
        return "a file · 文件"
    names = sorted(entry.name for entry in folder.iterdir())
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "") if names else "∅"


def _stamps(folder: Path, names: Sequence[str]) -> tuple[Stamp, ...]:
    stamps = []
    for name in names:
        try:
            stamps.append(Stamp(name, checksum(folder / name)))
        except OSError as error:
            found = error.strerror or str(error)
            raise Problem(str(folder / name), "", found, AS_WRITTEN, MADE_AGAIN) from error
    return tuple(stamps)


def _check_one_version(found: Sequence[Given]) -> None:
    stated = [each for each in found if each.model is not None]
    for each in stated[1:]:
        if each.model != stated[0].model:
            both = (stated[0], each)
            told = ", ".join(f"{one.name}: {str(one.model)[:12]}" for one in both)
            raise Problem("RESULT...", "model_hash", told, ONE_VERSION, AGAIN)
