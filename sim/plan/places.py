"""Districts with their land and people, and the places that matter from the start."""

from collections.abc import Iterator, Sequence

from sim.figures import Figure, figure
from sim.language import Text
from sim.plan.catalogue import District, University, Zone
from sim.plan.names import Former
from sim.plan.sections import section
from sim.text.catalogue import worded
from sim.toml_tables import Table

FILE = "places.toml"

LAND = "land area"
PEOPLE = "resident population (7th census)"


def districts(file: Table) -> tuple[District, ...]:
    """Return the districts of a file by their numbers, in whatever order it lists them.

    Raises:
        Problem: an entry is incomplete, its number is taken or leaves a gap, or it names a figure
            that is not about it.
    """
    tables = list(file.tables("districts"))
    found = {entry.number: entry for entry in _districts(tables)}
    return tuple(found[number] for number in range(len(tables)))


def _districts(tables: Sequence[Table]) -> Iterator[District]:
    keys = ("id", "number", "core", "name", "aliases", "population", "area", "former")
    free = list(range(len(tables)))
    for table in tables:
        table.only(*keys)
        if table.whole("number") not in free:
            listed = ", ".join(map(str, free))
            raise table.problem("number", worded("expected.one_of", names=listed))
        free.remove(table.whole("number"))
        name = table.both("name")
        yield District(
            id=table.text("id"),
            number=table.whole("number"),
            name=name,
            aliases=table.texts("aliases"),
            area_km2=_figure_of(table, "area", LAND, name).number,
            population=int(_figure_of(table, "population", PEOPLE, name).number),
            core=table.flag("core"),
            former=tuple(_former(table)) if "former" in table.values else (),
        )


def _former(district: Table) -> Iterator[Former]:
    """Yield what a district has taken in."""
    for table in district.tables("former"):
        names = table.only("names", "year").texts("names")
        if not names:
            raise table.problem("names", worded("expected.names"))
        yield Former(names, district.text("id"), table.whole("year"))


def _figure_of(table: Table, key: str, quantity: str, name: Text) -> Figure:
    """Return the figure that a key names, having made sure what it measures and of which district.

    Figures write names without apostrophes.
    """
    found = figure(table.text(key), table.file)
    entity = name.en.replace("'", "")
    if (found.quantity, found.entity) != (quantity, entity):
        what = f"{quantity}, {entity}"
        raise table.problem(key, worded("expected.figure_of", what=what))
    return found


def zones(file: Table) -> Iterator[Zone]:
    """Yield the zones of a file.

    Raises:
        Problem: an entry is incomplete or has other keys.
    """
    for table in file.tables("zones"):
        table.only("id", "name", "aliases", "district", "lon", "lat", "quality", "section")
        yield Zone(
            id=table.text("id"),
            name=table.both("name"),
            aliases=table.texts("aliases"),
            district=table.text("district"),
            lon=table.number("lon"),
            lat=table.number("lat"),
            quality=table.text("quality"),
            section=section(table),
        )


def universities(file: Table) -> Iterator[University]:
    """Yield the universities of a file.

    Raises:
        Problem: an entry is incomplete or has other keys.
    """
    for table in file.tables("universities"):
        table.only("id", "name", "aliases", "district", "lon", "lat", "quality")
        yield University(
            id=table.text("id"),
            name=table.both("name"),
            aliases=table.texts("aliases"),
            district=table.text("district"),
            lon=table.number("lon"),
            lat=table.number("lat"),
            quality=table.text("quality"),
        )
