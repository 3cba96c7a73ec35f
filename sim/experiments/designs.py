"""Designs: which values the factors of a sweep take together."""

import json
from collections.abc import Callable, Sequence
from itertools import product
from math import prod
from typing import Any, Final, NamedTuple

import numpy as np
import scipy
from numpy.typing import NDArray

from sim.calendar import month_index, month_label
from sim.engine.kept import text_of
from sim.problems import Problem
from sim.text.catalogue import worded

SOBOL: Final = "sobol"
Point = tuple[Any, ...]
"""A value for each factor; None leaves the factor as it is in the base scenario."""
LARGEST_FULL = 4096
"""Combinations up to which a full factorial design is one."""
LARGEST = 20_000
"""Points that a sweep may have."""
MOVED_APART = 1000
"""Points of a Latin hypercube whose discrepancy is made smaller."""
FAR_TOO_MANY = 10**12
"""Where counting combinations to the last digit helps nobody."""


class Asked(NamedTuple):
    """What is asked of a design."""

    points: int
    """How many to draw, where that has to be chosen."""
    seed: int
    file: str
    """To be named if something is wrong."""
    more: int = 0
    """Points drawn besides, that leave the others as they are."""
    second_order: bool = False
    """Whether indices of pairs are wanted."""


class Factor(NamedTuple):
    """What a sweep varies."""

    name: str
    """Shown as the head of a column, for example ``yulin.dose``."""
    values: tuple[Any, ...]
    """Values to choose from; empty if anything from ``low`` to ``high`` will do."""
    low: Any = None
    high: Any = None

    def levels(self) -> tuple[Any, ...]:
        """Return the values of a factorial design."""
        return self.values or (self.low, self.high)

    def at(self, share: float) -> Any:
        """Return the value that lies a share (0 to 1) of the way from the lowest to the highest."""
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if isinstance(self.low, str):
            return month_label(_between(month_index(self.low), month_index(self.high), share))
        if isinstance(self.low, int):
            return _between(self.low, self.high, share)
        return self.low + share * (self.high - self.low)


def _between(first: int, last: int, share: float) -> int:
    """Return the whole number at a share of the way, each with the same share of its own."""
    return first + min(int(share * (last - first + 1)), last - first)


def full(factors: Sequence[Factor], asked: Asked) -> list[Point]:
    """Every value of each factor with every value of the others.

    Raises:
        Problem: there are too many.
    """
    many = prod(len(factor.levels()) for factor in factors)
    if many > LARGEST_FULL:
        expected = worded("expected.combinations", most=LARGEST_FULL)
        found = str(many) if many < FAR_TOO_MANY else f"> {FAR_TOO_MANY:.0e}"
        raise Problem(asked.file, "design", found, expected)
    return list(product(*(factor.levels() for factor in factors)))


def fractional(factors: Sequence[Factor], asked: Asked) -> list[Point]:
    """Two-level fractional factorial: main effects apart from each other and from interactions.

    The design is a folded-over saturated one, of resolution IV (Saltelli et al. 2008).

    Raises:
        Problem: a factor has not two levels.
    """
    from SALib.sample import ff

    for factor in factors:
        if len(factor.levels()) != 2:
            expected = worded("expected.two_values")
            raise Problem(asked.file, factor.name, str(len(factor.levels())), expected)
    signs = ff.sample(unit_cube(len(factors)))[:, : len(factors)]
    return [
        tuple(factor.levels()[int(sign > 0.5)] for factor, sign in zip(factors, row, strict=True))
        for row in signs
    ]


def one_at_a_time(factors: Sequence[Factor], _asked: Asked) -> list[Point]:
    """The base scenario, then each value of each factor with all others as in the base."""
    nothing: Point = (None,) * len(factors)
    return [nothing] + [
        (*nothing[:number], value, *nothing[number + 1 :])
        for number, factor in enumerate(factors)
        for value in factor.levels()
    ]


def latin_hypercube(factors: Sequence[Factor], asked: Asked) -> list[Point]:
    """Points that cover every factor's range evenly (McKay, Beckman and Conover 1979).

    Up to a thousand are also moved apart; more lie close together however they are moved, and it
    would take minutes. More points come as further hypercubes of the same size, each even by
    itself, so that those before stay as they are.

    Raises:
        Problem: more points are no whole hypercubes.
    """
    if asked.more % asked.points:
        expected = worded("expected.multiple_of", number=asked.points)
        raise Problem("--more", "", str(asked.more), expected)
    found: list[Point] = []
    for number in range(1 + asked.more // asked.points):
        seed = [asked.seed, number] if number else asked.seed
        found += _placed(factors, _hypercube(len(factors), asked.points, seed))
    return found


def _hypercube(factors: int, points: int, seed: int | list[int]) -> NDArray[np.float64]:
    """Return a Latin hypercube, shape (points, factors); moving it apart takes seconds, once."""
    from scipy.stats import qmc  # takes half a second to load, which other designs do without

    luck = np.random.default_rng(seed)
    if points > MOVED_APART:
        return np.asarray(qmc.LatinHypercube(factors, rng=luck).random(points))
    sampler = qmc.LatinHypercube(factors, rng=luck, optimization="random-cd")
    rests_on = json.dumps([factors, points, seed, np.__version__, scipy.__version__])
    # JSON gives each number back to the last bit.
    told = text_of("hypercube", rests_on, lambda: json.dumps(sampler.random(points).tolist()))
    return np.array(json.loads(told))


def sobol(factors: Sequence[Factor], asked: Asked) -> list[Point]:
    """Saltelli's design over a Sobol' sequence: a row of points for each of its base points.

    A row has the factors' number and 2 more, or with the second order twice that. More base points
    go on with the sequence, so that those before stay as they are.

    Raises:
        Problem: the sequence is not cut at a power of two, where it is balanced, or it is too long.
    """
    from SALib.sample import sobol as sampler

    points, wide = asked.points + asked.more, width(len(factors), second=asked.second_order)
    place = ("--more", "") if asked.more else (asked.file, "points")
    if points & (points - 1):
        expected = worded("expected.power_of_two", number=points)
        raise Problem(*place, str(asked.more or points), expected)
    if points * wide > LARGEST:
        most = worded("expected.points_times", factor=wide, largest=LARGEST)
        raise Problem(*place, str(points), most)
    cube = unit_cube(len(factors))
    shares = sampler.sample(cube, points, calc_second_order=asked.second_order, seed=asked.seed)
    return _placed(factors, shares)


def width(factors: int, *, second: bool) -> int:
    """Return how many points a row of a ``sobol`` design has."""
    return 2 * factors + 2 if second else factors + 2


def unit_cube(factors: int) -> dict[str, Any]:
    """Return the unit cube as SALib names it."""
    names = [f"x{number}" for number in range(factors)]
    return {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}


def _placed(factors: Sequence[Factor], shares: Any) -> list[Point]:
    return [
        tuple(factor.at(float(share)) for factor, share in zip(factors, row, strict=True))
        for row in shares
    ]


Design = Callable[[Sequence[Factor], Asked], list[Point]]

DESIGNS: dict[str, Design] = {
    "full": full,
    "fractional": fractional,
    "one-at-a-time": one_at_a_time,
    "latin-hypercube": latin_hypercube,
    SOBOL: sobol,
}
"""Designs by their names in sweep files."""
DRAWN = frozenset({"latin-hypercube", SOBOL})
"""Designs whose number of points has to be chosen."""
