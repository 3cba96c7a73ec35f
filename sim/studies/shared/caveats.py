"""What must be known of a study's numbers: chance, the stored baseline, a list of draws."""

from collections.abc import Iterable, Iterator

from sim.estimate import Listed
from sim.estimate.intervals import list_error
from sim.experiments.baseline import Stored
from sim.language import Text
from sim.sampling import draws_among
from sim.spec.findings import Sentence
from sim.store.summaries import listed
from sim.studies.shared.influence import of_city
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import joined
from sim.views.by_chance import by_chance


def caveats(basis: Basis, known: Stored | None = None, *, intervals: int = 0) -> Iterator[Sentence]:
    """Yield what must be known of the numbers before: how much of them is assumed, too.

    Args:
        basis: what they rest on; of the first scenario it is told what a list of draws adds.
        known: the stored baseline by which likelihoods are adjusted, or why they are not; None: no
            likelihood is told.
        intervals: that are read at once.
    """
    yield from notes(by_chance(intervals))
    yield from notes(filter(None, [of_city()]))
    if known is not None:
        yield Sentence(known.told, "note", known.replicates)
    yield from notes(list_lines(listed(basis.scenarios[0]), draws_among(basis.sample.replicates)))


def notes(lines: Iterable[Text]) -> Iterator[Sentence]:
    """Yield lines as notes."""
    return (Sentence(line, "note") for line in lines)


def list_lines(found: Listed | None, draws: int) -> list[Text]:
    """Return what a list of draws adds to the error of likelihoods, in sentences.

    Args:
        found: the list; None: draws come from the prior, which is none.
        draws: parameter draws used.
    """
    if found is None:
        return []
    points = f"{100 * list_error(0.5, found.effective):.1f}"
    lines = [worded("by_list.error", rows=found.rows, points=points)]
    return [*lines, worded("by_list.again", rows=found.rows)] if draws > found.rows else lines


def adjusted_by(basis: Basis, known: Stored) -> Basis:
    """Return a basis whose figures say by what likelihoods are adjusted, if they are."""
    return footed(basis, known.replicates)


def footed(basis: Basis, replicates: int) -> Basis:
    """Return the same, given the replicates of the baseline; 0: nothing is adjusted."""
    if not replicates:
        return basis
    foot = worded("baseline.foot", replicates=f"{replicates:,}")
    return basis._replace(remark=joined([foot, *filter(None, [basis.remark])]))
