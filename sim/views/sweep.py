"""The figures that suit a sweep, chosen by its design."""

from collections.abc import Iterator, Sequence
from functools import partial

from sim.experiments.sweep_indices import Explained
from sim.language import Language
from sim.views.experiment import Experiment
from sim.views.figures import Named
from sim.views.sweep_indices import sweep_indices
from sim.views.sweep_pairs import sweep_pairs
from sim.views.sweep_scatter import sweep_scatter
from sim.views.sweep_source import START, Outcome, Varied
from sim.views.sweep_starts import MOST as MOST_LINES
from sim.views.sweep_starts import sweep_starts
from sim.views.sweep_table import MOST as MOST_ROWS
from sim.views.sweep_table import sweep_table

LEAST_LEVELS = 2
MOST_LEVELS = 24
"""Values of a factor that make a table of two factors readable."""


def figures_of_sweep(
    experiment: Experiment,
    design: str,
    factors: Sequence[Varied],
    points: Sequence[Outcome],
    indices: Sequence[Explained],
    language: Language,
) -> Iterator[Named]:
    """Yield the figures that suit a sweep, undrawn.

    A full design over two factors is drawn over both; start dates varied one at a time as lines;
    besides, few points as a table and many as likelihood against cost, and the Sobol' indices of a
    design that has them.

    Args:
        experiment: what the figures rest on.
        design: its name in sweep files.
        factors: what was varied.
        points: what came of it.
        indices: what the factors explain; empty for other designs than ``sobol``.
        language: of all labels.
    """
    if design == "full" and _two_tables(factors, points):
        pair = (factors[0], factors[1])
        yield Named("sweep_pairs", partial(sweep_pairs, experiment, pair, points, language))
    if _only_starts(design, factors):
        yield Named("sweep_starts", partial(sweep_starts, experiment, factors, points, language))
    if len(points) <= MOST_ROWS:
        yield Named("sweep_table", partial(sweep_table, experiment, factors, points, language))
    else:
        yield Named("sweep_scatter", partial(sweep_scatter, experiment, factors, points, language))
    if indices:
        yield Named("sweep_indices", partial(sweep_indices, experiment, factors, indices, language))


def _two_tables(factors: Sequence[Varied], points: Sequence[Outcome]) -> bool:
    if len(factors) != 2:
        return False
    grid = [point for point in points if None not in point.values]
    levels = [len({point.values[side] for point in grid}) for side in (0, 1)]
    return min(levels) >= LEAST_LEVELS and max(levels) <= MOST_LEVELS


def _only_starts(design: str, factors: Sequence[Varied]) -> bool:
    few = len(factors) <= MOST_LINES
    alone = design == "one-at-a-time" or len(factors) == 1
    return few and alone and all(factor.field == START for factor in factors)
