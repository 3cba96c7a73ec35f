"""The table ``[[rules]]``: doses that change if a number is low, or high, in a month.

A rule changes the dose of what is on, from the month after the one it looks at.
"""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple

from sim.calendar import month_index
from sim.language import Text
from sim.model.world.conditions import Conditional, Dosing
from sim.model.world.layout import COUNTS, MEASURES
from sim.plan import PLAN
from sim.problems import Problem, gathering, meant, nearest
from sim.scenario import check
from sim.scenario.doses import Setting
from sim.scenario.levers import MOST_DOSE
from sim.scenario.place import Place
from sim.scenario.shape import Shape, called, just_one, of_checks, shaped, some, table
from sim.text.catalogue import worded
from sim.text.joining import series

TABLE = "rules"
KINDS: Final = ("count", "measure")
SIDES: Final = ("below", "above")


class Rule(NamedTuple):
    """Doses that change if something is recorded."""

    kind: str
    """count or measure."""
    of: str
    """Which one."""
    month: str
    side: str
    """below or above."""
    bound: float
    doses: tuple[tuple[str, float], ...]
    """Levers and instruments, levers first, and the dose of each."""

    def plain(self) -> dict[str, Any]:
        """Return it as a scenario file says it."""
        when = {self.kind: self.of, "in": self.month, self.side: self.bound}
        return {"when": when, "then": {name: {"dose": dose} for name, dose in self.doses}}


@shaped(lambda: some(of_checks(RULE, RULE)))
def rules(value: object, place: Place) -> tuple[Rule, ...]:
    """Take a list of rules.

    Raises:
        Problem: one asks for what is not recorded, or does nothing that is known.
    """
    if not isinstance(value, list | tuple):
        raise place.problem(value, worded("expected.tables", table="rules"))
    found = []
    with gathering() as problems:
        for number, entry in enumerate(value):
            with problems.noted():
                found.append(_rule(entry, place.under(str(number + 1))))
    return tuple(found)


def _rule(value: object, place: Place) -> Rule:
    told = check.table(RULE, complete=True)(value, place)
    kind, of, month, side, bound = told["when"]
    return Rule(kind, of, month, side, bound, told["then"])


def _when_shape() -> Shape:
    told = of_checks(WHEN, ("in",))
    return {**told, "allOf": [*told["allOf"], just_one(KINDS), just_one(SIDES)]}


@shaped(_when_shape)
def _when(value: object, place: Place) -> tuple[str, str, str, str, float]:
    told = check.table(WHEN)(value, place)
    if "in" not in told:
        raise place.under("in").problem(None, check.MONTHS)
    kind = _one_of(KINDS, told, place)
    side = _one_of(SIDES, told, place)
    return kind, told[kind], told["in"], side, told[side]


def _one_of(keys: Sequence[str], told: Mapping[str, Any], place: Place) -> str:
    """Return which of some keys is said, of which one must be."""
    said = [key for key in keys if key in told]
    if len(said) != 1:
        expected = worded("expected.one_of", names=series(keys))
        raise place.problem(", ".join(told), expected)
    return said[0]


@shaped(lambda: {"enum": [name for name, _ in called("count")]})
def _count(value: object, place: Place) -> str:
    return check.plan_name("count", check.string(value, place), place)


@shaped(lambda: {"enum": list(MEASURES)})
def _measure(value: object, place: Place) -> str:
    name = check.string(value, place)
    if name not in MEASURES:
        expected = worded("expected.measure")
        raise place.problem(name, expected, meant(nearest(name, MEASURES)))
    return name


WHEN: Final[Mapping[str, check.Check[Any]]] = {
    "count": _count,
    "measure": _measure,
    "in": check.month,
    **dict.fromkeys(SIDES, check.number()),
}
"""Keys of what a rule looks at, and what each may be."""


def _then_shape() -> Shape:
    dose = of_checks(DOSE, DOSE)
    return {**table({name: dose for name in levers_and_instruments()}), "minProperties": 1}


