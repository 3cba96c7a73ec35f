"""A study asked for in Python by its options, as it declares them for its command."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple, TypedDict, get_args, get_origin

from sim.language import LANGUAGES, Language, Text, default_language
from sim.problems import Problem, meant, nearest
from sim.runner import Written, carry_out, setting
from sim.store import check_free
from sim.store.fill import Watcher
from sim.studies import registry
from sim.studies.carried import Done, carried_out
from sim.studies.study import Option, Study
from sim.text.catalogue import worded
from sim.text.joining import alternatives


class Common(TypedDict, total=False):
    """What every study may be asked for beside its own options; None leaves it to the scenario."""

    replicates: int | None
    """Of each scenario."""
    seed: int | None
    """Of the ensemble: the same seed gives every scenario the same random numbers."""
    workers: int | None
    """Threads; any number gives the same numbers."""
    store: str | Path | None
    """Folder or URL where replicates are kept, and read if they are there; by default
    ``results/store``."""
    cluster: str | None
    """``tcp://HOST:PORT`` of a Dask scheduler, or ``local:N``; by default threads."""
    out: str | Path | None
    """Folder for the files that the command would write; by default none are written."""
    figures: bool
    """Whether figures are drawn into that folder."""
    language: Language | None
    """``en``, ``zh`` or another that there is; by default that of the surroundings."""
    watch: Watcher | None
    """Called with how many replicates are there, and how many there will be."""


class Called(NamedTuple):
    """A study that was carried out, and how it was asked for."""

    study: Study[Any]
    done: Done | Written
    scenarios: Sequence[Any]
    folder: Path | None
    language: Language


def call(name: str, given: Mapping[str, Any]) -> Called:
    """Carry out a study.

    Args:
        name: of the study.
        given: its own options by name, and those of `Common`; what is not there, or None, is as
            the study declares it.

    Raises:
        Problem: there is no such study or option, a value cannot be used, or the study raises it.
    """
    study, where = _study(name), f"sim.{name}()"
    own = {option.name for option in study.options}
    shared = [key for key in Common.__annotations__ if key not in {*own, *study.without}]
    _check_names(given, [*own, *shared], where)
    said = {key: given[key] for key in shared if given.get(key) is not None}
    common = {**study.defaults, **said}
    language = _language(common.get("language"), where)
    values = {each.name: value_of(each, given.get(each.name), where) for each in study.options}
    design = study.design(values)
    here = setting(
        design.scenarios[0],
        design.replicates or common.get("replicates"),
        common.get("seed"),
        common.get("workers"),
        _place(common.get("store")),
        common.get("cluster"),
    )
    watch, target = common.get("watch", _nobody), _target(common.get("out"))
    if study.own_folder is None and target is None:
        done = carried_out(study, design, here, watch)
        return Called(study, done, design.scenarios, None, language)
    if study.own_folder is not None:  # whole replicates are kept only where somebody asks for it
        here = here._replace(kept="store" in common or "cluster" in common)
    drawn_in = language if common.get("figures", True) else None
    written = carry_out(study, design, here, watch, target, drawn_in)
    return Called(study, written, design.scenarios, written.folder, language)


def _language(asked: str | None, where: str) -> Language:
    if asked is None:
        return default_language()
    if asked not in LANGUAGES:
        raise Problem(where, "language", str(asked), alternatives(LANGUAGES))
    return asked


def _study(name: str) -> Study[Any]:
    known = registry.names()
    if name not in known:
        listed = ", ".join(known)
        expected = worded("expected.study", listed=listed)
        raise Problem("sim.study()", "", repr(name), expected, meant(nearest(str(name), known)))
    return registry.study(name)


def _check_names(given: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for name in given:
        if name not in known:
            listed = ", ".join(sorted(known))
            expected = worded("expected.study_option", listed=listed)
            raise Problem(where, "", name, expected, meant(nearest(str(name), known)))


def value_of(option: Option, given: Any, where: str) -> Any:
    """Return the value of an option, in the form in which its command has it.

    Raises:
        Problem: it has to be said, or is not what the option may be.
    """
    if given is None:
        if option.has_to_be_said:
            raise Problem(where, option.name, "—", _expected(option))
        return option.default
    if get_origin(option.kind) is not list:
        return _one(option, given, where)
    several = given if isinstance(given, list | tuple) else [given]
    return [_one(option, each, where) for each in several]


def _one(option: Option, given: Any, where: str) -> Any:
    kind = kind_of(option)
    if option.objects is not None and isinstance(given, option.objects):
        return given
    value = given
    if kind in (str, Path) and isinstance(given, str | Path):
        value = kind(given)
    elif kind is float and isinstance(given, int) and not isinstance(given, bool):
        value = float(given)
    fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    if not fits or not _within(option, value):
        raise Problem(where, option.name, repr(given), _expected(option))
    return value


@cache
def kind_of(option: Option) -> Any:
    """Return the type of a value of an option, or of each of several."""
    kinds = [each for each in get_args(option.kind) or (option.kind,) if each is not NoneType]
    return kinds[0]


def _within(option: Option, value: Any) -> bool:
    low = option.least is None or value >= option.least
    return low and (option.most is None or value <= option.most)


def _expected(option: Option) -> Text:
    """Return what an option may be: its kind, its range, and what it is for."""
    kind = worded(f"called.{kind_of(option).__name__.lower()}")
    for name, end in (("from", option.least), ("to", option.most)):
        if end is not None:
            kind = worded("called.in_range", kind=kind, end=worded(f"called.{name}", end=end))
    return worded("called.option", kind=kind, help=option.help)


def _place(store: str | Path | None) -> str | None:
    return None if store is None else str(store)


def _target(out: str | Path | None) -> Path | None:
    if out is None:
        return None
    check_free(Path(out))
    return Path(out)


def _nobody(_done: int, _expected: int) -> None:
    """Watch nothing."""
