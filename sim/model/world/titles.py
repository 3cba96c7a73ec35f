"""The rules behind titles: the high-tech certificate, the technology centre, the standing."""

from sim.engine import rule
from sim.model.world.tables import Draw, Firm


@rule
def research_threshold(p: Draw, sales: float) -> float:
    """Return the R&D share of revenue that the national rule asks for (figures F249 to F251)."""
    above_small = p.threshold_medium if sales <= p.medium_revenue else p.threshold_large
    return p.threshold_small if sales <= p.small_revenue else above_small


@rule
def has_basis(p: Draw, firm: Firm, month: int) -> bool:
    """Return whether a firm has what the rule asks for besides R&D: age, staff, property, sales."""
    technical = p.team * firm.talents
    return (
        month - firm.founded >= p.certificate_age
        and firm.sales >= p.certificate_sales
        and technical >= p.technical_share * firm.staff
        and firm.level >= p.property_level
    )


@rule
def report_research(p: Draw, firm: Firm, keen: float, margin: float) -> None:
    """Write the year's reported R&D, and let a firm below the notch choose how to reach it.

    What is missing it relabels as far as it can, at a cost, and plans to do the rest, unless that
    costs more than the certificate saves in tax (Chen, Liu, Suarez Serrato and Xu 2021).
    """
    needed = research_threshold(p, firm.sales) * firm.sales
    missing = needed - firm.real_rd
    firm.reported_rd = firm.real_rd
    if missing <= 0.0:
        return
    relabelled = min(missing, p.relabel_reach * keen * needed)
    rest = missing - relabelled
    if p.relabel_cost * relabelled + p.research_cost * rest >= tax_saved(p, firm):
        return
    firm.rd_habit = max(firm.rd_habit, (needed - relabelled) / firm.sales)
    if rest == 0.0:
        firm.reported_rd = needed * (1.0 + p.relabel_margin * margin)


@rule
def tax_saved(p: Draw, firm: Firm) -> float:
    """Return what a certificate saves a firm in a year, in ten thousand yuan."""
    profit = max(0.0, p.operating_margin * firm.sales - firm.real_rd)
    return (p.tax_rate - p.tax_certified) * profit


@rule
def file_for_certificate(p: Draw, firm: Firm, luck_with_experts: float, month: int) -> None:
    """Let a firm file for the high-tech certificate with the R&D that it reports."""
    needed = research_threshold(p, firm.sales) * firm.sales
    passes = firm.reported_rd >= needed and has_basis(p, firm, month)
    if passes and luck_with_experts < p.expert_pass:
        firm.certificate_until = month + int(p.certificate_months)


@rule
def meets_centre_rule(p: Draw, firm: Firm) -> bool:
    """Return whether a firm meets the municipal technology-centre rule (figures F258 to F260)."""
    return (
        firm.real_rd >= p.centre_rd
        and firm.real_rd >= p.centre_rd_share * firm.sales
        and p.team * firm.talents >= p.centre_staff
        and firm.sales > 0.0
    )


@rule
def passes_review(p: Draw, firm: Firm) -> bool:
    """Return whether a technology centre keeps its title when it is reviewed (G070)."""
    return (
        firm.real_rd >= p.centre_tolerance * p.centre_rd
        and p.team * firm.talents >= p.centre_tolerance * p.centre_staff
    )


@rule
def has_standing(p: Draw, firm: Firm) -> bool:
    """Return whether a firm leads an ecosystem: by sales and partners living on its orders."""
    return firm.sales >= p.ecosystem_sales and firm.partners >= p.ecosystem_partners