@shaped(_then_shape)
def _then(value: object, place: Place) -> tuple[tuple[str, float], ...]:
    given = check.mapping(value, place)
    if not given:
        raise place.problem(given, worded("expected.dose_of_lever"))
    entry = check.table(DOSE, complete=True)

    def dose(_name: str, said: object, here: Place) -> float:
        return float(entry(said, here)["dose"])

    found = check.by_id(given, place, lever_or_instrument, dose)
    levers = [lever.id for lever in PLAN.levers]
    return tuple(sorted(found.items(), key=lambda pair: (pair[0] not in levers, pair[0])))


RULE: Final[Mapping[str, check.Check[Any]]] = {"when": _when, "then": _then}
"""Keys of a rule, both of which it has."""
DOSE: Final[Mapping[str, check.Check[Any]]] = {"dose": check.number(0.0, MOST_DOSE)}
"""What a rule changes of a lever."""


def levers_and_instruments() -> list[str]:
    """Return all that `lever_or_instrument` usually is called by."""
    return [name for kind in ("lever", "instrument") for name, _ in called(kind)]


def lever_or_instrument(name: str, place: Place) -> str:
    """Return the id of a plan, a safeguard or an instrument."""
    for kind in ("lever", "instrument"):
        with suppress(Problem):
            return PLAN.resolve(kind, name)
    known = [entry.id for entry in (*PLAN.levers, *PLAN.instruments)]
    expected = worded("expected.lever")
    raise place.problem(name, expected, meant(nearest(name, known)))


def check_months(given: Sequence[Rule], horizon: str, place: Place) -> None:
    """Make sure that rules look at months of a run that others follow.

    Raises:
        Problem: one does not.
    """
    for number, rule in enumerate(given):
        if month_index(rule.month) >= month_index(horizon):
            here = place.under(TABLE).under(str(number + 1)).under("when").under("in")
            expected = worded("expected.month_before", month=horizon)
            raise here.problem(rule.month, expected)


def check_on(given: Sequence[Rule], settings: Mapping[str, Setting], place: Place) -> None:
    """Make sure that nobody takes something for switched on because a rule gives it a dose.

    Raises:
        Problem: a rule changes only what is off.
    """
    for number, rule in enumerate(given):
        for name, _ in rule.doses:
            if not any(settings[each].on for each in instruments_of(name)):
                here = place.under(TABLE).under(str(number + 1)).under("then")
                expected = worded("expected.on_already")
                hint = worded("hint.on_without_dose")
                raise here.problem(name, expected, hint)


def instruments_of(name: str) -> tuple[str, ...]:
    """Return the instruments of a lever, or one instrument."""
    own = tuple(entry.id for entry in PLAN.instruments if entry.lever == name)
    return own or (name,)


def conditionals(
    given: Sequence[Rule], settings: Mapping[str, Setting], months: int
) -> tuple[Conditional, ...]:
    """Return rules as a run of some months follows them, in the order of their months."""
    ordered = sorted(given, key=lambda rule: month_index(rule.month))
    return tuple(_conditional(rule, settings, months) for rule in ordered)


def _conditional(rule: Rule, settings: Mapping[str, Setting], months: int) -> Conditional:
    month, measured = month_index(rule.month), rule.kind == "measure"
    below = rule.bound if rule.side == "below" else -math.inf
    above = rule.bound if rule.side == "above" else math.inf
    doses = {name: dose for lever, dose in rule.doses for name in instruments_of(lever)}
    numbers = {entry.id: number for number, entry in enumerate(PLAN.instruments)}
    dosings = (
        _dosing(numbers[name], dose, settings[name], month + 1, months)
        for name, dose in doses.items()
        if settings[name].on
    )
    column = (MEASURES if measured else COUNTS).index(rule.of)
    acting = tuple(each for each in dosings if each.first < each.end)
    return Conditional(month, column, measured, below, above, acting)


def _dosing(number: int, dose: float, setting: Setting, after: int, months: int) -> Dosing:
    end = months if setting.end is None else min(month_index(setting.end), months)
    first = max(after, month_index(setting.start))
    return Dosing(number, dose, setting.ramp_months, first, end)


def told(rule: Rule) -> Text:
    """Return a rule in words."""
    doses = ", ".join(f"{name}.dose = {dose:.12g}" for name, dose in rule.doses)
    sign = "<" if rule.side == "below" else ">"
    asked = f"{rule.of} {sign} {rule.bound:.12g}"
    return worded("scenario.rule", asked=asked, month=rule.month, doses=doses)
