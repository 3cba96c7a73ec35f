"""What figures and pages say of scenarios and of counts: nothing here draws."""

from collections.abc import Mapping
from typing import Any

from sim.estimate.readings import remark
from sim.language import Text
from sim.plan import PLAN
from sim.scenario.posterior import told_in
from sim.text.catalogue import worded
from sim.text.joining import joined


def remark_on(*scenarios: Mapping[str, Any]) -> Text | None:
    """Return what a figure's foot says of scenarios: how they count, and uncalibrated parameters.

    Args:
        *scenarios: as ``Scenario.resolved`` writes them; all have the readings of the first.
    """
    told = (remark(scenarios[0]["readings"]), *map(told_in, scenarios))
    every = list(dict.fromkeys(each for each in told if each is not None))
    return joined(every) if every else None


JOINT = "all"
"""Stands for all counts together where one of them is asked for."""


def count_name(count_id: str) -> Text:
    """Return the name of a count, or of all of them together."""
    if count_id == JOINT:
        return worded("likelihood.joint")
    return next(count.name for count in PLAN.counts if count.id == count_id)
