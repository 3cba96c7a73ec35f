"""The headline under every result: how much of it rests on assumptions, weighted by influence."""

from collections.abc import Sequence

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
    if found is not None and by_status(own := hanging("level", found)):
        told = _shares(own if register is None else with_definitions_of(own, register))
        return worded("influence.own", draws=found.draws, **told)
    if register is None or not by_status(drawn_only(levels := register.of("level"))):
        return worded("influence.unknown", needed=REPLICATES_NEEDED)
    origin = register.origin
    told = _shares(levels)
    said = worded("influence.shipped", draws=origin.draws, scenario=origin.scenario, **told)
    return joined([said, worded("influence.older")]) if origin.older else said


def _shares(outcomes: Sequence[Hanging]) -> dict[str, str]:
    whole, drawn = by_status(outcomes), by_status(drawn_only(outcomes))
    return {
        "share": percent(whole["assumed"]),
        "drawn": percent(drawn["assumed"]),
        "explained": percent(explained(outcomes)),
    }
