"""The table ``[processes]``: which processes of a month are left out, and what is added.

Files with code of one's own are read here and not run.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.engine.declared import (
    AS_USUAL,
    Changes,
    Own,
    OwnMeasure,
    declared,
    described,
    described_measures,
)
from sim.engine.own import ELSEWHERE, arranged
from sim.engine.schedule import WHERE
from sim.model.world.layout import COUNTS, MEASURES
from sim.problems import Problem
from sim.scenario import check
from sim.scenario.place import Place
from sim.scenario.shape import NAMES, TEXT, Shape, shaped, some
from sim.scenario.shape import table as shape_of_table
from sim.scenario.variants import as_chosen
from sim.text.catalogue import worded

TABLE = "processes"
COLUMNS = ("replicate", "draw", "luck", "month")
"""What tables of results have besides counts and measures."""


def processes(*, foreign: bool) -> check.Check[dict[str, Any]]:
    """Return a check for the table of a file.

    Args:
        foreign: whether Python files that it names may be run, on this machine.
    """

    def named(value: object, place: Place, *keys: str) -> list[dict[str, str]]:
        entry = check.table(dict.fromkeys(keys, check.string), complete=True)
        given = [entry(each, place) for each in _list(value, place)]
        if given and not foreign:
            raise place.problem(", ".join(each["file"] for each in given), ELSEWHERE)
        return given

    @shaped(lambda: _files("file", "after"))
    def added(value: object, place: Place) -> tuple[Own, ...]:
        given, folder = named(value, place, "file", "after"), Path(place.file).parent
        return tuple(described(folder / each["file"], each["after"]) for each in given)

    @shaped(lambda: _files("file"))
    def measured(value: object, place: Place) -> tuple[OwnMeasure, ...]:
        given, folder = named(value, place, "file"), Path(place.file).parent
        return tuple(own for each in given for own in described_measures(folder / each["file"]))

    return check.table({"without": _names, "add": added, "measures": measured})


def complete(given: Mapping[str, Any], place: Place, variants: Mapping[str, str]) -> Changes:
    """Return what is changed in the schedule, after making sure that it is in order as declared.

    Args:
        given: keys of the table, each as its check returns it.
        place: of the table, to name if something is wrong.
        variants: mechanisms in another form than usual.

    Raises:
        Problem: there is no such process, a declaration is broken, or a name is taken.
    """
    if not any(given.values()) and not variants:
        return AS_USUAL
    from sim.model.rules.variants import month_of_variants  # takes a while to load

    without, added = given.get("without", ()), given.get("add", ())
    measures: tuple[OwnMeasure, ...] = given.get("measures", ())
    _check_apart(measures, place)
    try:
        schedule = month_of_variants(as_chosen(variants))
        arranged(schedule, Changes(without, added), declared)
    except Problem as problem:
        if problem.where != WHERE:
            raise
        found = Problem(place.file, TABLE, problem.found, problem.expected, problem.hint)
        raise found from problem
    ordered = tuple(name for name in schedule.names if name in without)
    return Changes(ordered, added, measures)


def _check_apart(measures: tuple[OwnMeasure, ...], place: Place) -> None:
    """Make sure that each measure has a name of its own.

    Raises:
        Problem: a count, a column of tables or another measure has it.
    """
    taken = {*COUNTS, *MEASURES, *COLUMNS}
    for each in measures:
        if each.name in taken:
            expected = worded("expected.new_column")
            raise place.under("measures").problem(f"{each.file}: {each.name}", expected)
        taken.add(each.name)


def resolved_processes(value: object, place: Place) -> Changes:
    """Take what ``plain`` returned. Files that it tells of are not run, nor looked for."""
    text = check.string
    kinds = {"name": text, "unit": text, "label": check.both_languages}
    entry = check.table({"file": text, "after": text, "digest": text}, complete=True)
    measure = check.table({"file": text, "digest": text, **kinds}, complete=True)

    def added(value: object, place: Place) -> tuple[Own, ...]:
        return tuple(Own(**entry(each, place)) for each in _list(value, place))

    def measured(value: object, place: Place) -> tuple[OwnMeasure, ...]:
        return tuple(OwnMeasure(**measure(each, place)) for each in _list(value, place))

    table = check.table({"without": _names, "add": added, "measures": measured})(value, place)
    return Changes(table["without"], table["add"], table.get("measures", ()))


def plain(changes: Changes) -> dict[str, Any]:
    """Return what is changed as plain data, without the place of files."""
    measures = [
        {
            **{key: getattr(own, key) for key in ("file", "digest", "name", "unit")},
            "label": own.label._asdict(),
        }
        for own in changes.measures
    ]
    return {
        **({"measures": measures} if measures else {}),
        "without": list(changes.without),
        "add": [
            {"file": own.file, "after": own.after, "digest": own.digest} for own in changes.added
        ],
    }


def _files(*keys: str) -> Shape:
    return some(shape_of_table(dict.fromkeys(keys, TEXT), keys))


@shaped(lambda: NAMES)
def _names(value: object, place: Place) -> tuple[str, ...]:
    return tuple(check.string(each, place) for each in _list(value, place))


def _list(value: object, place: Place) -> list[object]:
    if not isinstance(value, list | tuple):
        raise place.problem(value, worded("expected.list"))
    return list(value)
