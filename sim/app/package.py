"""A package of levers as somebody puts it together: a scenario of the folder, and what differs.

One state, three forms: the scenario that the model runs, a file for the command line, and a link.
All are read by `sim.scenario`, so what the lab accepts is what the commands accept.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import tomli_w

from sim.language import Text
from sim.plan import PLAN, Lever
from sim.problems import Problem, nearest
from sim.scenario import Scenario, derive, read_scenario, scenario_names
from sim.scenario.levers import SETTING
from sim.scenario.place import meant, shorten, shown
from sim.scenario.read import CHANGES

FIRST_BASE = "as-written"
NOTHING = "business-as-usual"
"""What a file starts from that extends no other."""
LINK = "link"
LONGEST_LINK = 16_000
LARGEST_FILE = 100_000
"""Characters of a file that somebody uploads."""
MOST_KEYS = 1000
LISTS = frozenset({"districts", "clusters"})
WORDS = {"end": "never", "districts": "all", "clusters": "all"}
"""How a file says that a setting has no limit."""
TABLE_OF = {"plan": "plans", "safeguard": "safeguards"}
RUNNING = ("horizon", "replicates", "seed", "tolerance")
TABLES = ("parameters", "multipliers", "readings")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")


@dataclass(frozen=True)
class Package:
    """A scenario, and the one of the folder that it is told from."""

    base: str
    scenario: Scenario

    def same_as(self, other: "Package") -> bool:
        """Return whether both say the same, whatever they are called."""
        return self.base == other.base and said(self) == said(other)


def preset(name: str, where: str = LINK) -> Package:
    """Return a scenario of the folder, unchanged.

    Only names in the list of scenarios are read, so that no path can be asked for.

    Raises:
        Problem: there is no such scenario, or its file is wrong.
    """
    known = scenario_names()
    if name not in known:
        listed = ", ".join(known)
        expected = Text(f"one of the scenarios {listed}", f"下列情景之一：{listed}")
        raise Problem(where, "base", shown(name), expected, meant(nearest(name, known)))
    return Package(name, read_scenario(name))


def changed(package: Package, changes: Mapping[str, object], where: str = LINK) -> Package:
    """Return a package changed as by a file that extends it.

    Raises:
        Problem: something in the changes is unknown or not what it should be.
    """
    if not changes:
        return package
    scenario = derive(package.scenario, changes, package.scenario.id, where)
    if "name" not in changes:
        scenario = replace(scenario, name=package.scenario.name)
    if "description" not in changes:
        scenario = replace(scenario, description=package.scenario.description)
    return replace(package, scenario=scenario)


def with_lever(package: Package, lever: Lever, **values: Any) -> Package:
    """Return a package with some settings of all of a lever's instruments changed.

    Raises:
        Problem: a value is out of range, or dates contradict.
    """
    on = any(package.scenario.settings[entry.id].on for entry in lever.instruments)
    told = {"on": on, **values} if "on" not in values and not on else values
    return changed(package, {TABLE_OF[lever.kind]: {lever.id: told}}, lever.id)


def with_instrument(package: Package, lever: Lever, instrument: str, **values: Any) -> Package:
    """Return a package with some settings of one instrument changed.

    Raises:
        Problem: a value is out of range, or dates contradict.
    """
    told = {"on": package.scenario.settings[instrument].on, **values}
    return changed(package, {TABLE_OF[lever.kind]: {lever.id: {instrument: told}}}, instrument)


def said(package: Package) -> dict[str, Any]:
    """Return what a file says that extends the base and does what the package does.

    It says each thing once and only what differs, what is common to a lever's instruments before
    what is particular.
    """
    base, own = read_scenario(package.base), package.scenario
    found: dict[str, Any] = {
        key: getattr(own, key) for key in RUNNING if getattr(own, key) != getattr(base, key)
    }
    for key in TABLES:
        before, after = getattr(base, key), getattr(own, key)
        if more := {name: value for name, value in after.items() if before.get(name) != value}:
            found[key] = more
    for kind, table in TABLE_OF.items():
        levers = (lever for lever in PLAN.levers if lever.kind == kind)
        if told := {lever.id: differs for lever in levers if (differs := _lever(lever, base, own))}:
            found[table] = told
    return found


def _lever(lever: Lever, base: Scenario, own: Scenario) -> dict[str, Any]:
    """Return what differs of a lever: for all of its instruments, then for single ones."""
    ids = [entry.id for entry in lever.instruments]
    common: dict[str, Any] = {}
    single: dict[str, dict[str, Any]] = {}
    for field in SETTING:
        differs = [name for name in ids if _value(base, name, field) != _value(own, name, field)]
        values = {_value(own, name, field) for name in ids}
        if differs and len(values) == 1:
            common[field] = _told(field, values.pop())
        else:
            for name in differs:
                single.setdefault(name, {})[field] = _told(field, _value(own, name, field))
    off = [name for name in ids if not own.settings[name].on]
    # A setting of what is off says so: else nobody could tell that it does nothing.
    if common and len(off) == len(ids):
        common["on"] = False
    for name, table in single.items():
        if name in off:
            table["on"] = False
    return {**common, **single}


def _value(scenario: Scenario, instrument: str, field: str) -> Any:
    return getattr(scenario.settings[instrument], field)


def _told(field: str, value: Any) -> Any:
    if value is None:
        return WORDS[field]
    return list(value) if isinstance(value, tuple) else value


def to_toml(package: Package) -> str:
    """Return the package as a scenario file, to be run on the command line."""
    name = package.scenario.name
    texts = {} if name == read_scenario(package.base).name else {"name": name._asdict()}
    head = "# sim run FILE.toml · sim compare FILE.toml as-written\n"
    return head + tomli_w.dumps({"extends": package.base, **said(package), **texts})


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
        expected = Text(f"at most {LARGEST_FILE} characters", f"不超过 {LARGEST_FILE} 个字符")
        raise Problem(where, "", str(len(text)), expected)
    try:
        told = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        reason = shorten(str(error))
        expected = Text("a scenario file in TOML", "TOML 格式的情景文件")
        raise Problem(where, "", reason, expected) from error
    base = told.pop("extends", NOTHING)
    if not isinstance(base, str):
        raise Problem(where, "extends", shown(base), Text("the name of a scenario", "情景名称"))
    return changed(preset(base.removesuffix(".toml"), where), told, where)


def to_link(package: Package) -> str:
    """Return the package as the query of a link, without the question mark."""
    pairs = [("base", package.base), *_flat(said(package))]
    return urlencode(pairs, safe=":,/")


def from_link(query: str) -> Package:
    """Return the package that the query of a link describes; an empty one is the plan as written.

    Raises:
        Problem: the query is too long, or says something that is unknown or out of range.
    """
    if len(query) > LONGEST_LINK:
        expected = Text(f"at most {LONGEST_LINK} characters", f"不超过 {LONGEST_LINK} 个字符")
        raise Problem(LINK, "", str(len(query)), expected)
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_KEYS)
    except ValueError as error:
        raise Problem(LINK, "", shorten(str(error)), Text("key=value&...", "键=值&…")) from error
    told = dict[str, Any]()
    base = FIRST_BASE
    for key, value in pairs:
        if key == "base":
            base = value
        elif key.partition(".")[0] in CHANGES:
            _put(told, key, value)
        elif key not in ("lang", "view", "theme"):
            known = ", ".join(("base", *CHANGES))
            expected = Text(f"one of the keys {known}", f"下列键之一：{known}")
            raise Problem(LINK, "", shown(key), expected, meant(nearest(key, CHANGES)))
    return changed(preset(base), told)


def _flat(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*above, key))
        else:
            yield ".".join((*above, key)), _written(value)


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ",".join(value)
    return json.dumps(value)


def _put(told: dict[str, Any], key: str, value: str) -> None:
    """Put a value that a link says into the tables that a file would have.

    Raises:
        Problem: the same thing is said twice, or as a value and as a table.
    """
    *tables, last = key.split(".")
    for name in tables:
        told = told.setdefault(name, {})
        if not isinstance(told, dict):
            raise Problem(LINK, shorten(key), shown(value), Text("a key said once", "键不重复"))
    if last in told:
        raise Problem(LINK, shorten(key), shown(value), Text("a key said once", "键不重复"))
    told[last] = _read(last, value)


def _read(key: str, value: str) -> object:
    """Return a value of a link as a file would have it."""
    if key in LISTS and value != "all":
        return value.split(",")
    if value in ("true", "false"):
        return value == "true"
    if _NUMBER.fullmatch(value) and len(value) <= 40:
        return float(value) if set(value) & set(".eE") else int(value)
    return value


def named(package: Package) -> Text:
    """Return what a package is called: by its scenario, and whether that was changed."""
    name = package.scenario.name
    changed_name = Text(f"{name.en}, changed", f"{name.zh}（已调整）")
    return changed_name if said(package) else name
