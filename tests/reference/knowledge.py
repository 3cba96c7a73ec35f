"""Knowledge (section 7.3): what research adds to its cell, what is lost, and what is in reach."""

from typing import Any

from sim.model.world import codes
from sim.model.world.codes import mechanism
from sim.model.world.tables import CLUSTERS
from tests.reference.effort import research_people
from tests.reference.policy import mean

PROTECTION, CALLED, NODES, DATA, SCIENCE, AUTONOMY = map(
    mechanism,
    (
        *("ip_protection", "research_institute", "transfer_nodes", "data", "big_science"),
        "scientist_autonomy",
    ),
)
EVERY = 6


def knowledge(model: Any, month: int) -> None:
    """Twice a year, let stocks grow, decay and spread, and tell firms what is around them."""
    if month % EVERY:
        return
    p, city = model.p, model.city
    part = EVERY / 12
    for firm in model.firms:
        if firm.alive:
            kept = p.leak_reduction * city.dose[PROTECTION][CLUSTERS + firm.track][firm.place]
            added = research_people(model, firm) * part * max(0.0, 1.0 - kept)
            model.knowledge[firm.cluster][firm.cell] += added
    for entry in model.programmes:
        if entry.alive and entry.stage == codes.OPEN:
            abroad = entry.kind == codes.TRANSFER_NODE
            cells = city.university_cell if abroad else [entry.cell]
            for cell in cells:
                added = from_programme(model, entry) * part / len(cells)
                model.knowledge[entry.cluster][cell] += added
    lasting = (1.0 - p.knowledge_decay) ** part
    model.knowledge = [[stock * lasting for stock in row] for row in model.knowledge]
    city.knowledge = sum(map(sum, model.knowledge))
    reach = [in_reach(model, row) for row in model.knowledge]
    for firm in model.firms:
        if firm.alive:
            firm.spillover = spillover(model, firm, [row[firm.cell] for row in reach])


def from_programme(model: Any, entry: Any) -> float:
    """Return what an institute or a transfer node adds in a year."""
    p, dose = model.p, model.city.dose
    if entry.kind == codes.INSTITUTE:
        called, science, free = (
            dose[number][entry.cluster][entry.district] for number in (CALLED, SCIENCE, AUTONOMY)
        )
        support = 1.0 + p.institute_gain * called + p.science_gain * science
        support += p.autonomy_knowledge * free
        return float(entry.talents * p.institute_output * support)
    if entry.kind == codes.TRANSFER_NODE:
        called = mean(dose[NODES][entry.cluster])
        alike = [
            each
            for each in model.programmes
            if each.alive and (each.kind, each.stage) == (entry.kind, codes.OPEN)
        ]
        sharing = sum(each.cluster == entry.cluster for each in alike)
        return float(p.transfer_output * (1.0 + p.transfer_gain * called / sharing))
    return 0.0


def in_reach(model: Any, stock: list[float]) -> list[float]:
    """Return the knowledge that each cell has in reach."""
    width = model.city.width
    near = 0.5 ** (1.0 / model.p.knowledge_half_distance)
    scale = (1.0 - near) / (1.0 + near)
    rows = [stock[start : start + width] for start in range(0, len(stock), width)]
    along = [spread(row, near, scale) for row in rows]
    columns = [spread(list(column), near, scale) for column in zip(*along, strict=True)]
    return [value for row in zip(*columns, strict=True) for value in row]


def spread(line: list[float], near: float, scale: float) -> list[float]:
    """Spread a line of stocks: a cell's weight falls by ``near`` with each kilometre."""
    forward, back = [0.0] * len(line), [0.0] * len(line)
    before = after = 0.0
    for i in range(len(line)):
        before = forward[i] = line[i] + near * before
    for i in range(len(line) - 1, -1, -1):
        back[i] = after
        after = near * (line[i] + after)
    return [scale * (a + b) for a, b in zip(forward, back, strict=True)]


def spillover(model: Any, firm: Any, reach: list[float]) -> float:
    """Return what the knowledge around a firm adds to its research."""
    p = model.p
    access = 1.0 + p.data_gain * model.city.dose[DATA][CLUSTERS + firm.track][firm.place]
    own = reach[firm.cluster]
    other = sum(reach[c] for c in range(CLUSTERS) if c != firm.cluster)
    marshall = p.marshall * access * own / (own + p.knowledge_scale)
    jacobs = p.jacobs * access * other / (other + p.knowledge_scale)
    return float(max(p.spillover_floor, 1.0 + marshall + jacobs))
