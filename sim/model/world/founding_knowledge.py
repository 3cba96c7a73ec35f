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
        made = 0.0
        if entry.stage == OPEN and entry.kind == INSTITUTE:
            made = entry.talents * p.institute_output
        elif entry.stage == OPEN and entry.kind == TRANSFER_NODE:
            made = p.transfer_output
        world.knowledge[entry.cluster, entry.cell] += years * made
