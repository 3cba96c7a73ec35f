"""Studies as Python functions: what `sim` offers at its top level.

Each asks for a study by the options that the study declares (`sim.called`), so that function and
command cannot differ. Options have the names that they have on the command line.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

from sim.called import Called, Common, call
from sim.problems import Problem
from sim.scenario import Scenario
from sim.spec.study_result import StudyResult
from sim.store import Result
from sim.text.catalogue import worded

Given = Scenario | str | Path
"""A scenario, or the path or name of its file."""


def run(
    scenario: Given,
    *,
    precision: float | None = None,
    horizon: str | None = None,
    as_of: str | None = None,
    draws: str | None = None,
    objective: str | Path | None = None,
    **common: Unpack[Common],
) -> Result:
    """Run a scenario and return its result, which is a folder.

    Of the options of all studies, ``out`` is a new folder under ``results`` by default, with
    figures; and replicates are kept in a store only if ``store`` or ``cluster`` is said.

    Args:
        scenario: a scenario, or the path or name of its file.
        precision: in place of ``replicates``, the half-width that every 95 % interval must reach,
            as a fraction.
        horizon: last month, a month ``YYYY-MM`` of those that the city has.
        as_of: month up to which it is known what has happened, or ``known`` for the last of them.
        draws: where parameters are drawn from: ``posterior``, ``prior`` or ``expert:NAME``.
        objective: file or name of an objective, or ``all``; its tables lie in the folder.
        **common: as for all studies.

    Returns:
        The result. Its tables are ``summary``, ``decides``, ``replicates`` and ``trajectories``.

    Raises:
        Problem: something given cannot be used, or the folder cannot be written.
    """
    own = {"precision": precision, "horizon": horizon, "as_of": as_of, "draws": draws}
    done = call("run", {"file": scenario, "objective": objective, **own, **common})
    if done.folder is None:
        raise AssertionError("a run has a folder of its own")
    result: Result = done.done.found.result
    return replace(result, folder=done.folder, language=done.language)


def compare(
    *scenarios: Given,
    objective: str | Path | None = None,
    as_of: str | None = None,
    equal_cost: bool = False,
    each_lever: bool = False,
    areas: bool = False,
    matched: int = 8,
    **common: Unpack[Common],
) -> StudyResult:
    """Compare packages with the first, pair by pair under the same random numbers and parameters.

    Args:
        *scenarios: two or more: scenarios, or paths or names of their files.
        objective: file or name of an objective, or ``all``.
        as_of: month up to which it is known what has happened, or ``known`` for the last of them.
        equal_cost: whether the others are brought to the public cost of the first.
        each_lever: whether the first is compared with itself without each of its levers.
        areas: whether clusters and districts are told of in words too; the table ``areas`` has
            them anyway.
        matched: replicates in which it is looked up what exists only under one of two packages.
        **common: as for all studies.

    Returns:
        The result. Its tables are ``comparison`` and ``areas``, without ``each_lever`` also
        ``turned`` (what turns each difference) and ``readings`` (counts that are others when read
        in their other way), with an objective ``objective``,
        ``objective_counts`` and ``objective_met`` too.

    Raises:
        Problem: something given cannot be used, or packages are no pairs.
    """
    own = {"objective": objective, "as_of": as_of, "matched": matched, "areas": areas}
    turned = {"equal_cost": equal_cost, "each_lever": each_lever}
    return _result(call("compare", {"files": list(scenarios), **own, **turned, **common}))


def rank(
    scenario: Given = "as-written",
    objective: str | Path | None = None,
    *,
    levers: str = "plans,safeguards",
    way: str = "up",
    up: float = 1.5,
    by: str | None = None,
    per_cost: bool = False,
    variants: int = 0,
    as_of: str | None = None,
    **common: Unpack[Common],
) -> StudyResult:
    """Rank levers by what each, turned alone, does to an objective.

    Args:
        scenario: base in which they are turned: a scenario, or the path or name of its file.
        objective: file or name of an objective, or ``all``; one has to be said.
        levers: names with commas between them, or ``plans``, ``safeguards``, ``instruments``.
        way: ``up`` (doses times `up`), ``down`` (left out), or ``both``.
        up: factor of doses.
        by: ``likelihood``, ``progress`` or ``score``; by default the objective's score if its
            counts have weights, else its likelihood.
        per_cost: whether the order is by effect for each 亿元.
        variants: pairs in which it is looked under how many forms of the model a sign holds; 0
            looks at none.
        as_of: month up to which it is known what has happened, or ``known`` for the last of them;
            levers are turned from the month after.
        **common: as for all studies.

    Returns:
        The result. Its tables are ``rank``, for each count of the objective ``rank_counts``, and
        ``turned`` and ``readings`` as of a comparison.

    Raises:
        Problem: something given cannot be used, or no lever can be turned so.
    """
    turned = {"levers": levers, "way": way, "up": up, "as_of": as_of}
    own = {"objective": objective, "by": by, "per_cost": per_cost, "variants": variants}
    return _result(call("rank", {"file": scenario, **turned, **own, **common}))


def sweep(
    sweep: Mapping[str, Any] | str | Path,
    *,
    objective: str | Path | None = None,
    base: Given | None = None,
    as_of: str | None = None,
    more: int = 0,
    against: str | Path | None = None,
    **common: Unpack[Common],
) -> StudyResult:
    """Run many packages by a design, each paired with one base.

    Args:
        sweep: path or name of a sweep file or of a table of points, or what such a file says, as a
            dictionary: ``{"design": "full", "factors": [...]}``.
        objective: file or name of an objective, or ``all``.
        base: scenario in place of the file's own; a dictionary without one has the plan as written.
        as_of: month up to which it is known what has happened, or ``known`` for the last of them.
        more: points more than the file says, of a design that is drawn.
        against: another sweep, or the folder of one, that points are set against.
        **common: as for all studies.

    Returns:
        The result. Its tables are ``sweep`` (a row a point and count), ``points`` and ``turned``;
        by design and options also ``indices``, ``pairs``, ``against``, ``objective_levels`` and
        others.

    Raises:
        Problem: something given cannot be used.
    """
    file = dict(sweep) if isinstance(sweep, Mapping) else sweep
    own = {"objective": objective, "base": base, "as_of": as_of, "more": more, "against": against}
    return _result(call("sweep", {"file": file, **own, **common}))


def explain(
    first: Given,
    second: Given,
    *,
    count: str | None = None,
    objective: str | Path | None = None,
    as_of: str | None = None,
    detail: str | None = None,
    matched: int = 8,
    **common: Unpack[Common],
) -> StudyResult:
    """Explain why two packages differ in a count: by which channels, where, and what held it back.

    Args:
        first: a scenario, or the path or name of its file.
        second: the other.
        count: id or name of a count; by default the one whose difference is surest.
        objective: file or name of an objective, in place of a count.
        as_of: month up to which it is known what has happened, or ``known`` for the last of them;
            packages that part before run without facts.
        detail: ``instruments`` or ``processes``: how finely channels are told apart.
        matched: replicates in which firms are looked up one by one.
        **common: as for all studies.

    Returns:
        The result. Its tables are ``explain``, ``explain_counts``, ``touched``, ``firms``,
        ``areas`` and ``measures``.

    Raises:
        Problem: something given cannot be used, or the packages do the same or are no pairs.
    """
    own = {"count": count, "objective": objective, "detail": detail, "matched": matched}
    pair = {"first": first, "second": second, "as_of": as_of}
    return _result(call("explain", {**pair, **own, **common}))


def attribute(
    scenario: Given = "as-written",
    *,
    objective: str | Path | None = None,
    as_of: str | None = None,
    **common: Unpack[Common],
) -> StudyResult:
    """Share out likelihoods and medians among the plans, over all their combinations (Shapley).

    Args:
        scenario: a scenario, or the path or name of its file.
        objective: file or name of an objective, or ``all``.
        as_of: month up to which it is known what has happened, or ``known`` for the last of them;
            plans are off from the month after.
        **common: as for all studies.

    Returns:
        The result. Its tables are ``attribution`` and ``interactions``.

    Raises:
        Problem: something given cannot be used.
    """
    own = {"objective": objective, "as_of": as_of}
    return _result(call("attribute", {"file": scenario, **own, **common}))


def study(name: str, **options: Any) -> StudyResult:
    """Carry out any kind of study but a run by the name of its command.

    Args:
        name: of the command, such as ``futures``.
        **options: its arguments and options, as the command's ``--help`` lists them, with
            underscores for dashes, and those of all studies.

    Returns:
        The result.

    Raises:
        Problem: there is no such study or option, it is ``run``, or a value cannot be used.
    """
    if name == "run":
        raise Problem("sim.study()", "", name, worded("expected.run_result"))
    return _result(call(name, options))


def _result(done: Called) -> StudyResult:
    study, findings = done.study, done.done.findings
    return StudyResult(
        findings, done.done.found, done.scenarios, done.folder, done.language,
        study.table or study.id,
    )  # fmt: skip
