"""Every word on a figure that the plan does not give, in Chinese and English (words.toml)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sim.language import Language, Text

WORDS_FILE = Path(__file__).parent / "words.toml"


@cache
def words() -> Mapping[str, Text]:
    """Return all labels by ``section.name``; braces in a label are filled in by `say`."""
    table = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            f"{section}.{name}": Text(en=label["en"], zh=label["zh"])
            for section, labels in table.items()
            for name, label in labels.items()
        }
    )


def say(key: str, language: Language, **values: str) -> str:
    """Return a label in one language, with its braces filled in.

    Raises:
        KeyError: there is no such label, or a value for its braces is missing.
    """
    return words()[key].in_(language).format(**values)


def capital(text: str) -> str:
    """Return a text with its first letter in upper case (Chinese stays as it is)."""
    return text[:1].upper() + text[1:]
