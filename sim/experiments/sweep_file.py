"""Sweep files (``scenarios/sweeps/*.toml``): a base scenario, factors, and a design over them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.experiments.designs import DESIGNS, DRAWN, LARGEST, Factor, Point
from sim.experiments.targets import GROUPS, LEVER_OF, SETTABLE, Target, changes
from sim.language import Text
from sim.parameters import find as find_parameter
from sim.plan import PLAN
from sim.problems import Problem, gathering, nearest
from sim.scenario import Scenario, check, derive, read_scenario
from sim.scenario.files import alike, find, find_in, names_in, read_toml
from sim.scenario.fixed import fixed_parameters
from sim.scenario.levers import MOST_DOSE, SETTING
from sim.scenario.place import Place, meant
from sim.scenario.variants import choice, subject

FOLDER = "sweeps"
SAMPLE = ("replicates", "seed", "horizon")
"""Keys that a sweep file shares with scenario files, and gives its base."""
WORDS = {"end": "never", "districts": "all", "clusters": "all"}
"""How a scenario file says that a setting has no limit; in a point, None is as in the base."""
SWEPT = {**SETTING, "dose": check.number(0.0, MOST_DOSE)}
"""What a factor's values may be: what is set for a lever, but one dose at a time."""
UNORDERED = frozenset({"on", "districts", "clusters"})


@dataclass(frozen=True)
class Sweep:
    """A sweep, complete and checked."""

    id: str
    name: Text
    description: Text
    base: Scenario
    design: str
    targets: tuple[Target, ...]
    factors: tuple[Factor, ...]
    points: tuple[Point, ...]
    """A row of factor values each; None: as in the base."""
    scenarios: tuple[Scenario, ...]
    """The scenario of each point."""
    base_point: int
    """Which point is the base, that all others are paired with."""
    added: bool
    """Whether the design has no such point, so that it stands after those of the design."""

    @property
    def designed(self) -> int:
        """Return how many points are those of the design; they come first."""
        return len(self.points) - self.added

    def hash(self) -> str:
        """Return the SHA-256, in hexadecimal digits, of what its points do, in their order."""
        text = "\n".join(scenario.hash() for scenario in self.scenarios)
        return hashlib.sha256(text.encode()).hexdigest()


_LAID_OUT: dict[Path, tuple[dict[str, Any], Sweep]] = {}
"""What each file said last, and the sweep that this came to: laying out and hashing hundreds of
scenarios takes seconds, and the lab asks each time that somebody looks."""


def sweep_names() -> list[str]:
    """Return the names of the sweeps that can be run on this city, in alphabetical order."""
    return names_in(FOLDER)


def read_sweep(path_or_name: str | Path, *, foreign: bool = False) -> Sweep:
    """Return the sweep in a file.

    Args:
        path_or_name: of the file.
        foreign: whether Python files that its base names as processes may be run.

    Raises:
        Problem: the file is missing, or something in it is wrong; all that is wrong is told.
    """
    file = _find(path_or_name)
    place, written = Place(str(file)), read_toml(file)
    with gathering() as problems:
        for key in ("base", "design", "factors"):
            if key not in written:
                problems.add(place.under(key).problem(None, Text("a value", "一个值")))
        with problems.noted():
            told = check.table(FILE)(written, place)
        if "base" in written:
            with problems.noted():
                base = _base(check.string(written["base"], place.under("base")), place, foreign)
    base = _with_sample(base, told)
    before, sweep = _LAID_OUT.get(file, (None, None))
    if sweep and before == written and sweep.base == base and sweep.base.hash() == base.hash():
        return sweep
    sweep = _laid_out(base, told, place, file)
    _LAID_OUT[file] = written, sweep
    return sweep


