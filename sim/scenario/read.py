"""From a scenario file, or from a resolved scenario, to a scenario."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import check
from sim.scenario.files import alike, chain, find
from sim.scenario.fixed import fixed_parameters, multiplied_parameters
from sim.scenario.levers import SETTING, TABLES, apply, nothing_done, read_levers
from sim.scenario.model import HORIZONS, Scenario, Setting
from sim.scenario.place import Place
from sim.scenario.readings import chosen_readings, complete_readings

DEFAULTS: Mapping[str, Any] = {
    "horizon": HORIZONS[0],
    "replicates": 256,
    "seed": 2022,
    "tolerance": 0.10,
}
"""What holds where neither a file nor any that it extends says otherwise."""


def read_scenario(path_or_name: str | Path) -> Scenario:
    """Return the scenario in a file, on top of those that it extends.

    Args:
        path_or_name: a path, or the name of a file in the folder of scenarios.

    Raises:
        Problem: the file is missing, or something in it or in one that it extends is wrong.
    """
    file = _find(path_or_name)
    levels = [check.table(FILE)(told, Place(str(at))) for at, told in chain(file)]
    settings, parameters, running = nothing_done(), dict[str, float](), dict(DEFAULTS)
    multipliers: dict[str, float] = {}
    readings = dict(PLAN.readings)
    for level in levels:
        settings = apply([said for key in TABLES for said in level.get(key, ())], settings)
        parameters |= level.get("parameters", {})
        multipliers |= level.get("multipliers", {})
        readings |= level.get("readings", {})
        running |= {key: level[key] for key in DEFAULTS if key in level}
    # A name and a description are of their own file: what extends it is something else.
    name = levels[-1].get("name", Text(file.stem, file.stem))
    return Scenario(
        id=file.stem,
        file=file,
        name=name,
        description=levels[-1].get("description", name),
        settings=settings,
        parameters=dict(sorted(parameters.items())),
        multipliers=dict(sorted(multipliers.items())),
        readings=readings,
        **running,
    )


def derive(scenario: Scenario, changes: Mapping[str, object], id_: str, where: str) -> Scenario:
    """Return a scenario changed as by a file that extends it.

    Args:
        scenario: what to start from.
        changes: what such a file would say: ``plans``, ``safeguards``, ``parameters`` and so on.
        id_: id of the new scenario.
        where: file to name if something is wrong with the changes.

    Raises:
        Problem: something in the changes is unknown or not what it should be.
    """
    level = check.table(CHANGES)(dict(changes), Place(where))
    name = level.get("name", Text(id_, id_))
    return replace(
        scenario,
        id=id_,
        file=None,
        name=name,
        description=level.get("description", name),
        settings=apply([said for key in TABLES for said in level.get(key, ())], scenario.settings),
        parameters=_merged(scenario.parameters, level.get("parameters", {})),
        multipliers=_merged(scenario.multipliers, level.get("multipliers", {})),
        readings={**scenario.readings, **level.get("readings", {})},
        **{key: level[key] for key in DEFAULTS if key in level},
    )


def _merged(old: Mapping[str, float], new: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted({**old, **new}.items()))


def scenario_from_resolved(resolved: Mapping[str, Any], where: str = "manifest.json") -> Scenario:
    """Return the scenario that ``Scenario.resolved()`` was called on, without its file.

    Args:
        resolved: plain data, complete.
        where: file to name if something is wrong with it.

    Raises:
        Problem: something is missing, unknown or not what it should be.
    """
    return Scenario(file=None, **check.table(RESOLVED, complete=True)(dict(resolved), Place(where)))


def _find(path_or_name: str | Path) -> Path:
    try:
        return find(path_or_name)
    except FileNotFoundError as error:
        expected = Text("the name or path of a scenario file", "情景文件的名称或路径")
        given = str(path_or_name)
        raise Problem(given, "", "—", expected, alike(given)) from error


def _settings(value: object, place: Place) -> dict[str, Setting]:
    """Take a complete setting for every instrument."""
    one = check.table(SETTING, complete=True)
    given = check.table({entry.id: one for entry in PLAN.instruments}, complete=True)(value, place)
    return {entry.id: Setting(**given[entry.id]) for entry in PLAN.instruments}


_SHARED: Mapping[str, check.Check[Any]] = {
    "name": check.both_languages,
    "description": check.both_languages,
    "horizon": check.one_of(*HORIZONS),
    "replicates": check.whole(2, 1_000_000),
    "seed": check.whole(0, 2**63 - 1),
    "tolerance": check.number(0.0, 0.5),
    "parameters": fixed_parameters,
    "multipliers": multiplied_parameters,
}

CHANGES: Mapping[str, check.Check[Any]] = {
    **_SHARED,
    "readings": chosen_readings,
    **{key: partial(read_levers, kind=kind) for key, kind in TABLES.items()},
}
"""Keys of what changes a scenario, and what each may be."""

FILE: Mapping[str, check.Check[Any]] = {**CHANGES, "extends": check.string}
"""Keys of a scenario file, and what each may be."""

RESOLVED: Mapping[str, check.Check[Any]] = {
    **_SHARED,
    "id": check.string,
    "readings": complete_readings,
    "settings": _settings,
}
"""Keys of a resolved scenario, all of which it has."""
