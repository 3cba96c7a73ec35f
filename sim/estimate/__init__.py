"""Estimates: likelihoods with their intervals, ranges, and whose doing the spread is."""

from sim.estimate.precision import needed, precise_enough
from sim.estimate.quantiles import fan
from sim.estimate.readings import (
    Outcomes,
    Readings,
    Thresholds,
    in_reading,
    in_readings,
    outcomes,
    thresholds,
)
from sim.estimate.records import CountSummary, Interval, Listed, OtherReading, Summary
from sim.estimate.summary import summarise, summarise_outcomes

__all__ = [
    "CountSummary",
    "Interval",
    "Listed",
    "OtherReading",
    "Outcomes",
    "Readings",
    "Summary",
    "Thresholds",
    "fan",
    "in_reading",
    "in_readings",
    "needed",
    "outcomes",
    "precise_enough",
    "summarise",
    "summarise_outcomes",
    "thresholds",
]
