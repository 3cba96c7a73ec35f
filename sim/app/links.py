"""A package as a link, and a page's address: the package, what its changes are told against.

    base=as-written&plans.yulin.dose=1.5&reference=without-yulin

A reference that is no scenario of the folder is told key by key:
``reference.plans.zhuji.on=false``.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from sim.app.limits import check_keys
from sim.app.package import FIRST_BASE, LISTED, Package, changed, preset
from sim.problems import Problem, meant, nearest
from sim.scenario.levers import TABLES
from sim.scenario.place import shorten, shown
from sim.scenario.read import CHANGES
from sim.text.catalogue import worded

LINK = "link"
LONGEST_LINK = 24_000
"""Characters of a package's link; a package that needs more is refused where it is read."""
MOST_KEYS = 1000
LISTS = frozenset({"districts", "clusters"})
TEXTS = frozenset({"name", "description"})
REFERENCE = "reference"
ASKED = "asked"
"""Parameters that experts are asked about."""
CHOICES = ("subject", "study", "size", ASKED)
"""What is chosen in views, in lists and fields that bear these names."""
OF_STUDY = "study."
"""How the names of a study's own options begin."""
OPTIONS = ("lang", "view", "theme", *CHOICES)
"""What an address says besides its packages, and the options of a study."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_SAFE = ":,/"


class Asked(NamedTuple):
    """What an address asks for."""

    package: Package
    reference: Package
    """What its changes are told against."""


def to_link(package: Package) -> str:
    """Return the package as the query of a link, without the question mark."""
    return urlencode(_pairs(package), safe=_SAFE)


def to_address(package: Package, reference: Package) -> str:
    """Return a page's query: the package, and its reference unless that is the plan as written."""
    base, *rest = _pairs(reference)
    pinned = [(REFERENCE, base[1]), *((f"{REFERENCE}.{key}", value) for key, value in rest)]
    default = pinned == [(REFERENCE, FIRST_BASE)]
    return urlencode([*_pairs(package), *([] if default else pinned)], safe=_SAFE)


def from_link(query: str) -> Package:
    """Return the package that the query of a link describes; an empty one is the plan as written.

    Raises:
        Problem: the query is too long, or says something that is unknown or out of range.
    """
    return _package(_parsed(query, LONGEST_LINK))


def from_address(query: str) -> Asked:
    """Return the packages that a page's query describes.

    Raises:
        Problem: the query is too long, or says something that is unknown or out of range.
    """
    own: list[tuple[str, str]] = []
    pinned: list[tuple[str, str]] = []
    for key, value in _parsed(query, 2 * LONGEST_LINK):
        if key == REFERENCE:
            pinned.append(("base", value))
        elif key.startswith(f"{REFERENCE}."):
            pinned.append((key.removeprefix(f"{REFERENCE}."), value))
        elif not _is_option(key):
            own.append((key, value))
    return Asked(_package(own), _package(pinned))


def options(query: str) -> dict[str, str]:
    """Return what an address says besides its packages, if it can be read."""
    try:
        pairs = _parsed(query, 3 * LONGEST_LINK)
    except Problem:
        return {}
    return {key: value for key, value in pairs if _is_option(key)}


def choices(told: Mapping[str, str]) -> dict[str, str]:
    """Return, of what an address says, what is chosen in views."""
    return {key: told[key] for key in told if key in CHOICES or key.startswith(OF_STUDY)}


def _is_option(key: str) -> bool:
    return key in OPTIONS or key.startswith(OF_STUDY)


def fits_a_link(package: Package, where: str) -> Package:
    """Return a package whose link is not too long: else reloading the page would lose it.

    Raises:
        Problem: it is.
    """
    _check_length(to_link(package), LONGEST_LINK, where)
    return package


def _check_length(query: str, most: int, where: str) -> None:
    if len(query) > most:
        expected = worded("expected.link_length", most=most)
        raise Problem(where, "", str(len(query)), expected)


def _parsed(query: str, most: int) -> list[tuple[str, str]]:
    _check_length(query, most, LINK)
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_KEYS)
    except ValueError as error:
        raise Problem(LINK, "", shorten(str(error)), worded("expected.link_pairs")) from error
    check_keys((key for key, _ in pairs), LINK)
    return pairs


def _package(pairs: Iterable[tuple[str, str]]) -> Package:
    told = dict[str, Any]()
    base = FIRST_BASE
    for key, value in pairs:
        if key == "base":
            base = value
        elif key.partition(".")[0] in CHANGES:
            _put(told, key, value)
        else:
            expected = worded("expected.one_of_keys", listed=", ".join(("base", *CHANGES)))
            raise Problem(LINK, "", shown(key), expected, meant(nearest(key, CHANGES)))
    return changed(preset(base), told)


def _pairs(package: Package) -> list[tuple[str, str]]:
    return [("base", package.base), *_flat(package.said)]


def _flat(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if key in LISTED and not above:
            yield key, json.dumps(value, ensure_ascii=False)
        elif isinstance(value, Mapping):
            yield from _flat(value, (*above, key))
        else:
            yield ".".join((*above, key)), _written(value)


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ",".join(each if isinstance(each, str) else _step(each) for each in value)
    return json.dumps(value)


def _step(told: Mapping[str, Any]) -> str:
    """Return a dose and the month from which it holds."""
    return f"{told['from']}:{json.dumps(told['value'])}"


def _put(told: dict[str, Any], key: str, value: str) -> None:
    """Put a value that a link says into the tables that a file would have.

    Raises:
        Problem: the same thing is said twice, or as a value and as a table.
    """
    *tables, last = key.split(".")
    for name in tables:
        told = told.setdefault(name, {})
        if not isinstance(told, dict):
            raise Problem(LINK, shorten(key), shown(value), worded("expected.key_once"))
    if last in told:
        raise Problem(LINK, shorten(key), shown(value), worded("expected.key_once"))
    told[last] = _read(key.partition(".")[0], last, value)


def _read(table: str, key: str, value: str) -> object:
    """Return a value of a link as a file would have it, given the outermost and innermost key."""
    if table in TEXTS:
        return value
    if table in LISTED:
        return _from_json(key, value)
    # A count is called clusters too, and has readings.
    if (table in TABLES and key in LISTS and value != "all") or table == "processes":
        return value.split(",") if value else []
    if table in TABLES and key == "dose" and ":" in value:
        pairs = (each.partition(":") for each in value.split(","))
        return [{"from": month, "value": _plain(dose)} for month, _, dose in pairs]
    return _plain(value)


def _from_json(key: str, value: str) -> object:
    """Return a list of tables.

    Raises:
        Problem: it is no JSON.
    """
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        expected = worded("expected.tables_in_json")
        raise Problem(LINK, key, shorten(value), expected) from error


def _plain(value: str) -> object:
    """Return a flag, a number or a text."""
    if value in ("true", "false"):
        return value == "true"
    if _NUMBER.fullmatch(value) and len(value) <= 40:
        return float(value) if set(value) & set(".eE") else int(value)
    return value
