"""Districts with their land and people, and the places that matter from the start."""

from collections.abc import Iterator

from sim.figures import Figure, figure
from sim.language import Text
from sim.plan.catalogue import District, University, Zone
from sim.plan.sections import section
from sim.plan.tables import Table

FILE = "places.toml"

LAND = "land area"
PEOPLE = "resident population (7th census)"


def districts(file: Table) -> Iterator[District]:
    """Yield the districts of a file.

    Raises:
        Problem: an entry is incomplete, out of the order of its numbers, or names a figure that is
            not about it.
    """
    keys = ("id", "number", "core", "name", "aliases", "population", "area")
    for number, table in enumerate(file.tables("districts")):
        table.only(*keys)
        if table.whole("number") != number:
            raise table.problem("number", Text(f"{number}, its place in the list", f"{number}"))
        name = table.both("name")
        yield District(
            id=table.text("id"),
            number=number,
            name=name,
            aliases=table.texts("aliases"),
            area_km2=_figure_of(table, "area", LAND, name).number,
            population=int(_figure_of(table, "population", PEOPLE, name).number),
            core=table.flag("core"),
        )


def _figure_of(table: Table, key: str, quantity: str, name: Text) -> Figure:
    """Return the figure that a key names, having made sure what it measures and of which district.

    Figures write names without apostrophes.
    """
    found = figure(table.text(key), table.file)
    entity = name.en.replace("'", "")
    if (found.quantity, found.entity) != (quantity, entity):
        what = f"{quantity}, {entity}"
        raise table.problem(key, Text(f"the figure of {what}", f"“{what}”的数据编号"))
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
