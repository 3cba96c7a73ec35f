"""What the codes in the tables are called when a firm's life is told."""

from sim.calendar import MONTHS_A_YEAR, START
from sim.language import NOTHING
from sim.model.rules.common import WAN_A_YI
from sim.model.world import codes
from sim.text.catalogue import worded

# In the order of the codes.
FIRM_KINDS = tuple(worded(f"firm.{kind}") for kind in codes.FIRM_KINDS)
FUND_KINDS = tuple(worded(f"fund.{kind}") for kind in codes.FUND_KINDS)
EXIT_REASONS = (NOTHING, *(worded(f"exit.{reason}") for reason in codes.EXIT_REASONS[1:]))
TITLES = {title: worded(f"title.{title}") for title in ("technology_centre", "ecosystem")}


def money(wan: float) -> str:
    """Return an amount in the unit that suits it: 万元, or 亿元 from ten thousand of them on."""
    return f"{wan / WAN_A_YI:,.2f} 亿元" if abs(wan) >= WAN_A_YI else f"{wan:,.0f} 万元"


def year_of(month: int) -> int:
    """Return the year of a month, which may lie before October 2022 (a negative number)."""
    return START[0] + (START[1] - 1 + month) // MONTHS_A_YEAR
