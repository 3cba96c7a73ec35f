"""Packages whose likelihoods results hold: those of runs, and those beside every experiment."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.estimate import Summary
from sim.evidence.instruments import Settings, differing
from sim.experiments.likelihoods import FILE
from sim.language import Language, Text
from sim.present.report.given import Given
from sim.present.report.wording import user_name

MOST = 4
"""Packages of one result that are shown one by one; its file has all of them."""
SUMMARY = "summary.json"


class Held(NamedTuple):
    """A package and its likelihoods."""

    key: str
    """Of its tables: the result's label, and which of the result's packages it is."""
    name: Text
    summary: Summary
    settings: Settings
    source: str

    def called(self, language: Language) -> str:
        """Return its name as it is printed."""
        return user_name(self.name, language)


def of_run(run: Given) -> Held:
    """Return the package that was run."""
    assert run.result is not None
    said = run.result.manifest["scenario"]
    name = Text(**said["name"])
    return Held(run.label, name, run.result.summary, said["settings"], run.cite(SUMMARY))


def held(given: Sequence[Given]) -> list[Held]:
    """Return every package whose likelihoods are held, runs first; the same replicates once."""
    runs = [each for each in given if each.result is not None]
    found = {mark(run): of_run(run) for run in runs}
    for each in given:
        for number, package in enumerate(each.packages, start=1):
            key = f"{each.label}-{number}"
            one = Held(
                key, package.name, package.summary, package.scenario["settings"], each.cite(FILE)
            )
            found.setdefault((package.scenario_hash, *package.sample), one)
    return list(found.values())


def mark(run: Given) -> tuple[str, int, int]:
    """Return what tells the replicates of a run from others: scenario, seed and number."""
    assert run.result is not None
    result = run.result
    return result.scenario_hash, result.seed, result.replicates


def switched(packages: Sequence[Held]) -> list[str]:
    """Return the instruments in which packages differ from the first."""
    if not packages:
        return []
    first, *others = packages
    return list(
        dict.fromkeys(name for each in others for name in differing(first.settings, each.settings))
    )
