"""Do people and money bind as they should? ``python -m benchmarks.binding``.

Prints, for the plan as written, what must come out of posts, pay and money, each measured on
trajectories of its own or on pairs of them: same seed, same replicates, one thing changed.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.model.world.layout import COUNTS, DUE, measure
from sim.model.world.setup import Setup
from sim.scenario import read_scenario
from sim.store.work import processors

SEED = 2022
SCENARIO = "as-written"
SIZES = (0.0, 2_000.0, 30_000.0, np.inf)
"""Sales, 万元 a year, between which firms are small, medium and large."""
BANDS = ("small", "medium", "large")
LOOKED_AT = {2: "December 2022", 26: "December 2024", DUE: "the end"}
"""Months whose firms are looked at."""
DEARER = 1.1
"""What a core talent costs against before, in the comparison of dearer people."""
TOP = 0.01
"""Part of the rounds whose money is asked for."""

Floats = NDArray[np.float64]


class Life(NamedTuple):
    """What is seen of one replicate."""

    posts: Floats
    """Shape (months looked at, sizes, 2): posts that are filled, and posts."""
    research: Floats
    """Shape (months looked at, sizes, 2): real R&D and sales."""
    rounds: Floats
    """Amounts of all rounds, 万元."""
    lost: int
    """Rounds in the month in which the firm became insolvent."""


def looked_at(firms: Any) -> tuple[Floats, Floats]:
    """Return posts and research by size of firm."""
    place = np.searchsorted(SIZES, firms["sales"], "right") - 1
    filled = np.minimum(firms["talents"], firms["wanted"])

    def by_size(*columns: Any) -> Floats:
        return np.array([[column[place == k].sum() for column in columns] for k in range(3)])

    posts = by_size(filled, firms["wanted"])
    return posts, by_size(firms["real_rd"], firms["sales"])


def follow(setup: Setup, replicate: int) -> Life:
    """Live through one replicate month by month."""
    values, world = ensemble.begin(setup, SEED, replicate)
    record = parameters.as_record(values)
    counts, measures = setup.nothing_recorded()
    seen, amounts, lost = [], [], 0
    for month in range(DUE + 1):
        world = ensemble.advance(world, record, setup, month + 1, counts, measures)
        firms, deals = world.firms, world.deals
        mine = deals[(deals["month"] == month) & (deals["amount"] > 0.0)]
        rounds = np.bincount(mine["firm"], mine["amount"], len(firms))
        amounts.append(rounds[rounds > 0.0])
        ended = (firms["alive"] == 0) & (firms["distress"] >= values["insolvency_months"])
        lost += int((ended & (rounds > 0.0)).sum())
        if month in LOOKED_AT:
            seen.append(looked_at(firms[firms["alive"] == 1]))
    posts, research = (np.array(each) for each in zip(*seen, strict=True))
    return Life(posts, research, np.concatenate(amounts), lost)


def life_lines(replicates: int) -> Iterator[str]:
    """Yield what lives of firms show of posts, research and rounds."""
    setup = read_scenario(SCENARIO).setup()
    ensemble.warm_up(setup, SEED)
    with ThreadPoolExecutor(processors()) as pool:
        lives = list(pool.map(lambda k: follow(setup, k), range(replicates)))
    for at, when in enumerate(LOOKED_AT.values()):
        filled = np.array([each.posts[at, :, 0] / each.posts[at, :, 1] for each in lives])
        spent = np.array([each.research[at, :, 0] / each.research[at, :, 1] for each in lives])
        shown = ", ".join(f"{band} {np.median(filled[:, k]):.0%}" for k, band in enumerate(BANDS))
        yield f"| posts filled, {when} | equal within 10 points | {shown} |"
        large = np.median(spent[:, 2])
        yield f"| R&D over sales of large firms, {when} | stable | {large:.1%} |"
    held = np.median([share_of_top(each.rounds) for each in lives])
    yield f"| money in the largest 1 % of rounds | 25 to 40 % | {held:.0%} |"
    lost = sum(each.lost for each in lives) / len(lives)
    yield f"| rounds in the month of insolvency, a replicate | 0 | {lost:.1f} |"


def share_of_top(rounds: Floats) -> float:
    """Return the share of all money that the largest rounds hold."""
    largest = np.sort(rounds)[::-1][: max(1, round(TOP * len(rounds)))]
    return float(largest.sum() / rounds.sum())


def ends(setup: Setup, replicates: int) -> dict[str, Floats]:
    """Return the logarithms of what stands at the end: output, R&D in money, pay, people."""
    found = list(ensemble.run(setup, SEED, range(replicates)))
    seen = {
        name: np.array([each.measures[DUE, measure(name)] for each in found], float)
        for name in ("real_rd", "pay", "talents", "talents_searching")
    }
    people = seen["talents"] - seen["talents_searching"]
    output = np.array([each.counts[DUE, COUNTS.index("output")] for each in found])
    return {
        "output": np.log(output),
        "R&D in money": np.log(seen["real_rd"]),
        "pay": np.log(seen["pay"]),
        "people with a post": np.log(people),
    }


def dearer_lines(replicates: int) -> Iterator[str]:
    """Yield what dearer people do to output and to research, at the pay that comes of it."""
    setup = read_scenario(SCENARIO).setup()
    usual = ends(setup, replicates)
    dearer = ends(setup._replace(multipliers=(("talent_cost", DEARER),)), replicates)
    changes = {name: (dearer[name] - usual[name]) / np.log(DEARER) for name in usual}
    bands = {"output": "not positive"}
    for name, values in changes.items():
        error = 1.96 * values.std() / np.sqrt(len(values))
        yield (
            f"| elasticity of {name} to the cost of talents | {bands.get(name, '')} |"
            f" {values.mean():.2f} (± {error:.2f}) |"
        )
    work = changes["R&D in money"] - 1.0 - changes["pay"]
    faced = work.mean() / (1.0 + changes["pay"].mean())
    yield f"| elasticity of research to its user cost, pay included | -0.1 to -1.2 | {faced:.2f} |"


def binding_lines(lives: int, pairs: int) -> Iterator[str]:
    """Yield a table of what must come out, and what does."""
    yield "| what | must be | median |"
    yield "| --- | --- | --- |"
    yield from life_lines(lives)
    yield from dearer_lines(pairs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--followed", type=int, default=64)
    parser.add_argument("--replicates", type=int, default=256)
    asked = parser.parse_args()
    print("\n".join(binding_lines(asked.followed, asked.replicates)))


if __name__ == "__main__":
    main()
