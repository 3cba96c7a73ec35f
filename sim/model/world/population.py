"""The 2022 starting population: what exists in October 2022, drawn so that totals match data.md."""

import numpy as np
from numpy.typing import NDArray

from sim.engine import rule
from sim.engine.driver import bound
from sim.model.world.founding_knowledge import draw_knowledge
from sim.model.world.founding_stock import draw_firms, draw_funds, draw_programmes, draw_ties
from sim.model.world.people import draw_people
from sim.model.world.tables import Draw, Tables
from sim.model.world.world import World, allocate


@rule
def populate(world: Tables, p: Draw) -> None:
    """Draw the 2022 population into an empty world whose city row holds seed and replicate."""
    draw_programmes(world, p)
    draw_firms(world, p)
    draw_funds(world, p)
    draw_people(world, p)
    draw_knowledge(world, p)
    draw_ties(world, p)


def create(parameters: NDArray[np.void], seed: int, replicate: int) -> World:
    """Return a world as of October 2022.

    Args:
        parameters: shape (1,), one parameter draw.
        seed: seed of the ensemble.
        replicate: number of the replicate; it is the only thing that sets its luck apart.
    """
    p = parameters[0]
    world = allocate(p["firms_2022"], p["talents_2022"], p["funds_2022"], p["existing"].sum())
    world.cells["capacity"] = world.cells["land"] * p["land_capacity"]
    world.city["seed"] = seed
    world.city["replicate"] = replicate
    bound(world, parameters).call(populate)
    return world
