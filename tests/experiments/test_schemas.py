"""Protects the schemas for editors: what is shipped fits, and what the reader refuses does not."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from sim.experiments.objective_file import read_objective
from sim.experiments.schemas import schema
from sim.experiments.sweep_file import read_sweep
from sim.problems import Problem
from sim.scenario import read_scenario

SHIPPED = Path(__file__).parents[2] / "scenarios"
FOLDERS = {"scenario": "", "sweep": "sweeps", "objective": "objectives"}
READERS: Mapping[str, Callable[[Path], object]] = {
    "scenario": read_scenario,
    "sweep": read_sweep,
    "objective": read_objective,
}
FILES = [
    (kind, file) for kind, folder in FOLDERS.items() for file in (SHIPPED / folder).glob("*.toml")
]
SAID = {"$schema", "title", "description", "definitions", "$ref"}
TYPES: Final[Mapping[str, Callable[[Any], bool]]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}


class Fit:
    """A validator of the keywords that the schemas use; any other is an error."""

    def __init__(self, whole: Mapping[str, Any]) -> None:
        """Take a whole schema."""
        self.whole = whole

    def fits(self, value: Any, shape: Mapping[str, Any] | None = None) -> bool:
        told = self.whole if shape is None else shape
        if "$ref" in told:
            return self.fits(value, self.whole["definitions"][told["$ref"].rpartition("/")[2]])
        checks = (getattr(self, f"check_{key}")(value, told) for key in told if key not in SAID)
        return all(checks)

    def check_type(self, value: Any, told: Mapping[str, Any]) -> bool:
        kinds = [told["type"]] if isinstance(told["type"], str) else told["type"]
        return any(TYPES[kind](value) for kind in kinds)

    def check_properties(self, value: Any, told: Mapping[str, Any]) -> bool:
        own = told["properties"]
        given = value if isinstance(value, dict) else {}
        return all(self.fits(each, own[key]) for key, each in given.items() if key in own)

    def check_additionalProperties(  # noqa: N802 - named after the keyword
        self, value: Any, told: Mapping[str, Any]
    ) -> bool:
        assert told["additionalProperties"] is False
        return not isinstance(value, dict) or set(value) <= set(told["properties"])

    def check_minProperties(self, value: Any, told: Mapping[str, Any]) -> bool:  # noqa: N802
        return not isinstance(value, dict) or len(value) >= told["minProperties"]

    def check_required(self, value: Any, told: Mapping[str, Any]) -> bool:
        return not isinstance(value, dict) or set(told["required"]) <= set(value)

    def check_anyOf(self, value: Any, told: Mapping[str, Any]) -> bool:  # noqa: N802
        return any(self.fits(value, each) for each in told["anyOf"])

    def check_oneOf(self, value: Any, told: Mapping[str, Any]) -> bool:  # noqa: N802
        return sum(self.fits(value, each) for each in told["oneOf"]) == 1

    def check_allOf(self, value: Any, told: Mapping[str, Any]) -> bool:  # noqa: N802
        return all(self.fits(value, each) for each in told["allOf"])

    def check_enum(self, value: Any, told: Mapping[str, Any]) -> bool:
        return value in told["enum"]

    def check_pattern(self, value: Any, told: Mapping[str, Any]) -> bool:
        return not isinstance(value, str) or re.search(told["pattern"], value) is not None

    def check_items(self, value: Any, told: Mapping[str, Any]) -> bool:
        return not isinstance(value, list) or all(self.fits(each, told["items"]) for each in value)

    def check_minItems(self, value: Any, told: Mapping[str, Any]) -> bool:  # noqa: N802
        return not isinstance(value, list) or len(value) >= told["minItems"]

    def check_minimum(self, value: Any, told: Mapping[str, Any]) -> bool:
        return not TYPES["number"](value) or value >= told["minimum"]

    def check_maximum(self, value: Any, told: Mapping[str, Any]) -> bool:
        return not TYPES["number"](value) or value <= told["maximum"]

    def check_not(self, value: Any, told: Mapping[str, Any]) -> bool:
        return not self.fits(value, told["not"])


@pytest.fixture(scope="module")
def fit() -> Mapping[str, Fit]:
    """Return a validator for each kind, of what a file would hold."""
    return {kind: Fit(json.loads(json.dumps(schema(kind)))) for kind in FOLDERS}


@pytest.mark.parametrize(("kind", "file"), FILES, ids=[file.stem for _, file in FILES])
def test_what_is_shipped_fits(fit: Mapping[str, Fit], kind: str, file: Path) -> None:
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    assert fit[kind].fits(written)
    assert not fit[kind].fits({**written, "colour": "red"})


TAKEN = [
    (
        "scenario",
        '"继承" = "as-written"\n["计划"."雨林"]\n"力度" = 1.5\n"区" = ["浦东", "Minhang"]',
    ),
    (
        "scenario",
        'extends = "as-written"\nsafeguards = true\n[plans.rainforest]\nguidance_fund = false',
    ),
    ("scenario", 'name = { en = "a", zh = "b" }\nbudget = { yearly = 900 }\ndraws = "prior"'),
    ("objective", '"各项目标"."产值" = { "目标值" = 4000, "年份" = 2028 }\n"至少" = 1'),
    ("sweep", 'base = "as-written"\ndesign = "list"\npoints = [{ "guidance_fund.dose" = 2 }]'),
    (
        "sweep",
        'base = "as-written"\ndesign = "full"\n[[factors]]\nlever = ["guidance_fund",'
        ' "global_talents"]\nset = "dose"\nvalues = [0.5, 1, 2]',
    ),
]
REFUSED = [
    ("scenario", 'extends = "as-written"\nreplicates = -3\n[plans]\nyuling = true'),
    ("scenario", 'extends = "as-written"\n[targets]\noutput = 4000'),
    ("scenario", "extends = true"),
    ("scenario", 'name = { en = "only one" }'),
    ("scenario", '[plans.lingpao.pilot_zones]\non = true\ndistricts = ["南汇"]'),
    ("scenario", "[plans.yulin]\non = true\ndose = 11"),
    ("scenario", '[plans.yulin]\non = true\nstart = "2022-09"'),
    ("scenario", "[plans.yulin.vouchers_of_old]\non = true"),
    ("scenario", '[[events]]\nname = "winter"\nprivate_inflow = 0.6'),
    ("scenario", '[[rules]]\nwhen = { in = "2027-12", below = 8 }\nthen = { lingpao.dose = 2 }'),
    ("scenario", '[[moves]]\nof = "guidance_fund"\nfrom = "2027-01"'),
    ("scenario", '[variants]\njobs = "post"'),
    ("scenario", "[parameters]\nfirms_2022 = -1"),
    ("scenario", '[readings]\noutput = "new"'),
    ("objective", "counts = 4000"),
    ("objective", "[counts]\noutput = { target = 0 }"),
    ("objective", "[counts]\nproducers = {}"),
    ("objective", 'counts = "all"\nat_least = 14'),
    ("sweep", 'base = "as-written"\ndesign = "full"'),
    ("sweep", 'design = "full"\n[[factors]]\nlever = "yulin"\nset = "dose"\nvalues = [1, 2]'),
    (
        "sweep",
        'base = "as-written"\ndesign = "full"\n[[factors]]\nlever = "yulin"\nparameter = "team"\n'
        'set = "dose"\nvalues = [1, 2]',
    ),
]


def read(kind: str, text: str, folder: Path) -> None:
    file = folder / "written.toml"
    file.write_text(text, encoding="utf-8")
    READERS[kind](file)


@pytest.mark.parametrize(("kind", "text"), TAKEN)
def test_what_the_reader_takes_fits(
    fit: Mapping[str, Fit], kind: str, text: str, tmp_path: Path
) -> None:
    read(kind, text, tmp_path)
    assert fit[kind].fits(tomllib.loads(text))


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_what_has_another_shape_is_refused_as_the_reader_does(
    fit: Mapping[str, Fit], kind: str, text: str, tmp_path: Path
) -> None:
    with pytest.raises(Problem):
        read(kind, text, tmp_path)
    assert not fit[kind].fits(tomllib.loads(text))
