"""Luck at a glance: a random byte tells most agents that chance will not strike them.

A number in (0, 1) that is held against a small chance is drawn in two parts. Its first eight bits
are a byte; sixteen bytes come with one call of Philox, so everybody can be given one each month. A
word of its own makes up the rest, and is drawn for those few whose byte is low enough.
"""

import numpy as np

from sim.chance import fill_words, number
from sim.engine import inlined, rule
from sim.engine.tables import Numbers
from sim.world import purposes
from sim.world.tables import City, Tables

BYTES = 16
"""Random bytes of one call of Philox: four words of four bytes each, the lowest first."""
VALUES = 256.0
CLIMB, SETBACK, COMPONENT, PRODUCT, STANDARD, NEWS, ORDERS, CLOSING, SALE, LEAVING = range(10)
"""What a firm's bytes of a month are for; a talent's are for a month each."""


@rule
def draw_glances(glances: Numbers, ids: Numbers, rows: int, city: City, when: int) -> None:
    """Draw the bytes of the first ``rows`` identities; ``when`` is the counter's month."""
    fill_words(glances, ids, rows, city.seed, city.replicate, when, purposes.GLANCE)


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


@rule
def shift_of(which: int) -> np.uint32:
    """Return by how many bits byte ``which`` of the sixteen stands to the left in its word."""
    return np.uint32(8 * (which % 4))


@inlined
def glance(word: int, shift: np.uint32) -> int:
    """Return the byte that stands ``shift`` bits to the left in a word."""
    return (word >> shift) & np.uint32(255)  # type: ignore[return-value]


@rule
def highest(chance: float) -> int:
    """Return the highest byte of a number that can be below ``chance``."""
    return int(min(VALUES - 1.0, max(0.0, chance * VALUES)))


@inlined
def whole(byte: int, rest: float) -> float:
    """Return the number in (0, 1) of a byte and the rest, itself a number in (0, 1)."""
    return (byte + rest) / VALUES


@rule
def chance_of(world: Tables, which: int, row: int, word: int) -> float:
    """Return a firm's number in (0, 1) for one of its chances; ``word`` is for the rest of it."""
    byte = glance(world.firm_glances[which // 4][row], np.uint32(shift_of(which)))
    return whole(byte, number(word))
