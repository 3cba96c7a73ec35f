"""What part of output's growth comes from breakthroughs: ``python -m benchmarks.consequences``.

Each scenario is run as it is, with the variant ``consequences = "off"``, and with single ones of
their effects at none, under the same luck and draws of the prior. The part is the growth of output
from October 2022 to the month in which the counts are due that is lost without.
"""

import argparse
import sys
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim import ensemble, read_scenario
from sim.model.world.layout import COUNTS, DUE
from sim.model.world.setup import Setup

SCENARIOS: Final = ("business-as-usual", "as-written")
SEED: Final = 2022
NONE: Final = {
    "without consequences": (),
    "products without": ("product_pull", "product_adoption"),
    "components without": ("component_products", "component_pull"),
    "standards without": ("standard_pull", "standard_orders"),
}
"""What is held at none, and by which parameters; nothing named: by the variant."""


def output(setup: Setup, replicates: int) -> NDArray[np.float64]:
    """Return output in the first month and the last, shape (replicates, 2), in 亿元."""
    column = COUNTS.index("output")
    runs = ensemble.run(setup, SEED, range(replicates))
    return np.array([left.counts[[0, DUE], column] for left in runs])


def held(setup: Setup, parameters: tuple[str, ...]) -> Setup:
    """Return a setup with some effects of breakthroughs at none."""
    if not parameters:
        return setup._replace(variants=(("consequences", "off"),))
    return setup._replace(overrides=(*setup.overrides, *((name, 0.0) for name in parameters)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=128)
    replicates = parser.parse_args().replicates
    for name in SCENARIOS:
        setup = replace(read_scenario(name), draws="prior").setup()
        base = output(setup, replicates)
        grown = base[:, 1] - base[:, 0]
        sys.stdout.write(f"{name}: output grows by {np.median(grown):.0f} 亿元\n")
        for what, parameters in NONE.items():
            other = output(held(setup, parameters), replicates)
            lost = base[:, 1] - other[:, 1]
            part = lost.mean() / grown.mean()
            error = (lost - part * grown).std(ddof=1) / len(lost) ** 0.5 / grown.mean()
            sys.stdout.write(
                f"  {what}: {np.median(lost):.0f} 亿元 less, "
                f"{100 * part:.0f} +- {200 * error:.0f} % of growth\n"
            )


if __name__ == "__main__":
    main()
