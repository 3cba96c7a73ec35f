"""Parameters that hang together: of some, where one lies in its prior tells where another does.

The table is ``dependence.csv`` of the city's pack, which may lack it. In each row a parameter
follows another with a correlation of ranks. Both keep their priors (a Gaussian copula: R. B.
Nelsen, An Introduction to Copulas, 2006, sec. 2.3). A parameter follows at most one other, so any
such table can be drawn, and a new row changes the parameter that follows and no other.
"""

import math
from collections.abc import Callable, Collection, Mapping
from functools import cache
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import city
from sim.csv_files import read_rows
from sim.hypercubes import all_uniforms, parameter_uniforms
from sim.language import Text
from sim.problems import Problem, nearest

TABLE: Final = "dependence.csv"
COLUMNS: Final = ("name", "follows", "rank_correlation", "source", "why_en", "why_zh")
NORMAL: Final = NormalDist()
LEAST: Final = 1e-12
"""Nearest to 0 and to 1 that a place in a prior comes: beyond it normal quantiles overflow."""


class Follower(NamedTuple):
    """One parameter that follows another."""

    name: str
    follows: str
    rank_correlation: float
    source: str
    why: Text

    @property
    def correlation(self) -> float:
        """Return the normals' correlation that gives the ranks theirs (K. Pearson, 1907)."""
        return 2.0 * math.sin(math.pi * self.rank_correlation / 6.0)


@cache
def followers() -> Mapping[str, Follower]:
    """Return the parameters that follow another, in the order of the table.

    Raises:
        Problem: the table is damaged, a correlation is none, a parameter stands twice, or some
            follow each other in a circle.
    """
    file = city.file(TABLE)
    found: dict[str, Follower] = {}
    for row in read_rows(file, COLUMNS) if file.is_file() else ():
        where, cells = f"{file}:{row.line}", row.cells
        if cells["name"] in found:
            expected = Text("expected.follows_no_other")
            raise Problem(where, "name", cells["name"], expected)
        why = Text(cells["why_en"], cells["why_zh"])
        correlation = _correlation(cells["rank_correlation"], where)
        one = Follower(cells["name"], cells["follows"], correlation, cells["source"], why)
        found[one.name] = one
        if one.name in _above(one, found):
            expected = Text("expected.no_circle_of_parameters")
            raise Problem(where, "follows", one.follows, expected)
    return found


def _correlation(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -1.0 < value < 1.0:
        expected = Text("expected.correlation")
        raise Problem(where, "rank_correlation", text, expected)
    return value


def _above(one: Follower, known: Mapping[str, Follower]) -> list[str]:
    """Return whom a parameter follows, whom that one follows, and so on, as far as is known."""
    chain = [one.follows]
    while chain[-1] in known and chain[-1] != one.name:
        chain.append(known[chain[-1]].follows)
    return chain


def check_names(drawn: Collection[str]) -> None:
    """Make sure that only parameters that are drawn follow and are followed.

    Raises:
        Problem: one is not drawn or unknown; names the nearest.
    """
    for each in followers().values():
        for key in ("name", "follows"):
            name = getattr(each, key)
            if name not in drawn:
                close = nearest(name, drawn)
                hint = Text("hint.did_you_mean", name=close) if close else None
                expected = Text("expected.drawn_parameter")
                raise Problem(str(city.file(TABLE)), key, name, expected, hint)


def places(seed: int, draw: int, names: tuple[str, ...]) -> list[float]:
    """Return where in their priors the parameters of a draw lie, in (0, 1).

    Args:
        seed: of the ensemble.
        draw: number of the draw.
        names: of the parameters.
    """
    own = dict(zip(names, parameter_uniforms(seed, draw, names), strict=True))
    return [
        _place(name, own, lambda name: parameter_uniforms(seed, draw, (name,))[0]) for name in names
    ]


def all_places(seed: int, draws: NDArray[np.int64], names: tuple[str, ...]) -> NDArray[np.float64]:
    """Return what `places` returns of many draws, shape (draws, names)."""
    found = all_uniforms(seed, draws, names)
    for column, name in enumerate(names):
        if name in followers():
            found[:, column] = [places(seed, draw, (name,))[0] for draw in draws.tolist()]
    return found


def _place(name: str, own: Mapping[str, float], other: Callable[[str], float]) -> float:
    """Return where a parameter lies: where its own number says, or near whom it follows."""
    u = own[name] if name in own else other(name)
    if name not in followers():
        return u
    link = followers()[name]
    leader = _place(link.follows, own, other)
    beside = math.sqrt(1.0 - link.correlation**2)
    z = link.correlation * NORMAL.inv_cdf(leader) + beside * NORMAL.inv_cdf(u)
    return min(max(NORMAL.cdf(z), LEAST), 1.0 - LEAST)
