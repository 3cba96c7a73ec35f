"""A study asked for from a page: its options as controls, what is chosen, and its command.

Whatever is chosen is a text, as a link holds it. Scenarios and names are taken from lists alone:
no path can be asked for.
"""

import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_origin

from sim.app.package import Package, named, preset
from sim.app.told import short_hash
from sim.called import kind_of, value_of
from sim.language import Text
from sim.problems import Problem
from sim.scenario import Scenario, scenario_names
from sim.scenario.place import shown
from sim.studies import registry
from sim.studies.study import FILE, Option, Study
from sim.text.joining import series

Kind = Literal["package", "packages", "list", "flag", "number", "text"]
NOW, PINNED = ":package", ":reference"
"""What stands for the package of now, and for what its changes are told against."""
SIZES: Final = ("16", "32", "64", "128", "256", "512", "1024", "2048")
"""Replicates of each scenario that can be chosen."""
UNTIL: Final = "0.05"
"""The same for a study that may run until its intervals are so narrow."""
LONGEST = 200
"""Letters of a text that is typed."""
YES, NO = "true", "false"


class Control(NamedTuple):
    """An option as something to choose or to type."""

    option: Option
    kind: Kind
    begun: str
    """What is chosen at first."""
    needed: bool
    """Whether it cannot be left unsaid."""

    @property
    def label(self) -> Text:
        """Return what it is called."""
        return self.option.help if self.option.label is None else self.option.label

    @property
    def choices(self) -> list[str]:
        """Return what a list offers; an empty text leaves it unsaid."""
        option = self.option
        unsaid = [""] if option.default is None and not self.needed else []
        if option.objects is Scenario:
            own = [PINNED, NOW] if self.kind == "packages" else [NOW, PINNED]
            return [*unsaid, *own, *scenario_names()]
        return [*unsaid, *(option.names() if option.names is not None else ())]


def controls(study: Study[Any]) -> list[Control]:
    """Return the options of a study as controls, in its order."""
    bare = [each for each in study.options if each.objects is Scenario and each.default is None]
    pair = len([each for each in bare if each.has_to_be_said]) > 1
    # A command without its argument lists what there is; a page has to be told which.
    needed = [each for each in study.options if each.has_to_be_said]
    needed += study.options[:1] if study.listed is not None else []
    return [
        _control(each, needed=each in needed, first=pair and each is bare[0])
        for each in study.options
    ]


def _control(option: Option, *, needed: bool, first: bool) -> Control:
    """Return an option as a control; of two packages to name the first is the reference."""
    if option.objects is Scenario:
        if get_origin(option.kind) is list:
            return Control(option, "packages", f"{PINNED},{NOW}", needed)
        return Control(option, "package", PINNED if first else _package(option), needed)
    kind = kind_of(option)
    if option.names is not None:
        least = next(iter(option.names()), "") if needed else ""
        return Control(option, "list", option.begun or str(option.default or least), needed)
    if kind is bool:
        return Control(option, "flag", YES if option.default else NO, needed)
    told = "" if option.default is None else f"{option.default}"
    return Control(option, "number" if kind in (int, float) else "text", told, needed)


def _package(option: Option) -> str:
    """Return which package an option begins with; one that may be left out is."""
    if option.default == FILE.default or (option.default is None and option.argument):
        return NOW
    return str(option.default or "")


class Asked(NamedTuple):
    """What is chosen of a study."""

    study: str
    size: str
    """Replicates of each scenario; a fraction: until intervals are so narrow; empty: it has none.
    """
    seed: int
    told: tuple[tuple[str, str], ...]
    """Name and value of each control."""

    @property
    def precision(self) -> float | None:
        """Return how narrow intervals have to be, None if the number of replicates is said."""
        return float(self.size) if "." in self.size else None

    @property
    def replicates(self) -> int | None:
        """Return how many replicates are asked for, None if that is not said."""
        return int(self.size) if self.size.isdigit() else None


