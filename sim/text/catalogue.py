"""The texts that people see, by name: one catalogue a language in gettext's form (``en.po``).

The identity of an entry (``msgid``) is its name, ``section.name``, in every language. An entry with
plural forms takes the one for the value ``number``, by the rule in the catalogue's head.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from gettext import c2py
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

import polib

from sim.language import Text

TERMS: dict[str, Text] = {}
"""What every text may name in braces: words of this city's plan, which it gives (`sim.plan`)."""
NUMBER = "number"
"""The value that chooses among plural forms."""


class Catalogue(NamedTuple):
    """All texts in one language."""

    forms: Mapping[str, tuple[str, ...]]
    """Of each text, by its name: one, or several of which a number chooses."""
    form_of: Callable[[int], int]
    """Which form goes with a number."""

    def text(self, key: str, values: Mapping[str, object]) -> str:
        """Return the form of a text that goes with the values for its braces.

        Raises:
            KeyError: there is no such text, or no number to choose a form by.
        """
        forms = self.forms[key]
        return forms[self.form_of(_whole(values[NUMBER])) if len(forms) > 1 else 0]


def _whole(number: object) -> int:
    """Return a number that may be written with separators."""
    return int(str(number).replace(",", ""))


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language."""
    file = polib.pofile((files("sim.text") / f"{language}.po").read_text(encoding="utf-8"))
    forms = {each.msgid: tuple(each.msgstr_plural.values()) or (each.msgstr,) for each in file}
    rule = file.metadata["Plural-Forms"].partition("plural=")[2].rstrip(";")
    return Catalogue(MappingProxyType(forms), c2py(rule))


@cache
def texts() -> Mapping[str, Text]:
    """Return all texts by ``section.name``; braces in a text are filled in by `worded`.

    Of several plural forms it is the last one, which goes with most numbers.
    """
    english, chinese = (catalogue(language).forms for language in Text._fields)
    return MappingProxyType({key: Text(english[key][-1], chinese[key][-1]) for key in english})


def worded(key: str, /, **values: object) -> Text:
    """Return a text of the catalogues, with its braces filled in.

    Args:
        key: ``section.name``.
        **values: for the braces; of a `Text` each language takes its own.

    Raises:
        KeyError: there is no such text, or a value for its braces is missing.
    """
    return Text(*(say(key, language, **values) for language in Text._fields))


def say(key: str, language: str, /, **values: object) -> str:
    """Return a text of the catalogues in one language.

    Raises:
        KeyError: as for `worded`.
    """
    own = {
        name: value.in_(language) if isinstance(value, Text) else value
        for name, value in {**TERMS, **values}.items()
    }
    return catalogue(language).text(key, own).format(**own)


def titles(section: str, names: Iterable[str], language: str) -> list[str]:
    """Return texts of a section by their names, such as the titles of a table's columns."""
    return [say(f"{section}.{name}", language) for name in names]


def capital(text: str) -> str:
    """Return a text with its first letter in upper case (Chinese stays as it is)."""
    return text[:1].upper() + text[1:]
