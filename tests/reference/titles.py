"""The rules behind certificate, technology centre and standing (section 7.10)."""

from typing import Any


def share_asked(p: Any, sales: float) -> float:
    """Return the R&D share that the high-tech rule asks of a firm with such sales."""
    if sales <= p.small_revenue:
        return float(p.threshold_small)
    return float(p.threshold_medium if sales <= p.medium_revenue else p.threshold_large)


def reported(p: Any, firm: Any, inclination: float, margin: float) -> float:
    """Return the R&D that a firm reports; if it pays, it plans what it cannot relabel."""
    needed = share_asked(p, firm.sales) * firm.sales
    if firm.real_rd >= needed:
        return float(firm.real_rd)
    most = p.relabel_reach * inclination * needed
    short = needed - firm.real_rd
    price = p.relabel_cost * min(short, most) + p.research_cost * (short - min(short, most))
    profit = max(0.0, p.operating_margin * firm.sales - firm.real_rd)
    if price >= (p.tax_rate - p.tax_certified) * profit:
        return float(firm.real_rd)
    firm.rd_habit = max(firm.rd_habit, (needed - min(short, most)) / firm.sales)
    return float(needed * (1.0 + p.relabel_margin * margin) if short <= most else firm.real_rd)


def can_be_certified(p: Any, firm: Any, month: int) -> bool:
    """Return whether a firm has what the high-tech rule asks for, by the R&D that it reports."""
    return bool(
        firm.reported_rd >= share_asked(p, firm.sales) * firm.sales
        and month - firm.founded >= p.certificate_age
        and firm.sales >= p.certificate_sales
        and p.team * firm.talents >= p.technical_share * firm.staff
        and firm.level >= p.property_level
    )


def can_be_centre(p: Any, firm: Any) -> bool:
    """Return whether a firm meets the technology-centre rule; it must sell something."""
    return bool(
        firm.sales > 0.0
        and firm.real_rd >= p.centre_rd
        and firm.real_rd >= p.centre_rd_share * firm.sales
        and p.team * firm.talents >= p.centre_staff
    )


def stays_centre(p: Any, firm: Any) -> bool:
    """Return whether a technology centre still has enough of what is asked when it is reviewed."""
    enough = firm.real_rd >= p.centre_tolerance * p.centre_rd
    return bool(enough and p.team * firm.talents >= p.centre_tolerance * p.centre_staff)


def leads_ecosystem(p: Any, firm: Any) -> bool:
    """Return whether a firm has ecosystem-leading standing."""
    return bool(firm.sales >= p.ecosystem_sales and firm.partners >= p.ecosystem_partners)
