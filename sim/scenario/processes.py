"""The table ``[processes]``: which processes of a month are left out, and which are added."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.engine.own import AS_USUAL, ELSEWHERE, Changes, Own, changed, described
from sim.engine.schedule import WHERE
from sim.language import Text
from sim.problems import Problem
from sim.scenario import check
from sim.scenario.place import Place

TABLE = "processes"


def processes(*, foreign: bool) -> check.Check[dict[str, Any]]:
    """Return a check for the table of a file.

    Args:
        foreign: whether Python files that it names may be run, on this machine.
    """
    entry = check.table({"file": check.string, "after": check.string}, complete=True)

    def added(value: object, place: Place) -> tuple[Own, ...]:
        given = [entry(each, place) for each in _list(value, place)]
        if given and not foreign:
            raise place.problem(", ".join(each["file"] for each in given), ELSEWHERE)
        folder = Path(place.file).parent
        return tuple(described(folder / each["file"], each["after"]) for each in given)

    return check.table({"without": _names, "add": added})


def complete(given: Mapping[str, Any], place: Place) -> Changes:
    """Return what is changed in the schedule, after making sure that a month can be run so.

    Args:
        given: keys of the table, each as its check returns it.
        place: of the table, to name if something is wrong.

    Raises:
        Problem: there is no such process, a file cannot be used, or a declaration is broken.
    """
    if not any(given.values()):
        return AS_USUAL
    from sim.rules.month import SCHEDULE  # takes a while to load

    without = given.get("without", ())
    try:
        changed(SCHEDULE, Changes(without, given.get("add", ())))
    except Problem as problem:
        if problem.where != WHERE:
            raise
        found = Problem(place.file, TABLE, problem.found, problem.expected, problem.hint)
        raise found from problem
    ordered = tuple(name for name in SCHEDULE.names if name in without)
    return Changes(ordered, given.get("add", ()))


def resolved_processes(value: object, place: Place) -> Changes:
    """Take what ``plain`` returned. Files that it tells of are not run, nor looked for."""
    text = check.string
    entry = check.table({"file": text, "after": text, "digest": text}, complete=True)

    def added(value: object, place: Place) -> tuple[Own, ...]:
        return tuple(Own(**entry(each, place)) for each in _list(value, place))

    table = check.table({"without": _names, "add": added}, complete=True)(value, place)
    return Changes(table["without"], table["add"])


def plain(changes: Changes) -> dict[str, Any]:
    """Return what is changed as plain data, without the place of files."""
    return {
        "without": list(changes.without),
        "add": [
            {"file": own.file, "after": own.after, "digest": own.digest} for own in changes.added
        ],
    }


def _names(value: object, place: Place) -> tuple[str, ...]:
    return tuple(check.string(each, place) for each in _list(value, place))


def _list(value: object, place: Place) -> list[object]:
    if not isinstance(value, list | tuple):
        raise place.problem(value, Text("a list", "列表"))
    return list(value)
