"""Certification (section 7.10): once a year, in its own month, a firm files and is looked at."""

from typing import Any

from sim.model.world import purposes
from tests.reference import titles
from tests.reference.luck import luck


def certification(model: Any, month: int) -> None:
    """Let the firms whose month it is report, file, and gain or lose titles."""
    p = model.p
    for firm in model.firms:
        if not firm.alive or (month + firm.id) % 12 != 0:
            continue
        files, cares, _, _ = luck(model, firm.id, 0, purposes.TRAIT)
        experts, inclination, margin, _ = luck(model, firm.id, month, purposes.FILING)
        if files < p.filing_share:
            firm.reported_rd = titles.reported(p, firm, inclination, margin)
            expiring = firm.certificate_until - month < 12
            if expiring and titles.can_be_certified(p, firm, month) and experts < p.expert_pass:
                firm.certificate_until = month + int(p.certificate_months)
        if not firm.technology_centre:
            if cares < p.centre_filing and titles.can_be_centre(p, firm):
                firm.technology_centre, firm.centre_since = 1, month
        elif month - firm.centre_since >= p.centre_review:
            firm.centre_since = month
            if not titles.stays_centre(p, firm):
                firm.technology_centre = 0
        firm.ecosystem = int(titles.leads_ecosystem(p, firm))
