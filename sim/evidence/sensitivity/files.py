"""The files of a sensitivity analysis."""

import json
from collections.abc import Iterable
from typing import Any

import numpy as np

from sim.csv_files import table
from sim.digest import model_hash
from sim.evidence.sensitivity.analysis import Sensitivity
from sim.evidence.sensitivity.designed import UNCERTAIN
from sim.evidence.sensitivity.indices import Indices
from sim.experiments.attribution import PLANS
from sim.model.world.layout import COUNTS
from sim.parameters import PARAMETERS

RANKED = (*COUNTS, "targets_reached")


def files_of(found: Sensitivity) -> list[tuple[str, str]]:
    """Return name and text of each file."""
    return [
        ("screening.csv", table(("count", "parameter", *_SCREENED), _screening(found))),
        ("indices.csv", table(("of", "count", "factor", *_INDEX), _indices(found))),
        ("shares.csv", table(("of", "count", *_SHARES), _shares(found))),
        ("ranking.csv", table(("count", "plan", "effect", *_ranks()), _ranking(found))),
        ("identifiable.csv", table(("parameter", *_KNOWN), _identifiable(found))),
        ("sensitivity.json", json.dumps(_document(found), ensure_ascii=False, indent=2) + "\n"),
    ]


_SCREENED = ("mu_star", "mu_star_error", "sigma", "share", "source")
_INDEX = ("first", "first_error", "total", "total_error")
_SHARES = ("levers", "parameters", "luck", "together")

_KNOWN = ("explained", "p_value", "above_chance", "spread_left", "spread_published", "source")


def _ranks() -> list[str]:
    return ["best_rank", "worst_rank", *(f"rank_{number + 1}" for number in range(len(PLANS)))]


def _screening(found: Sensitivity) -> Iterable[list[Any]]:
    screened = found.screened
    for number, count in enumerate(COUNTS):
        for column in np.argsort(-screened.mu_star[number], kind="stable").tolist():
            name = UNCERTAIN[column]
            numbers = (screened.mu_star, screened.error, screened.sigma, screened.share)
            cells = [_short(each[number, column]) for each in numbers]
            yield [count, name, *cells, PARAMETERS[name].source]


def _indices(found: Sensitivity) -> Iterable[list[Any]]:
    for what, each in (("value", found.values), ("reached", found.reached)):
        for number, count in enumerate(COUNTS):
            for column, factor in enumerate(each.factors):
                yield [what, count, factor, *_row(each, number, column)]


def _row(each: Indices, number: int, column: int) -> list[str]:
    numbers = (each.first, each.first_error, each.total, each.total_error)
    return [_short(values[number, column]) for values in numbers]


def _shares(found: Sensitivity) -> Iterable[list[Any]]:
    for what, rows in (("value", found.value_shares), ("reached", found.reached_shares)):
        for count, share in zip(COUNTS, rows, strict=True):
            cells = [""] * len(_SHARES) if share is None else [_short(each) for each in share]
            yield [what, count, *cells]


def _ranking(found: Sensitivity) -> Iterable[list[Any]]:
    for count, each in zip(RANKED, found.rankings, strict=True):
        for number, plan in enumerate(PLANS):
            ends = [int(each.best[number]), int(each.worst[number])]
            row = each.ranks[number].tolist()
            yield [count, plan, _short(each.effects[number]), *ends, *map(_short, row)]


def _identifiable(found: Sensitivity) -> Iterable[list[Any]]:
    each = found.identified
    above = set(each.found)
    for number in np.argsort(-each.explained, kind="stable").tolist():
        name = each.names[number]
        numbers = [_short(each.explained[number]), _short(each.p_value[number])]
        published = "" if each.published is None else _short(each.published[number])
        spreads = [_short(each.left[number]), published]
        yield [name, *numbers, int(number in above), *spreads, PARAMETERS[name].source]


def _document(found: Sensitivity) -> dict[str, Any]:
    return {
        "model_hash": model_hash(),
        "seed": found.seed,
        "size": found.size._asdict(),
        "runs": found.size.runs,
        "important": list(found.values.factors),
        "identifiable": {
            "until": found.identified.until,
            "draws": found.identified.draws,
            "parameters": [found.identified.names[k] for k in found.identified.found],
        },
        "rankings": {
            count: {
                "pairs_in_clear_order": each.clear,
                "may_come_first": [PLANS[plan] for plan in each.first],
                "splits": [
                    {
                        "parameter": split.parameter,
                        "tau_b": split.tau,
                        "p_value": split.p_value,
                        "reorders": split.reorders,
                        "ahead_where_low": PLANS[split.low],
                        "ahead_where_high": PLANS[split.high],
                    }
                    for split in each.splits
                ],
            }
            for count, each in zip(RANKED, found.rankings, strict=True)
        },
    }


def _short(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.5g}"
