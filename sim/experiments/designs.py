"""Designs: which values the factors of a sweep take together."""

from collections.abc import Callable, Sequence
from itertools import product
from math import prod
from typing import Any, NamedTuple

from scipy.stats import qmc

from sim.calendar import month_index, month_label
from sim.language import Text
from sim.problems import Problem

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


def full(factors: Sequence[Factor], _points: int, _seed: int, place: str) -> list[Point]:
    """Every value of each factor with every value of the others.

    Raises:
        Problem: there are too many.
    """
    many = prod(len(factor.levels()) for factor in factors)
    if many > LARGEST_FULL:
        expected = Text(
            f"at most {LARGEST_FULL} combinations; use a fractional or space-filling design",
            f"至多 {LARGEST_FULL} 种组合；可改用部分析因或空间填充设计",
        )
        found = str(many) if many < FAR_TOO_MANY else f"> {FAR_TOO_MANY:.0e}"
        raise Problem(place, "design", found, expected)
    return list(product(*(factor.levels() for factor in factors)))


def fractional(factors: Sequence[Factor], _points: int, _seed: int, place: str) -> list[Point]:
    """Two-level fractional factorial: main effects apart from each other and from interactions.

    The design is a folded-over saturated one, of resolution IV (Saltelli et al. 2008).

    Raises:
        Problem: a factor has not two levels.
    """
    from SALib.sample import ff

    for factor in factors:
        if len(factor.levels()) != 2:
            expected = Text("two values of each factor", "每个因素恰好两个取值")
            raise Problem(place, factor.name, str(len(factor.levels())), expected)
    signs = ff.sample(unit_cube(len(factors)))[:, : len(factors)]
    return [
        tuple(factor.levels()[int(sign > 0.5)] for factor, sign in zip(factors, row, strict=True))
        for row in signs
    ]


def one_at_a_time(factors: Sequence[Factor], _points: int, _seed: int, _place: str) -> list[Point]:
    """The base scenario, then each value of each factor with all others as in the base."""
    nothing: Point = (None,) * len(factors)
    return [nothing] + [
        (*nothing[:number], value, *nothing[number + 1 :])
        for number, factor in enumerate(factors)
        for value in factor.levels()
    ]


def latin_hypercube(factors: Sequence[Factor], points: int, seed: int, _place: str) -> list[Point]:
    """Points that cover every factor's range evenly (McKay, Beckman and Conover 1979).

    Up to a thousand are also moved apart; more lie close together however they are moved, and it
    would take minutes.
    """
    apart = "random-cd" if points <= MOVED_APART else None
    sampler = qmc.LatinHypercube(len(factors), rng=seed, optimization=apart)
    return _placed(factors, sampler.random(points))


def sobol(factors: Sequence[Factor], points: int, seed: int, place: str) -> list[Point]:
    """Saltelli's design over a Sobol' sequence: ``points`` * (factors + 2) points for indices.

    Raises:
        Problem: the sequence is not cut at a power of two, where it is balanced, or it is too long.
    """
    from SALib.sample import sobol as sampler

    if points & (points - 1):
        raise Problem(place, "points", str(points), Text("a power of two", "2 的幂"))
    if points * (len(factors) + 2) > LARGEST:
        most = Text(f"points * (factors + 2) up to {LARGEST}", f"点数×（因素数+2）不超过 {LARGEST}")
        raise Problem(place, "points", str(points), most)
    shares = sampler.sample(unit_cube(len(factors)), points, calc_second_order=False, seed=seed)
    return _placed(factors, shares)


def unit_cube(factors: int) -> dict[str, Any]:
    """Return the unit cube as SALib names it."""
    names = [f"x{number}" for number in range(factors)]
    return {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}


def _placed(factors: Sequence[Factor], shares: Any) -> list[Point]:
    return [
        tuple(factor.at(float(share)) for factor, share in zip(factors, row, strict=True))
        for row in shares
    ]


Design = Callable[[Sequence[Factor], int, int, str], list[Point]]

DESIGNS: dict[str, Design] = {
    "full": full,
    "fractional": fractional,
    "one-at-a-time": one_at_a_time,
    "latin-hypercube": latin_hypercube,
    "sobol": sobol,
}
"""Designs by their names in sweep files."""
DRAWN = frozenset({"latin-hypercube", "sobol"})
"""Designs whose number of points has to be chosen."""
