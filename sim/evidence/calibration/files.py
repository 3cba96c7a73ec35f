"""The files of a calibration."""

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any, Final

from sim import city
from sim.digest import model_hash, priors_digest, rules_digest
from sim.evidence.calibration import observations
from sim.evidence.calibration.calibrate import POOL, Calibration
from sim.evidence.calibration.diagnostics import (
    Learnt,
    Predicted,
    learnt,
    noise,
    predicted,
)
from sim.evidence.calibration.synthetic import SHOWN, TRUTHS, Synthetic, synthetic
from sim.evidence.calibration.weights import effective
from sim.sampling import LUCKS_A_DRAW
from sim.scenario.posterior import FORMAT, forget, posterior_file
from sim.store.folder import writing
from sim.store.unfinished import undone

SIZE: Final = 8192
"""Rows in a posterior file: about twice what calibration is worth. Draws that weigh less than a row
are left out by lot, so fewer rows would lose some of it."""
NARROW: Final = 0.2
"""Narrowing from which on a parameter is said to be narrowed: to 0.8 of its prior's spread."""
POSTERIOR: Final = "posterior.json"
DOCUMENT: Final = "calibration.json"


class Report:
    """What is said about a calibration, worked out once."""

    def __init__(self, found: Calibration, truths: int = TRUTHS) -> None:
        """Work it out."""
        self.found = found
        self.predicted: list[Predicted] = predicted(found)
        self.learnt: list[Learnt] = learnt(found)
        self.noise = noise(found)
        names = [row.name for row in self.learnt[:SHOWN]]
        self.synthetic: dict[str, Synthetic] = synthetic(found, names, truths)
        self.effective = effective(found.weights)


def dates(found: Calibration) -> list[str]:
    """Return the dates up to which observations can be used."""
    return sorted({each.until for each in found.seen if not each.patterns})


def posterior_document(found: Calibration) -> dict[str, Any]:
    """Return what the posterior's file says."""
    source = city.file(observations.FILE).read_bytes()
    fits = {}
    for until in dates(found):
        given = found.given(until)
        fits[until] = {
            "effective": round(effective(given.weights), 1),
            "draws": sorted(given.posterior(SIZE).tolist()),
        }
    return {
        "format": FORMAT,
        "seed": found.seed,
        "runs": LUCKS_A_DRAW * len(found.numbers),
        "model_hash": model_hash(),
        "rules": rules_digest(),
        "priors": priors_digest(),
        "observations": hashlib.sha256(source).hexdigest(),
        "fits": fits,
    }


def documents(report: Report) -> list[tuple[str, str]]:
    """Return name and text of the posterior's file and of what was found as plain data."""
    return [
        (POSTERIOR, posterior_text(report)),
        (DOCUMENT, json.dumps(document(report), ensure_ascii=False, indent=2) + "\n"),
    ]


def posterior_text(report: Report) -> str:
    """Return the file that runs can draw from."""
    return json.dumps(posterior_document(report.found), separators=(",", ":")) + "\n"


def use_from_now_on(report: Report) -> Path:
    """Make runs draw from a calibration from now on, and return the file that says so.

    Raises:
        Problem: it cannot be written; the old one is then as it was.
    """
    target = posterior_file()
    draft = target.with_suffix(".draft")
    with writing(target.parent), undone(partial(draft.unlink, missing_ok=True)):
        draft.write_text(posterior_text(report), encoding="utf-8")
        draft.replace(target)
    forget()
    return target


def document(report: Report) -> dict[str, Any]:
    """Return what was found, as plain data."""
    found = report.found
    return {
        "until": found.until,
        "model_hash": model_hash(),
        "seed": found.seed,
        "draws": [len(wave.numbers) for wave in found.waves],
        "lucks_a_draw": LUCKS_A_DRAW,
        "pool": POOL * len(found.waves[0].numbers),
        "effective_sample_size": report.effective,
        "rows": SIZE,
        "distinct_rows": len(set(found.posterior(SIZE).tolist())),
        "not_ruled_out": [round(each.possible, 4) for each in found.proposals],
        "emulator": {
            each.id: round(float(share), 3)
            for each, share in zip(found.seen, found.proposals[-1].guide.explained, strict=True)
        },
        "conflicts": [row.observation.id for row in report.predicted if row.conflict],
        "shift_by_chance": report.noise,
        "learnt": [row.name for row in report.learnt if abs(row.shift) > report.noise],
        "narrowed": [row.name for row in report.learnt if row.narrowing >= NARROW],
        "narrowed_at_best": [row.name for row in report.learnt if row.at_best >= NARROW],
        "synthetic": {
            name: {**check._asdict(), "ranks": check.ranks.tolist()}
            for name, check in report.synthetic.items()
        },
    }
