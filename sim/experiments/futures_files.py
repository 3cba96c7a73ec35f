"""Failing futures as files: ``futures.csv``, ``draws.csv`` and ``futures.json``."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from sim.csv_files import table
from sim.estimate.discovery import Condition, Rule
from sim.experiments.files import document
from sim.experiments.futures import Futures
from sim.scenario import Scenario
from sim.store.fill import Sample

MEASURED = ("mass", "density", "coverage", "base", "density_where_found", "low", "high")
"""Numbers of a rule, in its own order."""
MISSED = "missed"


def files_of_futures(
    base: Scenario, count: str, found: Futures, sample: Sample
) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file.

    ``futures.csv`` holds the rules as people write them; ``futures.json`` the same with the ends of
    their conditions in full (null where they are open), and what they rest on; ``draws.csv`` the
    draws that they were measured on: the share of lucks that miss, then every parameter named.
    """
    yield "futures.csv", rules_table(count, found.rules)
    columns = (found.missed, *found.values.values())
    yield "draws.csv", table((MISSED, *found.values), np.stack(columns, axis=1).tolist())
    said = {"count": count, "rules": [_plain(rule) for rule in found.rules]}
    yield "futures.json", document(base, sample, said)


def rules_table(count: str, rules: Sequence[Rule]) -> str:
    """Return ``futures.csv``: rules measured on draws that they were not found on."""
    return table(("count", "rule", *MEASURED), ([count, box(rule), *rule[1:]] for rule in rules))


def box(rule: Rule) -> str:
    """Return the conditions of a rule as people write them."""
    return " and ".join(each.text() for each in rule.conditions)


def _plain(rule: Rule) -> dict[str, Any]:
    conditions = [
        {"name": each.name, "low": _end(each.low), "high": _end(each.high)}
        for each in rule.conditions
    ]
    return {"conditions": conditions, **dict(zip(MEASURED, rule[1:], strict=True))}


def _end(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def read_rule(said: dict[str, Any]) -> Rule:
    """Return a rule as ``futures.json`` holds it.

    Raises:
        KeyError: something is missing.
    """
    conditions = tuple(
        Condition(
            each["name"],
            -np.inf if each["low"] is None else each["low"],
            np.inf if each["high"] is None else each["high"],
        )
        for each in said["conditions"]
    )
    return Rule(conditions, *(said[name] for name in MEASURED))
