"""What one scenario makes likely.

There may be a million replicates: they are in its folder from the first one on, under a manifest.
"""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.estimate import (
    Summary,
)
from sim.estimate.decides import what_decides
from sim.estimate.intervals import list_error
from sim.estimate.objectives import FOLDER, Objective
from sim.estimate.paired import Z
from sim.estimate.precision import intervals
from sim.language import Text, default_language
from sim.parameters import PARAMETERS, UNCERTAIN
from sim.problems import Problem
from sim.ranges import check
from sim.scenario import Scenario, as_known_in, drawn_from, read_scenario
from sim.scenario.files import SHIPPED
from sim.scenario.posterior import SOURCES
from sim.spec.findings import Part, Sentence
from sim.store import (
    Result,
    TableWriter,
    describe,
    drawn_in,
    seal,
    write_decisions,
    write_summaries,
)
from sim.store.fill import Watcher
from sim.store.labels import about
from sim.store.summaries import listed
from sim.studies.shared import objectives
from sim.studies.shared.of_run import figures, said
from sim.studies.shared.profile import times_told
from sim.studies.shared.simulating import agreeing, simulate
from sim.studies.study import AS_OF, EACH_FILE, Basis, Design, Option, OwnFolder, Setting, Study
from sim.text.catalogue import worded

if TYPE_CHECKING:  # it loads Mesa, and with it pandas, which a run does without
    from sim.trace.times import Times

CAP = 50_000
"""Replicates at which a run to a precision gives up."""
HASH_SHOWN = 8


class Found(NamedTuple):
    """What a run left behind."""

    result: Result
    times: "Times | None"
    """Where the time of a replicate goes, if anybody asked."""
    reached: objectives.Found | None = None
    """How far the objective is reached, if one was asked for."""
    plain: Text | None = None
    """Why likelihoods are not adjusted by the stored baseline; None: they are, or to a precision
    nothing is."""


def design(options: Mapping[str, Any]) -> Design:
    """Return the scenario of a file as the options change it.

    Raises:
        Problem: the file or an option cannot be used.
    """
    asked = dict(options)
    return of_scenario(read_scenario(asked.pop("file"), foreign=True), **asked)


def of_scenario(
    scenario: Scenario,
    *,
    replicates: int | None = None,
    precision: float | None = None,
    horizon: str | None = None,
    as_of: str | None = None,
    draws: str | None = None,
    profile: bool = False,
    objective: str | None = None,
) -> Design:
    """Return a scenario as options change it; what is not given comes from the scenario.

    Args:
        scenario: what is done in the city.
        replicates: how many.
        precision: half-width that every 95 % interval must reach, as a fraction.
        horizon: last month, a month ``YYYY-MM`` of those that the city has.
        as_of: month up to which it is known what has happened.
        draws: where parameters are drawn from, ``posterior`` or ``prior``.
        profile: whether to measure where the time of a replicate goes.
        objective: file or name of an objective.

    Raises:
        Problem: a value is of the wrong type or out of range, two values contradict, the posterior
            cannot be used, or its list is too short for the precision.
    """
    for name, value in (("replicates", replicates), ("precision", precision)):
        if value is not None:
            check(name, value)
    if replicates is not None and precision is not None:
        expected = worded("study.one_of_both")
        found = f"--replicates {replicates} --precision {precision}"
        raise Problem(where="--precision", key="", found=found, expected=expected)
    if horizon is not None:
        scenario = _with_horizon(scenario, horizon)
    if as_of is not None:
        scenario = as_known_in(scenario, as_of)
    if draws is not None:
        scenario = drawn_from(scenario, draws)
    most = replicates or scenario.replicates
    likely = None
    if precision is not None:
        _check_reach(precision, scenario)
        # Independent replicates that know a likelihood of one half so well.
        most, likely = CAP, min(CAP, ceil((Z / precision) ** 2 / 4.0))
    stem = f"{scenario.id}-{scenario.hash()[:HASH_SHOWN]}"
    options = {
        "precision": precision,
        "profile": profile,
        "objective": objectives.asked({"objective": objective}, [scenario]),
    }
    return Design((scenario,), stem, scenario.name, options, most, likely)


def _with_horizon(scenario: Scenario, horizon: str) -> Scenario:
    try:
        return replace(scenario, horizon=horizon)
    except Problem as problem:
        raise Problem("--horizon", "", problem.found, problem.expected) from problem


