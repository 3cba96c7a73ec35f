"""The stored baseline: what became of a few thousand replicates of two packages, kept in the pack.

``sim baseline`` writes it, ``evidence/baseline.json``: every count of every replicate of the plan
as written and of business as usual, and what they were made with. Whoever runs a few of the
same replicates of another package knows its likelihoods as well as from many more
(`sim.estimate.adjusted`). It says nothing of runs that were made otherwise, and is then left out.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

from sim import city
from sim.csv_files import words_of
from sim.digest import priors_digest, rules_digest
from sim.ensemble import STRIDE
from sim.estimate.adjusted import FEWEST
from sim.estimate.controls import Baseline
from sim.estimate.groups import Floats, Ints
from sim.estimate.readings import outcomes
from sim.language import Text
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.problems import Problem
from sim.sampling import LUCKS_A_DRAW
from sim.scenario import Scenario
from sim.scenario.past import same_past
from sim.store.fill import Ensemble
from sim.store.shaken import SHAKEN
from sim.text.catalogue import worded

TABLE: Final = "evidence/baseline.json"
FORMAT: Final = 1
MADE_BY: Final = worded("expected.baseline")
COUNTS: Final = tuple(count.id for count in PLAN.counts)
DIFFERING: Final = frozenset(
    {
        *("settings", "rules", "moves", "budget", "parameters", "multipliers", "events"),
        *("as_of", "facts", SHAKEN),
    }
)
"""Keys of a resolved scenario in which it may differ: under the same luck and draws it still fares
like the baseline, and how far it does not is estimated from its own replicates."""
BESIDE: Final = frozenset(
    {"id", "name", "description", "replicates", "seed", "tolerance", "readings"}
)
"""Keys that say nothing of what happens, or are looked at apart."""
TRIED_AGAIN: Final = STRIDE // LUCKS_A_DRAW
"""Least number of a draw of a replicate that was tried again, since facts refused the first."""


class Kept(NamedTuple):
    """The baseline, and what it was made with."""

    rules: str
    priors: str
    seed: int
    packages: tuple[Mapping[str, Any], ...]
    """As `Scenario.resolved` tells them; the first is what others are a change of."""
    hashes: tuple[str, ...]
    draws: Ints
    """Number of each replicate's parameter draw, shape (N,)."""
    values: Floats
    """What each replicate has when counts are due, in the packages' readings, shape (packages, N,
    counts). Another reading is foretold by them too."""

    @property
    def replicates(self) -> int:
        """Number of replicates of each package, N."""
        return len(self.draws)

    @property
    def names(self) -> tuple[Text, ...]:
        """Names of the packages."""
        return tuple(Text(**each["name"]) for each in self.packages)

    @property
    def baseline(self) -> Baseline:
        """Return what an estimate needs."""
        return Baseline(self.draws, self.values)

    def of(self, scenario: Scenario) -> Floats | None:
        """Return what each replicate of a scenario has when counts are due, shape (N, counts).

        Returns:
            None if the scenario is not in the baseline, or would be run or read otherwise now.
        """
        if scenario.hash() not in self.hashes or self.unlike(scenario, scenario.seed):
            return None
        at = self.hashes.index(scenario.hash())
        values: Floats = self.values[at]
        return values if self.packages[at]["readings"] == dict(scenario.readings) else None

    def unlike(self, scenario: Scenario, seed: int) -> tuple[str, ...]:
        """Return in what a run of a scenario differs so that nothing is foretold of it."""
        made = {"rules": self.rules, "priors": self.priors, "seed": self.seed}
        mine = {"rules": rules_digest(), "priors": priors_digest(), "seed": seed}
        made |= _conditions(self.packages[0])
        mine |= _conditions(scenario.resolved())
        keys = dict.fromkeys((*made, *mine))
        return tuple(key for key in keys if made.get(key) != mine.get(key))


