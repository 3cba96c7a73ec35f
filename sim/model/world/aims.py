"""What the city's office aims at: targets of counts that programmes are counted in, and their date.

They come from the pack, and a run's setup may have others. Without a target, or with 0, a count is
none that the office pursues.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.indicators import INDICATORS
from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world.layout import DUE
from sim.plan import PLAN


class Aim(NamedTuple):
    """A count that the office can bring nearer to its target by naming programmes."""

    column: int
    """Number of the count."""
    target: float
    kinds: tuple[int, ...]
    """Kinds of programme that it counts."""
    due: int = DUE
    """Month at whose end it is to be reached."""


def _aims() -> tuple[Aim, ...]:
    kinds = [INDICATORS[count.measure].programmes for count in PLAN.counts]
    return tuple(
        Aim(number, float(count.target), tuple(map(PROGRAMME_KINDS.index, its)))
        for number, (count, its) in enumerate(zip(PLAN.counts, kinds, strict=True))
        if its
    )


AIMS: Final = _aims()
"""What the plan of the pack aims at."""


def set_aims(city: NDArray[np.void], aims: tuple[Aim, ...] = AIMS) -> None:
    """Write what the office aims at into the city's row."""
    city["target"] = city["pursued"] = city["due"] = 0
    for aim in aims:
        city["target"][:, aim.column] = aim.target
        city["due"][:, aim.column] = aim.due
        city["pursued"][:, aim.column, list(aim.kinds)] = 1
