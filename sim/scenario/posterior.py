"""The posterior that runs draw their parameters from unless told otherwise.

``posterior.json``, in the city's pack or in the user's folder of scenarios, is written by ``sim
calibrate``. It lists numbers of draws from the prior, each as often as it weighs, one list for each
date up to which observations were used. It holds for the rules and priors that it was made with,
and says which these are; under others it is refused.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim import city
from sim.digest import priors_digest, rules_digest
from sim.engine.chance import LOW
from sim.language import Text
from sim.model.world.setup import Draws
from sim.problems import Problem
from sim.scenario import check
from sim.scenario.files import BESIDE
from sim.scenario.place import Place, shorten
from sim.text.catalogue import worded

FILE: Final = "posterior.json"
FORMAT: Final = 2
PRIOR: Final = "prior"
POSTERIOR: Final = "posterior"
EXPERT: Final = "expert:"
"""Begins the name of what experts hold (`sim.scenario.experts`)."""
SOURCES: Final = (POSTERIOR, PRIOR)
"""Where a scenario's parameters may be drawn from."""
EXPECTED: Final = worded("expected.posterior")
WAYS: Final = worded("hint.posterior_anew")
FROM_PRIORS: Final = worded("scenario.nothing_calibrated")
MOST: Final = 1e12
"""Effective sample size that no calibration reaches."""
SHOWN: Final = 12
"""Digits of a digest that a message shows."""


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

    @property
    def rows(self) -> int:
        """Number of rows of the list."""
        return len(self.draws.numbers)

    @property
    def effective_rows(self) -> float:
        """How many independent draws from the posterior the list is worth.

        That is Kish's effective number, (sum of c)^2 / (sum of c^2) for draws that stand c times
        (L. Kish 1965, Survey Sampling, sec. 11.7), but no more than the effective sample size of
        the calibration that the list was drawn from.
        """
        squares = sum(times * times for times in Counter(self.draws.numbers).values())
        return min(self.rows**2 / squares, self.effective)


def posterior_file() -> Path:
    """Return the file of the posterior: the one where the user is, else the city's.

    A pack of the user's own is written into itself.
    """
    own = BESIDE / FILE
    # Whatever goes by the name is meant, also if it turns out to be a folder or a dead link.
    return own if city.comes_along() and os.path.lexists(own) else city.file(FILE)


def read_posterior(file: Path) -> dict[str, Any]:
    """Return what the file of a posterior says.

    Raises:
        Problem: it is missing or damaged, or was made for other rules or priors than these.
    """
    try:
        said = check.mapping(_document(file), Place(str(file)))
        _check_format(said, Place(str(file), ("format",)))
        said = check.table(DOCUMENT, complete=True)(said, Place(str(file)))
        for key, own in (("rules", rules_digest()), ("priors", priors_digest())):
            what = worded(f"scenario.{key}")
            _check_digest(str(said[key]), own, Place(str(file), (key,)), what)
    except Problem as problem:
        told = (problem.where, problem.key, problem.found, problem.expected)
        raise Problem(*told, WAYS) from problem
    return said


def _document(file: Path) -> object:
    try:
        return json.loads(file.read_text(encoding="utf-8"), parse_constant=_no_number)
    except OSError as error:
        found = os.strerror(error.errno or 0)
        raise Problem(str(file), "", found, EXPECTED) from error
    except (ValueError, RecursionError) as error:
        raise Problem(str(file), "", shorten(str(error)), EXPECTED) from error


def _no_number(word: str) -> object:
    raise ValueError(word)


def _check_format(said: Mapping[str, object], place: Place) -> None:
    found = said.get("format")
    if found != FORMAT or not isinstance(found, int):
        expected = worded("expected.posterior_format", format=FORMAT)
        raise place.problem(found, expected)


def _check_digest(found: str, own: str, place: Place, what: Text) -> None:
    if found != own:
        expected = worded("expected.posterior_digest", digest=own[:SHOWN], what=what)
        raise Problem(place.file, ".".join(place.keys), shorten(found[:SHOWN]), expected)


def _numbers(value: object, place: Place) -> tuple[int, ...]:
    """Take the numbers of one draw or more."""
    if not isinstance(value, list) or not value:
        raise place.problem(value, worded("expected.draws"))
    one = check.whole(0, LOW)
    return tuple(one(number, place.under(str(row))) for row, number in enumerate(value))


def _by_date(value: object, place: Place) -> dict[str, Any]:
    """Take a fit for each of one or more dates."""
    given = check.mapping(value, place)
    if not given:
        raise place.problem(given, worded("expected.fits"))
    return {
        check.month(until, place): FIT(entry, place.under(until)) for until, entry in given.items()
    }


FIT: Final = check.table({"effective": check.number(1.0, MOST), "draws": _numbers}, complete=True)
DOCUMENT: Final[Mapping[str, check.Check[Any]]] = {
    "format": check.whole(FORMAT, FORMAT),
    "seed": check.whole(0, 2**63 - 1),
    "runs": check.whole(1, 2**63 - 1),
    "model_hash": check.string,
    "rules": check.string,
    "priors": check.string,
    "observations": check.string,
    "fits": _by_date,
}
"""Keys of the file, all of which it has, and what each may be."""


@cache
def _fits(file: Path) -> tuple[Fit, ...]:
    said = read_posterior(file)
    return tuple(
        Fit(until, entry["effective"], Draws(said["seed"], entry["draws"]))
        for until, entry in sorted(said["fits"].items())
    )


def forget() -> None:
    """Read the file again when it is next asked for; else a process reads it once."""
    _fits.cache_clear()


def fit(as_of: str | None) -> Fit | None:
    """Return the posterior given what was known at a date; None: nothing was, it is the prior.

    Args:
        as_of: month (``YYYY-MM``); None uses all observations.

    Raises:
        Problem: the file is missing or damaged, or was made for other rules or priors.
    """
    known = [each for each in _fits(_file()) if as_of is None or each.until <= as_of]
    return known[-1] if known else None


def fit_dates() -> tuple[str, ...]:
    """Return the dates (``YYYY-MM``) up to which there is a posterior.

    Raises:
        Problem: the file is missing or damaged, or was made for other rules or priors.
    """
    return tuple(each.until for each in _fits(_file()))


def _file() -> Path:
    return posterior_file().absolute()


def told_of_prior(asked: str, as_of: str | None) -> Text:
    """Say that parameters are drawn from their priors, and why if a posterior was asked for.

    Args:
        asked: where a scenario wants them drawn from.
        as_of: month (``YYYY-MM``) up to which facts are known; None: no fact is.
    """
    if asked == PRIOR:
        return FROM_PRIORS
    if asked.startswith(EXPERT):
        name = asked.removeprefix(EXPERT)
        return worded("scenario.experts_asked", file=name)
    return worded("scenario.nothing_known", as_of=as_of)


def told_in(scenario: Mapping[str, Any]) -> Text | None:
    """Say the same of a scenario that a result has kept; None if it drew from a posterior.

    Args:
        scenario: as ``Scenario.resolved`` writes it.
    """
    if scenario["posterior"] is not None:
        return None
    return told_of_prior(scenario["draws"], scenario["as_of"])
