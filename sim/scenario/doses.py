"""The setting of an instrument: its dose in every month, and where it applies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from sim.calendar import month_index
from sim.model.world.place import whole
from sim.plan import PLAN


class Step(NamedTuple):
    """A dose that holds from a month on."""

    start: str
    dose: float


@dataclass(frozen=True)
class Setting:
    """How one instrument is used."""

    on: bool
    dose: float
    """Strength from the start on: 1 is as written in the plan."""
    start: str
    """First month (``YYYY-MM``) in which the instrument acts."""
    end: str | None
    """First month in which it no longer acts; None: it never ends."""
    ramp_months: int
    """Months until the dose is full."""
    districts: tuple[str, ...] | None
    """Ids of the districts and zones it applies to; None: the whole city."""
    clusters: tuple[str, ...] | None
    """Ids of the clusters and tracks it applies to; None: all of them."""
    later: tuple[Step, ...] = ()
    """Doses that take its place from later months on, in their order."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return all doses in their order, that of the start first."""
        return (Step(self.start, self.dose), *self.later)

    @property
    def greatest(self) -> float:
        """Return the greatest of the doses."""
        return max(step.dose for step in self.steps)

    def scaled(self, factor: float) -> Self:
        """Return the setting with all doses multiplied."""
        later = tuple(step._replace(dose=step.dose * factor) for step in self.later)
        return replace(self, dose=self.dose * factor, later=later)

    def starting(self, start: str) -> Self:
        """Return the setting with another start: the dose there is the one that holds by then."""
        over = [step for step in self.later if step.start <= start]
        dose = over[-1].dose if over else self.dose
        return replace(self, start=start, dose=dose, later=self.later[len(over) :])


def plain_steps(steps: Sequence[Step]) -> list[dict[str, object]]:
    """Return doses as a scenario file says them."""
    return [{"from": step.start, "value": step.dose} for step in steps]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def dose_by_month(setting: Setting, months: int) -> NDArray[np.float64]:
    """Return the dose of an instrument in each month from October 2022 on, shape (months,).

    It is 0 while the instrument is off, before its start, and from its end on. From the start it
    rises in equal steps: with a ramp of n months the k-th month has k/n of the dose, so that the
    n-th month and all later ones have the whole of it. Without a ramp the first month has it all.
    A later dose is reached in the same way, from what the month before it had.
    """
    dose = np.zeros(months)
    if not setting.on:
        return dose
    end = months if setting.end is None else min(month_index(setting.end), months)
    for step in setting.steps:
        start = month_index(step.start)
        if start >= end:
            break
        before = dose[start - 1] if start else 0.0
        nth = np.arange(1, end - start + 1)
        risen = np.minimum(1.0, nth / max(setting.ramp_months, 1))
        rising = before + (step.dose - before) * risen
        dose[start:end] = np.where(risen < 1.0, rising, step.dose)
    return dose


def reach(setting: Setting) -> NDArray[np.float64]:
    """Return where an instrument applies, shape (branches, places).

    That is 1 or 0 for tracks, zones and what of districts lies outside them; of a cluster or a
    district the part of it, by its tracks or by its land.
    """
    clusters = [entry.cluster for entry in PLAN.tracks]
    tracks = _chosen(setting.clusters, PLAN.tracks, clusters)
    by_cluster = [tracks[np.equal(clusters, entry.id)].mean() for entry in PLAN.clusters]
    outside = _chosen(setting.districts, PLAN.districts, [entry.id for entry in PLAN.districts])
    zones = _chosen(setting.districts, PLAN.zones, [entry.district for entry in PLAN.zones])
    return np.outer([*by_cluster, *tracks], whole(np.array([*outside, *zones])))


def _chosen(
    ids: Sequence[str] | None, entries: Sequence[_Named], wholes: Sequence[str]
) -> NDArray[np.float64]:
    """Return 1 for each entry that is chosen (None: all are), by itself or with its whole."""
    chosen = [
        ids is None or entry.id in ids or own in ids
        for entry, own in zip(entries, wholes, strict=True)
    ]
    return np.array(chosen, dtype=np.float64)
