"""Sweep files (``scenarios/sweeps/*.toml``): a base scenario, factors, and a design over them."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.experiments.designs import DESIGNS, DRAWN, LARGEST, SOBOL, Asked, Factor, Point
from sim.experiments.factors import check_apart, factors, one_of
from sim.experiments.points_file import ENDING, listed
from sim.experiments.targets import Target, changes
from sim.language import Text
from sim.problems import Problem, gathering, meant, nearest
from sim.scenario import Scenario, as_known_in, check, derive, from_one_source, read_scenario
from sim.scenario.files import alike, find, find_in, names_in, read_toml
from sim.scenario.money import TABLE as MOVES
from sim.scenario.place import Place
from sim.scenario.shape import TEXT, either, shaped, some
from sim.text.catalogue import worded

FOLDER = "sweeps"
LIST: Final = "list"
"""The design whose points are given one by one."""
KNOWN: Final = (*DESIGNS, LIST)
AS_WRITTEN: Final = "as-written"
IN_PYTHON: Final = "sweep"
"""What stands for the file of a sweep that was told in Python."""
SAMPLE = ("replicates", "seed", "horizon")
"""Keys that a sweep file shares with scenario files, and gives its base."""


@dataclass(frozen=True)
class Sweep:
    """A sweep, complete and checked."""

    id: str
    name: Text
    description: Text
    base: Scenario
    design: str
    targets: tuple[tuple[Target, ...], ...]
    """What each factor changes at once."""
    factors: tuple[Factor, ...]
    points: tuple[Point, ...]
    """A row of factor values each; None: as in the base."""
    scenarios: tuple[Scenario, ...]
    """The scenario of each point."""
    base_point: int
    """Which point is the base, that all others are paired with."""
    added: bool
    """Whether the design has no such point, so that it stands after those of the design."""
    second_order: bool = False
    """Whether a ``sobol`` design has the points that indices of pairs need."""

    @property
    def designed(self) -> int:
        """Return how many points are those of the design; they come first."""
        return len(self.points) - self.added

    def without(self, hashes: Collection[str]) -> "Sweep | None":
        """Return the points whose scenarios have other hashes, as a list; None without its base."""
        left = [at for at, each in enumerate(self.scenarios) if each.hash() not in hashes]
        if self.base_point not in left:
            return None
        points = tuple(self.points[at] for at in left)
        scenarios = tuple(self.scenarios[at] for at in left)
        return replace(
            self, design=LIST, points=points, scenarios=scenarios,
            base_point=left.index(self.base_point), second_order=False,
        )  # fmt: skip

    def hash(self) -> str:
        """Return the SHA-256, in hexadecimal digits, of what its points do, in their order."""
        text = "\n".join(scenario.hash() for scenario in self.scenarios)
        return hashlib.sha256(text.encode()).hexdigest()


class Changed(NamedTuple):
    """What a person says of a sweep besides its file."""

    base: str | Scenario | None = None
    """Scenario in place of the file's own."""
    as_of: str | None = None
    """Month up to which it is known what has happened."""
    more: int = 0
    """Points more than the file says."""


AS_IT_IS: Final = Changed()


_LAID_OUT: dict[tuple[Path, Changed], tuple[dict[str, Any], Sweep]] = {}
"""What each file said last, and the sweep that this came to: laying out and hashing hundreds of
scenarios takes seconds, and the lab asks each time that somebody looks."""


def sweep_names() -> list[str]:
    """Return the names of the sweeps that can be run on this city, in alphabetical order."""
    return names_in(FOLDER)


def sweep_title(name: str) -> Text:
    """Return what a sweep of `sweep_names` is called, without laying out its points.

    Raises:
        Problem: its file cannot be read.
    """
    file = _find(name)
    return check.both_languages(read_toml(file).get("name", name), Place(str(file), ("name",)))


def read_sweep(
    path_or_name: str | Path | Mapping[str, Any],
    changed: Changed = AS_IT_IS,
    *,
    foreign: bool = False,
) -> Sweep:
    """Return the sweep in a file.

    Args:
        path_or_name: of the file; a table of points (CSV) is a list of points from the plan as
            written. Or what a file says, from the plan as written if it names no base.
        changed: what is otherwise than in the file.
        foreign: whether Python files that its base names as processes may be run.

    Raises:
        Problem: the file is missing, or something in it is wrong; all that is wrong is told.
    """
    file, written = _told(path_or_name)
    place = Place(str(file))
    one_by_one = written.get("design") == LIST
    with gathering() as problems:
        for key in ("base", "design", *(("points",) if one_by_one else ("factors",))):
            if key not in written:
                problems.add(place.under(key).problem(None, worded("expected.value")))
        with problems.noted():
            told = check.table(FILE)(written, place)
        if "base" in written:
            with problems.noted():
                base = _base(check.string(written["base"], place.under("base")), place, foreign)
    if changed.base is not None:
        base = read_scenario(changed.base, foreign=foreign)
    base = _with_sample(base, told)
    if changed.as_of is not None:
        base = as_known_in(base, changed.as_of)
    asked = file, changed._replace(base=None)  # the base is compared itself
    before, sweep = _LAID_OUT.get(asked, (None, None))
    if one_by_one and isinstance(told["points"], str):  # the table may have changed
        before = None
    if sweep and before == written and sweep.base == base and sweep.base.hash() == base.hash():
        return sweep
    sweep = _laid_out(base, told, place, changed.more)
    _LAID_OUT[asked] = written, sweep
    return sweep


