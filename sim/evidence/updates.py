"""How each likelihood moved as facts and observations came in."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.csv_files import table
from sim.estimate import Summary, outcomes, summarise_outcomes
from sim.model.world.layout import DUE
from sim.scenario import Scenario, as_known_in, drawn_from, knowing_nothing, read_facts
from sim.scenario.posterior import PRIOR, fit_dates
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where


class Dated(NamedTuple):
    """A scenario given what was known at a date."""

    as_of: str | None
    """Month (``YYYY-MM``); None: nothing, parameters come from the prior."""
    scenario: Scenario


class Update(NamedTuple):
    """What was likely given what was known at a date."""

    as_of: str | None
    summary: Summary


def as_facts_came(scenario: Scenario) -> list[Dated]:
    """Return the scenario knowing nothing, and then as of each date at which something was learnt.

    Raises:
        Problem: the table of facts, or the posterior, cannot be used.
    """
    unknowing = drawn_from(knowing_nothing(scenario), PRIOR)
    fitted = () if scenario.draws == PRIOR else fit_dates()
    dates = {fact.date for fact in read_facts()} | set(fitted)
    known = [Dated(date, as_known_in(scenario, date)) for date in sorted(dates)]
    return [Dated(None, unknowing), *known]


def updates(
    dated: Sequence[Dated],
    sample: Sample,
    store: Store,
    where: Where,
    watch: Watcher | None = None,
) -> list[Update]:
    """Run the scenario as of each date, with the same luck, and summarise what was likely.

    Raises:
        Problem: the store or the cluster cannot be used, or facts rule out what the model does.
    """
    fill([each.scenario for each in dated], sample, store, where, watch)
    return [Update(each.as_of, _summary(each.scenario, sample, store)) for each in dated]


def _summary(scenario: Scenario, sample: Sample, store: Store) -> Summary:
    found = load(scenario, sample, store)
    return summarise_outcomes(
        outcomes(found.counts, DUE, scenario.readings),
        found.draws,
        DUE,
        scenario.tolerance,
        sequential=False,
        readings=scenario.readings,
    )


def files_of(found: Sequence[Update]) -> list[tuple[str, str]]:
    """Return name and text of the file that says what was likely at each date."""
    heads = ("as_of", "count", "likelihood", "low", "high", "median")
    return [("facts.csv", table(heads, (row for each in found for row in _rows(each))))]


def _rows(each: Update) -> Iterator[list[object]]:
    """Yield what was likely of each count at a date, and of all together."""
    for count in each.summary.counts:
        numbers = (*count.likelihood, count.median)
        yield [each.as_of, count.id, *(round(value, 6) for value in numbers)]
    yield [each.as_of, "all", *(round(value, 6) for value in each.summary.joint), None]
