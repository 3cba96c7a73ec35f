"""The languages there are, one catalogue of texts each (``sim/text/en.po``), and texts in them all.

The identity of an entry (``msgid``) is its name, ``section.name``, in every language. An entry with
plural forms takes the one for the value ``number``, by the rule in the catalogue's head. English
stands for what a catalogue lacks.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from gettext import c2py
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any, ClassVar, Final, NamedTuple, Self

import polib

Language = str
"""A language by the name of its catalogue."""
CATALOGUES: Final = files("sim") / "text"
ENDING: Final = ".po"
BOTH: Final = ("en", "zh")
"""What a city's pack and scenario files are written in."""
LANGUAGES: Final = tuple(
    dict.fromkeys(
        (*BOTH, *sorted(each.name.removesuffix(ENDING) for each in CATALOGUES.iterdir()
                        if each.name.endswith(ENDING)))
    )
)  # fmt: skip
"""All languages; a further one is a file."""
NUMBER: Final = "number"
"""The value that chooses among plural forms."""
USUAL_PLURALS: Final = "plural=(n != 1);"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but tab and line feed: ESC is among them
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows
    r"\u2028\u2029"  # further ends of lines
    r"\ud800-\udfff]"  # halves of a letter, which no encoding writes
)


class Catalogue(NamedTuple):
    """All texts in one language."""

    tag: str
    """The language and, where it is said, the country, as a page of the web names them: zh-CN."""
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
        chosen = self.form_of(_whole(values[NUMBER])) if len(forms) > 1 else 0
        return forms[min(chosen, len(forms) - 1)]


def _whole(number: object) -> int:
    """Return a number that may be written with separators."""
    return int(str(number).replace(",", ""))


@cache
def catalogue(language: Language) -> Catalogue:
    """Return the catalogue of a language.

    Of one that the package does not come with, what has braces that the English text has not counts
    as lacking: nobody knows what to put there.
    """
    file = polib.pofile((CATALOGUES / f"{language}{ENDING}").read_text(encoding="utf-8"))
    forms = {
        each.msgid: tuple(each.msgstr_plural.values()) or (each.msgstr,)
        for each in file.translated_entries()
    }
    if language not in BOTH:
        english = catalogue("en").forms
        forms = {key: told for key, told in forms.items() if _fits(told, english.get(key, ()))}
    rule = file.metadata.get("Plural-Forms", USUAL_PLURALS).partition("plural=")[2].rstrip(";")
    tag = file.metadata.get("Language", language).replace("_", "-")
    return Catalogue(tag, MappingProxyType(forms), c2py(rule))


def _fits(told: tuple[str, ...], english: tuple[str, ...]) -> bool:
    """Return whether a text can be filled in as the English one is, a form chosen by a number."""
    if not english or len(told) > 1 == len(english):
        return False
    try:
        return all(_braces(each) <= _braces(english[-1]) for each in told)
    except ValueError:  # braces that are not closed
        return False


def _braces(text: str) -> frozenset[tuple[str, ...]]:
    """Return the braces of a text: names, and how what stands there is written.

    Raises:
        ValueError: it cannot be read.
    """
    return frozenset(tuple(map(str, each[1:])) for each in Formatter().parse(text) if each[1])


def filled(key: str, language: Language, values: Mapping[str, object]) -> str:
    """Return a text of the catalogues in one language, with its braces filled in.

    Raises:
        KeyError: there is no such text, or a value for its braces is missing.
    """
    own = {
        name: value.in_(language) if isinstance(value, Text) else value
        for name, value in {**TERMS, **values}.items()
    }
    has = language in LANGUAGES and key in catalogue(language).forms
    return catalogue(language if has else "en").text(key, own).format(**own)


class Text(tuple[str, ...]):
    """A text that a person sees, in each of `LANGUAGES`.

    ``Text("Yes", "是")`` is in the two languages of data files; English stands for what is lacking.
    ``Text("section.name", value=...)`` is of the catalogues, as `sim.text.catalogue.worded` has it.
    """

    __slots__ = ()
    _fields: ClassVar = BOTH

    def __new__(cls, *told: str, **values: Any) -> Self:
        """Take the text in two languages or more, or its name and what fills its braces.

        Raises:
            KeyError: there is no text of this name, or a value for its braces is missing.
            TypeError: it lacks English or Chinese.
        """
        if len(told) == 1:
            return super().__new__(cls, (filled(told[0], each, values) for each in LANGUAGES))
        return super().__new__(cls, _told(*told, **values))

    def __getnewargs__(self) -> tuple[str, ...]:
        """Return what a copy is made of."""
        return tuple(self)

    @property
    def en(self) -> str:
        """The text in English."""
        return self[0]

    @property
    def zh(self) -> str:
        """The text in Chinese."""
        return self[1]

    def in_(self, language: Language) -> str:
        """Return the text in a language, in English if there is no such language."""
        return self[LANGUAGES.index(language) if language in LANGUAGES else 0]

    @property
    def both(self) -> tuple[str, str]:
        """The text in English and in Chinese, which files have beside each other."""
        return self.en, self.zh

    def each(self) -> dict[Language, str]:
        """Return the text by language."""
        return dict(zip(LANGUAGES, self, strict=True))

    def _replace(self, **own: str) -> Self:
        """Return the text with others in some languages."""
        return type(self)(**self.each() | own)

    def _asdict(self) -> dict[Language, str]:
        """Return the text as data files have it."""
        return dict(zip(BOTH, self.both, strict=True))


def _told(en: str, zh: str, *others: str, **more: str) -> tuple[str, ...]:
    said = dict(zip(LANGUAGES, (en, zh, *others), strict=False)) | more
    return tuple(said.get(each, en) for each in LANGUAGES)


TERMS: dict[str, Text] = {}
"""What every text may name in braces: words of this city's plan, which it gives (`sim.plan`)."""
NOTHING: Final = Text("", "")
"""Where there is nothing to say."""


def visible(text: str) -> str:
    """Return a text with whatever acts instead of being seen spelt out, as JSON and TOML spell it.

    What others wrote can hold characters that move the cursor, recolour or rename a terminal,
    reverse the reading direction or cannot be encoded.
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def default_language() -> Language:
    """Return SIM_LANG if it is set, else the language of the locale, else English."""
    locale = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
    chosen = os.environ.get("SIM_LANG"), locale.partition(".")[0], re.split(r"[_.@]", locale)[0]
    return next((each for each in chosen if each in LANGUAGES), "en")


def plain(name: str) -> str:
    """Return a name without case, width, spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
