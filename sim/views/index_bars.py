"""First-order and total Sobol' indices of each count as bars with intervals."""

import numpy as np
from matplotlib.figure import Figure

from sim.evidence.sensitivity.indices import LUCK, OTHERS, Indices
from sim.language import Language
from sim.plan import PLAN
from sim.text.catalogue import say
from sim.text.numbers import percent
from sim.views.bars import END, Bars, draw_bars
from sim.views.experiment import Experiment, kicker, notes
from sim.views.page import Heading
from sim.views.parameter_names import parameter_name

LARGE = 0.25
"""Total index from which on a single parameter is said to matter."""
WHOLE = {OTHERS: "sensitivity.others", LUCK: "sensitivity.luck"}


def factor_name(factor: str, language: Language) -> str:
    """Return what a factor of the indices is called."""
    return say(WHOLE[factor], language) if factor in WHOLE else parameter_name(factor, language)


def index_bars(rests: Experiment, found: Indices, language: Language) -> Figure:
    """Draw a chart for each count, with a bar for each factor.

    Args:
        rests: what the figure rests on.
        found: indices of the counts' values.
        language: of all labels.
    """
    single = [number for number, factor in enumerate(found.factors) if factor not in WHOLE]
    carried = (np.nan_to_num(found.total[:, single]) >= LARGE).any(axis=1).sum()
    heading = Heading(
        kicker(rests, language),
        say(
            "index_bars.title",
            language,
            counts=str(int(carried)),
            all=str(len(PLAN.counts)),
            part=percent(LARGE),
        ),
        say("index_bars.subtitle", language),
    )
    order = _order(found)
    bars = Bars(*(each[:, order] for each in found[2:]))
    below = notes(rests, ("index_bars.reading",), language, end=percent(END))
    names = [factor_name(found.factors[number], language) for number in order]
    return draw_bars(heading, below, names, bars, "index_bars.still", language)


def _order(found: Indices) -> list[int]:
    """Return the factors: single ones by their mean total index, then all others, then luck."""
    mean = np.nan_to_num(found.total).mean(axis=0)
    kind = [[*WHOLE].index(factor) + 1 if factor in WHOLE else 0 for factor in found.factors]
    return sorted(range(len(kind)), key=lambda number: (kind[number], -mean[number]))
