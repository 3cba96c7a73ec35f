"""The files of a hindcast."""

import json

from sim.csv_files import table
from sim.digest import model_hash
from sim.evidence.hindcast.hindcast import LEVELS, Hindcast, means


def files_of(found: Hindcast) -> list[tuple[str, str]]:
    """Return name and text of each file of a hindcast."""
    model, last, trend = means(found.scores)
    said = {
        "known_until": f"{found.known}-12",
        "model_hash": model_hash(),
        "replicates": found.replicates,
        "effective_sample_size": found.effective,
        "forecasts": len(found.scores),
        "mean_crps": {"model": model, "last_value": last, "linear_trend": trend},
        "in_80": sum(score.in_80 for score in found.scores),
        "in_90": sum(score.in_90 for score in found.scores),
        "not_used": [{"en": each.in_("en"), "zh": each.in_("zh")} for each in found.left],
        "in_place_of_own": [
            {
                "figure": each.series.figure,
                "year": each.year,
                "own": each.own,
                "brought": each.brought,
            }
            for each in found.overruled
        ],
    }
    return [
        ("hindcast.json", json.dumps(said, ensure_ascii=False, indent=2) + "\n"),
        ("hindcast.csv", _table(found)),
    ]


def _table(found: Hindcast) -> str:
    names = [f"forecast_{100 * level:.0f}" for level in LEVELS]
    heads = ["figure", "base", "year", "published", *names, "in_80", "in_90", "crps"]
    rows = (
        [
            score.case.series.figure,
            score.case.base,
            score.case.year,
            round(score.case.growth, 4),
            *(round(float(value), 4) for value in score.quantiles),
            score.in_80,
            score.in_90,
            round(score.crps, 4),
            round(score.last_value, 4),
            round(score.trend, 4),
        ]
        for score in found.scores
    )
    return table([*heads, "crps_last_value", "crps_linear_trend"], rows)
