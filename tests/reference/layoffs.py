"""Layoffs (section 7.6): firms whose money ends part with people whom they cannot pay."""

import math
from typing import Any

from sim.model.world import namespaces
from tests.reference.luck import name
from tests.reference.people import leave


def layoffs(model: Any, month: int) -> None:
    """Let firms that run out of money dismiss some people."""
    p = model.p
    kept = {
        firm.row: firm.talents - math.ceil(p.layoff_pace * (firm.talents - firm.wanted))
        for firm in model.firms
        if firm.alive and firm.talents > firm.wanted
        if firm.burn > 0.0 and firm.cash < p.layoff_runway * firm.burn
    }
    staff = [person for person in model.talents if person.alive and person.employer in kept]
    first = name(namespaces.SEARCH, month, 1) % max(1, len(staff))
    for person in staff[first:] + staff[:first]:
        firm = model.firms[person.employer]
        if firm.talents > kept[firm.row] and firm.founder != person.id:
            leave(model, person, month)
