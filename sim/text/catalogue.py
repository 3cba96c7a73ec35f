"""The texts that people see, by name; `sim.language` reads their catalogues."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from sim.language import LANGUAGES, Language, Text, catalogue, filled


@cache
def texts() -> Mapping[str, Text]:
    """Return all texts by ``section.name``; braces in a text are filled in by `worded`.

    Of several plural forms it is the last one, which goes with most numbers.
    """
    forms = [catalogue(language).forms for language in LANGUAGES]
    return MappingProxyType(
        {key: Text(*(own.get(key, told)[-1] for own in forms)) for key, told in forms[0].items()}
    )


def worded(key: str, /, **values: object) -> Text:
    """Return a text of the catalogues, with its braces filled in.

    Args:
        key: ``section.name``.
        **values: for the braces; of a `Text` each language takes its own.

    Raises:
        KeyError: there is no such text, or a value for its braces is missing.
    """
    return Text(key, **values)


def say(key: str, language: Language, /, **values: object) -> str:
    """Return a text of the catalogues in one language.

    Raises:
        KeyError: as for `worded`.
    """
    return filled(key, language, values)


def titles(section: str, names: Iterable[str], language: Language) -> list[str]:
    """Return texts of a section by their names, such as the titles of a table's columns."""
    return [say(f"{section}.{name}", language) for name in names]


def capital(text: str) -> str:
    """Return a text with its first letter in upper case (Chinese stays as it is)."""
    return text[:1].upper() + text[1:]
