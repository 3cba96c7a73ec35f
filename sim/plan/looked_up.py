"""What rules look up in a city's pack, and whether the pack has it.

Rules name the parameters that they read. They are compiled, and take a while to load; so their
sources are read as text. A pack that lacks what they look up, or holds what none of them knows, is
refused before anything is run: nothing is left out in silence.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Final

from sim.csv_files import Row, read_rows
from sim.mechanisms import PROGRAMME_KINDS
from sim.plan.catalogue import GATES, Catalogue
from sim.plan.levers import COST
from sim.problems import Problem, gathering, meant, nearest
from sim.text.catalogue import worded
from sim.toml_tables import NOTHING

FOLDERS: Final = ("model/rules", "model/world")
PARAMETERS: Final = "parameters.csv"
COLUMNS: Final = (
    *("name", "group", "default", "unit", "prior", "low", "high"),
    *("source", "meaning_en", "meaning_zh"),
)
NUMBERS: Final = ("default", "low", "high")
PARAMETER: Final = re.compile(r'\bp(?:\.|\[")([a-z]\w*)')
"""How a rule file reads a parameter."""
BY_TRACK: Final = (
    *("climb", "adoption_2022", "bass_imitation"),
    *("output_weight", "firm_weight", "talent_weight", "capital"),
)
"""Vectors of parameters with an element a track."""
BY_KIND: Final = (
    *("calls_usual", "calls_plan", "need_firms", "need_talents"),
    *("building_months", "price", "closing", "existing"),
    *("call_months", "round_size"),
)
"""Those with an element a kind of programme."""
BY_GATE: Final = ("first_selling_level", "gate_years", "gate_odds")
"""Those with an element a kind of gate between a firm and its market."""
BY_STAGE: Final = ("stage_pace", "stage_need")
"""Those with an element a stage of readiness."""
STAGES: Final = ("0", "1", "2")
"""Validation, integration, promotion."""


def check(catalogue: Catalogue, package: Traversable, pack: Traversable) -> None:
    """Make sure that the plan, the rules and the table of parameters know the same entries.

    Args:
        catalogue: the plan.
        package: the folder of the rules' folders.
        pack: the folder of the table of parameters.

    Raises:
        Problem: parameters are missing, superfluous or out of order; all that is wrong is told.
    """
    sources = dict(_sources(package))
    with gathering() as problems:
        rows, read = read_rows(pack / PARAMETERS, COLUMNS), _parameters(sources)
        for row in rows:
            with problems.noted():
                _numbers(row.cells)
        found = _fields(rows)
        for name in sorted(read.keys() - found.keys()):
            problems.add(_missing(name, read[name], found))
        for name in sorted(found.keys() - read.keys()):
            problems.add(_superfluous(name, read))
        expected = elements(catalogue)
        for name, its in found.items():
            with problems.noted():
                _same(name, its, expected.get(name, ("",)))


def _sources(package: Traversable) -> Iterator[tuple[str, str]]:
    """Yield each rule file with what it says."""
    for folder in FOLDERS:
        for file in sorted((package / folder).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                yield f"sim/{folder}/{file.name}", file.read_text(encoding="utf-8")


def _parameters(sources: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters that rules read, each with a file that does."""
    return {name: file for file, source in sources.items() for name in PARAMETER.findall(source)}


def _fields(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Return the elements of each vector in their order; a parameter that is none has one, ""."""
    fields: dict[str, list[str]] = {}
    for row in rows:
        name, _, element = row.cells["name"].partition(":")
        fields.setdefault(name, []).append(element)
    return fields


def _numbers(cells: Mapping[str, str]) -> None:
    """Make sure that numbers of a parameter are some; ends of a prior may be left out.

    Raises:
        Problem: one is none.
    """
    for column in NUMBERS:
        said = cells[column]
        if said or column == NUMBERS[0]:
            try:
                finite = math.isfinite(float(said))
            except ValueError:
                finite = False
            if not finite:
                key = f"{cells['name']}.{column}"
                raise Problem(PARAMETERS, key, said or NOTHING, worded("expected.finite_number"))


def _missing(name: str, file: str, found: Iterable[str]) -> Problem:
    expected = worded("expected.parameter_read", name=name, file=file)
    close = nearest(name, found)
    hint = worded("hint.table_has", name=close) if close else None
    return Problem(PARAMETERS, name, NOTHING, expected, hint)


def _superfluous(name: str, read: Iterable[str]) -> Problem:
    expected = worded("expected.known_parameter")
    return Problem(PARAMETERS, name, name, expected, meant(nearest(name, read)))


def elements(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return the elements that each vector of parameters has."""
    return {
        **dict.fromkeys(BY_TRACK, tuple(entry.id for entry in catalogue.tracks)),
        **dict.fromkeys(BY_KIND, PROGRAMME_KINDS),
        **dict.fromkeys(BY_GATE, GATES),
        **dict.fromkeys(BY_STAGE, STAGES),
        COST.partition(":")[0]: tuple(entry.id for entry in catalogue.instruments),
    }


def _same(vector: str, found: Sequence[str], expected: Sequence[str]) -> None:
    """Raise a problem that names the first element that is missing, superfluous or out of order."""
    for number in range(max(len(found), len(expected))):
        here, there = (
            (ids[number] or vector) if number < len(ids) else NOTHING for ids in (found, expected)
        )
        if here != there:
            raise Problem(PARAMETERS, vector, here, worded("expected.in_order", name=there))
