"""Process 10: high-tech certificates, technology centres, and ecosystem-leading standing."""

from sim.compiled import helper
from sim.world import purposes
from sim.world.luck import luck
from sim.world.titles import (
    file_for_certificate,
    has_standing,
    meets_centre_rule,
    report_research,
)

YEAR = 12


@helper
def certification(world, p, month):
    """Let each firm file once a year, in a month of its own."""
    city = world.city[0]
    firms = world.firms
    for i in range(city.firm_rows):
        if (month + world.ids[i]) % YEAR != 0:
            continue
        firm = firms[i]
        if firm.alive == 0:
            continue
        # Whether a firm files at all is a trait of the firm: the same luck in every year.
        trait, keen, _, _ = luck(city, firm.id, 0, purposes.TRAIT)
        draws = luck(city, firm.id, month, purposes.FILING)
        if trait < p.filing_share:
            report_research(p, firm, draws[1], draws[2])
            if firm.certificate_until - month < YEAR:
                file_for_certificate(p, firm, draws[0], month)
        if meets_centre_rule(p, firm):
            if keen < p.centre_filing:
                firm.technology_centre = 1
        elif firm.real_rd < p.centre_tolerance * p.centre_rd:
            firm.technology_centre = 0
        firm.ecosystem = 1 if has_standing(p, firm) else 0
