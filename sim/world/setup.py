"""What a run needs to know about policy: numbers only, no scenario files."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Setup(NamedTuple):
    """Policy and horizon of a run, the same for all its replicates."""

    months: int
    """Months to simulate from October 2022 on (99 reaches December 2030)."""
    dose: NDArray[np.float64]
    """Shape (months, instruments): dose in each month, 0 before the start, 1 is as written."""
    reach: NDArray[np.float64]
    """Shape (instruments, clusters, districts): 1 where the instrument applies, else 0."""
    tolerance: float
    """How far below a target still counts as 左右 (about), as a share."""
    overrides: tuple[tuple[str, float], ...] = ()
    """Parameters fixed by the scenario: (name, value), instead of a draw from the prior."""
    multipliers: tuple[tuple[str, float], ...] = ()
    """Parameters whose draws the scenario multiplies: (name, factor)."""
