"""The posterior that runs draw their parameters from unless told otherwise.

``posterior.json`` is written by ``sim calibrate``. It lists numbers of draws from the prior, each
as often as it weighs, one list for each date up to which observations were used.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from sim.world.setup import Draws

FILE: Final = "posterior.json"
"""Not a suffix that the model's hash covers: what a scenario uses of it is in the scenario's."""
PRIOR: Final = "prior"
POSTERIOR: Final = "posterior"
SOURCES: Final = (POSTERIOR, PRIOR)
"""Where a scenario's parameters may be drawn from."""


class Fit(NamedTuple):
    """The posterior given what was observed up to a date."""

    until: str
    """Month (``YYYY-MM``) up to which observations were used."""
    effective: float
    """Effective sample size of the calibration that it stands for."""
    draws: Draws

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal digits, of the draws."""
        text = json.dumps([self.draws.seed, *self.draws.numbers])
        return hashlib.sha256(text.encode()).hexdigest()


@cache
def document() -> dict[str, Any]:
    """Return the shipped posterior with what it says about itself."""
    text = (files("sim.scenario") / FILE).read_text(encoding="utf-8")
    said: dict[str, Any] = json.loads(text)
    return said


@cache
def fits() -> tuple[Fit, ...]:
    """Return the shipped posteriors, by date."""
    said = document()
    return tuple(
        Fit(until, entry["effective"], Draws(said["seed"], tuple(entry["draws"])))
        for until, entry in sorted(said["fits"].items())
    )


def fit(as_of: str | None) -> Fit | None:
    """Return the posterior given what was known at a date; None is the prior.

    Args:
        as_of: month (``YYYY-MM``); None uses all observations.
    """
    known = [each for each in fits() if as_of is None or each.until <= as_of]
    return known[-1] if known else None
