"""``[[factors]]`` of a sweep file: what each changes, and the values that it may take."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sim.experiments.designs import Factor
from sim.experiments.targets import GROUPS, LEVER_OF, MOVED, SETTABLE, Target, name_of
from sim.language import Text
from sim.parameters import find as find_parameter
from sim.plan import PLAN
from sim.problems import Problem, gathering, meant, nearest
from sim.scenario import check
from sim.scenario.fixed import fixed_parameters
from sim.scenario.levers import MOST_DOSE, SETTING
from sim.scenario.money import moves
from sim.scenario.place import Place
from sim.scenario.shape import (
    ANYTHING,
    NAMES,
    TEXT,
    Shape,
    either,
    just_one,
    of_checks,
    shaped,
    some,
    table,
)
from sim.scenario.variants import choice, subject
from sim.text.catalogue import worded
from sim.text.joining import series

WORDS: Final = {"end": "never", "districts": "all", "clusters": "all"}
"""How a scenario file says that a setting has no limit; in a point, None is as in the base."""
SWEPT: Final = {
    **SETTING,
    "dose": check.number(0.0, MOST_DOSE),
    MOVED: check.number(0.0, 1.0),
}
"""What a factor's values may be: what is set for a lever, but one dose at a time."""
UNORDERED: Final = frozenset({"on", "districts", "clusters"})


class Entry(NamedTuple):
    """A factor, and all that it changes at once."""

    targets: tuple[Target, ...]
    factor: Factor


def _shape() -> Shape:
    entry = of_checks(ENTRY)
    return some({**entry, **just_one(HEADS)}, 1)


@shaped(_shape)
def factors(value: object, place: Place) -> list[list[Entry]]:
    """Take the list of factors: each entry is one, or one for each of a group.

    Raises:
        Problem: it is no such list, or something in it is wrong; all that is wrong is told.
    """
    expected = worded("expected.factors")
    if not isinstance(value, list) or not value:
        raise place.problem(value, expected)
    found = []
    with gathering() as problems:
        for number, entry in enumerate(value):
            with problems.noted():
                found.append(_entry(entry, place.under(str(number + 1))))
    return found


def _entry(value: object, place: Place) -> list[Entry]:
    told = check.table(ENTRY)(value, place)
    heads = [key for key in HEADS if key in told]
    if len(heads) != 1:
        raise place.problem(sorted(told), worded("expected.one_of", names=series(HEADS)))
    return [Entry(each, _factor(each, told, place)) for each in _targets(told, place)]


def _targets(told: Mapping[str, Any], place: Place) -> list[tuple[Target, ...]]:
    """Return what each factor of an entry changes."""
    alone = (("parameter", _parameter), ("variant", _variant), ("move", _move))
    for kind, named in alone:
        if kind in told:
            _without_set(told, place)
            return [(named(told[kind], place.under(kind)),)]
    if "set" not in told:
        raise place.under("set").problem(None, one_of(SETTABLE))
    if "each" in told:
        kind = "instrument" if told["each"] == "instrument" else "lever"
        return [(Target(kind, name, told["set"]),) for name in GROUPS[told["each"]]]
    names = told["lever"] if isinstance(told["lever"], list) else [told["lever"]]
    found = tuple(lever(name, told["set"], place.under("lever")) for name in names)
    if len(found) > 1:
        check_apart(found, place.under("lever"))
    return [found]


def lever(name: object, field: str, place: Place) -> Target:
    """Return the setting of a plan, a safeguard or an instrument.

    Raises:
        Problem: there is none of that name.
    """
    told = check.string(name, place)
    for kind in ("lever", "instrument"):
        try:
            return Target(kind, PLAN.resolve(kind, told), field)
        except Problem:
            continue
    known = [each.id for each in PLAN.levers] + list(LEVER_OF)
    raise place.problem(told, worded("expected.lever"), meant(nearest(told, known)))


def _without_set(told: Mapping[str, Any], place: Place) -> None:
    """Make sure that nothing is set of what is a value itself, and forms are told one by one."""
    if "variant" in told:
        for key in ("set", "low", "high"):
            if key in told:
                raise place.under(key).problem(told[key], worded("expected.forms"))
    if "set" in told:
        raise place.under("set").problem(told["set"], worded("expected.no_set"))


def _parameter(name: object, place: Place) -> Target:
    told = check.string(name, place)
    with place.blamed_for(told):
        find_parameter(told)
    return Target("parameter", told, "")


