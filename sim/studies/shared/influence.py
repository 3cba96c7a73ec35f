"""The headline under every result: how much of it rests on assumptions, weighted by influence."""

from sim.estimate.records import Decisions
from sim.evidence.influence import by_status, explained, hanging, shipped
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
    if found is not None and (parts := by_status(own := hanging("level", found))):
        return worded(
            "influence.own",
            share=percent(parts["assumed"]),
            explained=percent(explained(own)),
            draws=found.draws,
        )
    register = shipped()
    if register is None or not (parts := by_status(levels := register.of("level"))):
        return worded("influence.unknown", needed=REPLICATES_NEEDED)
    told = worded(
        "influence.shipped",
        share=percent(parts["assumed"]),
        explained=percent(explained(levels)),
        draws=register.origin.draws,
        scenario=register.origin.scenario,
    )
    return joined([told, worded("influence.older")]) if register.origin.older else told
