"""Does growth need money? ``python -m benchmarks.capital``.

Prints what must come out of capacity that costs money: who holds the money of rounds, whether fast
growers raised a round before their capacity stood, and what is left of growth without money.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.model.world.layout import COUNTS, DUE
from sim.model.world.setup import Setup
from sim.scenario import read_scenario
from sim.store.work import processors

SEED = 2022
SCENARIO = "as-written"
TOP = 0.01
"""Part of the rounds whose money is asked for."""
YEARS = 3
FAST = 1.2**YEARS
"""Growth of a fast grower: a fifth a year for three years (OECD and Eurostat 2007)."""
SMALLEST = 500.0
"""Capacity, 万元 a year, from which growth is counted."""
BEFORE = 24
"""Months before its growth in which a round counts as raised for it: those that a round buys."""
STARTS = (24, 36, 48, 60)
"""Months from which growth is looked at."""
NO_MONEY = {"hurdle": 1.0e9, "debt_limit": 0.0, "offer_part": 0.0}
"""What is set from a month on so that neither funds nor banks nor the public give anything."""
CUTS = {0: "from October 2022", 24: "from October 2024, when spare capacity of 2022 is used"}
"""Months from which nobody gives money, for three years."""

Floats = NDArray[np.float64]


class Life(NamedTuple):
    """What is seen of one replicate."""

    rounds: Floats
    """Amounts of all rounds, 万元."""
    fast: int
    """Fast growers, once for each three years in which they are."""
    raised: int
    """Of these with a round before half of the capacity that they added stood."""


def follow(setup: Setup, replicate: int) -> Life:
    """Live through one replicate month by month."""
    values, world = ensemble.begin(setup, SEED, replicate)
    record = parameters.as_record(values)
    counts, measures = setup.nothing_recorded()
    capacity: list[dict[int, float]] = []
    rounds: list[dict[int, float]] = []
    offers: list[set[int]] = []
    for month in range(DUE + 1):
        world = ensemble.advance(world, record, setup, month + 1, counts, measures)
        firms, deals = world.firms, world.deals
        living = firms[firms["alive"] == 1]
        capacity.append(dict(zip(living["id"].tolist(), living["capacity"].tolist(), strict=True)))
        rounds.append(rounds_of(firms, deals, month))
        public = (living["listed"] == 1) & (living["last_round"] == month)
        offers.append(set(living["id"][public].tolist()))
    fast = [
        raised_first(
            who, start, capacity, [set(r) | o for r, o in zip(rounds, offers, strict=True)]
        )
        for start in STARTS
        for who in fast_growers(capacity[start], capacity[start + 12 * YEARS])
    ]
    amounts = np.array([amount for each in rounds for amount in each.values()])
    return Life(amounts, len(fast), sum(fast))


def rounds_of(firms: Any, deals: Any, month: int) -> dict[int, float]:
    """Return what each firm raised this month, by identity."""
    mine = deals[(deals["month"] == month) & (deals["amount"] > 0.0) & (deals["alive"] == 1)]
    money = np.bincount(mine["firm"], mine["amount"], len(firms))
    with_money = np.flatnonzero(money)
    return dict(zip(firms["id"][with_money].tolist(), money[with_money].tolist(), strict=True))


def fast_growers(before: dict[int, float], after: dict[int, float]) -> Iterator[int]:
    """Yield the firms whose capacity grew fast."""
    for who, capacity in before.items():
        if capacity >= SMALLEST and after.get(who, 0.0) >= FAST * capacity:
            yield who


def raised_first(
    who: int, start: int, capacity: list[dict[int, float]], raised: list[set[int]]
) -> bool:
    """Return whether a firm raised equity before half of its growth in capacity stood."""
    grown = capacity[start][who], capacity[start + 12 * YEARS][who]
    half = next(
        month
        for month in range(start, start + 12 * YEARS + 1)
        if capacity[month].get(who, 0.0) >= sum(grown) / 2.0
    )
    return any(who in raised[month] for month in range(start - BEFORE, half + 1))


def share_of_top(rounds: Floats) -> float:
    """Return the share of all money that the largest rounds hold."""
    largest = np.sort(rounds)[::-1][: max(1, round(TOP * len(rounds)))]
    return float(largest.sum() / rounds.sum())


def growth(setup: Setup, replicate: int, cut: int, shut: bool) -> float:
    """Return the growth of output in three years from a month on, with money or without."""
    values, world = ensemble.begin(setup, SEED, replicate)
    counts, measures = setup.nothing_recorded()
    end = cut + 12 * YEARS
    world = ensemble.advance(world, parameters.as_record(values), setup, cut + 1, counts, measures)
    record = parameters.as_record({**values, **NO_MONEY} if shut else values)
    ensemble.advance(world, record, setup, end + 1, counts, measures)
    output = counts[:, COUNTS.index("output")]
    return float(output[end] / output[cut] - 1.0)


def growths(setup: Setup, cut: int, shut: bool, replicates: int) -> Floats:
    """Return that growth for each replicate."""
    with ThreadPoolExecutor(processors()) as pool:
        return np.array(list(pool.map(lambda k: growth(setup, k, cut, shut), range(replicates))))


def round_lines(setup: Setup, followed: int) -> Iterator[str]:
    """Yield what rounds and fast growers show."""
    with ThreadPoolExecutor(processors()) as pool:
        lives = list(pool.map(lambda k: follow(setup, k), range(followed)))
    held = np.quantile([share_of_top(each.rounds) for each in lives], (0.1, 0.5, 0.9))
    yield (
        f"| money in the largest 1 % of rounds | 25 to 40 % | {held[1]:.0%}"
        f" (80 %: {held[0]:.0%} to {held[2]:.0%}) |"
    )
    number, mean, middle = (
        np.median([float(of(each.rounds)) for each in lives]) for of in (len, np.mean, np.median)
    )
    yield (
        f"| rounds until the end; mean and median, 万元 |  | {number:.0f};"
        f" {mean:.0f} and {middle:.0f} |"
    )
    fast, raised = (sum(getattr(each, name) for each in lives) for name in ("fast", "raised"))
    yield (
        "| fast growers that raised equity before half of the capacity added stood | 80 % |"
        f" {raised / fast:.0%} of {fast / len(lives):.0f} |"
    )


def growth_lines(setup: Setup, replicates: int) -> Iterator[str]:
    """Yield what is left of growth without money."""
    for name, choice in (("", ()), (", where capacity is free", (("finance", "free"),))):
        chosen = setup._replace(variants=choice)
        for cut, when in CUTS.items():
            usual, without = (growths(chosen, cut, shut, replicates) for shut in (False, True))
            less = 100.0 * (usual - without)
            error = 1.96 * less.std() / np.sqrt(replicates)
            yield (
                f"| growth of output in three years {when}{name}; without money |"
                f" {'' if choice else '20 points less'} | {np.median(usual):.1%};"
                f" {np.median(without):.1%}, {less.mean():.1f} (± {error:.1f}) points less |"
            )


def capital_lines(followed: int, replicates: int) -> Iterator[str]:
    """Yield a table of what must come out, and what does."""
    setup = replace(read_scenario(SCENARIO), draws="prior").setup()
    ensemble.warm_up(setup, SEED)
    yield "| what | must be | found |"
    yield "| --- | --- | --- |"
    yield from round_lines(setup, followed)
    yield from growth_lines(setup, replicates)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--followed", type=int, default=64)
    parser.add_argument("--replicates", type=int, default=256)
    asked = parser.parse_args()
    print("\n".join(capital_lines(asked.followed, asked.replicates)))


if __name__ == "__main__":
    main()
