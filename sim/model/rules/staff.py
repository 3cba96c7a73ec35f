"""Who works at the firms that a process has marked."""

import numpy as np

from sim.engine import rule
from sim.model.world.tables import Tables


@rule
def list_staff(world: Tables) -> int:
    """List in ``seekers`` who works at a firm marked in ``ended``; return how many they are."""
    employer, ended, freed = world.talents.employer, world.ended, world.seekers
    before = len(ended) - len(world.firms)
    number = 0
    for k in range(world.city[0].talent_rows):  # no branch: whose firm is marked cannot be guessed
        freed[number] = k
        number += ended[np.uint32(before + employer[k])]
    return number
