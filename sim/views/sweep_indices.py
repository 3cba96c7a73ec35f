"""What a sweep's factors explain: Sobol' indices as bars, and as rows of a table."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from sim.experiments.sweep_indices import LIKELIHOOD, Explained, Index
from sim.language import Language
from sim.text.catalogue import capital, say
from sim.text.numbers import percent
from sim.views.bars import END, Bars, draw_bars
from sim.views.experiment import Experiment, kicker, notes
from sim.views.of_scenario import count_name
from sim.views.page import Heading
from sim.views.sweep_source import Varied, factor_name


class Row(NamedTuple):
    """What one factor explains of one count's likelihood, in words."""

    goal: str
    factor: str
    """All of them together where none of them can be told."""
    first: str
    total: str


HEADS = ("sweep_indices.count", "sweep_indices.factor", "index_bars.first", "index_bars.total")
"""Labels above the columns of `index_rows`."""


def sweep_indices(
    experiment: Experiment,
    factors: Sequence[Varied],
    found: Sequence[Explained],
    language: Language,
) -> Figure:
    """Draw a chart for each count's likelihood, with a bar for each factor.

    Args:
        experiment: what the figure rests on.
        factors: what was varied.
        found: what they explain; where too few points were run, the chart says so.
        language: of all labels.
    """
    told = [each for each in found if each.of == LIKELIHOOD]
    rows = [[each.known(factor) for factor in range(len(factors))] for each in told]
    known = sum(any(index is not None for index in row) for row in rows)
    heading = Heading(
        kicker(experiment, language),
        say("sweep_indices.title", language, known=str(known), all=str(len(rows))),
        say("sweep_indices.subtitle", language),
    )
    unknown = (np.nan,) * len(Index._fields)
    numbers = np.array([[index or unknown for index in row] for row in rows], dtype=np.float64)
    bars = Bars(*np.moveaxis(numbers, -1, 0))
    keys = ("sweep_indices.verdict", "sweep_indices.ends")
    below = notes(experiment, keys, language, end=percent(END))
    names = [factor_name(factor, language) for factor in factors]
    return draw_bars(heading, below, names, bars, "sweep_indices.too_few", language)


def index_rows(
    factors: Sequence[Varied], found: Sequence[Explained], language: Language
) -> Iterator[Row]:
    """Yield what each factor explains of each likelihood; one row where none can be told."""
    too_few = say("sweep_indices.too_few", language)
    for each in found:
        if each.of != LIKELIHOOD:
            continue
        count = capital(count_name(each.count_id).in_(language))
        known = [each.known(factor) for factor in range(len(factors))]
        if not any(known):
            yield Row(count, say("sweep_indices.any", language), too_few, too_few)
            continue
        for factor, index in zip(factors, known, strict=True):
            name = factor_name(factor, language)
            if index is None:
                yield Row(count, name, too_few, too_few)
            else:
                first = _with_ends(index.first, index.first_error)
                yield Row(count, name, first, _with_ends(index.total, index.total_error))


def _with_ends(value: float, error: float) -> str:
    """Return an index with its interval; estimates scatter below nought and beyond one."""
    return f"{value:z.2f} ({value - error:z.2f} … {value + error:z.2f})".replace("-", "–")
