"""What a posterior that is a list of draws adds to the error of likelihoods."""

from collections.abc import Iterator

from sim.estimate import Listed
from sim.estimate.intervals import list_error
from sim.language import Text
from sim.sampling import draws_among
from sim.spec.findings import Sentence
from sim.store.summaries import listed
from sim.studies.study import Basis
from sim.text.catalogue import worded


def list_errors(basis: Basis) -> Iterator[Sentence]:
    """Yield it for the first scenario of a study."""
    draws = draws_among(basis.sample.replicates)
    for line in list_lines(listed(basis.scenarios[0]), draws):
        yield Sentence(line, "note")


def list_lines(found: Listed | None, draws: int) -> list[Text]:
    """Return it in sentences.

    Args:
        found: the list; None: draws come from the prior, which is none.
        draws: parameter draws used.
    """
    if found is None:
        return []
    points = f"{100 * list_error(0.5, found.effective):.1f}"
    lines = [worded("by_list.error", rows=found.rows, points=points)]
    return [*lines, worded("by_list.again", rows=found.rows)] if draws > found.rows else lines
