"""The numbers that the figures of an experiment show, as CSV, each alone and under its names."""

from collections.abc import Sequence
from functools import partial

from sim.app.pictures import Drawing
from sim.csv_files import table
from sim.estimate.effects import Effect
from sim.experiments.compare import Comparison
from sim.experiments.effect_rows import columns, names_of
from sim.plan import PLAN
from sim.views.figures import Named

MAP, EFFECTS = "difference_map_", "effects_"
"""How stems of figures of one package begin; its number follows, of maps after the measure."""
ALL = "all"


def of_differences(found: Sequence[Comparison]) -> str:
    """Return how every package differs from the first in every likelihood, and in all together."""
    head = ("first", "second", "count", "likelihood_first", "likelihood_second")
    return table(
        (*head, "difference", "low", "high", "told_apart"),
        (
            [each.first.id, each.second.id, count, *levels, change.value, change.low, change.high,
             not change.tie]
            for each in found
            for count, levels, change in [
                *((one.id, (one.first, one.second), one.likelihood) for one in each.counts),
                (ALL, each.joint_likelihoods, each.joint),
            ]
        ),
    )  # fmt: skip


def of_effects(found: Comparison) -> str:
    """Return what a package does to every count, pair by pair."""
    return table(
        ("first", "second", "count", *names_of(Effect), "count_told_apart"),
        (
            [found.first.id, found.second.id, each.id, *columns("", each.effect).values(),
             each.effect.told_apart]
            for each in found.counts
        ),
    )  # fmt: skip


def of_map(found: Comparison, quantity: str) -> str:
    """Return how a package differs from the first in a measure, district by district."""
    districts = {district.id for district in PLAN.districts}
    return table(
        ("first", "second", "quantity", "district", "difference", "low", "high", "told_apart"),
        (
            [found.first.id, found.second.id, *area, not area.tie]
            for area in found.areas
            if area.quantity == quantity and area.area in districts
        ),
    )


def drawings_of(figures: Sequence[Named], found: Sequence[Comparison]) -> list[Drawing]:
    """Return the figures of a comparison with their numbers: differences, effects, maps."""
    drawings = []
    for figure in figures:
        numbers = partial(of_differences, found)
        if figure.stem.startswith(EFFECTS):
            numbers = partial(of_effects, found[int(figure.stem.removeprefix(EFFECTS)) - 2])
        elif figure.stem.startswith(MAP):
            quantity, _, number = figure.stem.removeprefix(MAP).rpartition("_")
            numbers = partial(of_map, found[int(number) - 2], quantity)
        drawings.append(Drawing(figure, numbers))
    return drawings