def _laid_out(base: Scenario, told: Mapping[str, Any], place: Place, file: Path) -> Sweep:
    """Return the sweep that a file tells of, all its points with their scenarios."""
    pairs = [pair for entry in told["factors"] for pair in entry]
    _check_apart([target for target, _ in pairs], place)
    targets, factors = tuple(zip(*pairs, strict=True)) if pairs else ((), ())
    design = told["design"]
    if design in DRAWN and "points" not in told:
        expected = Text("how many points to draw", "抽样点数")
        raise place.under("points").problem(None, expected)
    if design not in DRAWN and "points" in told:
        drawn = ", ".join(sorted(DRAWN))
        expected = Text(
            f"no number of points: a {design} design has its own (only {drawn} have a choice)",
            f"不写点数：{design} 设计的点数由因素决定（仅 {drawn} 可选）",
        )
        raise place.under("points").problem(told["points"], expected)
    points = DESIGNS[design](factors, told.get("points", 0), base.seed, str(file))
    scenarios = tuple(
        _scenario(base, targets, point, f"{file.stem}-{number:04d}", str(file))
        for number, point in enumerate(points)
    )
    hashes = [scenario.hash() for scenario in scenarios]
    added = base.hash() not in hashes
    if added:
        points = [*points, (None,) * len(factors)]
        scenarios = (*scenarios, replace(base, id=f"{file.stem}-base"))
    at = len(hashes) if added else hashes.index(base.hash())
    name = told.get("name", Text(file.stem, file.stem))
    description = told.get("description", name)
    return Sweep(
        *(file.stem, name, description, base, design, targets, factors),
        *(tuple(points), scenarios, at, added),
    )


def is_sweep(path_or_name: str | Path) -> bool:
    """Return whether a file is a sweep rather than a scenario: it has a design, or lies with them.

    Whatever cannot be read, or is nowhere, is none: reading it as a scenario says what is wrong.
    """
    try:
        file = _find(path_or_name)
        return file.parent.name == FOLDER or "design" in read_toml(file)
    except Problem:
        return False


def _with_sample(base: Scenario, told: Mapping[str, Any]) -> Scenario:
    return replace(base, **{key: told[key] for key in SAMPLE if key in told})


def _base(name: str, place: Place, foreign: bool) -> Scenario:
    try:
        return read_scenario(find(name, Path(place.file).parent), foreign=foreign)
    except FileNotFoundError as error:
        expected = Text("the name or path of a scenario file", "情景文件的名称或路径")
        hint = alike(name, Path(place.file).parent)
        raise place.under("base").problem(name, expected, hint) from error


def _find(path_or_name: str | Path) -> Path:
    expected = Text("the name or path of a sweep file", "扫描文件的名称或路径")
    return find_in(FOLDER, path_or_name, expected)


def _factors(value: object, place: Place) -> list[list[tuple[Target, Factor]]]:
    """Take the list of factors: each entry is one, or one for each of a group."""
    expected = Text("one or more [[factors]]", "至少一个 [[factors]]")
    if not isinstance(value, list) or not value:
        raise place.problem(value, expected)
    found = []
    with gathering() as problems:
        for number, entry in enumerate(value):
            with problems.noted():
                found.append(_entry(entry, place.under(str(number + 1))))
    return found


def _entry(value: object, place: Place) -> list[tuple[Target, Factor]]:
    told = check.table(ENTRY)(value, place)
    heads = [key for key in HEADS if key in told]
    if len(heads) != 1:
        expected = Text(f"one of {', '.join(HEADS)}", f"{'、'.join(HEADS)} 之一")
        raise place.problem(sorted(told), expected)
    return [(target, _factor(target, told, place)) for target in _targets(told, place)]


def _targets(told: Mapping[str, Any], place: Place) -> list[Target]:
    for kind, named in (("parameter", _parameter), ("variant", _variant)):
        if kind in told:
            return [Target(kind, named(told, place), "")]
    if "set" not in told:
        raise place.under("set").problem(None, check_one_of(SETTABLE))
    if "each" in told:
        kind = "instrument" if told["each"] == "instrument" else "lever"
        return [Target(kind, name, told["set"]) for name in GROUPS[told["each"]]]
    name = told["lever"]
    for kind in ("lever", "instrument"):
        try:
            return [Target(kind, PLAN.resolve(kind, name), told["set"])]
        except Problem:
            continue
    known = [lever.id for lever in PLAN.levers] + list(LEVER_OF)
    expected = Text("a plan, a safeguard or an instrument", "一项计划、保障措施或政策工具")
    raise place.under("lever").problem(name, expected, meant(nearest(name, known)))


def _parameter(told: Mapping[str, Any], place: Place) -> str:
    """Return the parameter that an entry names."""
    if "set" in told:
        expected = Text("nothing: a parameter is its value", "不写 set：参数只有取值")
        raise place.under("set").problem(told["set"], expected)
    with place.under("parameter").blamed_for(told["parameter"]):
        find_parameter(told["parameter"])
    name: str = told["parameter"]
    return name


