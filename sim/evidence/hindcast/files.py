"""The files of a hindcast."""

import csv
import io
import json

from sim.compiled import model_hash
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
    }
    return [
        ("hindcast.json", json.dumps(said, ensure_ascii=False, indent=2) + "\n"),
        ("hindcast.csv", _table(found)),
    ]


def _table(found: Hindcast) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    names = [f"forecast_{100 * level:.0f}" for level in LEVELS]
    heads = ["figure", "base", "year", "published", *names, "in_80", "in_90", "crps"]
    table.writerow([*heads, "crps_last_value", "crps_linear_trend"])
    for score in found.scores:
        case = score.case
        table.writerow(
            [
                case.series.figure,
                case.base,
                case.year,
                round(case.growth, 4),
                *(round(float(value), 4) for value in score.quantiles),
                score.in_80,
                score.in_90,
                round(score.crps, 4),
                round(score.last_value, 4),
                round(score.trend, 4),
            ]
        )
    return text.getvalue()
