"""Mechanisms that a scenario may switch to another form: the table ``[variants]``.

A row is a subject, the usual choice first. A choice names the processes of the month that it
replaces; what replaces one bears its name. docs/architecture.md says how to add a row.
"""

from collections.abc import Mapping
from typing import Final

from sim.engine.schedule import Schedule
from sim.engine.variants import Choice, Chosen, Variant, varied
from sim.language import Text
from sim.model.rules.approval_queue import approval_queue
from sim.model.rules.building_free import building_free
from sim.model.rules.jobs_by_firms import jobs_by_firms
from sim.model.rules.month import SCHEDULE
from sim.model.rules.no_spillovers import knowledge_kept

VARIANTS: Final[Mapping[str, Variant]] = {
    "jobs": Variant(
        Text("variant.matching"),
        {
            "posts": Choice(Text("variant.matching_posts")),
            "firms": Choice(
                Text("variant.matching_firms"),
                {"jobs": (jobs_by_firms,)},
            ),
        },
    ),
    "finance": Variant(
        Text("variant.finance"),
        {
            "bound": Choice(Text("variant.finance_bound")),
            "free": Choice(Text("variant.finance_free"), {"building": (building_free,)}),
        },
    ),
    "administration": Variant(
        Text("variant.administration"),
        {
            "calls": Choice(Text("variant.administration_calls")),
            "queue": Choice(
                Text("variant.administration_queue"),
                {"administration": (approval_queue,)},
            ),
        },
    ),
    "spillovers": Variant(
        Text("variant.spillovers"),
        {
            "near": Choice(Text("variant.spillovers_near")),
            "none": Choice(Text("variant.spillovers_none"), {"knowledge": (knowledge_kept,)}),
        },
    ),
    "consequences": Variant(
        Text("variant.consequences"),
        {
            "on": Choice(Text("variant.consequences_on")),
            "off": Choice(Text("variant.consequences_off"), {"consequences": ()}),
        },
    ),
    "rivals": Variant(
        Text("variant.rivals"),
        {
            "answer": Choice(Text("variant.rivals_answer")),
            "held": Choice(Text("variant.rivals_held"), {"rivals": ()}),
        },
    ),
}
"""By subject. Names of subjects and choices are those of scenario files."""


def month_of_variants(chosen: Chosen) -> Schedule:
    """Return the processes of a month in which mechanisms have the forms that are chosen.

    Raises:
        Problem: two choices exclude each other.
    """
    return varied(SCHEDULE, VARIANTS, chosen)