def has_size(study: Study[Any]) -> bool:
    """Return whether the number of replicates can be chosen beside the study's own options."""
    own = {option.name for option in study.options}
    return "replicates" not in {*study.without, *own}


def sizes(study: Study[Any]) -> list[str]:
    """Return the numbers of replicates that can be chosen, and the precision."""
    if not has_size(study):
        return []
    return [*SIZES, *([UNTIL] if study.estimates is not None else [])]


def usual_size(study: Study[Any]) -> str:
    """Return the number of replicates that a page begins with."""
    return str(study.defaults.get("replicates", study.begun))


Find = Callable[[str], Package]
"""Gives the package that `NOW`, `PINNED` or a name of the folder stands for."""


def finder(now: Package, pinned: Package) -> Find:
    """Return what finds packages by what is chosen; it raises `Problem` for a name on no list."""
    own = {NOW: now, PINNED: pinned}
    return lambda name: own[name] if name in own else preset(name, "study")


def packages_of(asked: Asked, find: Find) -> tuple[Package, ...]:
    """Return the packages that are chosen, in the order of the options.

    Raises:
        Problem: one is on no list.
    """
    kinds = {each.option.name: each.kind for each in controls(registry.study(asked.study))}
    return tuple(
        find(one)
        for name, told in asked.told
        if kinds[name] in ("package", "packages")
        for one in filter(None, told.split(","))
    )


def values(study: Study[Any], asked: Asked, packages: Sequence[Package]) -> dict[str, Any]:
    """Return the values of a study's options.

    Raises:
        Problem: a value is not what its option may be.
    """
    told, left = dict(asked.told), iter(packages)
    names = {each.option.name: each for each in controls(study)}
    return {name: _value(each, told[name], left, study.id) for name, each in names.items()}


def _value(control: Control, told: str, packages: Iterator[Package], study: str) -> Any:
    option = control.option
    given: Any = told or None
    if control.kind == "packages":
        given = [scenario_of(next(packages)) for each in told.split(",") if each]
    elif control.kind == "package":
        given = scenario_of(next(packages)) if told else None
    elif control.kind == "list" and told and told not in control.choices:
        known = series(filter(None, control.choices))
        raise Problem(study, option.name, shown(told), known)
    elif control.kind == "flag":
        given = told == YES
    elif control.kind == "number" and told:
        given = _number(kind_of(option), told)
    return value_of(option, given, study)


def _number(kind: Any, told: str) -> Any:
    """Return a number; what is none stays a text, which the option refuses in words."""
    try:
        return kind(told)
    except ValueError:
        return told


def scenario_of(package: Package) -> Scenario:
    """Return a package's scenario; a changed one goes by the name of its file."""
    own = package.scenario
    if not package.said:
        return own
    return replace(own, id=Path(file_of(package)).stem, name=named(package))


def file_of(package: Package) -> str:
    """Return by which name a command knows a package: of the folder, or of the file saved here."""
    return f"{package.base}-{short_hash(package)}.toml" if package.said else package.base


def command(asked: Asked, packages: Sequence[Package]) -> str:
    """Return the command that gives the same numbers."""
    study = registry.study(asked.study)
    told, left = dict(asked.told), iter(packages)
    first, then = list[str](), list[str]()
    for each in controls(study):
        option, value = each.option, told[each.option.name]
        names = [value]
        if each.kind in ("package", "packages"):
            names = [file_of(next(left)) for one in value.split(",") if one]
        if option.argument:
            first += filter(None, names)
        elif names and names[0] not in ("", NO) and names[0] != f"{option.default}":
            then += [option.flag, *([] if each.kind == "flag" else names)]
    if asked.size and has_size(study):
        then += ["--precision" if asked.precision else "--replicates", asked.size]
    if "seed" not in study.without and not (study.hours or "seed" in study.defaults):
        then += ["--seed", str(asked.seed)]
    return shlex.join(["sim", study.id, *first, *then])
