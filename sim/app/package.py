"""A package of levers as somebody puts it together: a scenario of the folder, and what differs.

One state, three forms: the scenario that the model runs, a file for the command line, and a link
(`sim.app.links`). All are read by `sim.scenario`, so what the lab accepts is what the commands
accept, and what it accepts it gives back.
"""

import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import tomli_w

from sim.app.limits import check_file
from sim.language import Text
from sim.plan import PLAN, Lever
from sim.problems import Problem, meant, nearest
from sim.scenario import Scenario, derive, read_scenario, scenario_names
from sim.scenario.doses import Setting, plain_steps
from sim.scenario.files import changed_at, find
from sim.scenario.keys import english, said
from sim.scenario.levers import SETTING, TABLES
from sim.scenario.money import BUDGET
from sim.scenario.place import shorten, shown
from sim.scenario.read import CHANGES, DEFAULTS
from sim.scenario.variants import form_of
from sim.text.catalogue import worded

FIRST_BASE = "as-written"
NOTHING = "business-as-usual"
"""What a file starts from that extends no other."""
LARGEST_FILE = 100_000
"""Characters of a file that somebody uploads."""
WORDS = {"end": "never", "as_of": "never", "budget": "none", "districts": "all", "clusters": "all"}
"""How a file says that there is no limit."""
LISTED = frozenset({"events", "rules", "moves"})
"""Keys that hold a list of tables."""
SAID_BY_DOSES = "said by doses"
"""The start of an instrument whose dose changes by date."""
TABLE_OF = {kind: table for table, kind in TABLES.items()}


@dataclass(frozen=True)
class Package:
    """A scenario, and the one of the folder that it is told from."""

    base: str
    scenario: Scenario

    def same_as(self, other: "Package") -> bool:
        """Return whether both say the same."""
        return self.base == other.base and self.said == other.said

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """What a file says that extends the base and is the package.

        It says each thing once and only what differs, what is common to a lever's instruments
        before what is particular. Links are made of it, for each step that can be undone anew.
        """
        base, own = base_of(self), self.scenario
        found = {key: TOLD[key](base, own, key) for key in CHANGES}
        return {key: told for key, told in found.items() if told is not None}


def preset(name: str, where: str = "link") -> Package:
    """Return a scenario of the folder, unchanged.

    Only names in the list of scenarios are read, so that no path can be asked for.

    Raises:
        Problem: there is no such scenario, or its file is wrong.
    """
    known = scenario_names()
    if name not in known:
        expected = worded("expected.one_of_scenarios", listed=", ".join(known))
        raise Problem(where, "base", shown(name), expected, meant(nearest(name, known)))
    return Package(name, _of_folder(name))


def base_of(package: Package) -> Scenario:
    """Return the scenario that a package is told from."""
    return _of_folder(package.base)


def _of_folder(name: str) -> Scenario:
    changed = 0
    with suppress(FileNotFoundError):  # told in words by whoever reads it
        changed = changed_at(find(name))
    return _read(name, changed)


@lru_cache(maxsize=64)
def _read(name: str, _changed: int) -> Scenario:
    """Return a scenario of the folder: each lever that moves asks several times for its base."""
    return read_scenario(name)


def changed(package: Package, changes: Mapping[str, object], where: str = "link") -> Package:
    """Return a package changed as by a file that extends it.

    A file without a name leaves the package's; one with a name and no description is described by
    its name.

    Raises:
        Problem: something in the changes is unknown or not what it should be, or they ask for a
            posterior that cannot be used.
    """
    if not changes:
        return package
    scenario = derive(package.scenario, changes, package.scenario.id, where)
    scenario.fit()
    kept = [key for key in ("name", "description") if said(changes, key) is None]
    if kept != ["description"]:
        scenario = replace(scenario, **{key: getattr(package.scenario, key) for key in kept})
    return replace(package, scenario=scenario)


def with_lever(package: Package, lever: Lever, **values: Any) -> Package:
    """Return a package with some settings of all of a lever's instruments changed.

    Raises:
        Problem: a value is out of range, or dates contradict.
    """
    on = any(package.scenario.settings[entry.id].on for entry in lever.instruments)
    told = {"on": on, **values} if "on" not in values and not on else values
    return _moved(changed(package, {TABLE_OF[lever.kind]: {lever.id: told}}, lever.id))


def with_instrument(package: Package, lever: Lever, instrument: str, **values: Any) -> Package:
    """Return a package with some settings of one instrument changed.

    Raises:
        Problem: a value is out of range, or dates contradict.
    """
    told = {"on": package.scenario.settings[instrument].on, **values}
    tables = {TABLE_OF[lever.kind]: {lever.id: {instrument: told}}}
    return _moved(changed(package, tables, instrument))


def _moved(package: Package) -> Package:
    """Return a package that was changed by hand: what a file called it, it no longer is."""
    name = package.scenario.name
    if name == base_of(package).name or name.en.endswith(worded("lab.changed", name="").en):
        return package
    name = worded("lab.changed", name=name)
    return replace(package, scenario=replace(package.scenario, name=name, description=name))


def _name(base: Scenario, own: Scenario, _key: str) -> dict[str, str] | None:
    return None if own.name == base.name else own.name._asdict()


