"""What a run is asked to do, checked before anything starts."""

import os
import shlex
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.language import Language, Text, default_language
from sim.problems import Problem
from sim.scenario.files import SHIPPED

if TYPE_CHECKING:
    from sim.scenario import Scenario

RESULTS = Path("results")

BATCH = 256
"""Replicates that a run to a precision adds before it looks again."""
CAP = 50_000
"""Replicates at which a run to a precision gives up."""
HASH_SHOWN = 8


class Range(NamedTuple):
    """Values that an option may have, both ends included."""

    low: float
    high: float
    kind: type[int] | type[float]


RANGES = {
    "replicates": Range(2, 1_000_000, int),
    "precision": Range(0.002, 0.5, float),
    "seed": Range(0, 2**63 - 1, int),
    "workers": Range(1, 1024, int),
}


@dataclass(frozen=True)
class RunSpecification:
    """A run to carry out: either a number of replicates or a precision to reach."""

    scenario: "Scenario"
    seed: int
    workers: int
    replicates: int
    """Replicates to run; with a precision, the most that may be run."""
    precision: float | None
    """Half-width that every 95 % interval must reach, as a fraction; None runs a fixed number."""
    language: Language
    figures: bool

    @property
    def batches(self) -> list[range]:
        """Replicates in the groups after which the precision is looked at."""
        size = self.replicates if self.precision is None else BATCH
        return [
            range(start, min(start + size, self.replicates))
            for start in range(0, self.replicates, size)
        ]

    def stem(self) -> str:
        """Return the part of the result's name that is known before the run."""
        return f"{self.scenario.id}-{self.scenario.hash()[:HASH_SHOWN]}-s{self.seed}"

    def command(self) -> str:
        """Return the command that makes the same result again."""
        many = ["--replicates", str(self.replicates)]
        if self.precision is not None:
            many = ["--precision", str(self.precision)]
        words = [_called(self.scenario), *many, "--seed", str(self.seed)]
        known = ["--as-of", self.scenario.as_of] if self.scenario.as_of else []
        source = ["--draws", self.scenario.draws]
        horizon = ["--horizon", self.scenario.horizon, "--lang", self.language]
        return shlex.join(["sim", "run", *words, *known, *source, *horizon])


def _called(scenario: "Scenario") -> str:
    """Return how a scenario is named: one of the project by its name, wherever the project is."""
    file = scenario.file
    return scenario.id if file is None or file.parent == SHIPPED else str(file)


def specified(  # noqa: PLR0913 - keyword-only options of the command
    scenario: "Scenario",
    *,
    replicates: int | None = None,
    precision: float | None = None,
    seed: int | None = None,
    workers: int | None = None,
    horizon: str | None = None,
    as_of: str | None = None,
    draws: str | None = None,
    language: Language | None = None,
    figures: bool = True,
) -> RunSpecification:
    """Return a checked run specification; what is not given comes from the scenario.

    Args:
        scenario: what is done in the city.
        replicates: how many.
        precision: half-width that every 95 % interval must reach, as a fraction.
        seed: seed of all luck and all parameter draws.
        workers: threads; by default as many as there are processors to use.
        horizon: last month, a month ``YYYY-MM`` of those that the city has.
        as_of: month up to which it is known what has happened.
        draws: where parameters are drawn from, ``posterior`` or ``prior``.
        language: language of the figures.
        figures: whether to draw figures.

    Raises:
        Problem: a value is of the wrong type or out of range, two values contradict, the posterior
            cannot be used, or its list is too short for the precision.
    """
    given = {"replicates": replicates, "precision": precision, "seed": seed, "workers": workers}
    for name, value in given.items():
        if value is not None:
            check(name, value)
    if replicates is not None and precision is not None:
        expected = Text("one of the two, not both", "两者只能选一")
        found = f"--replicates {replicates} --precision {precision}"
        raise Problem(where="--precision", key="", found=found, expected=expected)
    changed = chosen(scenario, horizon, as_of, draws)
    if precision is not None:
        _check_reach(precision, changed)
    most = CAP if precision is not None else replicates or scenario.replicates
    return RunSpecification(
        scenario=changed,
        seed=scenario.seed if seed is None else seed,
        workers=workers or processors(),
        replicates=most,
        precision=precision,
        language=language or default_language(),
        figures=figures,
    )


def check(name: str, value: object) -> None:
    """Make sure that a number is of the right type and in its range.

    Raises:
        Problem: it is not.
    """
    allowed = RANGES[name]
    kinds = (int,) if allowed.kind is int else (int, float)
    fits = isinstance(value, kinds) and not isinstance(value, bool)
    if not (fits and allowed.low <= value <= allowed.high):  # type: ignore[operator]
        whole = allowed.kind is int
        raise Problem(
            where=f"--{name}",
            key="",
            found=repr(value),
            expected=Text(
                f"{'a whole number' if whole else 'a number'} from {allowed.low} to {allowed.high}",
                f"{allowed.low} 到 {allowed.high} 之间的{'整数' if whole else '数'}",
            ),
        )


def _check_reach(precision: float, scenario: "Scenario") -> None:
    """Make sure that the list that stands for the posterior is not itself less precise.

    Raises:
        Problem: it is, around a likelihood of one half.
    """
    from sim.estimate.intervals import list_error

    fit = scenario.fit()
    if fit is None or precision >= (least := list_error(0.5, fit.effective_rows)):
        return
    reached = ceil(1000 * least) / 1000
    raise Problem(
        "--precision",
        "",
        str(precision),
        Text(
            f"{reached} or more: the posterior is a list of {fit.rows} draws, and how far it may be"
            " off itself, no number of replicates removes",
            f"不小于 {reached}：后验由 {fit.rows} 次抽样的列表代表，"
            "其自身误差无法靠增加模拟次数消除",
        ),
        Text("--draws prior has no such limit", "--draws prior 无此限制"),
    )


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def chosen(
    scenario: "Scenario",
    horizon: str | None = None,
    as_of: str | None = None,
    draws: str | None = None,
) -> "Scenario":
    """Return the scenario as options change it; None leaves a thing as it is.

    Raises:
        Problem: a value is not what it should be.
    """
    from sim.scenario import as_known_in, drawn_from

    if horizon is not None:
        scenario = with_horizon(scenario, horizon)
    if as_of is not None:
        scenario = as_known_in(scenario, as_of)
    return scenario if draws is None else drawn_from(scenario, draws)


def with_horizon(scenario: "Scenario", horizon: str) -> "Scenario":
    """Return the scenario with another last month.

    Raises:
        Problem: the model cannot run to that month.
    """
    try:
        return replace(scenario, horizon=horizon)
    except Problem as problem:
        raise Problem("--horizon", "", problem.found, problem.expected) from problem
