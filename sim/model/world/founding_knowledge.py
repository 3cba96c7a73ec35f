"""The knowledge of October 2022: what a city that has long done research at this pace holds."""

from sim.engine import rule
from sim.model.world.codes import INSTITUTE, OPEN, TRANSFER_NODE
from sim.model.world.rows import research_people
from sim.model.world.tables import Draw, Tables


@rule
def draw_knowledge(world: Tables, p: Draw) -> None:
    """Fill each cell with its stock, as if its research had grown at a steady rate for long.

    A flow that grows at a rate g and decays at a rate d leaves a stock of flow / (d + g): without
    it, knowledge would rise from nothing in the first years and look like the plan's success.
    """
    city = world.city[0]
    firms = world.firms
    programmes = world.programmes
    years = 1.0 / (p.knowledge_decay + p.growth_before_2022)
    for i in range(city.firm_rows):
        firm = firms[i]
        world.knowledge[firm.cluster, firm.cell] += years * research_people(firm, p, 0.0)
    for row in range(city.programme_rows):
        entry = programmes[row]
        if entry.stage == OPEN and entry.kind == INSTITUTE:
            made = entry.talents * p.institute_output
            world.knowledge[entry.cluster, entry.cell] += years * made
        elif entry.stage == OPEN and entry.kind == TRANSFER_NODE:
            bring_home(world, entry.cluster, years * p.transfer_output)


@rule
def bring_home(world: Tables, cluster: int, know_how: float) -> None:
    """Let what a node abroad brings in arrive at the city's universities, at all alike."""
    seats = world.city[0].university_cell
    for k in range(len(seats)):
        world.knowledge[cluster, seats[k]] += know_how / len(seats)
