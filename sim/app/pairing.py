"""Whether two packages can be compared replicate by replicate: only under the same luck."""

from sim.app.package import Package
from sim.language import Text
from sim.scenario import Scenario
from sim.text.catalogue import worded


def unpaired(package: Package, reference: Package) -> Text | None:
    """Return why a package cannot be paired with its reference, None if it can.

    Replicates of the same number have the same luck under the same seed, the same parameters if
    these are drawn from the same place, and are tried anew alike if the same is known.
    """
    own, other = package.scenario, reference.scenario
    if own.seed != other.seed:
        return worded("unpaired.seed", own=own.seed, other=other.seed)
    if own.fit() != other.fit():
        return worded("unpaired.fit", own=_source(own), other=_source(other))
    if own.as_of != other.as_of:
        return worded("unpaired.as_of", own=_known(own.as_of), other=_known(other.as_of))
    return None


def _known(as_of: str | None) -> Text:
    if as_of is None:
        return worded("unpaired.no_facts")
    return worded("unpaired.facts", as_of=as_of)


def _source(scenario: Scenario) -> Text:
    fit = scenario.fit()
    if fit is None:
        return worded("unpaired.prior")
    return worded("unpaired.posterior", until=fit.until)