def _conditions(resolved: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a scenario has to have in common, as a JSON file gives it back."""
    without = DIFFERING | BESIDE
    told: dict[str, Any] = json.loads(
        json.dumps({key: value for key, value in resolved.items() if key not in without})
    )
    return told


class Stored(NamedTuple):
    """The baseline for some runs, if it serves them, and what to say of it."""

    baseline: Baseline | None
    told: Text

    @property
    def replicates(self) -> int:
        """Number of its replicates; 0: it does not serve them."""
        return 0 if self.baseline is None else len(self.baseline.draws)


MISSING: Final = Stored(None, worded("baseline.missing"))
"""Of a city whose pack has none."""


def stored(scenarios: Sequence[Scenario], seed: int, draws: Ints, first: int = 0) -> Stored:
    """Return the baseline in the city's pack, if it serves all of some runs.

    Args:
        scenarios: what is run.
        seed: of their luck.
        draws: number of each replicate's parameter draw, shape (n,). Where facts had a replicate
            tried again it fares less like the baseline's, and is paired with it all the same: each
            is a function of luck of its own.
        first: number of the first replicate. Of the baseline only what has neither luck nor draws
            of those before is used.

    Raises:
        Problem: the file is no baseline.
    """
    kept = shipped()
    if kept is None:
        return MISSING
    if unlike := dict.fromkeys(name for each in scenarios for name in kept.unlike(each, seed)):
        return Stored(None, worded("baseline.unlike", names=", ".join(unlike)))
    known = f"{kept.replicates:,}"
    if not _one_past(scenarios):
        return Stored(None, worded("baseline.pasts"))
    base = kept.baseline.since(first)
    if len(draws) >= len(base.draws) or not base.serves(_as_first_tried(draws, base.draws)):
        return Stored(None, worded("baseline.few", fewest=FEWEST, known=known))
    names = dict(zip(("first", "second"), kept.names, strict=True))
    known = f"{len(base.draws):,}"
    return Stored(base, worded("baseline.used", replicates=known, **names))


def _as_first_tried(draws: Ints, known: Ints) -> Ints:
    found: Ints = np.where(draws < TRIED_AGAIN, draws, known[: len(draws)])
    return found


def _one_past(scenarios: Sequence[Scenario]) -> bool:
    """Return whether facts have the same replicates of all scenarios tried again."""
    first, *others = scenarios
    return all(
        each.as_of == first.as_of and (each.as_of is None or same_past(first, each, each.as_of))
        for each in others
    )


@cache
def shipped() -> Kept | None:
    """Return the baseline in the city's pack; None if it has none.

    Raises:
        Problem: the file is no baseline.
    """
    file = city.file(TABLE)
    return parse(words_of(file)) if file.is_file() else None


def document(found: Sequence[Ensemble]) -> str:
    """Return what became of packages under the same luck, as a baseline is kept.

    Args:
        found: the same replicates of each package.
    """
    due = [outcomes(each.counts, DUE, each.scenario.readings).values for each in found]
    said = {
        "format": FORMAT,
        "rules": rules_digest(),
        "priors": priors_digest(),
        "seed": found[0].seed,
        "draws": found[0].draws.tolist(),
        "packages": [
            {
                "scenario": each.scenario.resolved(),
                "scenario_hash": each.scenario.hash(),
                "counts": {
                    name: _short(values) for name, values in zip(COUNTS, own.T, strict=True)
                },
            }
            for each, own in zip(found, due, strict=True)
        ],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _short(values: Floats) -> list[float | int]:
    """Return values as JSON writes them shortest: whole ones without a point."""
    return [int(each) if each.is_integer() else each for each in values.tolist()]


def parse(text: str) -> Kept:
    """Return the baseline that a file holds.

    Raises:
        Problem: it is none.
    """
    try:
        said = json.loads(text)
        if said["format"] != FORMAT:
            raise ValueError(said["format"])
        packages = said["packages"]
        draws = np.array(said["draws"], dtype=np.int64)
        values = np.array(
            [[each["counts"][name] for name in COUNTS] for each in packages], dtype=np.float64
        ).swapaxes(1, 2)
        if values.shape[1] != len(draws) or not np.isfinite(values).all():
            raise ValueError(values.shape)
        resolved = tuple(each["scenario"] for each in packages)
        hashes = tuple(each["scenario_hash"] for each in packages)
        kept = Kept(said["rules"], said["priors"], said["seed"], resolved, hashes, draws, values)
        _, _ = kept.names
        _ = [_conditions(each) for each in resolved]
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        raise Problem(TABLE, "", repr(error), MADE_BY) from error
    return kept
