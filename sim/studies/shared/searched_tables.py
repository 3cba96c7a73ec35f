"""Columns of packages that were searched: what each is, costs, and was found to be worth."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.experiments.packages import LEVERS
from sim.experiments.search import Candidate, Searched
from sim.language import Text
from sim.plan import PLAN
from sim.spec.table import Column, Value, read
from sim.studies.shared.counts import NONE, likelihood
from sim.studies.shared.points import marked
from sim.text.catalogue import worded
from sim.text.numbers import percent

NAMES = {lever.id: lever.name for lever in PLAN.levers}


class Ranked(NamedTuple):
    """A candidate in one of the tables."""

    number: int
    name: Text
    candidate: Candidate
    given: bool = False
    """It is the package that the search started from."""


def columns_of(searched: Searched) -> list[Column[Ranked]]:
    """Return the columns of every package: what it is, costs, and was found to be worth."""
    seen = [_seen(searched, at) for at in range(len(searched.goals))]
    return [
        Column(
            ("rank",), lambda row: (row.number,), worded("search.package"),
            lambda row: row.name, number=False,
        ),
        Column(
            ("cost",), lambda row: (row.candidate.package.cost,), worded("search.cost"),
            lambda row: f"{row.candidate.package.cost:.0f}",
        ),
        *seen,
        Column([f"{lever}.dose" for lever in LEVERS], lambda row: row.candidate.package.doses),
        Column([f"{lever}.start" for lever in LEVERS], lambda row: row.candidate.package.starts),
    ]  # fmt: skip


def _field(searched: Searched, name: str, at: int) -> str:
    """Return a field's name: with the goal's where there are several."""
    return name if len(searched.goals) == 1 else f"{name}_{searched.goals[at].id}"


def _head(searched: Searched, key: str, at: int) -> Text:
    what = worded(f"search.{key}")
    if len(searched.goals) == 1:
        return what
    return worded("search.of_goal", goal=searched.goals[at].name, what=what)


def _seen(searched: Searched, at: int) -> Column[Ranked]:
    return Column(
        (_field(searched, "likelihood_found", at),),
        lambda row: (row.candidate.found[at],),
        _head(searched, "seen", at),
        lambda row: percent(row.candidate.found[at]),
        at,
    )


def run_anew(searched: Searched) -> Iterator[Column[Ranked]]:
    """Yield the columns of what was run anew: likelihoods, gains, and regret over draws."""
    for at in range(len(searched.goals)):
        yield from _of_goal(searched, at)
    yield Column(
        ("regret", "regret_90", "near"), _stands, worded("search.regret"),
        lambda row: _regret(row.candidate), len(searched.goals),
    )  # fmt: skip
    over: Column[Ranked] = Column(
        ("regret_worst", "near_forms", "holds", "forms"), _over, worded("search.over"),
        lambda row: _over_shown(row.candidate), len(searched.goals),
    )  # fmt: skip
    yield over if searched.base.across is not None else over._replace(shown=None)


def _of_goal(searched: Searched, at: int) -> Iterator[Column[Ranked]]:
    fields = [_field(searched, name, at) for name in ("likelihood", "low", "high")]
    yield Column(
        fields, lambda row: row.candidate.fresh[at], _head(searched, "fresh", at),
        lambda row: likelihood(row.candidate.fresh[at]), at, share=1.5,
    )  # fmt: skip
    names = ("gain", "gain_low", "gain_high", "told_apart")
    yield Column(
        [_field(searched, name, at) for name in names],
        lambda row: _gain(row, at),
        _head(searched, "gain", at),
        lambda row: _gain_shown(row, at),
        at,
        share=1.8,
        quiet=lambda row: not row.given and row.candidate.gains[at].tie,
    )


def _gain(row: Ranked, at: int) -> tuple[Value, ...]:
    """Return a gain as files hold it: nothing for the package given."""
    if row.given:
        return (None,) * 4
    gain = row.candidate.gains[at]
    return (*gain[:3], not gain.tie)


def _gain_shown(row: Ranked, at: int) -> Text | str:
    return NONE if row.given else marked(row.candidate.gains[at])


def _stands(row: Ranked) -> tuple[Value, ...]:
    return tuple(row.candidate.robust or (None,) * 3)


def _regret(candidate: Candidate) -> str:
    found = candidate.robust
    assert found is not None
    return f"{100 * found.regret:.1f} ({100 * found.regret_90:.1f})"


def _over(row: Ranked) -> tuple[Value, ...]:
    return tuple(row.candidate.across or (None,) * 4)


def _over_shown(candidate: Candidate) -> str:
    found = candidate.across
    assert found is not None
    return f"{100 * found.worst:.1f} · {percent(found.near)} · {found.holds} / {found.forms}"


Lever = tuple[str, float, str]
"""A plan or safeguard of a package, its dose and its start."""


def levers(candidate: Candidate) -> list[Lever]:
    """Return what a package has of each plan and safeguard, a row each."""
    return list(zip(LEVERS, candidate.package.doses, candidate.package.starts, strict=True))


BEST: Sequence[Column[Lever]] = (
    read(worded("search.lever"), lambda row: NAMES[row[0]], share=2.0, number=False),
    read(worded("search.dose"), lambda row: f"{row[1]:.2f}"),
    read(worded("search.start"), lambda row: row[2] if row[1] > 0 else NONE),
)
