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
        Text("who looks for a post", "求职者"),
        {
            "posts": Choice(Text("meets posts", "按岗位相遇")),
            "firms": Choice(
                Text("meets firms, however many posts they have", "按企业相遇，不论岗位多少"),
                {"jobs": (jobs_by_firms,)},
            ),
        },
    ),
    "finance": Variant(
        Text("capacity", "产能"),
        {
            "bound": Choice(Text("is paid for before it is built", "先筹资后建设")),
            "free": Choice(Text("costs nothing", "不需资金"), {"building": (building_free,)}),
        },
    ),
    "administration": Variant(
        Text("programmes", "各类载体与场景"),
        {
            "calls": Choice(
                Text(
                    "are named in calls by kind, with an eye to targets",
                    "按类别分轮征集、对照目标认定",
                )
            ),
            "queue": Choice(
                Text("are approved from one queue", "统一排队审批"),
                {"administration": (approval_queue,)},
            ),
        },
    ),
    "spillovers": Variant(
        Text("knowledge spillovers", "知识溢出"),
        {
            "near": Choice(Text("reach firms nearby", "惠及邻近企业")),
            "none": Choice(
                Text("reach nobody", "不惠及任何企业"), {"knowledge": (knowledge_kept,)}
            ),
        },
    ),
    "consequences": Variant(
        Text("consequences of breakthroughs", "突破的后续影响"),
        {
            "on": Choice(Text("reach firms and markets", "惠及企业与市场")),
            "off": Choice(Text("reach nobody", "不惠及任何一方"), {"consequences": ()}),
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