def _variant(told: Mapping[str, Any], place: Place) -> str:
    """Return the mechanism that an entry names, of which it says values only."""
    for key in ("set", "low", "high"):
        if key in told:
            expected = Text("values: the forms of a mechanism", "values：机制的各种形式")
            raise place.under(key).problem(told[key], expected)
    return subject(told["variant"], place.under("variant"))


def check_one_of(choices: tuple[str, ...]) -> Text:
    """Return what is expected where one of some words is."""
    return Text("one of " + ", ".join(choices), "下列之一：" + "、".join(choices))


def _factor(target: Target, told: Mapping[str, Any], place: Place) -> Factor:
    if ("values" in told) == ("low" in told or "high" in told):
        expected = Text("either values, or low and high", "values，或 low 与 high，二者取一")
        raise place.problem(sorted(told), expected)
    if "values" in told:
        values = told["values"]
        if not isinstance(values, list) or not values:
            raise place.under("values").problem(values, Text("a list of values", "取值列表"))
        known = [_value(target, value, place.under("values")) for value in values]
        if any(known.count(value) > 1 for value in known):
            raise place.under("values").problem(values, Text("each value once", "取值不重复"))
        return Factor(target.name, tuple(known))
    ends = []
    for key in ("low", "high"):
        if key not in told:
            raise place.under(key).problem(None, Text("a value", "一个值"))
        ends.append(_value(target, told[key], place.under(key)))
    low, high = ends
    if target.field in UNORDERED or WORDS.get(target.field) in ends:
        expected = Text("values instead: these have no order", "改用 values：此类取值没有大小")
        raise place.problem(sorted(told), expected)
    if not low < high:
        raise place.under("high").problem(high, Text("a value above low", "大于 low 的值"))
    return Factor(target.name, (), low, high)


def _value(target: Target, value: object, place: Place) -> Any:
    """Return a value in the form in which a scenario file would say it."""
    if target.kind == "parameter":
        try:
            return fixed_parameters({target.id: value}, place)[target.id]
        except Problem as problem:
            raise place.problem(value, problem.expected, problem.hint) from problem
    if target.kind == "variant":
        return choice(target.id, value, place)
    known = SWEPT[target.field](value, place)
    return WORDS[target.field] if known is None else known


def _design(value: object, place: Place) -> str:
    if isinstance(value, str) and value not in DESIGNS:
        raise place.problem(value, check_one_of(tuple(DESIGNS)), meant(nearest(value, DESIGNS)))
    return check.one_of(*DESIGNS)(value, place)


def _check_apart(targets: list[Target], place: Place) -> None:
    """Make sure that no two factors change the same thing.

    Raises:
        Problem: two do.
    """
    for number, one in enumerate(targets):
        for other in targets[:number]:
            if one.touches() & other.touches():
                expected = Text("factors that change different things", "各因素改变的内容互不重叠")
                found = f"{other.name}, {one.name}"
                raise Problem(place.file, "factors", found, expected)


def _scenario(
    base: Scenario, targets: tuple[Target, ...], point: Point, id_: str, file: str
) -> Scenario:
    pairs = zip(targets, point, strict=True)
    said = changes((target, value) for target, value in pairs if value is not None)
    return derive(base, said, id_, file)


HEADS = ("lever", "each", "parameter", "variant")
"""Keys of a factor one of which says what it changes."""
ENTRY: Mapping[str, check.Check[Any]] = {
    "lever": check.string,
    "each": check.one_of(*GROUPS),
    "parameter": check.string,
    "variant": check.string,
    "set": check.one_of(*SETTABLE),
    "values": lambda value, _place: value,
    "low": lambda value, _place: value,
    "high": lambda value, _place: value,
}
"""Keys of a factor, and what each may be."""

FILE: Mapping[str, check.Check[Any]] = {
    "name": check.both_languages,
    "description": check.both_languages,
    "city": check.same_city,
    "base": check.string,
    "design": _design,
    "points": check.whole(2, LARGEST),
    "replicates": check.whole(2, 1_000_000),
    "seed": check.whole(0, 2**63 - 1),
    "horizon": check.string,
    "factors": _factors,
}
"""Keys of a sweep file, and what each may be."""
