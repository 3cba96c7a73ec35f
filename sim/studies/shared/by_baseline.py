"""What is said of the stored baseline by which a study's likelihoods are adjusted."""

from sim.experiments.baseline import Stored
from sim.spec.findings import Sentence
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import joined


def told_of_baseline(known: Stored) -> Sentence:
    """Return by what likelihoods are adjusted, or why they are not."""
    return Sentence(known.told, "note", known.replicates)


def adjusted_by(basis: Basis, known: Stored) -> Basis:
    """Return a basis whose figures say by what likelihoods are adjusted, if they are."""
    return footed(basis, known.replicates)


def footed(basis: Basis, replicates: int) -> Basis:
    """Return the same, given the replicates of the baseline; 0: nothing is adjusted."""
    if not replicates:
        return basis
    foot = worded("baseline.foot", replicates=f"{replicates:,}")
    return basis._replace(remark=joined([foot, *filter(None, [basis.remark])]))
