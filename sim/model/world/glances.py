"""The bytes by which chances are screened (``sim/engine/rare.py``), of firms and of talents."""

from sim.engine import rule
from sim.engine.rare import draw_bytes
from sim.engine.tables import Numbers
from sim.model.world import purposes
from sim.model.world.tables import City, Tables


@rule
def draw_glances(glances: Numbers, ids: Numbers, rows: int, city: City, when: int) -> None:
    """Draw the bytes of the first ``rows`` identities; ``when`` is the counter's month."""
    draw_bytes(glances, ids, rows, city.seed, city.replicate, when, purposes.GLANCE)


@rule
def draw_listed(
    glances: Numbers, listed: Numbers, count: int, ids: Numbers, world: Tables, when: int
) -> None:
    """Draw the bytes of the agents of ``count`` listed rows, whose identities are in ``ids``."""
    who, words = world.who, world.words
    for k in range(count):
        who[k] = ids[listed[k]]
    draw_glances(words, who, count, world.city[0], when)
    for k in range(count):
        for part in range(4):
            glances[part, listed[k]] = words[part, k]
