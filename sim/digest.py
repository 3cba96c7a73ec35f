"""What trajectories, and what a posterior was made for, rest on: each as one digest.

A posterior says which parameters agree with what was observed, given what the model does with them.
It means nothing under other rules or priors. Texts, sources, notes and layout change neither
digest; nor does what lies above the rules, such as which of a posterior's draws a run uses.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from sim import city
from sim.calendar import START
from sim.dependence import Follower, followers
from sim.engine.kept import text_of
from sim.indicators import INDICATORS
from sim.mechanisms import MECHANISMS
from sim.model.world.grid import CELLS_FILE
from sim.parameters import PARAMETERS, Parameter
from sim.plan import PLAN, Catalogue
from sim.tokens import words

HOME: Final = Path(__file__).resolve().parent
RULES: Final = (
    *("dependence.py", "engine/chance.py", "engine/rare.py", "hypercubes.py"),
    "parameters.py",
    "model",
)
"""Files and folders whose code decides what happens to a parameter draw. How it is compiled is not
among them: the second implementation holds compiled code to what the rules say."""

MODEL: Final = (
    *(*RULES, "calendar.py", "engine", "ensemble.py", "indicators.py", "mechanisms.py"),
    *("sampling.py", "scenario", "shuffle.py"),
)
"""Files and folders whose code decides a trajectory: what lies above them changes no number."""
HOW: Final = HOME / "tokens.py"
"""What takes code apart: a digest that was worked out another way is worked out anew."""


@cache
def rules_digest() -> str:
    """Return the SHA-256, in hexadecimal digits, of what the rules do and the map they act on."""
    return _digest_of_code(RULES)


def _digest_of_code(names: tuple[str, ...]) -> str:
    """Return the digest of some files and folders; taking them apart takes a second, once."""
    sources, cells = _sources(names), CELLS_FILE.read_text(encoding="utf-8")
    rests_on = json.dumps(
        [
            *(sys.version_info[:2], HOW.read_text(encoding="utf-8"), sorted(sources.items())),
            *(cells, _read_by_rules(PLAN)),
        ]
    )
    return text_of("code", rests_on, lambda: digest_of_rules(sources, cells, PLAN))


def digest_of_rules(sources: Mapping[str, str], cells: str, plan: Catalogue) -> str:
    """Return the digest of some rules.

    Args:
        sources: text of each Python file by its path.
        cells: the table of cells.
        plan: of which only what rules and map read counts.
    """
    told = [(path, *words(sources[path])) for path in sorted(sources)]
    return _digest(json.dumps([told, cells, _read_by_rules(plan)]))


@cache
def model_hash() -> str:
    """Return the SHA-256, in hexadecimal digits, of all that decides a trajectory of a scenario.

    That is code below the experiments, numbers that rules and map read of the plan, and priors. A
    scenario's own numbers (doses, reach, parameters, facts, a posterior's draws) are in its hash.
    """
    return _digest(_digest_of_code(MODEL) + priors_digest())


@cache
def city_digest() -> str:
    """Return the SHA-256, in hexadecimal digits, of what rules and map read of the city's pack."""
    cells = CELLS_FILE.read_text(encoding="utf-8")
    return _digest(json.dumps([cells, _read_by_rules(PLAN), priors_digest()]))


@cache
def priors_digest() -> str:
    """Return the SHA-256, in hexadecimal digits, of parameters' priors and of what follows what."""
    return digest_of_priors(PARAMETERS)


def digest_of_priors(
    parameters: Mapping[str, Parameter], dependent: Iterable[Follower] | None = None
) -> str:
    """Return the digest of some parameters, and of what follows what: by default as in the pack.

    Elements of a vector count in their order; else the order of the table changes nothing.
    """
    rows = [
        (each.name, each.default, each.prior.kind, each.prior.low, each.prior.high, each.prior.mode)
        for each in sorted(parameters.values(), key=lambda each: each.name.partition(":")[0])
    ]
    own = followers().values() if dependent is None else dependent
    links = sorted((each.name, each.follows, each.rank_correlation) for each in own)
    return _digest(json.dumps([rows, links]))


def _sources(names: tuple[str, ...]) -> dict[str, str]:
    """Return the text of each Python file of some files and folders, by its path."""
    return {
        path.relative_to(HOME).as_posix(): path.read_text(encoding="utf-8")
        for name in names
        for path in ([HOME / name] if name.endswith(".py") else (HOME / name).rglob("*.py"))
    }


def _read_by_rules(plan: Catalogue) -> dict[str, Any]:
    """Return what the rules and the map read of the plan."""
    return {
        "first": START,
        "counts": [(each.measure, each.target) for each in plan.counts],
        "counted": [(name, each.programmes) for name, each in INDICATORS.items()],
        "due": city.about().due,
        "clusters": [(each.id, each.districts) for each in plan.clusters],
        "tracks": [(each.id, each.cluster) for each in plan.tracks],
        "districts": [
            (each.id, each.number, each.area_km2, each.population, each.core)
            for each in plan.districts
        ],
        "zones": [(each.id, each.district, each.lon, each.lat) for each in plan.zones],
        "universities": [
            (each.id, each.district, each.lon, each.lat) for each in plan.universities
        ],
        "mechanisms": [(name, each.programme) for name, each in MECHANISMS.items()],
        "instruments": [(each.id, each.moves) for each in plan.instruments],
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
