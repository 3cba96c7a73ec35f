"""An attribution as files: ``attribution.csv``, ``interactions.csv`` and ``attribution.json``."""

from collections.abc import Iterator, Sequence

from sim.csv_files import table
from sim.experiments.attribution import PLANS, CountAttribution
from sim.experiments.files import document
from sim.scenario import Scenario
from sim.store.fill import Sample

LIKELIHOOD = ("value", "low", "high")
MEDIAN = ("median", "median_low", "median_high")


def files_of_attribution(
    base: Scenario, found: Sequence[CountAttribution], sample: Sample
) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file; likelihood shares are fractions."""
    yield (
        "attribution.csv",
        table(
            ("count", "plan", *LIKELIHOOD, *MEDIAN),
            (
                [each.id, plan, *share, *each.median.players[number]]
                for each in found
                for number, (plan, share) in enumerate(
                    zip(PLANS, each.likelihood.players, strict=True)
                )
            ),
        ),
    )
    yield (
        "interactions.csv",
        table(
            ("count", "plan", "other", *LIKELIHOOD, *MEDIAN),
            (
                [each.id, PLANS[i], PLANS[j], *share, *each.median.pairs[i, j]]
                for each in found
                for (i, j), share in each.likelihood.pairs.items()
            ),
        ),
    )
    said = {
        "counts": [
            {
                "count": each.id,
                "without_plans": each.without,
                "with_all_plans": each.with_all,
                "gap": each.likelihood.gap,
                "likelihood": {
                    plan: share._asdict()
                    for plan, share in zip(PLANS, each.likelihood.players, strict=True)
                },
            }
            for each in found
        ],
    }
    yield "attribution.json", document(base, sample, said)
