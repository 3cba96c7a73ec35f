"""How a parameter is told to a reader: a short name, its unit and its source, in one language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim import city
from sim.evidence.influence import STATUSES, status_of
from sim.language import Language, Text
from sim.parameters import ASSUMPTION, PARAMETERS
from sim.parameters import PRIORS as KINDS_OF_PRIOR
from sim.text.catalogue import capital, worded

FILE = Path(__file__).parent / "parameter_names.toml"
SOURCES = "sources.toml"
"""File of a city's pack; may be left out."""
SAME = "The same for "
"""How the meaning of a vector's later elements begins in English."""
FULL_WIDTH = str.maketrans(":()", "：（）")
"""The table of parameters has these as keyboards do."""
EVIDENCE = {status: worded(f"evidence.{status}") for status in STATUSES}
"""What the kinds of evidence are called."""
PRIORS = {kind: worded(f"prior.{kind}") for kind in KINDS_OF_PRIOR}
"""What kinds of prior are called."""


@cache
def short_names() -> dict[str, Text]:
    """Return the name of each parameter: its own short one, or else its meaning."""
    table = _table()
    return {
        name: Text(
            capital(table["en"].get(name) or _english(name, table["vectors"])),
            table["zh"].get(name) or parameter_meaning(name).zh,
        )
        for name in PARAMETERS
    }


def parameter_name(name: str, language: Language) -> str:
    """Return what a parameter is called, in one language; one of another version by its id."""
    return short_names().get(name, Text(name, name)).in_(language)


def parameter_meaning(name: str) -> Text:
    """Return what a parameter means, in Chinese with the punctuation of Chinese."""
    meaning = PARAMETERS[name].meaning
    return meaning._replace(zh=meaning.zh.translate(FULL_WIDTH))


def parameter_unit(unit: str, language: Language) -> str:
    """Return a unit of the table of parameters in one language."""
    return unit if language != "zh" else str(_table()["units"].get(unit, unit))


def unit_in_words(unit: str) -> Text:
    """Return a unit of the table of parameters as it is read alone, not behind a number."""
    return Text(_table()["alone"].get(unit, unit), parameter_unit(unit, "zh"))


def parameter_source(source: str, language: Language) -> str:
    """Return a source of the table of parameters in one language; one of another version as is."""
    if language != "zh":
        return source
    return EVIDENCE["assumed"].zh if source == ASSUMPTION else _sources().get(source, source)


def parameter_evidence(name: str) -> Text:
    """Return what kind of evidence a parameter rests on: an assumption, a statistic, a study."""
    return EVIDENCE[status_of(name)]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _sources() -> Mapping[str, str]:
    """Return the Chinese words that the city's pack has for sources of its parameters."""
    file = city.file(SOURCES)
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _english(name: str, vectors: dict[str, Any]) -> str:
    meaning = PARAMETERS[name].meaning.en
    pattern = vectors.get(name.partition(":")[0])
    if pattern is not None:
        meaning = pattern.format(of=meaning.removeprefix(SAME).rpartition(": ")[2])
    return meaning
