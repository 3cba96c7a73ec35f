"""A result as it goes to other programs: what it is, what it rests on, and what lies in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import DECEMBER, MONTHS_A_YEAR, month_label
from sim.estimate.quantiles import quantiles
from sim.estimate.readings import in_reading
from sim.language import Language, Text
from sim.plan import CITY, PLAN
from sim.present.report.given import Given, open_all
from sim.present.report.readers import KINDS, Package
from sim.problems import Problem
from sim.spec.findings import Findings
from sim.spec.stored import FILE as STUDY
from sim.store.fill import Sample
from sim.store.manifest import versions
from sim.text.catalogue import worded

LEVELS: Final = (0.5, 0.1, 0.9)
"""Quantiles of the replicates that are taken along: the median, and the ends of 80 % of them."""
PROGRAM: Final = worded("export.program", city=CITY)
PACKAGE: Final = "shanghai-future-industry-sim"


@dataclass(frozen=True)
class Taken:
    """One result, opened and found whole."""

    given: Given
    findings: Findings | None
    """Of an experiment: what it says."""

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.given.folder

    @property
    def name(self) -> str:
        """Name of its folder."""
        return self.given.name

    @property
    def title(self) -> Text:
        """What was run or studied."""
        if self.given.result is not None:
            return Text(**self.given.result.manifest["scenario"]["name"])
        return self.findings.name if self.findings else Text(self.name, self.name)

    @cached_property
    def packages(self) -> tuple[Package, ...]:
        """The packages whose likelihoods it holds: of a run the one that ran."""
        result = self.given.result
        if result is None:
            return self.given.packages
        sample, said = Sample(result.seed, result.replicates), result.manifest
        mark = (result.scenario_hash, sample, str(said["model_hash"]))
        return (Package(self.title, result.summary, said["scenario"], *mark),)

    @property
    def sample(self) -> Sample:
        """Seed and replicates."""
        if self.given.result is not None:
            return Sample(self.given.result.seed, self.given.result.replicates)
        return Sample(self.given.document["seed"], self.given.document["replicates"])

    @property
    def command(self) -> str:
        """The command that made it, as far as it is known."""
        if self.given.result is not None:
            return str(self.given.result.manifest.get("command", "sim run"))
        told = "compare" if self.given.kind == "comparison" else self.given.command
        return f"sim {told}"

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of what made it, as far as it says: those of this program, if it does not."""
        result = self.given.result
        told: Mapping[str, str] = versions() if result is None else result.manifest["versions"]
        return {PACKAGE: "", **told}

    def files(self) -> Iterator[Path]:
        """Yield its files, but for drafts, in the order of their names."""
        for path in sorted(self.folder.rglob("*")):
            parts = path.relative_to(self.folder).parts
            if path.is_file() and not any(part.startswith(".") for part in parts):
                yield path

    def origin(self) -> list[tuple[str, Text, str]]:
        """Return what it rests on: a key, what it means, and what is so."""
        own = {
            "name": f"{self.title.en} · {self.title.zh}",
            "command": self.command,
            **{key: str(getattr(self.sample, key)) for key in ("seed", "replicates")},
            "model": str(self.given.model),
        }
        rows = [(key, worded(f"origin.{key}"), told) for key, told in own.items()]
        for name, version in self.versions.items():
            rows.append((f"version {name}", worded("origin.version", name=name), version))
        for each in self.packages:
            said = {key: str(each.scenario[key] or "—") for key in ("horizon", "draws", "as_of")}
            told = {"scenario": f"{each.scenario['id']} ({each.scenario_hash})", **said}
            rows += [(key, worded(f"origin.{key}"), value) for key, value in told.items()]
        return list(dict.fromkeys(rows))


def opened(folder: Path, language: Language) -> Taken:
    """Open a result after checking that it is whole.

    Raises:
        Problem: it is none, or is damaged.
    """
    (given,) = open_all([folder], language)
    findings = None
    if (folder / STUDY).is_file():
        study = next(kind for kind in KINDS if kind.files == (STUDY,))
        findings = study.read(folder)["findings"]
    return Taken(given, findings)


def decembers(taken: Taken) -> dict[int, int]:
    """Return the Decembers of a run: year -> number of the month."""
    result = taken.given.result
    months = range(DECEMBER, 0 if result is None else result.months, MONTHS_A_YEAR)
    return {int(month_label(month)[:4]): month for month in months}


def counts_by_year(taken: Taken) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield of each count of a run its quantiles at the ends of years, shape (levels, years).

    They are in the readings of the result.
    """
    result = taken.given.result
    assert result is not None  # asked of runs alone
    at = list(decembers(taken).values())
    for count in PLAN.counts:
        read = in_reading(result.recorded_count(count.id), count, result.readings[count.id])
        yield count.id, quantiles(read[:, at], LEVELS)


def measures_by_year(taken: Taken) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield of each measure of a run its quantiles at the ends of years, shape (levels, years)."""
    result = taken.given.result
    assert result is not None  # asked of runs alone
    at = list(decembers(taken).values())
    for name in result.measure_names:
        yield name, quantiles(result.measure(name)[:, at], LEVELS)


def only_runs(taken: Taken, what: Text) -> Problem:
    """Return the problem that a result does not hold what a format is made of."""
    return Problem(str(taken.folder), "", taken.given.command, what)
