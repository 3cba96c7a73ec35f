"""Whether two packages can be compared replicate by replicate, and what one is compared with."""

from typing import NamedTuple

from sim.app.answers import Sampled, sampled, stored
from sim.app.growth import Engine, Growth
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


class Other(NamedTuple):
    """What a package is compared with: replicates that are stored, that are run, or both."""

    scenario: Scenario
    stored: Sampled | None
    growth: Growth | None

    def sampled(self, package: Scenario) -> Sampled:
        """Return those of which there are more, in a package's readings."""
        run = None if self.growth is None else sampled(self.growth.replicates, package)
        both = [each for each in (self.stored, run) if each is not None]
        return max(both, key=lambda each: len(each.draws))


def other_of(
    engine: Engine, reference: Scenario, package: Scenario, wanted: int, *, by_month: bool
) -> Other:
    """Return what a package is compared with; it is run if it is not stored, or not all of it.

    Args:
        engine: that runs it.
        reference: what the package is compared with.
        package: under the same luck.
        wanted: replicates.
        by_month: whether it is wanted month by month, of which nothing is stored.

    Raises:
        Problem: the file of the stored baseline is none.
    """
    known = stored(reference, package)
    enough = known is not None and wanted <= len(known.draws) and not by_month
    return Other(reference, known, None if enough else engine.growth(reference))


def _known(as_of: str | None) -> Text:
    if as_of is None:
        return worded("unpaired.no_facts")
    return worded("unpaired.facts", as_of=as_of)


def _source(scenario: Scenario) -> Text:
    fit = scenario.fit()
    if fit is None:
        return worded("unpaired.prior")
    return worded("unpaired.posterior", until=fit.until)
