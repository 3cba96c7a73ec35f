"""The results that a report is asked for: recognised, checked, and named with their hashes."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sim.experiments.comparison_files import comparison_table
from sim.language import Language, Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.store import Result, load_result
from sim.store.manifest import MANIFEST, checksum
from sim.store.summaries import from_document

RESULT = Text(
    "a folder that sim run or an experiment wrote (compare, attribute, sweep, gates, futures, "
    "deadline, search)",
    "由 sim run 或实验命令（compare、attribute、sweep、gates、futures、deadline、"
    "search）写出的结果文件夹",
)
ONCE = Text("each result once", "每个结果只给一次")
ONE_VERSION = Text("results of one version of the model", "同一模型版本的结果")
AGAIN = Text(
    "numbers of two versions must not stand side by side; make the older result again, or write "
    "two reports",
    "不同版本的数字不可并列；请重新生成较旧的结果，或分别撰写报告",
)
AS_WRITTEN = Text("what the experiment wrote", "实验写出的内容")
MADE_AGAIN = Text(
    "the file is damaged or was changed; run the experiment again",
    "文件已损坏或被改动；请重新运行该实验",
)


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

    @property
    def name(self) -> str:
        """Name of its folder; where the folder lies is this machine's affair."""
        return self.folder.resolve().name

    @property
    def model(self) -> str | None:
        """Hash of the model that made it, if the result says."""
        said = self.result.manifest if self.result else self.document
        found = said.get("model_hash")
        return None if found is None else str(found)

    def cite(self, file: str) -> str:
        """Return the words that say where a number was read: label, folder, file and hash."""
        stamp = next(each for each in self.stamps if each.name == file)
        return f"{self.label} {self.name}/{file} · sha256 {stamp.sha256[:12]}"


class Kind(NamedTuple):
    """How a kind of result is recognised and read."""

    name: str
    files: tuple[str, ...]
    """The first one tells the kind."""
    read: Callable[[Path], Any]


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
        names = (MANIFEST, *sorted(result.manifest["files"]))
        return Given(label, "run", folder, _stamps(folder, names), {}, result)
    for kind in KINDS:
        if (folder / kind.files[0]).is_file():
            return Given(label, kind.name, folder, _stamps(folder, kind.files), kind.read(folder))
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


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file.

    Raises:
        Problem: it cannot be read.
    """
    try:
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise Problem(str(path), "", str(error), AS_WRITTEN, MADE_AGAIN) from error


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
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, StopIteration) as error:
        raise Problem(str(folder), "", repr(error), AS_WRITTEN, MADE_AGAIN) from error


def _comparison(folder: Path) -> dict[str, Any]:
    said = _document(folder / "comparison.json")
    same = comparison_table(said["counts"], said["joint"])
    if (folder / "comparison.csv").read_bytes() != same.encode():
        found = "comparison.csv ≠ comparison.json"
        raise Problem(str(folder), "", found, AS_WRITTEN, MADE_AGAIN)
    pairs = len(said["packages"]) - 1
    _expect(pairs >= 1 and len(said["counts"]) == pairs * len(PLAN.counts), "counts")
    _expect(len(said["joint"]) == pairs, "joint")
    said["areas"] = [
        _numbers(row, "difference", "low", "high") for row in rows_of(folder / "areas.csv")
    ]
    return _sampled(said)


def _attribution(folder: Path) -> dict[str, Any]:
    said = _document(folder / "attribution.json")
    rows = rows_of(folder / "attribution.csv")
    told = {
        (each["count"], plan): share
        for each in said["counts"]
        for plan, share in each["likelihood"].items()
    }
    for row in rows:
        share = told.pop((row["count"], row["plan"]))
        _expect(all(float(row[end]) == share[end] for end in ("value", "low", "high")), row["plan"])
    _expect(not told and len(said["counts"]) == len(PLAN.counts), "counts")
    said["interactions"] = [
        _numbers(row, "value", "low", "high") for row in rows_of(folder / "interactions.csv")
    ]
    return _sampled(said)


def _sweep(folder: Path) -> dict[str, Any]:
    said = _document(folder / "sweep.json")
    for point in said["points"]:
        point["summary"] = from_document(point["summary"])
        _expect(len(point["values"]) == len(said["factors"]), "values")
    _expect(bool(said["points"]) and len(rows_of(folder / "points.csv")) == len(said["points"]), "")
    Text(**said["name"])
    return _sampled(said)


def _sampled(said: dict[str, Any]) -> dict[str, Any]:
    _expect(isinstance(said["model_hash"], str), "model_hash")
    said["seed"], said["replicates"] = int(said["seed"]), int(said["replicates"])
    return said


def _expect(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)


def _numbers(row: Mapping[str, str], *names: str) -> dict[str, Any]:
    return {**row, **{name: float(row[name]) for name in names}}


def _plain(columns: Mapping[str, tuple[str, ...]], folder: Path) -> dict[str, Any]:
    """Return the rows of tables, the columns named turned into numbers where they hold any."""
    found: dict[str, Any] = {}
    for file, numbers in columns.items():
        rows = rows_of(folder / file)
        _expect(bool(rows) or file == "futures.csv", file)
        found[file] = [
            {**row, **{name: float(row[name]) if row[name] else None for name in numbers}}
            for row in rows
        ]
    return found


PLAIN: dict[str, dict[str, tuple[str, ...]]] = {
    "gates": {"gates.csv": ("likelihood", "difference", "low", "high")},
    "futures": {"futures.csv": ("mass", "density", "coverage", "base")},
    "deadline": {"deadline.csv": ("level", "likelihood", "low", "high")},
    "search": {"finalists.csv": ("cost", "likelihood", "low", "high"), "search.csv": ("cost",)},
}
"""Experiments that write tables only, and which columns hold numbers."""

KINDS = (
    Kind(
        "comparison",
        ("comparison.json", "comparison.csv", "areas.csv"),
        partial(_checked, _comparison),
    ),
    Kind(
        "attribution",
        ("attribution.json", "attribution.csv", "interactions.csv"),
        partial(_checked, _attribution),
    ),
    Kind("sweep", ("sweep.json", "sweep.csv", "points.csv"), partial(_checked, _sweep)),
    *(
        Kind(name, tuple(columns), partial(_checked, partial(_plain, columns)))
        for name, columns in PLAIN.items()
    ),
)
