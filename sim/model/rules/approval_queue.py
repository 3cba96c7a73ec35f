"""Process 1, last part, as one queue: the variant ``administration = "queue"``."""

from sim.engine.chance import number
from sim.engine.process import process
from sim.model.rules.approval import can_be_named, fund_programmes, list_proposals, name_programme
from sim.model.world import purposes
from sim.model.world.codes import mechanism
from sim.model.world.tables import NOBODY, Draw, Tables

COORDINATION = mechanism("coordination")
EXPERT_GROUP = mechanism("expert_group")


@process(
    "administration",
    reads=(
        "city: approval_credit given held mean_dose programme_rows purse",
        "programmes: alive case id kind stage",
    ),
    writes=(
        "city: approval_credit purse",
        "programmes: opens stage starts",
    ),
    scratch=("struck who words",),
    draws=(purposes.BUILDING_TIME, purposes.PRIORITY),
)
def approval_queue(world: Tables, p: Draw, month: int) -> None:
    """Approve the best proposals, as far as the city can organise and pay for them."""
    city = world.city[0]
    programmes = world.programmes
    capacity = p.approvals_a_month * (1.0 + p.coordination_gain * city.mean_dose[COORDINATION])
    city.approval_credit = min(city.approval_credit + capacity, p.credit_months * capacity + 1.0)
    fund_programmes(city, p)
    noise = max(0.0, 1.0 - p.targeting - p.expert_gain * city.mean_dose[EXPERT_GROUP])
    proposals = list_proposals(world)
    while city.approval_credit >= 1.0:
        best, highest = NOBODY, -1.0
        for k in range(proposals):
            entry = programmes[world.struck[k]]
            priority = entry.case + noise * number(world.words[0, k])
            if priority > highest and can_be_named(city, p, entry, month):
                best, highest = world.struck[k], priority
        if best == NOBODY:
            return
        city.approval_credit -= 1.0
        name_programme(city, p, programmes[best], month)
