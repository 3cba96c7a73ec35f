"""JSON Schemas of the files that people write, for editors: made from the checks that read them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sim.experiments import objective_file, sweep_file
from sim.plan import CITY
from sim.scenario import read as scenario_file
from sim.scenario.shape import Shape, either, gathered, of_checks, only

FIRST: Final = "#:schema"
"""How the first line of a TOML file begins that names its schema, for editors with taplo."""


def _scenario() -> Shape:
    return of_checks(scenario_file.FILE)


def _sweep() -> Shape:
    """Return the schema of a sweep: points one by one are known by their design."""
    one_by_one = {"properties": {"design": only(sweep_file.LIST)}, "required": ["points"]}
    told = of_checks(sweep_file.FILE, ("base", "design"))
    return {**told, "allOf": [*told["allOf"], either(one_by_one, {"required": ["factors"]})]}


def _objective() -> Shape:
    return of_checks(objective_file.FILE, ("counts",))


SCHEMAS: Final[Mapping[str, Callable[[], Shape]]] = {
    "scenario": _scenario,
    "sweep": _sweep,
    "objective": _objective,
}
"""Kinds of files that have a schema."""


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file, with the names of this city's plan.

    Raises:
        KeyError: there is no such kind.
    """
    return gathered(SCHEMAS[kind](), f"{kind}, {CITY.en} · {CITY.zh}")
