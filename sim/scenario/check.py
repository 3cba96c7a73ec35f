"""What a value in a scenario file may be: small checks, put together in tables.

A check takes a value and its place, and returns the value in the form that the rest of the
package uses, or raises a problem. ``bool`` is never taken for a number.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from sim import city
from sim.calendar import month_index
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem, gathering
from sim.scenario.horizons import FIRST, LAST
from sim.scenario.keys import CHINESE, english
from sim.scenario.place import Place
from sim.scenario.shape import TEXT, Shape, called, either, of_checks, only, shape_of, shaped, some
from sim.text.catalogue import worded
from sim.text.joining import alternatives

Value = TypeVar("Value")
Check = Callable[[object, Place], Value]

LARGEST = sys.float_info.max
MONTHS = worded("expected.month_between", first=FIRST, last=LAST)
QUOTED_MONTH = worded("hint.month_quoted")


@shaped(lambda: {"type": "boolean"})
def flag(value: object, place: Place) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise place.problem(value, worded("expected.true_or_false"))
    return value


def number(low: float = -LARGEST, high: float = LARGEST) -> Check[float]:
    """Return a check for a number between two others, both included."""
    expected = worded("expected.number_between", low=low, high=high)
    if high >= LARGEST:
        expected = worded("expected.finite_number")
    ends = {"minimum": low} if low > -LARGEST else {}
    ends |= {"maximum": high} if high < LARGEST else {}

    @shaped(lambda: {"type": "number", **ends})
    def check(value: object, place: Place) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise place.problem(value, expected)
        if not low <= value <= high:
            raise place.problem(value, expected)
        return float(value) + 0.0  # minus nought becomes nought

    return check


def whole(low: int, high: int) -> Check[int]:
    """Return a check for a whole number between two others, both included."""
    expected = worded("expected.whole_number_between", low=low, high=high)

    @shaped(lambda: {"type": "integer", "minimum": low, "maximum": high})
    def check(value: object, place: Place) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise place.problem(value, expected)
        return value

    return check


@shaped(lambda: TEXT)
def string(value: object, place: Place) -> str:
    """Take a text that is not empty and can be written in UTF-8."""
    if not (isinstance(value, str) and value.strip() and _whole_letters(value)):
        raise place.problem(value, worded("expected.quoted_text"))
    return value.strip()


def _whole_letters(text: str) -> bool:
    """Return whether no letter is only half there, as JSON can say it (a lone surrogate)."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


@shaped(lambda: TEXT)
def same_city(value: object, place: Place) -> str:
    """Take the city that a file says it is about: that of this process, or any if one was named."""
    said = string(value, place)
    city.heard(said, f"{place.file}: {'.'.join(place.keys)}", Path(place.file).parent)
    return said


@shaped(lambda: {"type": "string"})
def written(value: object, place: Place) -> str:
    """Take a text, which may be empty."""
    if not isinstance(value, str):
        raise place.problem(value, worded("expected.quoted_text"))
    return value


@shaped(lambda: either(TEXT, of_checks(BOTH, BOTH)))
def both_languages(value: object, place: Place) -> Text:
    """Take a table with a text in English and one in Chinese, or one text for both."""
    if isinstance(value, str):
        only = string(value, place)
        return Text(only, only)
    if not isinstance(value, Mapping):
        expected = worded("expected.both_languages")
        raise place.problem(value, expected)
    return Text(**table(BOTH, complete=True)(value, place))


BOTH: Mapping[str, Check[str]] = {"en": string, "zh": string}


@shaped(lambda: {"type": "string", "pattern": _months()})
def month(value: object, place: Place) -> str:
    """Take a month in which a lever may start or end."""
    if not (isinstance(value, str) and _is_month(value)):
        raise place.problem(value, MONTHS, None if isinstance(value, str) else QUOTED_MONTH)
    return value


def one_of(*choices: str) -> Check[str]:
    """Return a check for one of a few texts."""

    @shaped(lambda: {"enum": list(choices)})
    def check(value: object, place: Place) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise place.problem(value, alternatives(f'"{choice}"' for choice in choices))

    return check


def unless(word: str, check: Check[Value]) -> Check[Value | None]:
    """Return a check that takes a word (or nothing, in JSON) for None, and else does another."""

    @shaped(lambda: either(only(word), shape_of(check)))
    def check_or_word(value: object, place: Place) -> Value | None:
        return None if value is None or value == word else check(value, place)

    return check_or_word


WITHIN: Mapping[str, str] = {"district": "zone", "cluster": "track"}
"""What lies in a place and may be named in a list of such places, by kind."""


