"""Bounds of chances: whom a bound screens out is not looked at, so no hazard may exceed it.

A rule says hazard and bound side by side. Compiled code trusts the bound; the checked mode looks at
everybody and at every hazard, so that a bound that is too low is an error that names the chance.
"""

from sim.engine import in_python, rule
from sim.engine.watch import WATCH
from sim.language import Text
from sim.problems import Problem
from sim.world.glances import VALUES, highest

SLACK = 1.000001
"""Makes an upper bound safe from rounding."""
NAMES = (
    *("climb", "setback", "component", "product", "standard", "news", "orders", "closing"),
    *("sale", "leaving", "learning", "founding", "proposal"),
)
"""What each chance is of: those that have a byte of a firm's, in their order, and then others."""
LEARNING, FOUNDING, PROPOSAL = 10, 11, 12


def _screened(bound: float) -> int:
    return highest(bound) if WATCH.get() is None else int(VALUES) - 1


@in_python(_screened)
@rule
def screened(bound: float) -> int:
    """Return the highest byte at which a chance of at most ``bound`` may strike."""
    return highest(bound)


def _bounded(which: int, hazard: float, bound: float) -> float:
    if hazard > bound and WATCH.get() is not None:
        expected = Text(f"at most its bound, {bound}", f"不超过其上界 {bound}")
        raise Problem("hazard", NAMES[which], str(hazard), expected)
    return hazard


@in_python(_bounded)
@rule
def bounded(which: int, hazard: float, bound: float) -> float:
    """Return a hazard whose bound has screened out those whom it cannot strike."""
    return hazard
