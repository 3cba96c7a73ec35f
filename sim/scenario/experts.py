"""What experts hold of parameters, as a scenario draws from it: ``draws = "expert:NAME"``.

``NAME.json`` lies in ``experts/`` in the user's folder of scenarios, or in the project's; ``sim
elicit read`` writes such files. Parameters that it does not name are drawn from their priors.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from sim.model.world.setup import Belief
from sim.parameters import UNCERTAIN
from sim.problems import Problem, meant, nearest
from sim.scenario import check
from sim.scenario.files import BESIDE, SHIPPED, changed_at
from sim.scenario.place import Place, shorten
from sim.scenario.posterior import EXPERT, SOURCES
from sim.scenario.shape import either, shaped
from sim.text.catalogue import worded
from sim.text.joining import alternatives

FOLDER: Final = "experts"
FORMAT: Final = 1
NAME: Final = re.compile(r"[\w-]+")
EXPECTED: Final = worded("expected.expert_pool")
SUM: Final = 1e-9
"""How far from 1 the last probability may be."""


@shaped(lambda: either({"enum": list(SOURCES)}, {"type": "string", "pattern": f"^{EXPERT}."}))
def source(value: object, place: Place) -> str:
    """Take a place that parameters may be drawn from.

    Raises:
        Problem: it is none, or the file of an expert or a pool cannot be used.
    """
    if isinstance(value, str) and value in SOURCES:
        return value
    if not (isinstance(value, str) and value.startswith(EXPERT)):
        ways = (*SOURCES, f"{EXPERT}NAME")
        raise place.problem(value, alternatives(f'"{each}"' for each in ways))
    name = value.removeprefix(EXPERT)
    files = [folder / FOLDER / f"{name}.json" for folder in (BESIDE, SHIPPED)]
    if NAME.fullmatch(name) is None or not any(file.is_file() for file in files):
        found = sorted({each.stem for file in files for each in file.parent.glob("*.json")})
        expected = worded("expected.expert_file", expert=EXPERT, folder=BESIDE / FOLDER)
        raise place.problem(value, expected, meant(nearest(name, found)))
    beliefs(value)
    return value


def beliefs(draws: str) -> tuple[Belief, ...]:
    """Return what stands in place of priors, by where a scenario's parameters are drawn from.

    Raises:
        Problem: the file of an expert or a pool is missing or damaged.
    """
    if not draws.startswith(EXPERT):
        return ()
    name = f"{draws.removeprefix(EXPERT)}.json"
    own = BESIDE / FOLDER / name
    file = (own if own.is_file() else SHIPPED / FOLDER / name).absolute()
    return _read(file, changed_at(file))


def digest(held: tuple[Belief, ...]) -> str | None:
    """Return the SHA-256, in hexadecimal digits, of what experts hold; None if nothing."""
    return hashlib.sha256(json.dumps(held).encode()).hexdigest() if held else None


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> tuple[Belief, ...]:
    place = Place(str(file))
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(str(file), "", os.strerror(error.errno or 0), EXPECTED) from error
    except (ValueError, RecursionError) as error:
        raise Problem(str(file), "", shorten(str(error)), EXPECTED) from error
    told = check.table(KEYS, complete=True)(said, place)
    found: tuple[Belief, ...] = told["parameters"]
    return found


def _beliefs(value: object, place: Place) -> tuple[Belief, ...]:
    given = check.mapping(value, place)
    if not given:
        raise place.problem(given, worded("expected.parameters"))
    found = []
    for name in sorted(given):
        if name not in UNCERTAIN:
            raise place.unknown(name, UNCERTAIN)
        found.append(_belief(name, given[name], place.under(name)))
    return tuple(found)


def _belief(name: str, value: object, place: Place) -> Belief:
    told = check.table(BELIEF, complete=True)(value, place)
    values, below = told["values"], told["below"]
    for each in values:
        UNCERTAIN[name].check(each, place.file)
    if told["log"] and values[0] <= 0.0:
        raise place.under("values").problem(values[0], worded("expected.numbers_above_0"))
    if len(below) != len(values) or below[0] != 0.0 or abs(below[-1] - 1.0) > SUM:
        expected = worded("expected.one_a_value")
        raise place.under("below").problem(list(below), expected)
    return Belief(name, told["log"], values, (*below[:-1], 1.0))


def _rising(value: object, place: Place) -> tuple[float, ...]:
    expected = worded("expected.rising_numbers")
    if not isinstance(value, list) or len(value) < 2:
        raise place.problem(value, expected)
    one = check.number()
    found = tuple(one(each, place.under(str(row))) for row, each in enumerate(value))
    if any(later <= earlier for earlier, later in pairwise(found)):
        raise place.problem(value, expected)
    return found


BELIEF: Final[Mapping[str, check.Check[Any]]] = {
    "log": check.flag,
    "values": _rising,
    "below": _rising,
}
KEYS: Final[Mapping[str, check.Check[Any]]] = {
    "format": check.whole(FORMAT, FORMAT),
    "name": check.string,
    "weights": check.mapping,
    "parameters": _beliefs,
}
"""Keys of the file, all of which it has, and what each may be."""
