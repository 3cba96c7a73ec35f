"""The setting of an instrument: its dose in every month, and where it applies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.calendar import month_index
from sim.plan import PLAN


@dataclass(frozen=True)
class Setting:
    """How one instrument is used."""

    on: bool
    dose: float
    """Strength: 1 is as written in the plan."""
    start: str
    """First month (``YYYY-MM``) in which the instrument acts."""
    end: str | None
    """First month in which it no longer acts; None: it never ends."""
    ramp_months: int
    """Months until the dose is full."""
    districts: tuple[str, ...] | None
    """Ids of the districts it applies to; None: the whole city."""
    clusters: tuple[str, ...] | None
    """Ids of the clusters it applies to; None: all of them."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def dose_by_month(setting: Setting, months: int) -> NDArray[np.float64]:
    """Return the dose of an instrument in each month from October 2022 on, shape (months,).

    It is 0 while the instrument is off, before its start, and from its end on. From the start it
    rises in equal steps: with a ramp of n months the k-th month has k/n of the dose, so that the
    n-th month and all later ones have the whole of it. Without a ramp the first month has it all.
    """
    dose = np.zeros(months)
    if not setting.on:
        return dose
    start = month_index(setting.start)
    end = months if setting.end is None else min(month_index(setting.end), months)
    nth = np.arange(1, end - start + 1)
    dose[start:end] = setting.dose * np.minimum(1.0, nth / max(setting.ramp_months, 1))
    return dose


def reach(setting: Setting) -> NDArray[np.float64]:
    """Return where an instrument applies: 1 there, else 0; shape (clusters, districts)."""
    clusters = _chosen(setting.clusters, PLAN.clusters)
    districts = _chosen(setting.districts, PLAN.districts)
    return np.outer(clusters, districts)


def _chosen(ids: Sequence[str] | None, entries: Sequence[_Named]) -> NDArray[np.float64]:
    """Return 1 for each entry that is among the ids (None: all of them), else 0."""
    return np.array([ids is None or entry.id in ids for entry in entries], dtype=np.float64)