def _description(base: Scenario, own: Scenario, _key: str) -> dict[str, str] | None:
    """Return the description, unless it is what a file without one is described by: its name."""
    inherited = base.description if own.name == base.name else own.name
    return None if own.description == inherited else own.description._asdict()


def _value(base: Scenario, own: Scenario, key: str) -> Any:
    value = getattr(own, key)
    return None if value == getattr(base, key) else _told(key, value)


def _entries(base: Scenario, own: Scenario, key: str) -> dict[str, Any] | None:
    """Return what differs of a table of names and values."""
    before, after = getattr(base, key), getattr(own, key)
    return {name: value for name, value in after.items() if before.get(name) != value} or None


def _processes(base: Scenario, own: Scenario, _key: str) -> dict[str, list[str]] | None:
    """Return what is left out; nothing here can have added anything."""
    before, after = base.processes.without, own.processes.without
    return None if before == after else {"without": list(after)}


def _variants(base: Scenario, own: Scenario, _key: str) -> dict[str, str] | None:
    """Return which mechanisms have another form than in the base, the usual one included."""
    subjects = dict.fromkeys((*base.variants, *own.variants))
    forms = {name: (form_of(base.variants, name), form_of(own.variants, name)) for name in subjects}
    return {name: after for name, (before, after) in forms.items() if before != after} or None


def _levers(base: Scenario, own: Scenario, key: str) -> dict[str, Any] | None:
    levers = (lever for lever in PLAN.levers if lever.kind == TABLES[key])
    return {lever.id: differs for lever in levers if (differs := _lever(lever, base, own))} or None


TOLD: Mapping[str, Callable[[Scenario, Scenario, str], Any]] = {
    "name": _name,
    "description": _description,
    **dict.fromkeys(DEFAULTS, _value),
    **dict.fromkeys(("parameters", "multipliers", "readings"), _entries),
    "processes": _processes,
    "variants": _variants,
    **dict.fromkeys(TABLES, _levers),
}
"""Key of a scenario file -> what a file says there so that one scenario becomes another; None:
nothing. It has every key that a file may hold, so that nothing is lost."""


def _lever(lever: Lever, base: Scenario, own: Scenario) -> dict[str, Any]:
    """Return what differs of a lever: for all of its instruments, then for single ones."""
    ids = [entry.id for entry in lever.instruments]
    common: dict[str, Any] = {}
    single: dict[str, dict[str, Any]] = {}
    for field in SETTING:
        before = {name: _said(base.settings[name], field) for name in ids}
        after = {name: _said(own.settings[name], field) for name in ids}
        differs = [name for name in ids if after[name] not in (before[name], SAID_BY_DOSES)]
        if differs and len(set(after.values())) == 1:
            common[field] = _told(field, after[ids[0]])
        else:
            for name in differs:
                single.setdefault(name, {})[field] = _told(field, after[name])
    off = [name for name in ids if not own.settings[name].on]
    # A setting of what is off says so: else nobody could tell that it does nothing.
    if common and len(off) == len(ids):
        common["on"] = False
    for name, table in single.items():
        if name in off:
            table["on"] = False
    return {**common, **single}


def _said(setting: Setting, field: str) -> Any:
    """Return a setting's field as a file says it: doses by date say the start too."""
    if setting.later and field in ("dose", "start"):
        return setting.steps if field == "dose" else SAID_BY_DOSES
    return getattr(setting, field)


def _told(key: str, value: Any) -> Any:
    if value is None:
        return WORDS[key]
    if key == BUDGET:
        return {"yearly": value}
    if key in LISTED:
        return [each.plain() for each in value]
    if key == "dose" and isinstance(value, tuple):
        return plain_steps(value)
    return list(value) if isinstance(value, tuple) else value


def to_toml(package: Package) -> str:
    """Return the package as a scenario file, to be run on the command line."""
    head = "# sim run FILE.toml · sim compare FILE.toml as-written\n"
    return head + tomli_w.dumps({"extends": package.base, **package.said})


def from_toml(text: str, where: str) -> Package:
    """Return the package that a scenario file describes.

    Args:
        text: of the file; it is read as data, whatever it says.
        where: name to tell problems with.

    Raises:
        Problem: it is too long, not TOML, or says something that is not known; or it extends
            something that is not a scenario of the folder.
    """
    if len(text) > LARGEST_FILE:
        expected = worded("expected.characters", most=LARGEST_FILE)
        raise Problem(where, "", str(len(text)), expected)
    check_file(text, where)
    try:
        told = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        reason = shorten(str(error))
        expected = worded("expected.scenario_toml")
        raise Problem(where, "", reason, expected) from error
    base = NOTHING if said(told, "extends") is None else said(told, "extends")
    if not isinstance(base, str):
        raise Problem(where, "extends", shown(base), worded("expected.scenario_name"))
    rest = {key: value for key, value in told.items() if english(key) != "extends"}
    return changed(preset(base.removesuffix(".toml"), where), rest, where)


def named(package: Package) -> Text:
    """Return what a package is called: its own name, or its scenario's and whether it differs."""
    name = package.scenario.name
    if name != base_of(package).name or not package.said:
        return name
    return worded("lab.changed", name=name)
