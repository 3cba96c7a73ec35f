"""Luck: every draw belongs to one identity, month and purpose, and to nothing else."""

import math

from sim.engine import rule
from sim.engine.chance import uniforms
from sim.engine.tables import Numbers
from sim.model.world.tables import City


@rule
def luck(city: City, identity: int, month: int, purpose: int) -> tuple[float, float, float, float]:
    """Return four uniforms in (0, 1) that belong to this identity, month and purpose alone."""
    return uniforms(city.seed, city.replicate, identity, month, purpose)


@rule
def normal_pair(first: float, second: float) -> float:
    """Return one standard normal from two uniforms (Box and Muller 1958)."""
    return math.sqrt(-2.0 * math.log(first)) * math.cos(2.0 * math.pi * second)


@rule
def pick(weights: Numbers, u: float) -> int:
    """Return the index that the uniform ``u`` picks in proportion to the weights."""
    left = 0.0
    for k in range(len(weights)):
        left += weights[k]
    left *= u
    for k in range(len(weights) - 1):
        left -= weights[k]
        if left < 0.0:
            return k
    return len(weights) - 1


@rule
def add_up(weights: Numbers, sums: Numbers) -> None:
    """Fill ``sums`` with the running sums of the weights, for ``pick_by``."""
    total = 0.0
    for k in range(len(weights)):
        total += weights[k]
        sums[k] = total


@rule
def pick_by(sums: Numbers, u: float) -> int:
    """Return what ``pick`` returns, for weights whose running sums are known."""
    target = u * sums[len(sums) - 1]
    index = 0
    for k in range(len(sums) - 1):  # no branch: which one it is cannot be guessed
        index += sums[k] <= target
    return index
