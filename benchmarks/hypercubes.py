"""How much hypercubes of draws say more than independent ones: ``python -m benchmarks.hypercubes``.

A made-up model: a score is a sum of parameters, each weighing two thirds of the one before, and of
luck. It is run under many seeds with 128 draws, once from hypercubes and once independently. What
is printed is the variance of the estimate with hypercubes over that with independent draws.
"""

import sys
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.hypercubes import BLOCK, all_uniforms

NAMES: Final = tuple(f"parameter {number}" for number in range(20))
WEIGHTS: Final = (2.0 / 3.0) ** np.arange(len(NAMES))
SEEDS: Final = 4000
LUCK: Final = 0.05
"""Share of luck in the variance of a score."""
Floats = NDArray[np.float64]


def scores(placed: Floats, luck: float, generator: np.random.Generator) -> Floats:
    """Return scores of variance 1, given where parameters lie, shape (draws, names)."""
    told = ndtri(placed) @ (WEIGHTS / np.linalg.norm(WEIGHTS))
    noise = generator.standard_normal(len(told))
    return np.asarray(np.sqrt(1.0 - luck) * told + np.sqrt(luck) * noise)


def main() -> None:
    """Print it for the mean of the score and for the likelihood of a target."""
    generator = np.random.default_rng(1)
    draws = np.arange(BLOCK)
    found: dict[tuple[str, float], list[tuple[float, float]]] = {}
    for seed in range(SEEDS):
        ways = all_uniforms(seed, draws, NAMES), generator.random((BLOCK, len(NAMES)))
        for luck in (0.0, LUCK):
            both = [scores(each, luck, generator) for each in ways]
            found.setdefault(("mean", luck), []).append((both[0].mean(), both[1].mean()))
            shares = [float((each > 0.5).mean()) for each in both]
            found.setdefault(("likelihood", luck), []).append((shares[0], shares[1]))
    for (what, luck), values in found.items():
        one, other = np.var(values, axis=0)
        sys.stdout.write(f"{what}, luck {luck:.2f} of the variance: {one / other:.3f}\n")


if __name__ == "__main__":
    main()
