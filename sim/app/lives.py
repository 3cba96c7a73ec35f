"""The life of a firm, a district or a programme, as a list of what happened when."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.app.film import Film, Programme
from sim.calendar import DECEMBER, month_label
from sim.cluster_model import ClusterModel
from sim.language import Text
from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world.layout import BREAKDOWN
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario
from sim.text.catalogue import capital
from sim.text.numbers import plain
from sim.trace import life_of
from sim.trace.life import START

YEAR, OPEN = 12, 4
PROGRAMMES = {
    "college": Text("future technology college", "未来技术学院"),
    "institute": Text("research institute", "研究院"),
    "innovation_centre": Text("innovation centre", "创新中心"),
    "consortium": Text("innovation consortium", "创新联合体"),
    "transfer_node": Text("overseas transfer node", "海外技术转移节点"),
    "pilot_zone": Text("pilot zone", "先导区"),
    "accelerator": Text("accelerator", "加速器"),
    "test_field": Text("test field", "试验场"),
    "validation": Text("early-validation scenario", "早期验证场景"),
    "integration": Text("integration scenario", "融合试验场景"),
    "promotion": Text("promotion scenario", "综合推广场景"),
    "workstation": Text("workstation", "工作站"),
}
"""Kinds of programme in words."""
STAGES = (
    Text("is given up", "终止"),
    Text("is proposed", "提出"),
    Text("is approved", "获批"),
    Text("is being built", "开工建设"),
    Text("opens", "启用"),
)
"""What happens to a programme that reaches a stage."""


class Told(NamedTuple):
    """A life."""

    name: Text
    events: tuple[tuple[int, Text], ...]
    """Month (-1: there before) and what happened."""


def firm(scenario: Scenario, replicate: int, identity: int) -> Told:
    """Replay a replicate and tell a firm's life in it.

    Raises:
        Problem: there is no such firm in it.
    """
    model = ClusterModel(scenario.setup(), scenario.seed, replicate)
    events = [(event.month, event.what) for event in life_of(model, identity)]
    if not events:
        expected = Text("a firm of this replicate", "该次模拟中的企业")
        raise Problem("firm", "", str(identity), expected)
    return Told(Text(f"Firm {identity}", f"企业 {identity}"), tuple(events))


def programme(entry: Programme) -> Told:
    """Tell what became of a programme, stage by stage."""
    kind = PROGRAMMES[PROGRAMME_KINDS[entry.kind]]
    cluster, where = PLAN.clusters[entry.cluster].name, PLAN.districts[entry.district].name
    name = Text(
        f"{capital(kind.en)}, {where.en} ({cluster.en})", f"{where.zh}{kind.zh}（{cluster.zh}）"
    )
    return Told(name, tuple(_stages(entry)))


def _stages(entry: Programme) -> Iterator[tuple[int, Text]]:
    stages = entry.stages.astype(int)
    if stages[0] == OPEN:
        yield START, Text("open before October 2022", "2022年10月前已启用")
    for month in range(len(stages)):
        before = stages[month - 1] if month else 0
        if stages[month] != before and not (month == 0 and stages[0] == OPEN):
            what = STAGES[stages[month]]
            gone = Text("closes", "关闭") if before == OPEN else what
            yield month, what if stages[month] else gone


def district(film: Film, number: int) -> Told:
    """Tell a district's years, and the programmes that opened in it."""
    events: list[tuple[int, Text]] = []
    for entry in film.programmes:
        opened = np.flatnonzero(entry.stages == OPEN)
        if entry.district == number and len(opened) and opened[0] > 0:
            kind = PROGRAMMES[PROGRAMME_KINDS[entry.kind]]
            cluster = PLAN.clusters[entry.cluster].name
            what = Text(
                f"{capital(kind.en)} opens ({cluster.en})", f"{kind.zh}启用（{cluster.zh}）"
            )
            events.append((int(opened[0]), what))
    for month in range(DECEMBER, film.months, YEAR):
        values = dict(zip(BREAKDOWN, film.districts[month, :, number].tolist(), strict=True))
        firms, talents, output = (plain(values[key]) for key in ("firms", "talents", "output"))
        events.append(
            (
                month,
                Text(
                    f"Firms {firms}, talents {talents}, output {output} 亿元 a year",
                    f"企业 {firms} 家，人才 {talents} 人，年产值 {output} 亿元",
                ),
            )
        )
    events.sort(key=lambda event: event[0])
    return Told(PLAN.districts[number].name, tuple(events))


def month_of(number: int) -> str:
    """Return the month of an event, in a word."""
    return month_label(max(number, 0)) if number >= 0 else "…2022-10"
