"""Every pattern of ``bands.csv`` as a function of one world's panel."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple

from sim.evidence.patterns import bunching, concentration, contagion, funding, growth, tails
from sim.evidence.patterns import lifetimes as life
from sim.evidence.patterns.estimate import Estimate
from sim.evidence.patterns.panel import Floats, Panel
from sim.plan import PLAN

TOP = 0.022
"""Share of US rounds of 2019 that were of 100 million dollars or more."""
BOTTOM = 0.42
"""Share of US rounds of 2019 that were angel or seed rounds."""
GENE_THERAPY = [track.id for track in PLAN.tracks].index("gene_cell_therapy")
FIVE = 5


class World(NamedTuple):
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


def world_of(panel: Panel) -> World:
    """Return a panel with what several patterns share."""
    last = panel.years.year == panel.years.year.max()
    return World(
        panel,
        tails.largest(panel.years.sales[last]),
        growth.growth(panel.years),
        *concentration.of_panel(panel),
    )


def _survival(years: int, world: World) -> Estimate:
    return life.survival(world.panel.start_ups, years)


def _product_by(track: int, years: int, world: World) -> Estimate:
    return life.share_with_product(world.panel.start_ups, track, years)


MEASURES: Final[Mapping[str, Callable[[World], Estimate]]] = {
    "size_hill": lambda world: tails.hill(world.tail),
    "size_rank": lambda world: tails.rank_half(world.tail),
    "growth_shape": lambda world: growth.shape(world.growth),
    "growth_spread": lambda world: growth.spread_slope(world.growth),
    "survival_1": partial(_survival, 1),
    "survival_3": partial(_survival, 3),
    "survival_5": partial(_survival, 5),
    "survival_7": partial(_survival, 7),
    "deadliest_year": lambda world: life.most_dangerous(world.panel.start_ups),
    "gathered_staff": lambda world: concentration.share_gathered(world.gathered),
    "gathered_firms": lambda world: concentration.share_gathered(world.gathered_alike),
    "moran": lambda world: world.moran,
    "contagion": lambda world: contagion.contagion(world.panel.places),
    "funding_top": lambda world: funding.held_by_largest(world.panel.rounds, TOP),
    "funding_bottom": lambda world: funding.held_by_smallest(world.panel.rounds, BOTTOM),
    "product_typical": lambda world: life.typical_years_to_product(world.panel.start_ups),
    "product_gene": partial(_product_by, GENE_THERAPY, FIVE),
    "bunching": lambda world: bunching.excess(world.panel.filings),
    "bunching_real": lambda world: bunching.excess_of_real(world.panel.filings),
    "relabelled": lambda world: bunching.relabelled(world.panel.filings),
}
"""How each pattern is measured."""

TRACK_MEASURES: Final[Mapping[str, Callable[[World], Floats]]] = {
    "gamma_staff": lambda world: world.gathered.gamma,
    "gamma_staff_chance": lambda world: world.gathered.chance,
    "gamma_firms": lambda world: world.gathered_alike.gamma,
    "gamma_firms_chance": lambda world: world.gathered_alike.chance,
    "years_to_product": lambda world: life.years_to_product(world.panel.start_ups),
}
"""What is told track by track, each of shape (tracks,); chance is 95 % of random locations."""
