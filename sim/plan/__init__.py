"""What the city wrote, as data: counts, clusters, places, plans, safeguards and their sentences."""

from sim.indicators import READINGS, Reading
from sim.plan.catalogue import (
    Before,
    Catalogue,
    Cluster,
    Count,
    District,
    Instrument,
    Lever,
    Sentence,
    Track,
    University,
    Zone,
)
from sim.plan.load import PLAN

__all__ = [
    "PLAN",
    "READINGS",
    "Before",
    "Catalogue",
    "Cluster",
    "Count",
    "District",
    "Instrument",
    "Lever",
    "Reading",
    "Sentence",
    "Track",
    "University",
    "Zone",
]
