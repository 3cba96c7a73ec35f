"""Worlds of October 2022 that scenarios share: policy only acts from then on."""

import threading
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.model.world.population import create
from sim.model.world.world import World, twin
from sim.parameters import parameter_type

KEPT = 32
"""Worlds kept: those of two blocks, since threads go from one to the next at different times."""


class _Used(threading.local):
    """The world that this thread was given last."""

    world: World | None = None


_used = _Used()


def start_alike(parameters: NDArray[np.void], seed: int, replicate: int) -> World:
    """Return what ``create`` returns, drawn only once for scenarios that begin alike.

    The world is the caller's until the same thread asks for the next one, which gets its memory.
    """
    start = _start(parameters.tobytes(), seed, replicate)
    _used.world = world = twin(start, _used.world)
    return world


@lru_cache(KEPT)
def _start(parameters: bytes, seed: int, replicate: int) -> World:
    return create(np.frombuffer(parameters, parameter_type()), seed, replicate)
