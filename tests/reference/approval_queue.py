"""The queue (section 7.1, variant): one capacity for all kinds."""

from typing import Any

from sim.model.world.codes import mechanism
from tests.reference.approval import approve, earn, luck_of, payable

COORDINATION, EXPERTS = mechanism("coordination"), mechanism("expert_group")


def approval_queue(model: Any, month: int) -> None:
    """Run the process for one month."""
    city, p = model.city, model.p
    capacity = p.approvals_a_month * (1.0 + p.coordination_gain * city.mean_dose[COORDINATION])
    city.approval_credit = min(city.approval_credit + capacity, p.credit_months * capacity + 1.0)
    earn(model)
    noise = max(0.0, 1.0 - p.targeting - p.expert_gain * city.mean_dose[EXPERTS])
    while city.approval_credit >= 1.0 and (found := payable(model, month)):
        city.approval_credit -= 1.0
        best = max(found, key=lambda entry: entry.case + noise * luck_of(model, entry))
        approve(model, best, month)
