"""All kinds of studies: every module of this room that declares a `STUDY`."""

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from sim import studies
from sim.language import Text
from sim.text.catalogue import texts

if TYPE_CHECKING:
    from sim.studies.study import Study

BESIDE = frozenset({"carried", "registry", "study"})
"""Modules that are none; packages are none either."""


def names() -> list[str]:
    """Return the names of all kinds, without loading what they compute with."""
    modules = {each.name for each in iter_modules(studies.__path__) if not each.ispkg}
    return sorted(modules - BESIDE)


def study(name: str) -> "Study[Any]":
    """Return a kind of study."""
    found: Study[Any] = import_module(f"sim.studies.{name}").STUDY
    return found


def help_of(name: str) -> Text:
    """Return what a kind of study is for; one whose texts are in the catalogues is not loaded."""
    return texts().get(f"{name}.help") or study(name).help
