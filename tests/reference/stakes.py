"""What investors get when a firm is listed, bought or gone (sections 7.6 and 7.11)."""

from typing import Any

from sim.model.world.ledgers import FUND_RETURNED
from sim.model.world.tables import NOBODY


def sell_stakes(model: Any, firm: Any, value: float) -> None:
    """Pay each fund the part of its stake of a firm's value that it may invest again."""
    row = firm.first_deal
    while row != NOBODY:
        deal = model.deals[row]
        fund = model.funds[deal.fund]
        paid = model.p.recycled * deal.stake * value
        fund.returned += paid
        fund.dry_powder += paid
        fund.portfolio -= 1
        model.city.flows[FUND_RETURNED] += paid
        row = deal.next
        model.end("deals", deal)
    firm.first_deal = NOBODY
