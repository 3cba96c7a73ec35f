"""Deadlines and searches as CSV files."""

from collections.abc import Iterator

from sim.csv_files import table
from sim.experiments.search import LEVERS, Candidate, Searched

Files = Iterator[tuple[str, str]]


GAIN = ("gain", "gain_low", "gain_high", "told_apart")
"""Against the scenario that a search started from, on fresh replicates."""


def files_of_search(found: Searched) -> Files:
    """Yield ``search.csv`` (every package tried), and what was run anew.

    ``finalists.csv`` begins with the base scenario; ``front.csv`` has the Pareto front.
    """
    doses = [f"{lever}.dose" for lever in LEVERS]
    starts = [f"{lever}.start" for lever in LEVERS]
    yield (
        "search.csv",
        table(
            ("package", "cost", "likelihood_found", *doses, *starts),
            ([number, *_cells(each)] for number, each in enumerate(found.tried)),
        ),
    )
    heads = (
        "rank",
        "cost",
        "likelihood_found",
        *doses,
        *starts,
        "likelihood",
        "low",
        "high",
        *GAIN,
    )
    for name, rows in (("finalists", (found.base, *found.best)), ("front", found.front)):
        yield (
            f"{name}.csv",
            table(heads, ([k, *_cells(each), *_anew(each)] for k, each in enumerate(rows))),
        )


def _cells(candidate: Candidate) -> list[object]:
    return [candidate.cost, candidate.found, *candidate.doses, *candidate.starts]


def _anew(candidate: Candidate) -> list[object]:
    gain = candidate.gain
    told = [*gain[:3], not gain.tie] if gain else [None] * len(GAIN)
    return [*(candidate.fresh or [None] * 3), *told]
