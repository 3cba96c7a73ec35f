"""The file of a sweep that other programs read: ``sweep.json``."""

import json
from collections.abc import Sequence

from sim.experiments.sweep_file import Sweep
from sim.experiments.sweep_indices import Explained
from sim.store.summaries import to_document
from sim.studies.shared.swept import Point, plain
from sim.studies.shared.swept_indices import record
from sim.studies.study import Basis


def document_of(
    sweep: Sweep, points: Sequence[Point], indices: Sequence[Explained], basis: Basis
) -> tuple[str, str]:
    """Return name and text of ``sweep.json``: what the tables rest on."""
    said = {
        "sweep": sweep.id,
        "name": sweep.name._asdict(),
        "design": sweep.design,
        "base": sweep.base.resolved(),
        "model_hash": basis.model,
        "seed": basis.sample.seed,
        "replicates": basis.sample.replicates,
        "factors": [factor.name for factor in sweep.factors],
        "base_point": sweep.base_point,
        "points": [
            {
                "point": number,
                "scenario_hash": scenario.hash(),
                "values": [plain(value) for value in point.values],
                "public_cost": point.cost,
                "summary": to_document(point.summary),
                "differences": [change._asdict() for change in point.changes],
            }
            for number, (point, scenario) in enumerate(zip(points, sweep.scenarios, strict=True))
        ],
        "indices": list(map(record, indices)),
    }
    return "sweep.json", json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
