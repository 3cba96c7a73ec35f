"""What calibration counts in its runs beside what every run records: ends by age, rounds, sizes.

A file of measures such as a scenario can bring (``docs/processes.md``), read where patterns that
condition are set against what was published. Nothing is changed.
"""

from typing import Any

from sim.engine import rule
from sim.engine.measure import measure
from sim.language import Text
from sim.model.rules.common import calendar_month
from sim.model.world.codes import CLOSED, INSOLVENT, STARTUP
from sim.model.world.layout import MEASURES
from sim.model.world.tables import NOBODY, Firm

FIRST = len(MEASURES)
"""Column of the first measure of this file."""
YEARS = 12.0
DECEMBER = 11
HALVINGS = 24
"""Of a range of amounts, until what is left of it is below a ten-thousandth of the amount."""
TOP = 0.022
BOTTOM = 0.42
"""Shares of rounds, as where patterns are measured (``measures.py``)."""
FEWEST = 50
"""Rounds, as there."""


@rule
def so_far(world: Any, month: int, number: int, now: float) -> float:
    """Return what a measure of this file counted up to a month, of which ``now`` is the last."""
    before = 0.0
    if month > 0:
        before = world.measures[month - 1, FIRST + number]
    return before + now


@rule
def is_between(firm: Firm, month: int, youngest: int, oldest: int) -> bool:
    """Return whether a firm was founded since the first month and is of an age in months."""
    age = month - firm.founded
    return (firm.kind == STARTUP) & (firm.founded >= 0) & (youngest < age) & (age <= oldest)


@rule
def watched(world: Any, month: int, youngest: int, oldest: int) -> float:
    """Return how many years such start-ups lived through in the month."""
    firms, ended = world.firms, world.ended
    before = len(ended) - len(firms)
    found = 0
    for i in range(world.city[0].firm_rows):
        there = (firms[i].alive == 1) | (ended[before + i] == 1)
        found += int(there & is_between(firms[i], month, youngest, oldest))
    return found / YEARS


@rule
def failed(world: Any, month: int, youngest: int, oldest: int) -> float:
    """Return how many of them ran out of money or were given up in the month."""
    firms, ended = world.firms, world.ended
    before = len(ended) - len(firms)
    found = 0
    for i in range(world.city[0].firm_rows):
        reason = firms[i].exit_reason
        over = (ended[before + i] == 1) & ((reason == INSOLVENT) | (reason == CLOSED))
        found += int(over & is_between(firms[i], month, youngest, oldest))
    return float(found)


@rule
def rounds_from(world: Any, least: float) -> tuple[int, float]:
    """Return how many rounds of living firms brought so much or more since the first month."""
    firms, deals = world.firms, world.deals
    many, money = 0, 0.0
    for i in range(world.city[0].firm_rows):
        if firms[i].alive == 0:
            continue
        k = firms[i].first_deal
        while k != NOBODY and deals[k].month > 0:
            month, amount = deals[k].month, 0.0
            while k != NOBODY and deals[k].month == month:
                amount += deals[k].amount
                k = deals[k].next
            many += int(amount >= least)
            money += amount if amount >= least else 0.0
    return many, money


@rule
def held_from(world: Any, part: float) -> float:
    """Return the share of all money that the largest part of these rounds brought."""
    many, money = rounds_from(world, 0.0)
    if many < FEWEST:
        return 0.0
    low, high = 0.0, money
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if rounds_from(world, middle)[0] > part * many:
            low = middle
        else:
            high = middle
    above, held = rounds_from(world, high)
    return (held + (part * many - above) * high) / money


@measure(
    "watched_2",
    unit="firms x years",
    label=Text("years that start-ups spent in their second year", "初创企业处于第二年的年数"),
    reads=("city: firm_rows", "firms: alive exit_reason founded kind", "ended measures"),
)
def watched_2(world: Any, _: Any, month: int) -> float:
    """Count years that start-ups spent in their second year."""
    return so_far(world, month, 0, watched(world, month, 12, 24))


@measure(
    "failed_2",
    unit="firms",
    label=Text("start-ups that failed in their second year", "在第二年失败的初创企业数"),
    reads=("city: firm_rows", "firms: alive exit_reason founded kind", "ended measures"),
)
def failed_2(world: Any, _: Any, month: int) -> float:
    """Count start-ups that failed in their second year."""
    return so_far(world, month, 1, failed(world, month, 12, 24))


@measure(
    "watched_3",
    unit="firms x years",
    label=Text("years that start-ups spent in their third year", "初创企业处于第三年的年数"),
    reads=("city: firm_rows", "firms: alive exit_reason founded kind", "ended measures"),
)
def watched_3(world: Any, _: Any, month: int) -> float:
    """Count years that start-ups spent in their third year."""
    return so_far(world, month, 2, watched(world, month, 24, 36))


@measure(
    "failed_3",
    unit="firms",
    label=Text("start-ups that failed in their third year", "在第三年失败的初创企业数"),
    reads=("city: firm_rows", "firms: alive exit_reason founded kind", "ended measures"),
)
def failed_3(world: Any, _: Any, month: int) -> float:
    """Count start-ups that failed in their third year."""
    return so_far(world, month, 3, failed(world, month, 24, 36))


@measure(
    "watched_4_to_7",
    unit="firms x years",
    label=Text(
        "years that start-ups spent in their fourth to seventh year", "初创企业处于第四至七年的年数"
    ),
    reads=("city: firm_rows", "firms: alive exit_reason founded kind", "ended measures"),
)
def watched_4_to_7(world: Any, _: Any, month: int) -> float:
    """Count years that start-ups spent in their fourth to seventh year."""
    return so_far(world, month, 4, watched(world, month, 36, 84))


@measure(
    "failed_4_to_7",
    unit="firms",
    label=Text(
        "start-ups that failed in their fourth to seventh year", "在第四至七年失败的初创企业数"
    ),
    reads=("city: firm_rows", "firms: alive exit_reason founded kind", "ended measures"),
)
def failed_4_to_7(world: Any, _: Any, month: int) -> float:
    """Count start-ups that failed in their fourth to seventh year."""
    return so_far(world, month, 5, failed(world, month, 36, 84))


@measure(
    "held_by_largest",
    unit="share",
    label=Text("share of equity in the largest rounds", "最大融资轮所占股权融资比例"),
    reads=("city: firm_rows", "firms: alive first_deal", "deals: amount month next"),
)
def held_by_largest(world: Any, _: Any, month: int) -> float:
    """Return the share of equity in the largest rounds, of firms alive in a December."""
    return held_from(world, TOP) if calendar_month(month) == DECEMBER else 0.0


@measure(
    "held_by_smallest",
    unit="share",
    label=Text("share of equity in the smallest rounds", "最小融资轮所占股权融资比例"),
    reads=("city: firm_rows", "firms: alive first_deal", "deals: amount month next"),
)
def held_by_smallest(world: Any, _: Any, month: int) -> float:
    """Return the share of equity in the smallest rounds, of firms alive in a December."""
    return 1.0 - held_from(world, 1.0 - BOTTOM) if calendar_month(month) == DECEMBER else 0.0
