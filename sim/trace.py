"""A firm's life: what happened to it, month by month, read off its row of the firm table."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from sim import ensemble, parameters
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.rules.common import WAN_A_YI
from sim.world import codes
from sim.world.layout import COUNTS, FIRST_MONTH, MEASURES
from sim.world.population import create
from sim.world.setup import Setup
from sim.world.tables import NOBODY
from sim.world.world import World

SHOWN = 10
"""Firms that are offered where none is named."""
DECEMBER = 2
BEFORE = -1
"""The month of what was there in October 2022."""

KINDS = dict(
    zip(codes.FIRM_KINDS, ("初创企业", "成熟企业", "国有企业", "迁入企业", "领军企业"), strict=True)
)
FUNDS = dict(
    zip(codes.FUND_KINDS, ("引导基金", "市场化基金", "产业资本基金", "区级基金"), strict=True)
)
REASONS = dict(
    zip(codes.EXIT_REASONS, ("", "资不抵债", "主动关闭", "被并购", "迁出上海"), strict=True)
)


class Event(NamedTuple):
    """Something that happened to a firm."""

    month: int
    """Number of the month; -1: it was so in October 2022."""
    what: Text


class Listed(NamedTuple):
    """A firm that can be traced."""

    identity: int
    track: Text
    district: Text
    founded: int
    """Year."""
    sales: float
    """亿元 a year."""


def largest_firms(setup: Setup, seed: int, replicate: int) -> list[Listed]:
    """Return the largest firms at the end of a replicate."""
    world = create(parameters.as_record(ensemble.draw_for(setup, seed, replicate)), seed, replicate)
    for after in _months(world, setup, seed, replicate):
        world = after.world
    firms = world.firms[world.firms["alive"] == 1]
    order = np.argsort(-firms["sales"], kind="stable")[:SHOWN]
    return [
        Listed(
            int(firm["id"]),
            PLAN.tracks[firm["track"]].name,
            PLAN.districts[firm["district"]].name,
            FIRST_MONTH[0] + (int(firm["founded"]) + FIRST_MONTH[1] - 1) // 12,
            float(firm["sales"]) / WAN_A_YI,
        )
        for firm in firms[order]
    ]


class _After(NamedTuple):
    """The world after a month."""

    month: int
    world: World


def _months(world: World, setup: Setup, seed: int, replicate: int) -> Iterator[_After]:
    """Run a world and yield it after each month."""
    record = parameters.as_record(ensemble.draw_for(setup, seed, replicate))
    counts = np.zeros((setup.months, len(COUNTS)))
    measures = np.zeros((setup.months, len(MEASURES)))
    for month in range(setup.months):
        world = ensemble.advance(world, record, setup, month + 1, counts, measures)
        yield _After(month, world)


def trace_firm(setup: Setup, seed: int, replicate: int, identity: int) -> list[Event]:
    """Run a replicate again and return what happens to one firm.

    Args:
        setup: policy and horizon.
        seed: seed of the ensemble.
        replicate: number of the replicate.
        identity: of the firm; rows are used again, identities are not.

    Raises:
        Problem: there is no such firm in this replicate.
    """
    world = create(parameters.as_record(ensemble.draw_for(setup, seed, replicate)), seed, replicate)
    row = _row_of(world, identity)
    before = None if row is None else world.firms[row].copy()
    events = [] if before is None else [Event(BEFORE, _introduced(before, exists=True))]
    for month, after in _months(world, setup, seed, replicate):
        world = after
        if row is None:
            row = _row_of(world, identity)
            if row is not None:
                before = world.firms[row].copy()
                events.append(Event(month, _introduced(before, exists=False)))
            continue
        now = world.firms[row].copy()
        events += [Event(month, what) for what in _changes(world, before, now, month)]
        if now["alive"] == 0:
            break
        before = now
    if not events:
        some = ", ".join(str(firm.identity) for firm in largest_firms(setup, seed, replicate)[:3])
        expected = Text(
            f"the id of a firm of this replicate, such as {some}",
            f"本次模拟中某企业的编号，例如 {some}",
        )
        raise Problem("--trace", "", f"firm:{identity}", expected)
    return events


def _row_of(world: World, identity: int) -> int | None:
    """Return the row of a firm that is alive; None if there is none."""
    firms = world.firms
    found = np.flatnonzero((firms["id"] == identity) & (firms["alive"] == 1))
    return int(found[0]) if len(found) else None


def _introduced(firm: Any, *, exists: bool) -> Text:
    kind, track = codes.FIRM_KINDS[firm["kind"]], PLAN.tracks[firm["track"]].name
    district, level = PLAN.districts[firm["district"]].name, firm["level"]
    there = Text("there in October 2022", "2022年10月已存在") if exists else _way(firm)
    return Text(
        f"{there.en}: {kind} firm in {track.en}, {district.en}, readiness level {level},"
        f" cash {firm['cash']:,.0f} 万元",
        f"{there.zh}：{track.zh}领域{KINDS[kind]}，位于{district.zh}，成熟度{level}级，"
        f"现金{firm['cash']:,.0f}万元",
    )


def _way(firm: Any) -> Text:
    if firm["founder"] != NOBODY:
        who = int(firm["founder"])
        return Text(f"founded by talent {who}", f"由人才 {who} 创办")
    return Text("came from outside", "自外部进入")


def _changes(world: World, before: Any, now: Any, month: int) -> Iterator[Text]:
    """Yield what a month changed, in the order in which a month runs."""
    for compare in (_climbs, _breakthroughs, _rounds, _orders, _moves, _titles):
        yield from compare(world, before, now, month)
    if now["alive"] == 0:
        reason = codes.EXIT_REASONS[now["exit_reason"]]
        yield Text(f"ends: {reason}", f"退出：{REASONS[reason]}")
    elif month % 12 == DECEMBER:
        yield _year(now)


def _year(now: Any) -> Text:
    sales, research = now["sales"] / WAN_A_YI, now["real_rd"] / WAN_A_YI
    return Text(
        f"year's end: sales {sales:.2f} 亿元, R&D {research:.2f} 亿元, {now['talents']} talents,"
        f" cash {now['cash']:,.0f} 万元",
        f"年末：营收{sales:.2f}亿元，研发{research:.2f}亿元，人才{now['talents']}人，"
        f"现金{now['cash']:,.0f}万元",
    )


def _climbs(_world: World, before: Any, now: Any, _month: int) -> Iterator[Text]:
    old, new = int(before["level"]), int(now["level"])
    if new > old:
        yield Text(f"climbs to readiness level {new}", f"成熟度升至{new}级")
    elif new < old:
        yield Text(f"falls back to readiness level {new}", f"成熟度退至{new}级")


def _breakthroughs(_world: World, before: Any, now: Any, _month: int) -> Iterator[Text]:
    kinds = {
        "components": Text("makes a core component", "攻克一项核心部件"),
        "products": Text("launches a high-end product", "推出一项高端产品"),
        "standards": Text("leads a standard", "主导一项标准"),
    }
    for name, what in kinds.items():
        for _ in range(int(now[name]) - int(before[name])):
            yield what
    if now["leading"] == 2 and before["leading"] != 2:
        yield Text("counts as a leading firm's move into future industries", "被认定为领军企业布局")


def _rounds(world: World, before: Any, now: Any, month: int) -> Iterator[Text]:
    row = now["first_deal"]
    while row != NOBODY and row != before["first_deal"]:
        deal = world.deals[row]
        if deal["month"] == month:
            kind = codes.FUND_KINDS[world.funds[deal["fund"]]["kind"]]
            yield Text(
                f"raises {deal['amount']:,.0f} 万元 from a {kind} fund",
                f"获{FUNDS[kind]}投资{deal['amount']:,.0f}万元",
            )
        row = deal["next"]
    if before["first_deal"] != NOBODY and now["first_deal"] == NOBODY and now["alive"] == 1:
        yield Text("its investors sell at a listing", "上市，投资方退出")
    if now["debt"] > before["debt"]:
        drawn = now["debt"] - before["debt"]
        yield Text(f"borrows about {drawn:,.0f} 万元", f"借款约{drawn:,.0f}万元")


def _orders(world: World, before: Any, now: Any, _month: int) -> Iterator[Text]:
    if now["patron"] != before["patron"] and now["alive"] == 1:
        if now["patron"] == NOBODY:
            yield Text("loses its standing order", "失去长期订单")
        else:
            giver = int(world.firms[now["patron"]]["id"])
            yield Text(f"wins a standing order of firm {giver}", f"获企业 {giver} 的长期订单")
    if now["consortium"] != before["consortium"] and now["alive"] == 1:
        joined = now["consortium"] != NOBODY
        yield (
            Text("joins a consortium", "加入创新联合体")
            if joined
            else Text("its consortium is dissolved", "所在创新联合体解散")
        )


def _moves(_world: World, before: Any, now: Any, _month: int) -> Iterator[Text]:
    if now["district"] != before["district"]:
        name = PLAN.districts[now["district"]].name
        yield Text(f"moves to {name.en}", f"迁至{name.zh}")


def _titles(_world: World, before: Any, now: Any, month: int) -> Iterator[Text]:
    if now["certificate_until"] > before["certificate_until"]:
        held = before["certificate_until"] >= month
        yield (
            Text("renews its high-tech certificate", "高新技术企业资格续期")
            if held
            else Text("becomes a high-tech enterprise", "获高新技术企业资格")
        )
    elif now["certificate_until"] == month:
        yield Text("its high-tech certificate runs out", "高新技术企业资格到期")
    for name, title in TITLES.items():
        if now[name] > before[name]:
            yield Text(f"becomes {title.en}", f"成为{title.zh}")
        elif now[name] < before[name]:
            yield Text(f"is no longer {title.en}", f"不再是{title.zh}")


TITLES = {
    "technology_centre": Text("an enterprise technology centre", "企业技术中心"),
    "ecosystem": Text("an ecosystem-leading firm", "生态主导型企业"),
}
