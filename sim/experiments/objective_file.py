"""Objective files (``scenarios/objectives/*.toml``): which counts matter, how much, and by when."""

from collections.abc import Mapping
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Any, Final

from sim.calendar import START, month_index, month_label
from sim.estimate.objectives import FOLDER, Aim, Objective
from sim.language import Text
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.problems import Problem, gathering
from sim.scenario import Scenario, check
from sim.scenario.files import find_in, read_toml
from sim.scenario.horizons import LAST
from sim.scenario.keys import said
from sim.scenario.place import Place
from sim.scenario.shape import Shape, called, either, of_checks, only, shaped, table
from sim.text.catalogue import worded

ALL: Final = "all"
"""Stands for an objective of all counts as the plan has them, where no file is of that name."""
EXPECTED: Final = worded("expected.objective", all=ALL)
LARGEST = 1e9
ACTS: Final = ("extends", "plans", "safeguards")
"""Keys of a file that says what is done: a scenario, even if it says what matters."""
DUE_YEAR = int(month_label(DUE)[:4])
MOST: Final[Mapping[str, float]] = {"clusters": len(PLAN.clusters)}
"""The greatest target of a count that is bounded, by what it is measured by."""
THRESHOLDS: Final[Mapping[str, bool]] = {
    "strict": False, "严格": False, "about": True, "左右": True
}  # fmt: skip
"""How a threshold may be said, and whether it is 左右."""


def read_objective(path_or_name: str | Path) -> Objective:
    """Return the objective in a file.

    Args:
        path_or_name: of the file; ``all`` for all counts of the plan.

    Raises:
        Problem: the file is missing, or something in it is wrong; all that is wrong is told.
    """
    try:
        file = find_in(FOLDER, path_or_name, EXPECTED)
    except Problem:
        if str(path_or_name) == ALL:
            return whole_plan()
        raise
    place, written = Place(str(file)), read_toml(file)
    with gathering() as problems:
        if said(written, "counts") is None:
            expected = worded("expected.counts_or_all", all=ALL)
            problems.add(place.under("counts").problem(None, expected))
        with problems.noted():
            told = check.table(FILE)(written, place)
    found = _objective(file.stem, str(file), told, told["counts"])
    most = len(found.aims)
    if "at_least" in told and not 1 <= found.at_least <= most:
        expected = worded("expected.at_least_so_many", most=most)
        raise place.under("at_least").problem(found.at_least, expected)
    return found


def whole_plan() -> Objective:
    """Return all counts of the plan, each strictly and when it is due."""
    return _objective(ALL, ALL, {"name": worded("objective.whole_plan")}, ALL)


def single(count: str) -> Objective:
    """Return one count of the plan, by its id, strictly and when it is due."""
    (aim,) = (each for each in whole_plan().aims if each.count.id == count)
    return whole_plan()._replace(id=count, name=aim.count.name, aims=(aim,), at_least=1)


def is_objective(path_or_name: str | Path) -> bool:
    """Return whether a file is an objective rather than a scenario: it says only what matters.

    Whatever cannot be read, or is nowhere, is none: reading it as a scenario says what is wrong.
    """
    try:
        file = find_in(FOLDER, path_or_name, EXPECTED)
        written = read_toml(file)
    except Problem:
        return False
    acts = any(said(written, key) is not None for key in ACTS)
    return file.parent.name == FOLDER or (said(written, "counts") is not None and not acts)


def within_horizon(objective: Objective, scenario: Scenario) -> None:
    """Make sure that a scenario runs until the last year of an objective.

    Raises:
        Problem: it ends before.
    """
    for aim in objective.aims:
        if aim.month > month_index(scenario.horizon):
            year = scenario.horizon[:4]
            expected = worded("expected.year_of_horizon", year=year, id=scenario.id)
            raise Problem(objective.file, f"counts.{aim.count.id}.year", str(aim.year), expected)


def _objective(
    id_: str, file: str, told: Mapping[str, Any], counts: str | Mapping[str, Any]
) -> Objective:
    given = {each.id: {} for each in PLAN.counts} if isinstance(counts, str) else counts
    aims = tuple(
        Aim(
            count,
            given[count.id].get("target", float(count.target)),
            given[count.id].get("year", DUE_YEAR),
            given[count.id].get("weight", 1.0),
        )
        for count in PLAN.counts
        if count.id in given
    )
    name = told.get("name", Text(id_, id_))
    return Objective(
        id_,
        file,
        name,
        told.get("description", name),
        aims,
        told.get("threshold", False),
        told.get("at_least", len(aims)),
        any("weight" in each for each in given.values()),
    )


def _counts_shape() -> Shape:
    aim = of_checks(AIM)
    counts = table({name: aim for name, _ in called("count")})
    return either(only(ALL), {**counts, "minProperties": 1})


@shaped(_counts_shape)
def _counts(value: object, place: Place) -> str | dict[str, dict[str, Any]]:
    """Take a table of counts, by any of their names, or the word for all."""
    if value == ALL:
        return ALL
    expected = worded("expected.counts_table_or_all", all=ALL)
    if not isinstance(value, dict) or not value:
        raise place.problem(value, expected)
    find = partial(check.plan_name, "count")
    return check.by_id(check.mapping(value, place), place, find, aim)


def aim(count: str, value: object, place: Place) -> dict[str, Any]:
    """Take what is said of a count that matters.

    Raises:
        Problem: a key or a value is not what it should be, or the target cannot be reached.
    """
    told = check.table(AIM)(value, place)
    entry = next(each for each in PLAN.counts if each.id == count)
    most = MOST.get(entry.measure, LARGEST)
    if told.get("target", 0.0) > most:
        expected = worded("expected.no_more_than_all", most=most)
        raise place.under("target").problem(told["target"], expected)
    return told


@shaped(lambda: {"type": "number", "minimum": 0, "maximum": LARGEST, "not": {"enum": [0]}})
def _above_nought(value: object, place: Place) -> float:
    """Take a number above 0."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    if not (fits and 0.0 < float(value) <= LARGEST):  # type: ignore[arg-type]
        raise place.problem(value, worded("expected.target", most=LARGEST))
    return float(value)  # type: ignore[arg-type]


@shaped(lambda: {"enum": list(THRESHOLDS)})
def _threshold(value: object, place: Place) -> bool:
    return THRESHOLDS[check.one_of(*THRESHOLDS)(value, place)]


AIM: Final[Mapping[str, check.Check[Any]]] = {
    "target": _above_nought,
    "year": check.whole(START[0], int(LAST[:4])),
    "weight": _above_nought,
}
"""Keys of a count that matters, and what each may be."""
FILE: Final[Mapping[str, check.Check[Any]]] = {
    "name": check.both_languages,
    "description": check.both_languages,
    "city": check.same_city,
    "counts": _counts,
    "threshold": _threshold,
    "at_least": check.whole(1, len(PLAN.counts)),
}
"""Keys of an objective file, and what each may be."""
