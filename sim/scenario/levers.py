"""The tables ``[plans]`` and ``[safeguards]``: what a file says about each instrument."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from sim.calendar import month_index
from sim.plan import PLAN, Lever
from sim.problems import Problem, gathering
from sim.scenario import check
from sim.scenario.doses import Setting, Step
from sim.scenario.horizons import FIRST
from sim.scenario.keys import english
from sim.scenario.place import Place
from sim.scenario.shape import Shape, called, either, of_checks, shape_of, shaped, some, table
from sim.text.catalogue import worded
from sim.text.joining import series

Kind = Literal["plan", "safeguard"]

TABLES: Mapping[str, Kind] = {"plans": "plan", "safeguards": "safeguard"}
"""The tables of levers in a scenario file, and the kind of lever in each."""


MOST_DOSE = 10.0
"""The greatest dose that can be asked for; 1 is as written."""

_STRENGTH = check.number(0.0, MOST_DOSE)
_STEPS = worded("expected.doses")
_IN_ORDER = worded("expected.months_in_order")


_STEP: Mapping[str, check.Check[Any]] = {"from": check.month, "value": _STRENGTH}


@shaped(lambda: either(shape_of(_STRENGTH), some(of_checks(_STEP, _STEP), 1)))
def dose(value: object, place: Place) -> float | tuple[Step, ...]:
    """Take a dose, or a list of doses and the months from which each holds.

    Raises:
        Problem: it is neither, or the months are not in order.
    """
    if not isinstance(value, list | tuple):
        return _STRENGTH(value, place)
    if not value:
        raise place.problem(value, _STEPS)
    entry = check.table(_STEP, complete=True)
    told = [entry(each, place) for each in value]
    for before, after in pairwise(told):
        if not before["from"] < after["from"]:
            raise place.problem(f"{before['from']}, {after['from']}", _IN_ORDER)
    return tuple(Step(each["from"], each["value"]) for each in told)


SETTING: Mapping[str, check.Check[Any]] = {
    "on": check.flag,
    "dose": dose,
    "start": check.month,
    "end": check.unless("never", check.month),
    "ramp_months": check.whole(0, 120),
    "districts": check.unless("all", check.names_of("district")),
    "clusters": check.unless("all", check.names_of("cluster")),
}
"""What can be set for a lever or an instrument."""


class Statement(NamedTuple):
    """What one table says about one or several instruments."""

    place: Place
    instruments: tuple[str, ...]
    changes: Mapping[str, Any]
    """Fields of ``Setting`` and their new values."""


def nothing_done() -> dict[str, Setting]:
    """Return all instruments off: what a file starts from that extends no other."""
    return {
        instrument.id: Setting(False, 1.0, FIRST, None, instrument.ramp_months, None, None)
        for instrument in PLAN.instruments
    }


def read_levers(value: object, place: Place, kind: Kind) -> list[Statement]:
    """Return what a table of levers says, the general before the particular.

    True or false instead of a table says it of every lever of the kind.

    Raises:
        Problem: a name is unknown or stands twice, or a value is not what it should be.
    """
    levers = {lever.id: lever for lever in PLAN.levers}
    if isinstance(value, bool):
        every = [entry for entry in PLAN.instruments if levers[entry.lever].kind == kind]
        return [Statement(place, tuple(entry.id for entry in every), {"on": value})]

    def take(name: str, entry: object, here: Place) -> list[Statement]:
        if levers[name].kind != kind:
            raise _in_other_table(levers[name], here, kind)
        return _read_lever(levers[name], entry, here)

    given, find = check.mapping(value, place), partial(check.plan_name, "lever")
    return [said for each in check.by_id(given, place, find, take).values() for said in each]


def apply(statements: Sequence[Statement], settings: Mapping[str, Setting]) -> dict[str, Setting]:
    """Return settings changed by statements in their order, a later one over an earlier one.

    Raises:
        Problem: dates contradict, or something is set for what stays off without saying so.
    """
    changes: dict[str, dict[str, Any]] = {}
    for statement in statements:
        for instrument in statement.instruments:
            changes.setdefault(instrument, {}).update(statement.changes)
    changed = {
        instrument: replace(setting, **changes.get(instrument, {}))
        for instrument, setting in settings.items()
    }
    said = {instrument for instrument, new in changes.items() if "on" in new}
    with gathering() as problems:
        with problems.noted():
            _check_dates(statements, changed)
        for statement in statements:
            with problems.noted():
                _check_said(statement, changed, said)
    return changed


def levers_of(kind: Kind) -> check.Check[list[Statement]]:
    """Return the check for a table of levers of a kind."""

    @shaped(lambda: _levers_shape(kind))
    def check_levers(value: object, place: Place) -> list[Statement]:
        return read_levers(value, place, kind)

    return check_levers


def _levers_shape(kind: Kind) -> Shape:
    levers = {lever.id: _lever_shape(lever) for lever in PLAN.levers if lever.kind == kind}
    named = {name: levers[of] for name, of in called("lever", levers)}
    return either({"type": "boolean"}, table(named))


def _lever_shape(lever: Lever) -> Shape:
    settings = {name: shape_of(each) for name, each in SETTING.items()}
    instrument = either({"type": "boolean"}, table(settings))
    own = [name for name, _ in called("instrument", [entry.id for entry in lever.instruments])]
    told = {"description": f"{lever.name.en} · {lever.name.zh}"}
    return {
        **either({"type": "boolean"}, table({**dict.fromkeys(own, instrument), **settings})),
        **told,
    }


def _read_lever(lever: Lever, value: object, place: Place) -> list[Statement]:
    """Return what a lever's entry says: on or off, or a table that may hold its instruments."""
    everything = tuple(instrument.id for instrument in lever.instruments)
    if isinstance(value, bool):
        return [Statement(place, everything, {"on": value})]
    given = _on_off_or_table(value, place)
    general = {key: entry for key, entry in given.items() if english(key) in SETTING}
    particular = {key: entry for key, entry in given.items() if english(key) not in SETTING}
    statements: list[Statement] = []
    find = partial(_instrument, own=everything)
    with gathering() as problems:
        if general or not particular:
            with problems.noted():
                statements.append(_statement(everything, general, place))
        with problems.noted():
            statements += check.by_id(particular, place, find, _of_one).values()
    return statements


