"""What a parameter is called beside a mark: short, in the reader's language, not its code."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sim.language import Language, Text
from sim.parameters import PARAMETERS
from sim.views.words import capital

FILE = Path(__file__).parent / "parameter_names.toml"
SAME = "The same for "
"""How the meaning of a vector's later elements begins in English."""


@cache
def short_names() -> dict[str, Text]:
    """Return the name of each parameter: its own short one, or else its meaning."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Text(
            capital(table["en"].get(name) or _english(name, table["vectors"])),
            table["zh"].get(name, PARAMETERS[name].meaning.zh),
        )
        for name in PARAMETERS
    }


def parameter_name(name: str, language: Language) -> str:
    """Return what a parameter is called, in one language.

    Raises:
        KeyError: there is no such parameter.
    """
    return short_names()[name].in_(language)


def _english(name: str, vectors: dict[str, Any]) -> str:
    meaning = PARAMETERS[name].meaning.en
    pattern = vectors.get(name.partition(":")[0])
    if pattern is not None:
        meaning = pattern.format(of=meaning.removeprefix(SAME).rpartition(": ")[2])
    return meaning
