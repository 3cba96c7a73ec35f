"""Parameter draws in hypercubes: 128 draws cover every parameter's prior evenly, and so do 32.

Sliced Latin hypercube designs (P. Z. G. Qian, "Sliced Latin hypercube designs", Journal of the
American Statistical Association 107, 2012, 393-399): draws come in blocks of 128, a block in four
slices of 32. Of each parameter, a slice has one draw in each of 32 equal strata of (0, 1), and the
block one in each of 128. In its stratum a draw lies anywhere.

Every parameter's order is keyed by seed, block and its name alone. So any first draws of an
ensemble are the same in a larger one, a new parameter changes no other, and blocks are independent.
The order and the place within strata come from Philox words, as all else (`sim.engine.chance`).
"""

from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.chance import LOW, WORD, name_counter, philox_plain, seed_word_plain

STRATA: Final = 32
"""Draws of a slice."""
SLICES: Final = 4
"""Slices of a block."""
BLOCK: Final = STRATA * SLICES
KEPT: Final = 16
"""Blocks kept: replicates that run at the same time, and their tries, ask for few."""
_PLACES: Final = np.arange(BLOCK, dtype=np.uint64)


def parameter_uniforms(seed: int, draw: int, names: tuple[str, ...]) -> list[float]:
    """Return the uniforms in (0, 1) that place parameters in their priors.

    Args:
        seed: of the ensemble.
        draw: number of the draw.
        names: of the parameters; each one's number depends on seed, draw and its name alone.
    """
    block, place = divmod(draw, BLOCK)
    found: list[float] = _block(seed, block, names)[place].tolist()
    return found


def parameter_uniform(seed: int, draw: int, name: str) -> float:
    """Return the uniform in (0, 1) that places a parameter in its prior."""
    return parameter_uniforms(seed, draw, (name,))[0]


def all_uniforms(
    seed: int, draws: NDArray[np.int64], names: tuple[str, ...]
) -> NDArray[np.float64]:
    """Return what `parameter_uniforms` returns of many draws, shape (draws, names)."""
    blocks, places = draws // BLOCK, draws % BLOCK
    found = np.empty((len(draws), len(names)))
    for block in np.unique(blocks).tolist():
        here = blocks == block
        found[here] = _block(seed, block, names)[places[here]]
    return found


@cache
def _counters(names: tuple[str, ...]) -> tuple[NDArray[np.uint64], ...]:
    columns = np.array([name_counter(name) for name in names], np.uint64).T
    return tuple(column[:, None] for column in columns)


@lru_cache(KEPT)
def _block(seed: int, block: int, names: tuple[str, ...]) -> NDArray[np.float64]:
    """Return a block's uniforms, shape (128, names); not to be changed."""
    first, *others = _counters(names)
    key = seed_word_plain(seed), block & LOW
    shares, orders, within, _ = philox_plain(key, (first ^ _PLACES, *others))
    many = len(names)
    # Each stratum of a slice holds four strata of the block: one for each slice, by lot.
    finer = shares.reshape(many, STRATA, SLICES).argsort(axis=2, kind="stable")
    stratum = orders.reshape(many, SLICES, STRATA).argsort(axis=2, kind="stable")
    mine = np.take_along_axis(finer.transpose(0, 2, 1), stratum, axis=2)
    rank = (SLICES * stratum + mine).reshape(many, BLOCK)
    found: NDArray[np.float64] = np.ascontiguousarray(((rank + (within + 0.5) / WORD) / BLOCK).T)
    found.flags.writeable = False
    return found
