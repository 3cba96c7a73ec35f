"""The table ``[readings]``: counts that a scenario reads in another way than by default."""

from functools import partial

from sim.plan import PLAN, Count, Reading
from sim.problems import meant, nearest
from sim.scenario import check
from sim.scenario.place import Place
from sim.scenario.shape import Shape, called, shaped, table
from sim.text.catalogue import worded
from sim.text.joining import alternatives

WHY = {reading: worded(f"hint.{reading}_only") for reading in ("flow", "new")}
"""Default reading of a count -> why the count has no other."""


def _shape() -> Shape:
    readings = {count.id: {"enum": list(count.readings)} for count in PLAN.counts}
    return table({name: readings[of] for name, of in called("count")})


@shaped(_shape)
def chosen_readings(value: object, place: Place) -> dict[str, Reading]:
    """Take a table of counts, by any of their names, and readings for them.

    Raises:
        Problem: a count is unknown or stands twice, or it has no such reading.
    """
    counts = {count.id: count for count in PLAN.counts}

    def take(name: str, entry: object, here: Place) -> Reading:
        return _reading(counts[name], entry, here)

    given, find = check.mapping(value, place), partial(check.plan_name, "count")
    return check.by_id(given, place, find, take)


def complete_readings(value: object, place: Place) -> dict[str, Reading]:
    """Take a table with a reading for every count, by its id.

    Raises:
        Problem: a count is missing or unknown, or it has no such reading.
    """
    ids = {count.id: check.string for count in PLAN.counts}
    return chosen_readings(check.table(ids, complete=True)(value, place), place)


def _reading(count: Count, value: object, place: Place) -> Reading:
    if value in count.readings:
        return value
    expected = alternatives(f'"{reading}"' for reading in count.readings)
    if len(count.readings) == 1:
        raise place.problem(value, expected, WHY[count.reading])
    close = nearest(value, count.readings) if isinstance(value, str) else None
    raise place.problem(value, expected, meant(close))
