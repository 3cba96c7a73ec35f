"""Estimates: likelihoods with their intervals, ranges, and whose doing the spread is."""

from sim.estimate.precision import needed, precise_enough
from sim.estimate.quantiles import fan
from sim.estimate.readings import Outcomes, Thresholds, outcomes, thresholds
from sim.estimate.records import CountSummary, Interval, Summary
from sim.estimate.summary import summarise, summarise_outcomes

__all__ = [
    "CountSummary",
    "Interval",
    "Outcomes",
    "Summary",
    "Thresholds",
    "fan",
    "needed",
    "outcomes",
    "precise_enough",
    "summarise",
    "summarise_outcomes",
    "thresholds",
]
