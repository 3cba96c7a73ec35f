"""How late a plan may start before a count's likelihood falls below a level."""

from dataclasses import replace
from typing import NamedTuple

from sim.calendar import month_label
from sim.estimate import Interval
from sim.estimate.deadline import Deadline, Verdict, deadline, verdict
from sim.estimate.paired import Difference
from sim.experiments.fill import Sample, Watcher, fill, load
from sim.experiments.reached import COLUMNS, differences, reached
from sim.experiments.search import likelihood
from sim.experiments.store import Store
from sim.experiments.work import Where
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario
from sim.world.layout import DUE

STEP = 6
"""Months between the starts that are tried."""
LAST = DUE - 23
"""Month number of the last of them, a January, two years before the counts are due."""


class Late(NamedTuple):
    """What later starts of one plan or safeguard do to a count's likelihood."""

    lever: str
    count_id: str
    level: float
    starts: tuple[str, ...]
    likelihoods: tuple[Interval, ...]
    changes: tuple[Difference, ...]
    """Of each start's likelihood to that of the first, pair by pair."""
    found: Deadline

    @property
    def verdict(self) -> Verdict:
        """Return what the starts come to: only one kind of answer is a deadline."""
        return verdict(self.found, len(self.starts), self.changes[-1])

    @property
    def latest(self) -> str | None:
        """Return the deadline; None if there is none to tell."""
        return self.starts[self.found.latest] if self.verdict == "deadline" else None

    @property
    def bounds(self) -> tuple[str | None, str | None]:
        """Return between which starts the deadline lies by the ends of the intervals.

        The first is None where it may be that no start is early enough, the second where the last
        that was tried may be; both are None where there is no deadline to tell.
        """
        if self.verdict != "deadline":
            return None, None
        first, last = self.found.earliest_bound, self.found.latest_bound
        open_ended = last == len(self.starts) - 1
        return self.starts[first] if first >= 0 else None, None if open_ended else self.starts[last]


def starts() -> tuple[str, ...]:
    """Return the starts that are tried, from the first month on."""
    return tuple(month_label(month) for month in (0, *range(3, LAST + 1, STEP)))


def started(base: Scenario, lever: str, start: str) -> Scenario:
    """Return a scenario in which a lever that is on starts in another month.

    What ends in the base scenario still ends then; what would end before it starts does nothing.

    Raises:
        Problem: no instrument of the lever is on, so that its start would change nothing.
    """
    own = next(entry.instruments for entry in PLAN.levers if entry.id == lever)
    if not any(base.settings[instrument.id].on for instrument in own):
        expected = Text("a lever that the scenario has on", "情景中已启用的杠杆")
        raise Problem(base.id, lever, "on = false", expected)
    settings = dict(base.settings)
    for instrument in own:
        setting = settings[instrument.id]
        over = setting.end is not None and setting.end <= start
        settings[instrument.id] = replace(
            setting,
            on=setting.on and not over,
            start=setting.start if over else start,
        )
    return replace(base, id=f"{base.id}-{lever}-{start}", file=None, settings=settings)


def late(
    base: Scenario,
    lever: str,
    count: str,
    level: float,
    sample: Sample,
    store: Store,
    where: Where,
    watch: Watcher | None = None,
) -> Late:
    """Try later and later starts of a lever, all else as in the base scenario.

    Args:
        base: scenario with the lever on.
        lever: id of a plan or safeguard.
        count: id of a count, or ``all``.
        level: likelihood that is asked for, a fraction.
        sample: seed and replicates.
        store: where replicates are kept.
        where: where they are run.
        watch: called as replicates come in.

    Raises:
        Problem: the lever is off, or the store or the cluster cannot be used.
    """
    tried = [started(base, lever, start) for start in starts()]
    fill(tried, sample, store, where, watch)
    column = COLUMNS.index(count)
    first = load(tried[0], sample, store)
    found, changes = [], []
    for each in tried:
        ensemble = load(each, sample, store)
        found.append(likelihood(ensemble, count))
        changes.append(differences(reached(first), reached(ensemble))[column])
    latest = deadline(found, level)
    return Late(lever, count, level, starts(), tuple(found), tuple(changes), latest)
