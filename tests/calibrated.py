"""A small posterior for the rules and priors as they are, which nobody calibrated.

The one that comes along may have been made for others, and then holds for nothing.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from sim.digest import priors_digest, rules_digest
from sim.scenario import read

DATE = "2023-12"
ROWS = 4096


def document(**changes: Any) -> dict[str, Any]:
    """Return a posterior of 4,096 different draws as ``sim calibrate`` writes it, changed."""
    fits = {date: {"effective": 4094.05, "draws": list(range(ROWS))} for date in (DATE, "2024-12")}
    made = {"rules": rules_digest(), "priors": priors_digest(), "fits": fits}
    said = {"format": 2, "seed": 5, "runs": 2 * ROWS, "model_hash": "0" * 64, "observations": "1"}
    return {**said, **made, **changes}


def put(folder: Path, **changes: Any) -> Path:
    """Write a posterior for those who work in a folder."""
    file = folder / "scenarios" / "posterior.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(document(**changes)), encoding="utf-8")
    return file


def work_with_it(folder: Path, patch: pytest.MonkeyPatch, **changes: Any) -> Path:
    """Work in a folder with a posterior, which scenarios draw from unless they say otherwise."""
    file = put(folder, **changes)
    patch.chdir(folder)
    patch.setitem(read.DEFAULTS, "draws", "posterior")
    return file
