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
from sim.plan.terms import CITY, COUNTS, ISSUED, SAFEGUARDS, SIX, YEAR

__all__ = [
    "CITY",
    "COUNTS",
    "ISSUED",
    "PLAN",
    "READINGS",
    "SAFEGUARDS",
    "SIX",
    "YEAR",
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
