"""The keyed random numbers that both implementations are fed (section 8 of docs/model.md)."""

import math
from typing import Any

from sim.engine.chance import identity, uniforms
from sim.model.world import purposes


def luck(model: Any, who: int, month: int, purpose: int) -> tuple[float, float, float, float]:
    """Return the four uniforms of an identity, a month and a purpose (``sim.model.world``)."""
    words: tuple[float, float, float, float] = uniforms(
        model.city.seed, model.city.replicate, who, month, purpose
    )
    return words


def glance(model: Any, who: int, month: int, which: int) -> int:
    """Return one of the sixteen bytes of an identity and a month: four words, lowest byte first."""
    word = int(luck(model, who, month, purposes.GLANCE)[which // 4] * 2**32)
    return word >> (8 * (which % 4)) & 255


def whole(byte: int, rest: float) -> float:
    """Return the number in (0, 1) whose first eight bits are a byte."""
    return (byte + rest) / 256


def name(namespace: int, a: int, b: int = 0, c: int = 0) -> int:
    """Return the identity that up to three whole numbers name in a namespace."""
    return int(identity(namespace, a, b, c))


def normal(first: float, second: float) -> float:
    """Return a standard normal from two uniforms (Box and Muller)."""
    return math.sqrt(-2.0 * math.log(first)) * math.cos(2.0 * math.pi * second)


def pick(weights: list[float], u: float) -> int:
    """Return the index that ``u`` picks in proportion to the weights."""
    left = u * sum(weights)
    for index, weight in enumerate(weights[:-1]):
        left -= weight
        if left < 0.0:
            return index
    return len(weights) - 1
