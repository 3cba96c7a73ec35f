"""The table ``[readings]``: counts that a scenario reads in another way than by default."""

from functools import partial

from sim.language import Text
from sim.plan import PLAN, Count, Reading
from sim.problems import nearest
from sim.scenario import check
from sim.scenario.place import Place, meant
from sim.scenario.shape import Shape, called, shaped, table

WHY = {
    "flow": Text(
        "It is a flow of twelve months and has no other reading", "该目标按近十二个月累计，别无口径"
    ),
    "new": Text(
        "No figure of the stock of 2022 is known, so only what is new can be counted",
        "没有2022年存量的数据，因此只能计新增",
    ),
}
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
    quoted = [f'"{reading}"' for reading in count.readings]
    expected = Text(" or ".join(quoted), " 或 ".join(quoted))
    if len(quoted) == 1:
        raise place.problem(value, expected, WHY[count.reading])
    close = nearest(value, count.readings) if isinstance(value, str) else None
    raise place.problem(value, expected, meant(close))
