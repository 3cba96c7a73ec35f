"""What the city wrote, as data: counts, clusters, places, plans, safeguards and their sentences."""

from sim.plan.catalogue import (
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
    "Catalogue",
    "Cluster",
    "Count",
    "District",
    "Instrument",
    "Lever",
    "Sentence",
    "Track",
    "University",
    "Zone",
]
