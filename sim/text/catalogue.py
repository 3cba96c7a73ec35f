"""The texts that people see, by name: one catalogue a language, ``en.toml`` and ``zh.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from sim.language import Language, Text

TERMS: dict[str, Text] = {}
"""What every text may name in braces: words of this city's plan, which it gives (`sim.plan`)."""


@cache
def texts() -> Mapping[str, Text]:
    """Return all texts by ``section.name``; braces in a text are filled in by `worded`."""
    english, chinese = (_flat(f"{language}.toml") for language in ("en", "zh"))
    return MappingProxyType({key: Text(english[key], chinese[key]) for key in english})


def _flat(name: str) -> dict[str, str]:
    table = tomllib.loads((files("sim.text") / name).read_text(encoding="utf-8"))
    return {
        f"{section}.{key}": text
        for section, entries in table.items()
        for key, text in entries.items()
    }


def worded(key: str, **values: object) -> Text:
    """Return a text of the catalogues, with its braces filled in.

    Args:
        key: ``section.name``.
        **values: for the braces; of a `Text` each language takes its own.

    Raises:
        KeyError: there is no such text, or a value for its braces is missing.
    """
    found = texts()[key]
    own = [{name: _in(value, at) for name, value in {**TERMS, **values}.items()} for at in (0, 1)]
    return Text(found.en.format(**own[0]), found.zh.format(**own[1]))


def _in(value: object, language: int) -> object:
    return value[language] if isinstance(value, Text) else value


def say(key: str, language: Language, **values: object) -> str:
    """Return a text of the catalogues in one language.

    Raises:
        KeyError: as for `worded`.
    """
    return worded(key, **values).in_(language)


def capital(text: str) -> str:
    """Return a text with its first letter in upper case (Chinese stays as it is)."""
    return text[:1].upper() + text[1:]