def _of_one(instrument: str, value: object, place: Place) -> Statement:
    return _statement((instrument,), value, place)


def _statement(instruments: tuple[str, ...], value: object, place: Place) -> Statement:
    if isinstance(value, bool):
        return Statement(place, instruments, {"on": value})
    changes = check.table(SETTING)(_on_off_or_table(value, place), place)
    return Statement(place, instruments, in_steps(changes, place))


def in_steps(changes: dict[str, Any], place: Place) -> dict[str, Any]:
    """Return changes with their doses as a setting has them: the first, its start, the later.

    Raises:
        Problem: a start is said beside doses that say it.
    """
    if "dose" not in changes:
        return changes
    steps = changes["dose"]
    if isinstance(steps, float):
        return {**changes, "later": ()}
    if "start" in changes:
        expected = worded("expected.no_start")
        raise place.under("start").problem(changes["start"], expected)
    first, *later = steps
    return {**changes, "dose": first.dose, "start": first.start, "later": tuple(later)}


def _on_off_or_table(value: object, place: Place) -> dict[str, object]:
    if not isinstance(value, dict):
        raise place.problem(value, worded("expected.true_false_or_table"))
    return check.mapping(value, place)


def _instrument(key: str, place: Place, own: tuple[str, ...]) -> str:
    """Return the id of a lever's instrument.

    Raises:
        Problem: there is none of that name, or it is not one of the lever's own.
    """
    try:
        name = PLAN.resolve("instrument", key)
    except Problem:
        raise place.unknown(key, (*SETTING, *own)) from None
    if name not in own:
        lever = next(entry.lever for entry in PLAN.instruments if entry.id == name)
        hint = worded("hint.belongs_to", setting=key, lever=lever)
        raise place.problem(key, worded("expected.one_of", names=series(own)), hint)
    return name


def _in_other_table(lever: Lever, place: Place, kind: Kind) -> Problem:
    other = next(name for name, held in TABLES.items() if held == lever.kind)
    hint = worded("hint.put_under", table=other)
    return place.problem(lever.id, worded(f"expected.{kind}"), hint)


def _check_dates(statements: Sequence[Statement], settings: Mapping[str, Setting]) -> None:
    for statement in reversed(statements):
        told = [key for key in ("end", "start") if key in statement.changes]
        for instrument in statement.instruments if told else ():
            start, end = settings[instrument].start, settings[instrument].end
            if end is not None and month_index(end) <= month_index(start):
                expected = worded(
                    "expected.start_before_end", instrument=instrument, start=start, end=end
                )
                place = statement.place.under(told[0])
                raise place.problem(statement.changes[told[0]], expected)
            _check_steps(settings[instrument], statement, told[0])


def _check_steps(setting: Setting, statement: Statement, key: str) -> None:
    """Make sure that each dose of an instrument has months in which it holds."""
    months = [step.start for step in setting.steps]
    if setting.end is not None:
        months.append(setting.end)
    if setting.later and any(after <= before for before, after in pairwise(months)):
        way = ", ".join(months)
        expected = worded("expected.doses_in_order", way=way)
        raise statement.place.under(key).problem(statement.changes[key], expected)


def _check_said(statement: Statement, settings: Mapping[str, Setting], said: Iterable[str]) -> None:
    """Make sure that nobody takes something for switched on because a dose is given."""
    if all(not settings[name].on and name not in said for name in statement.instruments):
        expected = worded("expected.on_as_well")
        hint = worded("hint.off_so_far")
        written = {key: value for key, value in statement.changes.items() if key in SETTING}
        raise statement.place.problem(written, expected, hint)