def _check_reach(precision: float, scenario: Scenario) -> None:
    """Make sure that the list that stands for the posterior is not itself less precise.

    Raises:
        Problem: it is, around a likelihood of one half.
    """
    fit = scenario.fit()
    if fit is None or precision >= (least := list_error(0.5, fit.effective_rows)):
        return
    reached = ceil(1000 * least) / 1000
    raise Problem(
        "--precision",
        "",
        str(precision),
        worded("expected.precision", least=reached, draws=fit.rows),
        worded("hint.draws_prior"),
    )


def _named(objective: Objective) -> str:
    """Return what a command names an objective by: one of the project by its name."""
    own = Path(objective.file).parent == SHIPPED / FOLDER
    return objective.id if own else objective.file


def command(looked_at: Design, setting: Setting) -> str:
    """Return the command that makes the same result again."""
    (scenario,), precision = looked_at.scenarios, looked_at.options["precision"]
    many = ["--replicates", str(setting.sample.replicates)]
    if precision is not None:
        many = ["--precision", str(precision)]
    # One of the project by its name, wherever the project is.
    file = scenario.file
    called = scenario.id if file is None or file.parent == SHIPPED else str(file)
    known = ["--as-of", scenario.as_of] if scenario.as_of else []
    source = ["--draws", scenario.draws, "--horizon", scenario.horizon]
    seed = ["--seed", str(setting.sample.seed)]
    wanted = looked_at.options["objective"]
    aim = [] if wanted is None else ["--objective", _named(wanted)]
    return shlex.join(["sim", "run", called, *many, *seed, *known, *source, *aim])


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run replicates into the tables of the folder, and write beside them what they come to.

    Raises:
        Problem: the folder, the store or the cluster cannot be used, or no trajectory agrees with
            the facts.
    """
    folder, (scenario,) = setting.folder, looked_at.scenarios
    if folder is None:
        raise AssertionError("a run has a folder of its own")
    own = {each.name: each.unit for each in scenario.processes.measures}
    told = about(scenario, setting.sample.seed)
    with agreeing(scenario), TableWriter(folder, scenario.readings, own, told) as writer:
        found, reached, plain = simulate(looked_at, setting, writer, watch)
    summary = replace(found, listed=listed(scenario))
    columns = writer.columns
    if columns is None:
        raise AssertionError("a run has at least two replicates")
    write_summaries(folder, summary)
    decisions = what_decides(drawn_in(folder, [*UNCERTAIN]), sequential=summary.sequential)
    write_decisions(folder, decisions, {each.name: each.source for each in PARAMETERS.values()})
    seed = setting.sample.seed
    manifest = {
        **describe(scenario, columns),
        "seed": seed,
        "replicates": summary.replicates,
        "tries": writer.tries,
        "months": scenario.setup().months,
        "precision": looked_at.options["precision"],
        "precision_reached": widest(summary),
        "command": command(looked_at, setting),
    }
    result = Result(folder, seal(folder, manifest), summary, default_language())
    if not looked_at.options["profile"]:
        return Found(result, None, reached, plain)
    from sim.trace.times import times_of

    return Found(result, times_of(scenario.setup(), seed), reached, plain)


def widest(summary: Summary) -> float:
    """Return the longer side of the widest likelihood interval, as a fraction."""
    return max(interval.half_width for interval in intervals(summary))


def parts(found: Found, _basis: Basis) -> Iterator[Part]:
    """Yield what a run says, and where its time went if anybody asked."""
    yield from objectives.told(found.reached)
    entire = found.reached is not None and found.reached.objective.entire
    yield from said(found.result, together=entire)
    if found.plain is not None:
        yield Sentence(found.plain, "note")
    if found.times is not None:
        yield from times_told(found.times)


STUDY = Study(
    id="run",
    help=worded("run.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        EACH_FILE,
        Option("replicates", int | None, None, worded("run.option_replicates")),
        Option("precision", float | None, None, worded("run.option_precision")),
        Option("horizon", str | None, None, worded("run.option_horizon")),
        AS_OF,
        Option("draws", str | None, None, worded("run.option_draws"), names=lambda: SOURCES),
        objectives.OBJECTIVE,
        Option("profile", bool, False, worded("run.option_profile")),
    ),
    without=("replicates",),
    own_folder=OwnFolder(
        replicates=lambda found: found.result.replicates,
        figures=lambda found: figures(found.result),
    ),
)
