"""The posterior that runs draw their parameters from unless told otherwise.

``posterior.json``, in the folder of scenarios, is written by ``sim calibrate``. It lists numbers of
draws from the prior, each as often as it weighs, one list for each date up to which observations
were used.
"""

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.language import Text
from sim.problems import Problem
from sim.scenario.files import BESIDE, SHIPPED
from sim.world.setup import Draws

FILE: Final = "posterior.json"
FORMAT: Final = 1
PRIOR: Final = "prior"
POSTERIOR: Final = "posterior"
SOURCES: Final = (POSTERIOR, PRIOR)
"""Where a scenario's parameters may be drawn from."""
CALIBRATE: Final = Text(
    "write it anew with sim calibrate --use", "请用 sim calibrate --use 重新生成"
)


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


def posterior_file() -> Path:
    """Return the file of the posterior: the one where the user is, else the project's."""
    own = BESIDE / FILE
    return own if own.is_file() else SHIPPED / FILE


def read_posterior(file: Path) -> dict[str, Any]:
    """Return what a file of a posterior says.

    Raises:
        Problem: it cannot be read, or is no posterior.
    """
    expected = Text("a posterior as sim calibrate writes it", "由 sim calibrate 写出的后验")
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            raise ValueError(f"format {said['format']}")
        for entry in said["fits"].values():
            Draws(int(said["seed"]), tuple(map(int, entry["draws"])))
            float(entry["effective"])
    except OSError as error:
        raise Problem(str(file), "", os.strerror(error.errno or 0), expected, CALIBRATE) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        found = f"{type(error).__name__}: {error}"
        raise Problem(str(file), "", found, expected, CALIBRATE) from error
    return dict(said)


@cache
def _fits(file: Path) -> tuple[Fit, ...]:
    if not file.is_file():
        return ()
    said = read_posterior(file)
    return tuple(
        Fit(until, float(entry["effective"]), Draws(int(said["seed"]), tuple(entry["draws"])))
        for until, entry in sorted(said["fits"].items())
    )


def fit(as_of: str | None) -> Fit | None:
    """Return the posterior given what was known at a date; None is the prior.

    Args:
        as_of: month (``YYYY-MM``); None uses all observations.

    Raises:
        Problem: the file of the posterior is damaged.
    """
    file = posterior_file().resolve()
    known = [each for each in _fits(file) if as_of is None or each.until <= as_of]
    return known[-1] if known else None


def fit_dates() -> tuple[str, ...]:
    """Return the dates (``YYYY-MM``) up to which there is a posterior.

    Raises:
        Problem: the file of the posterior is damaged.
    """
    return tuple(each.until for each in _fits(posterior_file().resolve()))
