"""The headline under every result: how much of it rests on assumptions, weighted by influence."""

from collections.abc import Sequence
from functools import lru_cache

from sim.estimate.records import Decisions
from sim.evidence.influence import (
    Hanging,
    by_status,
    drawn_only,
    explained,
    hanging,
    shipped,
    with_definitions_of,
)
from sim.language import Text
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.text.catalogue import worded
from sim.text.joining import joined
from sim.text.numbers import percent
from sim.views.deciding import REPLICATES_NEEDED


def rests_on(found: Decisions | None) -> Text:
    """Say what share of what parameters explain of the counts is assumed.

    That is told from the result's own replicates; where these are too few or name nothing, from the
    register in the city's pack; where there is none, it is said that nobody knows.

    Args:
        found: what decides each count of the result; None: it does not say.
    """
    register = shipped()
    if found is not None and (own := _own(found)):
        return worded("influence.own", draws=found.draws, **_shares(own))
    if register is None or not (levels := _shipped()):
        return worded("influence.unknown", needed=REPLICATES_NEEDED)
    origin = register.origin
    told = _shares(levels)
    said = worded(
        "influence.shipped", draws=origin.draws, scenario=_called(origin.scenario), **told
    )
    return joined([said, worded("influence.older")]) if origin.older else said


def of_city() -> Text | None:
    """Say how much of what parameters explain is assumed, as the city's register has it."""
    register = shipped()
    if register is None or not (levels := _shipped()):
        return None
    origin = register.origin
    told = _shares(levels)
    said = worded(
        "influence.of_city", draws=origin.draws, scenario=_called(origin.scenario), **told
    )
    return joined([said, worded("influence.older")]) if origin.older else said


def assumed_share(found: Decisions | None) -> float | None:
    """Return the share that `rests_on` tells first; None where nobody knows."""
    outcomes = (_own(found) if found is not None else []) or _shipped()
    return by_status(outcomes)["assumed"] if outcomes else None


def _own(found: Decisions) -> Sequence[Hanging]:
    """Return what a result's counts hang on; nothing if its replicates name nothing."""
    own, register = hanging("level", found), shipped()
    if not by_status(own):
        return []
    return own if register is None else with_definitions_of(own, register)


def _shipped() -> Sequence[Hanging]:
    """Return what counts hang on by the register in the city's pack; nothing if nobody knows."""
    register = shipped()
    levels = () if register is None else register.of("level")
    return levels if by_status(drawn_only(levels)) else ()


@lru_cache(maxsize=4)
def _called(name: str) -> Text | str:
    """Return what the scenario of a register is called; its own name where it cannot be read."""
    try:
        return read_scenario(name).name
    except Problem:
        return name


def _shares(outcomes: Sequence[Hanging]) -> dict[str, str]:
    whole, drawn = by_status(outcomes), by_status(drawn_only(outcomes))
    return {
        "share": percent(whole["assumed"]),
        "drawn": percent(drawn["assumed"]),
        "explained": percent(explained(outcomes)),
    }
