"""Firms whose lives are worth a look, from the tables at the end of a run."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.cluster_model import ClusterModel
from sim.language import Text
from sim.model.rules.common import WAN_A_YI
from sim.plan import PLAN
from sim.text.catalogue import worded
from sim.trace.names import tail
from sim.trace.words import EXIT_REASONS, year_of

LARGEST, NEWCOMERS, ENDED = 10, 5, 5


class Listed(NamedTuple):
    """A firm that can be traced."""

    called: str
    """How its name ends."""
    track: Text
    district: Text
    founded: int
    """Year."""
    level: int
    """Readiness level."""
    sales: float
    """亿元 a year."""
    fate: Text
    """Whether it exists at the end, else why it ended."""


def some_firms(model: ClusterModel) -> list[Listed]:
    """Return the largest firms, the largest newcomers since October 2022, and some that ended.

    Of those that ended, only such are known whose row no other firm has taken; they are listed by
    the equity that they had raised.
    """
    firms = model.world.firms[: model.world.city[0]["firm_rows"]]
    living, new = firms["alive"] == 1, firms["entered"] >= 0
    largest = _top(living, firms["sales"], LARGEST)
    others = living & new
    others[largest] = False
    newcomers = _top(others, firms["sales"], NEWCOMERS)
    ended = _top(~living, firms["raised"], ENDED)
    return [_listed(firms[row]) for row in (*largest, *newcomers, *ended)]


def _top(eligible: NDArray[np.bool_], size: NDArray[np.float64], number: int) -> list[int]:
    """Return the rows of the largest, largest first."""
    order = np.argsort(np.where(eligible, -size, np.inf), kind="stable")
    return [int(row) for row in order[:number] if eligible[row]]


def _listed(firm: np.void) -> Listed:
    return Listed(
        tail(int(firm["id"]), int(firm["founded"])),
        PLAN.tracks[firm["track"]].name,
        PLAN.districts[firm["district"]].name,
        year_of(int(firm["founded"])),
        int(firm["level"]),
        float(firm["sales"]) / WAN_A_YI,
        worded("life.at_work") if firm["alive"] else EXIT_REASONS[firm["exit_reason"]],
    )
