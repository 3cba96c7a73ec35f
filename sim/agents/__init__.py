"""Firms, talents and funds as Mesa agents."""

from sim.agents.firms import Firm, Talent
from sim.agents.funds import Fund

__all__ = ["Firm", "Fund", "Talent"]