def _variant(name: object, place: Place) -> Target:
    return Target("variant", subject(check.string(name, place), place), "")


def _move(value: object, place: Place) -> Target:
    """Return a move of money, whose share is what varies."""
    told = check.table(dict.fromkeys(MOVE, check.later(TEXT)))(value, place)
    (move,) = moves([told], place)
    return Target("move", f"{move.of}>{move.to}", MOVED, move.start)


def one_of(choices: Sequence[str]) -> Text:
    """Return what is expected where one of some words is."""
    return worded("expected.one_of_these", names=series(choices))


def _factor(targets: tuple[Target, ...], told: Mapping[str, Any], place: Place) -> Factor:
    """Return what an entry says of a factor's values; a parameter alone has its own range."""
    name, kind = name_of(targets), targets[0].kind
    ends = [key for key in ("low", "high") if key in told]
    if kind == "parameter" and not ends and "values" not in told:
        prior = find_parameter(targets[0].id).prior
        if prior.kind != "fixed":
            return Factor(name, (), prior.low, prior.high)
    if ("values" in told) == bool(ends):
        raise place.problem(sorted(told), worded("expected.values_or_ends"))
    if "values" in told:
        return Factor(name, tuple(_values(targets, told["values"], place.under("values"))))
    for key in ("low", "high"):
        if key not in told:
            raise place.under(key).problem(None, worded("expected.value"))
    low, high = (value_of(targets, told[key], place.under(key)) for key in ("low", "high"))
    field = targets[0].field
    if field in UNORDERED or WORDS.get(field) in (low, high):
        raise place.problem(sorted(told), worded("expected.values_without_order"))
    if not low < high:
        raise place.under("high").problem(high, worded("expected.above_low"))
    return Factor(name, (), low, high)


def _values(targets: tuple[Target, ...], values: object, place: Place) -> list[Any]:
    if not isinstance(values, list) or not values:
        raise place.problem(values, worded("expected.values"))
    known = [value_of(targets, value, place) for value in values]
    if any(known.count(value) > 1 for value in known):
        raise place.problem(values, worded("expected.each_value_once"))
    return known


def value_of(targets: tuple[Target, ...], value: object, place: Place) -> Any:
    """Return a value in the form in which a scenario file would say it.

    Raises:
        Problem: it is none that all the targets may have.
    """
    first, *_ = [_value(target, value, place) for target in targets]
    return first


def _value(target: Target, value: object, place: Place) -> Any:
    if target.kind == "parameter":
        try:
            return fixed_parameters({target.id: value}, place)[target.id]
        except Problem as problem:
            raise place.problem(value, problem.expected, problem.hint) from problem
    if target.kind == "variant":
        return choice(target.id, value, place)
    known = SWEPT[target.field](value, place)
    return WORDS[target.field] if known is None else known


def check_apart(targets: Sequence[Target], place: Place) -> None:
    """Make sure that no two targets are the same thing.

    Raises:
        Problem: two are.
    """
    for number, one in enumerate(targets):
        for other in targets[:number]:
            if one.touches() & other.touches():
                expected = worded("expected.factors_apart")
                found = f"{other.name}, {one.name}"
                raise Problem(place.file, ".".join(place.keys), found, expected)


@shaped(lambda: either(TEXT, {**NAMES, "minItems": 1}))
def _names(value: object, place: Place) -> object:
    """Take a name, or a list of names of what moves together."""
    if isinstance(value, list) and not value:
        raise place.problem(value, worded("expected.name_or_names"))
    return value


MOVE: Final = ("of", "to", "from")
"""Keys of a move of money whose share is swept."""
END: Final[Shape] = {"type": ["number", "string"]}
"""An end of a range: a number or a month."""
HEADS = ("lever", "each", "parameter", "variant", "move")
"""Keys of a factor one of which says what it changes."""
ENTRY: Mapping[str, check.Check[Any]] = {
    "lever": _names,
    "each": check.one_of(*GROUPS),
    "parameter": check.string,
    "variant": check.string,
    "move": check.later(table(dict.fromkeys(MOVE, TEXT), MOVE)),
    "set": check.one_of(*SETTABLE),
    "values": check.later(some(ANYTHING, 1)),
    "low": check.later(END),
    "high": check.later(END),
}
"""Keys of a factor, and what each may be."""
