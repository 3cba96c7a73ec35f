"""Screening draws: a random byte for each chance that each firm has this month."""

from sim.engine.process import process
from sim.model.world import purposes
from sim.model.world.glances import draw_glances
from sim.model.world.tables import Draw, Tables


@process(
    "screening draws",
    reads=(
        "city: firm_rows",
        "ids",
    ),
    writes=(
        "city: firms_listed",
        "firm_glances",
    ),
    draws=(purposes.GLANCE,),
)
def screening_draws(world: Tables, p: Draw, month: int) -> None:
    """Draw the bytes of all firms; those of firms that come this month are drawn at its end."""
    city = world.city[0]
    draw_glances(world.firm_glances, world.ids, city.firm_rows, city, month)
    city.firms_listed = 0
