"""What runs are told of the past, and what is said of that."""

from collections.abc import Iterator, Sequence

from sim.ensemble import tries_of
from sim.language import Text
from sim.scenario import Scenario, as_known_in, knowing_nothing
from sim.scenario.facts import month_after
from sim.scenario.past import same_past
from sim.spec.findings import Part, Sentence
from sim.store.fill import Ensemble
from sim.text.catalogue import worded

LEAST = 0.2
"""Share of trajectories that agree with facts below which facts and model are at odds."""


def known_facts(as_of: str, dates: Sequence[str]) -> Text:
    """Return how many facts are known up to a month."""
    known = sum(date <= as_of for date in dates)
    return worded("run.one_fact" if known == 1 else "run.facts", number=known)


def kept_of(found: Ensemble) -> float:
    """Return the share of the trajectories tried that agree with what is known."""
    setup = found.scenario.setup()
    if not setup.observed:
        return 1.0
    tries = [tries_of(setup, number, draw) for number, draw in enumerate(found.draws.tolist())]
    return len(tries) / sum(tries)


def few_agree(share: float) -> Iterator[Text]:
    """Yield, if it is so, that few trajectories agree with the facts."""
    if share < LEAST:
        yield worded("run.few_agree", least=f"{LEAST:.0%}")


def known_until(scenario: Scenario, month: str | None) -> tuple[Scenario, str | None]:
    """Return a scenario given what had happened by a month, and the first month after that.

    Args:
        scenario: what is done.
        month: as `as_known_in` takes it; None: the scenario stays as it is, and there is no month.

    Raises:
        Problem: it is no month of a run, or the table of facts cannot be used.
    """
    if month is None:
        return scenario, None
    known = as_known_in(scenario, month)
    return known, month_after(str(known.as_of))


def with_one_past(packages: list[Scenario]) -> tuple[list[Scenario], str | None]:
    """Return packages that facts fit alike, and the month up to which they no longer know any.

    What happened, happened under one policy. Where packages differ up to the month up to which
    facts are known, these hold for one of them at most, and are left out for all.
    """
    first, *others = packages
    if first.as_of is None or any(each.as_of != first.as_of for each in others):
        return packages, None
    if all(same_past(first, each, first.as_of) for each in others):
        return packages, None
    return [knowing_nothing(each) for each in packages], first.as_of


def told_of_past(first: Scenario, forgotten: str | None, kept: float) -> Iterator[Part]:
    """Yield up to when facts are known to all packages, or that they are not, and why.

    Args:
        first: one of the packages.
        forgotten: the month up to which they were to be known and are not.
        kept: share of pairs that have the same luck in both packages.
    """
    if forgotten is not None:
        yield Sentence(worded("compare.without_facts", as_of=forgotten), "warning")
    if first.as_of is None:
        return
    facts = known_facts(first.as_of, [fact.date for fact in first.facts])
    yield Sentence(
        worded("compare.given", as_of=first.as_of, facts=facts, kept=f"{kept:.0%}"), "note"
    )
    yield from (Sentence(each, "warning") for each in few_agree(kept))
