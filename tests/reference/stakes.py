"""What investors get when a firm is listed, bought or gone (sections 7.6 and 7.11)."""

from typing import Any

from sim.world.tables import FUND_RETURNED, NOBODY


def sell_stakes(model: Any, firm: Any, value: float) -> None:
    """Pay each fund its stake of a firm's value; what it may invest again is its own affair."""
    row = firm.first_deal
    while row != NOBODY:
        deal = model.deals[row]
        fund = model.funds[deal.fund]
        paid = deal.stake * value
        fund.returned += paid
        fund.dry_powder += model.p.recycled * paid
        fund.portfolio -= 1
        model.city.flows[FUND_RETURNED] += paid
        row = deal.next
        model.end("deals", deal)
    firm.first_deal = NOBODY
