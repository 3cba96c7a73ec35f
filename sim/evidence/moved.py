"""How each likelihood moved as facts and observations came in."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sim.estimate import Summary, outcomes, summarise_outcomes
from sim.experiments.fill import Sample, Watcher, fill, load
from sim.experiments.store import Store
from sim.experiments.work import Where
from sim.scenario import Scenario, as_known_in, drawn_from, read_facts
from sim.scenario.posterior import PRIOR, fit_dates
from sim.world.layout import END_OF_2030


class Dated(NamedTuple):
    """A scenario given what was known at a date."""

    as_of: str | None
    """Month (``YYYY-MM``); None: nothing, parameters come from the prior."""
    scenario: Scenario


class Moved(NamedTuple):
    """What was likely given what was known at a date."""

    as_of: str | None
    summary: Summary


def as_facts_came(scenario: Scenario) -> list[Dated]:
    """Return the scenario knowing nothing, and then as of each date at which something was learnt.

    Raises:
        Problem: the table of facts, or the posterior, cannot be used.
    """
    unknowing = drawn_from(replace(scenario, as_of=None, facts=()), PRIOR)
    dates = {fact.date for fact in read_facts()} | set(fit_dates())
    known = [Dated(date, as_known_in(scenario, date)) for date in sorted(dates)]
    return [Dated(None, unknowing), *known]


def moved(
    dated: Sequence[Dated],
    sample: Sample,
    store: Store,
    where: Where,
    watch: Watcher | None = None,
) -> list[Moved]:
    """Run the scenario as of each date, with the same luck, and summarise what was likely.

    Raises:
        Problem: the store or the cluster cannot be used, or facts rule out what the model does.
    """
    fill([each.scenario for each in dated], sample, store, where, watch)
    return [Moved(each.as_of, _summary(each.scenario, sample, store)) for each in dated]


def _summary(scenario: Scenario, sample: Sample, store: Store) -> Summary:
    found = load(scenario, sample, store)
    return summarise_outcomes(
        outcomes(found.counts, END_OF_2030, scenario.readings),
        found.draws,
        END_OF_2030,
        scenario.tolerance,
        sequential=False,
        readings=scenario.readings,
    )


def files_of(found: Sequence[Moved]) -> list[tuple[str, str]]:
    """Return name and text of the file that says what was likely at each date."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["as_of", "count", "likelihood", "low", "high", "median"])
    for each in found:
        for count in each.summary.counts:
            likely = count.likelihood
            row = [likely.value, likely.low, likely.high, count.median]
            table.writerow([each.as_of or "", count.id, *(round(value, 6) for value in row)])
        joint = each.summary.joint
        row = [joint.value, joint.low, joint.high]
        table.writerow([each.as_of or "", "all", *(round(value, 6) for value in row), ""])
    return [("facts.csv", text.getvalue())]
