"""Every pattern of ``bands.csv`` as a function of one replicate's panel."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple

from sim.evidence.patterns import bunching, concentration, contagion, funding, growth, tails
from sim.evidence.patterns import lifetimes as life
from sim.evidence.patterns.bands import TABLE, Pattern
from sim.evidence.patterns.estimate import Estimate
from sim.evidence.patterns.panel import Floats, Panel
from sim.plan import PLAN
from sim.problems import Problem
from sim.text.catalogue import worded

TOP = 0.022
"""Share of US rounds of 2019 that were of 100 million dollars or more."""
BOTTOM = 0.42
"""Share of US rounds of 2019 that were angel or seed rounds."""
FIVE = 5


class Portrait(NamedTuple):
    """A panel, and what several patterns are read off."""

    panel: Panel
    tail: Floats
    """Largest firms' sales in the last whole year, falling."""
    growth: growth.Growth
    gathered: concentration.Gathered
    """By staff."""
    gathered_alike: concentration.Gathered
    """With every firm alike."""
    moran: Estimate


def portrait_of(panel: Panel) -> Portrait:
    """Return a panel with what several patterns share."""
    last = panel.years.year == panel.years.year.max()
    return Portrait(
        panel,
        tails.largest(panel.years.sales[last]),
        growth.growth(panel.years),
        *concentration.of_panel(panel),
    )


def _survival(years: int, seen: Portrait) -> Estimate:
    return life.survival(seen.panel.start_ups, years)


def _product_by(track: str, years: int, seen: Portrait) -> Estimate:
    number = [entry.id for entry in PLAN.tracks].index(track)
    return life.share_with_product(seen.panel.start_ups, number, years)


MEASURES: Final[Mapping[str, Callable[[Portrait], Estimate]]] = {
    "size_hill": lambda seen: tails.hill(seen.tail),
    "size_rank": lambda seen: tails.rank_half(seen.tail),
    "growth_shape": lambda seen: growth.shape(seen.growth),
    "growth_spread": lambda seen: growth.spread_slope(seen.growth),
    "survival_1": partial(_survival, 1),
    "survival_3": partial(_survival, 3),
    "survival_5": partial(_survival, 5),
    "survival_7": partial(_survival, 7),
    "deadliest_year": lambda seen: life.most_dangerous(seen.panel.start_ups),
    "gathered_staff": lambda seen: concentration.share_gathered(seen.gathered),
    "gathered_firms": lambda seen: concentration.share_gathered(seen.gathered_alike),
    "moran": lambda seen: seen.moran,
    "contagion": lambda seen: contagion.contagion(seen.panel.places),
    "funding_top": lambda seen: funding.held_by_largest(seen.panel.rounds, TOP),
    "funding_bottom": lambda seen: funding.held_by_smallest(seen.panel.rounds, BOTTOM),
    "product_typical": lambda seen: life.typical_years_to_product(seen.panel.start_ups),
    "bunching": lambda seen: bunching.excess(seen.panel.filings),
    "bunching_real": lambda seen: bunching.excess_of_real(seen.panel.filings),
    "relabelled": lambda seen: bunching.relabelled(seen.panel.filings),
}
"""How each pattern is measured, but those of one track."""


def measured(pattern: Pattern, seen: Portrait) -> Estimate:
    """Return what a pattern is in a portrait.

    Raises:
        Problem: nothing measures it.
    """
    if pattern.track:
        return _product_by(pattern.track, FIVE, seen)
    if pattern.id not in MEASURES:
        listed = ", ".join(MEASURES)
        raise Problem(TABLE, pattern.id, pattern.id, worded("expected.one_of", names=listed))
    return MEASURES[pattern.id](seen)


TRACK_MEASURES: Final[Mapping[str, Callable[[Portrait], Floats]]] = {
    "gamma_staff": lambda seen: seen.gathered.gamma,
    "gamma_staff_chance": lambda seen: seen.gathered.chance,
    "gamma_firms": lambda seen: seen.gathered_alike.gamma,
    "gamma_firms_chance": lambda seen: seen.gathered_alike.chance,
    "years_to_product": lambda seen: life.years_to_product(seen.panel.start_ups),
}
"""What is told track by track, each of shape (tracks,); chance is 95 % of random locations."""
