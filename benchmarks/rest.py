"""Does business as usual begin at rest? ``python -m benchmarks.rest``.

Prints exits and entries for each hundred firms, and the share of people above junior, year by year:
a stock of 2022 that is not at rest would let them drift whatever the city does.
"""

import argparse
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import ensemble
from sim.model.world.layout import DUE, measure
from sim.scenario import read_scenario

SEED = 2022
SCENARIO = "business-as-usual"
YEAR = 12

Floats = NDArray[np.float64]


def measured(replicates: int) -> Floats:
    """Return the measures of business as usual, shape (replicates, months, measures)."""
    setup = read_scenario(SCENARIO).setup()
    return np.array([each.measures for each in ensemble.run(setup, SEED, range(replicates))])


def by_year(measures: Any) -> dict[str, Floats]:
    """Return what must not drift: means over replicates, for years of twelve months."""

    def yearly(name: str) -> Floats:
        months = measures[:, : DUE // YEAR * YEAR, measure(name)]
        return np.asarray(months.reshape(len(measures), -1, YEAR).mean(axis=2), float)

    firms = yearly("firms")
    return {
        "exits a year, % of firms": (100 * YEAR * yearly("exits") / firms).mean(axis=0),
        "entries a year, % of firms": (100 * YEAR * yearly("entries") / firms).mean(axis=0),
        "people above junior, %": (100 * yearly("seniors") / yearly("talents")).mean(axis=0),
    }


def rest_lines(measures: Any) -> Iterator[str]:
    """Yield a table of what must not drift in business as usual."""
    table = by_year(measures)
    years = len(next(iter(table.values())))
    yield "| business as usual | " + " | ".join(f"year {k + 1}" for k in range(years)) + " |"
    yield "| --- |" + " --- |" * years
    for name, values in table.items():
        yield f"| {name} | " + " | ".join(f"{each:.1f}" for each in values) + " |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=256)
    print("\n".join(rest_lines(measured(parser.parse_args().replicates))))


if __name__ == "__main__":
    main()