def names_of(kind: Literal["district", "cluster"]) -> Check[tuple[str, ...]]:
    """Return a check for a list of districts and zones, or of clusters and tracks.

    The check gives their ids, wholes before parts, in the plan's order.
    """
    expected = worded("expected.list_or_all", words=worded(f"setting.{kind}s"))
    kinds = (kind, WITHIN[kind])

    @shaped(lambda: some(either(*({"enum": [name for name, _ in called(k)]} for k in kinds)), 1))
    def check(value: object, place: Place) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not value:
            raise place.problem(value, expected)
        chosen = set()
        with gathering() as problems:
            for name in value:
                with problems.noted():
                    chosen.add(_area(kind, string(name, place), place))
        listed = (id_ for each in kinds for id_ in PLAN.directories[each].names)
        return tuple(id_ for id_ in listed if id_ in chosen)

    return check


def _area(kind: str, name: str, place: Place) -> str:
    """Return the id of a place of a kind, or of one that lies in such a place.

    Raises:
        Problem: neither is called so.
    """
    directory = PLAN.directories[WITHIN[kind]]
    try:
        return directory.find(name)
    except Problem:
        with place.blamed_for(name):
            return PLAN.directories[kind].find(name, also=directory)


def plan_name(kind: str, name: str, place: Place) -> str:
    """Return the id of something in the plan that is called by its id or one of its names.

    Raises:
        Problem: nothing is called so; the message names the nearest.
    """
    with place.blamed_for(name):
        return PLAN.resolve(kind, name)


def by_id(
    given: Mapping[str, object],
    place: Place,
    find: Callable[[str, Place], str],
    take: Callable[[str, object, Place], Value],
) -> dict[str, Value]:
    """Return what is taken of each entry of a table whose keys are names, by the names' ids.

    Args:
        given: the table.
        place: where it stands.
        find: returns the id of what a name means, or raises a problem.
        take: returns what to take of an id, its entry and the entry's place, or raises a problem.

    Raises:
        Problem: a name is unknown, two names mean the same, or an entry is not what it should be.
    """
    written: dict[str, str] = {}
    taken: dict[str, Value] = {}
    with gathering() as problems:
        for key, value in given.items():
            with problems.noted():
                name = find(key, place)
                if name in written:
                    twice = {written[name]: 0, key: 0}
                    raise place.problem(twice, worded("expected.once", name=name))
                written[name] = key
                taken[name] = take(name, value, place.under(key))
    return taken


def table(checks: Mapping[str, Check[Any]], *, complete: bool = False) -> Check[dict[str, Any]]:
    """Return a check for a table with only the given keys, each value with its own check.

    Keys may be said in Chinese too.

    Args:
        checks: the check of each key.
        complete: whether every key must be there.
    """

    @shaped(lambda: of_checks(checks, checks if complete else ()))
    def check(value: object, place: Place) -> dict[str, Any]:
        given, taken = mapping(value, place), dict[str, Any]()
        with gathering() as problems:
            said = {*given, *map(english, given)}
            for key in checks if complete else ():
                if key not in said:
                    problems.add(place.under(key).problem(None, worded("expected.value")))
            for written, entry in given.items():
                key = written if written in checks else english(written)
                with problems.noted():
                    if key not in checks:
                        raise place.unknown(written, checks)
                    if key in taken:
                        both = {key: 0, CHINESE[key]: 0}
                        raise place.problem(both, worded("expected.once", name=key))
                    taken[key] = checks[key](entry, place.under(written))
        return taken

    return check


def mapping(value: object, place: Place) -> dict[str, object]:
    """Take a table, whatever is in it."""
    if not isinstance(value, dict):
        raise place.problem(value, worded("expected.table"))
    return {str(key): entry for key, entry in value.items()}


def later(shape: Shape) -> Check[Any]:
    """Return a check that takes anything, of what is looked at where more is known.

    Args:
        shape: what it will have to look like.
    """

    @shaped(lambda: shape)
    def check(value: object, _place: Place) -> Any:
        return value

    return check


def _months() -> str:
    """Return the pattern of the months of a run, the last of which is a December."""
    (first, month), last = FIRST.split("-"), int(LAST[:4])
    begun = "|".join(f"{number:02d}" for number in range(int(month), 13))
    others = "|".join(str(year) for year in range(int(first) + 1, last + 1))
    return f"^({first}-({begun})|({others})-(0[1-9]|1[0-2]))$"


def _is_month(label: str) -> bool:
    try:
        return month_index(label) <= month_index(LAST)
    except ValueError:
        return False