def _told(given: str | Path | Mapping[str, Any]) -> tuple[Path, dict[str, Any]]:
    """Return the file of a sweep, and what it says."""
    if isinstance(given, Mapping):
        return Path(IN_PYTHON), {"base": AS_WRITTEN, **given}
    file = _find(given)
    return file, _of_table(file) if file.suffix == ENDING else read_toml(file)


def _of_table(file: Path) -> dict[str, Any]:
    """Return what a sweep file would say of a table of points."""
    return {"base": AS_WRITTEN, "design": LIST, "points": file.name}


def _laid_out(base: Scenario, told: Mapping[str, Any], place: Place, more: int) -> Sweep:
    """Return the sweep that a file tells of, all its points with their scenarios."""
    file, design = Path(place.file), told["design"]
    entries = [each for several in told.get("factors", ()) for each in several]
    check_apart([each for entry in entries for each in entry.targets], place.under("factors"))
    second = told.get("second_order", False)
    if second and design != SOBOL:
        expected = worded("expected.only_in_design", design=SOBOL)
        raise place.under("second_order").problem(True, expected)
    points: Sequence[Point]
    if design == LIST:
        entries, points = listed(told["points"], entries, place.under("points"))
    else:
        points = _designed(base, [entry.factor for entry in entries], told, place, more)
    if design not in DRAWN and more:
        drawn = ", ".join(sorted(DRAWN))
        expected = worded("expected.no_more_points", design=design, drawn=drawn)
        raise Problem("--more", "", str(more), expected)
    targets = tuple(entry.targets for entry in entries)
    changed = (
        _scenario(base, targets, point, f"{file.stem}-{number:04d}", place.file)
        for number, point in enumerate(points)
    )
    base, *scenarios = from_one_source([base, *changed])
    hashes = [scenario.hash() for scenario in scenarios]
    added = base.hash() not in hashes
    if added:
        points = [*points, (None,) * len(targets)]
        scenarios.append(replace(base, id=f"{file.stem}-base"))
    at = len(hashes) if added else hashes.index(base.hash())
    name = told.get("name", Text(file.stem, file.stem))
    description = told.get("description", name)
    factors = tuple(entry.factor for entry in entries)
    return Sweep(
        *(file.stem, name, description, base, design, targets, factors),
        *(tuple(points), tuple(scenarios), at, added, second),
    )


def _designed(
    base: Scenario, factors: Sequence[Factor], told: Mapping[str, Any], place: Place, more: int
) -> list[Point]:
    """Return the points of a design over factors."""
    design = told["design"]
    if design in DRAWN and "points" not in told:
        raise place.under("points").problem(None, worded("expected.how_many_points"))
    if design not in DRAWN and "points" in told:
        drawn = ", ".join(sorted(DRAWN))
        expected = worded("expected.no_number_of_points", design=design, drawn=drawn)
        raise place.under("points").problem(told["points"], expected)
    if design in DRAWN:
        check.whole(2, LARGEST)(told["points"], place.under("points"))
    asked = Asked(
        told.get("points", 0), base.seed, place.file, more, told.get("second_order", False)
    )
    return DESIGNS[design](factors, asked)


def is_sweep(path_or_name: str | Path) -> bool:
    """Return whether a file is a sweep rather than a scenario: it has a design, or lies with them.

    Whatever cannot be read, or is nowhere, is none: reading it as a scenario says what is wrong.
    """
    try:
        file = _find(path_or_name)
        if file.suffix == ENDING:
            return True
        return file.parent.name == FOLDER or "design" in read_toml(file)
    except Problem:
        return False


def _with_sample(base: Scenario, told: Mapping[str, Any]) -> Scenario:
    return replace(base, **{key: told[key] for key in SAMPLE if key in told})


def _base(name: str, place: Place, foreign: bool) -> Scenario:
    try:
        return read_scenario(find(name, Path(place.file).parent), foreign=foreign)
    except FileNotFoundError as error:
        expected = worded("expected.scenario_file")
        hint = alike(name, Path(place.file).parent)
        raise place.under("base").problem(name, expected, hint) from error


def _find(path_or_name: str | Path) -> Path:
    return find_in(FOLDER, path_or_name, worded("expected.sweep_file"))


@shaped(lambda: {"enum": list(KNOWN)})
def _design(value: object, place: Place) -> str:
    if isinstance(value, str) and value not in KNOWN:
        raise place.problem(value, one_of(KNOWN), meant(nearest(value, KNOWN)))
    return check.one_of(*KNOWN)(value, place)


def _scenario(
    base: Scenario, targets: Sequence[tuple[Target, ...]], point: Point, id_: str, file: str
) -> Scenario:
    pairs = zip(targets, point, strict=True)
    said = changes((target, value) for own, value in pairs if value is not None for target in own)
    if MOVES in said:  # a list of moves takes the place of the base's
        said[MOVES] = [*(move.plain() for move in base.moves), *said[MOVES]]
    return derive(base, said, id_, file)


FILE: Mapping[str, check.Check[Any]] = {
    "name": check.both_languages,
    "description": check.both_languages,
    "city": check.same_city,
    "base": check.string,
    "design": _design,
    "points": check.later(
        either({"type": "integer", "minimum": 1}, TEXT, some({"type": "object"}, 1))
    ),
    "second_order": check.flag,
    "replicates": check.whole(2, 1_000_000),
    "seed": check.whole(0, 2**63 - 1),
    "horizon": check.string,
    "factors": factors,
}
"""Keys of a sweep file, and what each may be."""
