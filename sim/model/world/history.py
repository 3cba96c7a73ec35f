"""What is known to have happened since October 2022, written into a world at its start."""

import numpy as np

from sim.engine.chance import identity
from sim.model.world import tables as t
from sim.model.world.codes import BUILDING, COLLEGE
from sim.model.world.namespaces import KNOWN_PROGRAMME
from sim.model.world.setup import Placed, Setup
from sim.model.world.world import World


def write_history(world: World, setup: Setup) -> None:
    """Put known programmes on their way to opening, and hold back what is known not to have come.

    A known programme takes no approval and no money from the purses: it competes with nothing.
    """
    city = world.city[0]
    for kind, month in setup.held:
        city["held"][kind] = month
    for number, placed in enumerate(setup.placed):
        _place(world, placed, number)


def _place(world: World, placed: Placed, number: int) -> None:
    city = world.city[0]
    row = int(city["programme_rows"])
    city["programme_rows"] = row + 1
    site, cell = _site(world, placed)
    entry = world.programmes[row]
    entry["id"] = identity(KNOWN_PROGRAMME, placed.kind, number, placed.opens)
    entry["alive"] = 1
    entry["kind"] = placed.kind
    entry["stage"] = BUILDING
    entry["cluster"] = _cluster(world, placed)
    entry["track"] = t.NOBODY
    entry["district"] = placed.district
    entry["site"] = site
    entry["cell"] = cell
    entry["proposed"] = entry["starts"] = t.NEVER
    entry["opens"] = placed.opens
    entry["case"] = 1.0


def _cluster(world: World, placed: Placed) -> int:
    if placed.cluster != t.NOBODY:
        return placed.cluster
    firms = world.firms[: int(world.city[0]["firm_rows"])]
    here = firms["cluster"][(firms["alive"] == 1) & (firms["district"] == placed.district)]
    named = world.city[0]["designated"][:, placed.district]
    return int(np.argmax(np.bincount(here, minlength=t.CLUSTERS) * np.where(named > 0, 1, 1e-6)))


def _site(world: World, placed: Placed) -> tuple[int, int]:
    """Return the number of the site (-1 for none) and the cell of a known programme."""
    city = world.city[0]
    if placed.zone != t.NOBODY:
        return placed.zone, int(city["zone_cell"][placed.zone])
    universities = np.flatnonzero(city["university_district"] == placed.district)
    if placed.kind == COLLEGE and len(universities):
        return int(universities[0]), int(city["university_cell"][universities[0]])
    first, after = city["district_start"][placed.district : placed.district + 2]
    cells = world.land_cells[first:after]
    return t.NOBODY, int(cells[np.argmax(world.cells["firms"][cells])])
