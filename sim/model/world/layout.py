"""What a run records every month: the counts of the plan and the measures beside them."""

from sim import city
from sim.calendar import month_index
from sim.indicators import INDICATORS
from sim.language import Text
from sim.plan import PLAN

COUNTS = tuple(count.id for count in PLAN.counts)

# Columns of the per-cluster and per-district breakdowns, in the order of MEASURES.
BREAKDOWN = ("firms", "output", "talents")

CITY_MEASURES: dict[str, tuple[str, Text]] = {
    name: (each.unit, each.label) for name, each in INDICATORS.items() if each.measure
}
"""City-wide measures: name -> (unit, label)."""


def _breakdown_names() -> tuple[str, ...]:
    areas = [entry.id for entry in (*PLAN.clusters, *PLAN.districts)]
    return tuple(f"{quantity}_{area}" for quantity in BREAKDOWN for area in areas)


MEASURES = (*_breakdown_names(), *CITY_MEASURES)
"""Every measure: firms, output and talents by cluster and district, then the city's."""

AREAS = len(PLAN.clusters) + len(PLAN.districts)
CITY = len(BREAKDOWN) * AREAS
"""Number of the first city-wide measure."""

DUE = month_index(city.about().due)
"""Number of the month in which the plan's counts are due."""


def indicator(name: str) -> int:
    """Return the number of an indicator.

    Raises:
        ValueError: there is no such indicator.
    """
    return list(INDICATORS).index(name)


COUNTED = tuple(indicator(count.measure) for count in PLAN.counts)
"""Number of the indicator that each count is measured by."""
MEASURED = tuple(map(indicator, CITY_MEASURES))
"""Number of the indicator that each city-wide measure is."""


def measure(name: str) -> int:
    """Return the column number of a measure.

    Raises:
        ValueError: there is no such measure.
    """
    return MEASURES.index(name)
