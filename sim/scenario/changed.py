"""A scenario changed in Python, by the same words and checks as a file that extends it."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem, meant, nearest
from sim.scenario.keys import CHINESE, english
from sim.scenario.levers import TABLES
from sim.scenario.model import Scenario
from sim.scenario.place import Place, shown
from sim.scenario.read import CHANGES, derive
from sim.scenario.rules import lever_or_instrument
from sim.text.catalogue import worded
from sim.text.joining import in_both, semicolons

LONGEST: Final = 60
"""Letters of an id that tell what was changed; of more, a hash stands for the rest."""
NOT_IN_IDS: Final = re.compile(r"[^\w.]+")
NAMES: Final = {each.id: each.name for each in (*PLAN.levers, *PLAN.instruments)}
LEVER_OF: Final = {each.id: each.lever for each in PLAN.instruments}
TABLE_OF: Final = {
    lever.id: key for lever in PLAN.levers for key, kind in TABLES.items() if lever.kind == kind
}
SWITCHED: Final = {True: worded("setting.is_on"), False: worded("setting.is_off")}
YES: Final = {True: worded("setting.yes"), False: worded("setting.no")}


def changed(scenario: Scenario, changes: Mapping[str, object]) -> Scenario:
    """Return a scenario with changes, each said by the name of a lever or by a key of a file.

    Raises:
        Problem: a name is unknown, or a value is not what a file may say there.
    """
    if not changes:
        return scenario
    place = Place(f"{scenario.id}.changed()")
    leaves = list(_leaves(changes))
    words = semicolons(_words(*leaf) for leaf in leaves)
    name = worded("scenario.changed", name=scenario.name, changes=words)
    own = {"name": name._asdict()} if leaves else {}
    said = {**own, **as_in_a_file(changes, place)}
    return derive(scenario, said, _id(scenario, leaves), place.file)


def as_in_a_file(changes: Mapping[str, object], place: Place) -> dict[str, Any]:
    """Return changes as a scenario file says them: levers and instruments in their tables.

    Raises:
        Problem: a name is neither a lever, an instrument nor a key, or something is said twice.
    """
    said: dict[str, Any] = {
        english(key): _copied(value) for key, value in changes.items() if english(key) in CHANGES
    }
    named = {key: _found(key, place) for key in changes if english(key) not in CHANGES}
    levers_first = sorted(named.items(), key=lambda each: each[1] in LEVER_OF)
    for key, found in levers_first:
        lever = LEVER_OF.get(found, found)
        table, under = _table(said, TABLE_OF[lever], place), place.under(TABLE_OF[lever])
        if found != lever:
            table, under = _table(table, lever, under), under.under(lever)
        if found in table:
            raise under.under(key).problem(changes[key], worded("expected.once", name=found))
        table[found] = _copied(changes[key])
    return said


def _copied(value: object) -> object:
    """Return a value whose tables can be written into."""
    if isinstance(value, Mapping):
        return {key: _copied(entry) for key, entry in value.items()}
    return value


def _table(said: dict[str, Any], key: str, place: Place) -> dict[str, Any]:
    """Return the table under a key, made if it is not there; on or off becomes one that says so."""
    found = said.setdefault(key, {})
    if isinstance(found, bool) and key not in TABLES:
        found = said[key] = {"on": found}
    if not isinstance(found, dict):
        raise place.under(key).problem(found, worded("expected.table"))
    return found


def _found(key: str, place: Place) -> str:
    try:
        return lever_or_instrument(key, place)
    except Problem:
        keys = tuple(CHANGES)
        listed = ", ".join(keys)
        expected = worded("expected.lever_or_key", listed=listed)
        raise place.problem(key, expected, meant(nearest(key, (*NAMES, *keys)))) from None


Leaf = tuple[tuple[str, ...], object]
"""Keys on the way to a value that is no table, and the value."""


def _leaves(told: Mapping[str, object], way: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Yield every value with its keys, but for what the scenario is called."""
    for key, value in told.items():
        if not way and english(key) in ("name", "description"):
            continue
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, (*way, str(key)))
        else:
            yield (*way, str(key)), value


def _words(way: tuple[str, ...], value: object) -> Text:
    """Return one change in words: what, its setting, and the value."""
    keys = [key for key in way if english(key) not in TABLES]
    if isinstance(value, bool):
        told = SWITCHED[value] if english(way[-1]) == "on" or len(keys) < 2 else YES[value]
        keys = keys[:-1] if keys and english(keys[-1]) == "on" else keys
    else:
        told = Text(*[f"{value:.12g}" if isinstance(value, float) else _plain(value)] * 2)
    named = [_named(key) for key in keys or way]
    return in_both(lambda language: " ".join(each.in_(language) for each in (*named, told)))


def _plain(value: object) -> str:
    return value if isinstance(value, str) else shown(value)


def _named(key: str) -> Text:
    """Return what people call a lever, an instrument or a key; any other word as it is."""
    for kind in ("lever", "instrument"):
        try:
            return NAMES[PLAN.resolve(kind, key)]
        except Problem:
            continue
    word = english(key)
    return Text(word.replace("_", " "), CHINESE[word]) if word in CHINESE else Text(key, key)


def _id(scenario: Scenario, leaves: list[Leaf]) -> str:
    """Return an id that tells what was changed, different for different changes."""
    told = "-".join(
        "-".join((*(key for key in way if english(key) not in TABLES or len(way) == 1), word))
        for way, value in leaves
        if (word := _plain(value))
    )
    slug = NOT_IN_IDS.sub("-", told).strip("-")
    if len(slug) > LONGEST:
        slug = f"{slug[:LONGEST].strip('-')}-{sha256(told.encode()).hexdigest()[:8]}"
    return f"{scenario.id}-{slug}" if slug else f"{scenario.id}-changed"
