"""Texts put together, and names put into texts."""

from collections.abc import Callable, Iterable

from sim.language import LANGUAGES, Language, Text
from sim.text.catalogue import capital, worded

INNER = str.maketrans("“”", "‘’")
COLON, COMMA, SEMICOLON, CLAUSE = (
    worded(f"mark.{name}") for name in ("colon", "comma", "semicolon", "clause")
)
"""Before what is told of a name; between names of a list; between those that may hold commas;
between parts of a sentence."""
STOP, SPACE = worded("mark.stop"), worded("list.sentences", one="", other="")
"""After a sentence, and between two of them."""


def sentences(*parts: str, language: Language) -> str:
    """Join sentences: a space between them in English, none in Chinese."""
    return parts[0] + "".join(map(SPACE.in_(language).__add__, parts[1:])) if parts else ""


def joined(parts: Iterable[Text]) -> Text:
    """Join sentences in each language."""
    told = list(parts)
    return in_both(lambda own: sentences(*(each.in_(own) for each in told), language=own))


def ended(text: Text) -> Text:
    """Return a sentence with its full stop, if it has no mark at its end."""
    return Text(*(f"{each}{stop}" if each[-1].isalnum() or each[-1] in "”'’）)%" else each
                  for each, stop in zip(text, STOP, strict=True)))  # fmt: skip


def in_both(write: Callable[[Language], str]) -> Text:
    """Return what is written in each language."""
    return Text(*map(write, LANGUAGES))


def capitalised(text: Text) -> Text:
    """Return a text as it begins a line."""
    return Text(*map(capital, text))


def commas(names: Iterable[Text]) -> Text:
    """Return names as a list."""
    return between(COMMA, names)


def series(names: Iterable[str]) -> Text:
    """Return names that are the same in both languages as a list."""
    return commas(Text(name, name) for name in names)


def alternatives(names: Iterable[str]) -> Text:
    """Return names that are the same in both languages as a choice."""
    return between(worded("mark.or"), (Text(name, name) for name in names))


def semicolons(names: Iterable[Text]) -> Text:
    """Return names that may hold commas as a list."""
    return between(SEMICOLON, names)


def between(mark: Text, names: Iterable[Text]) -> Text:
    """Return names with a mark between them."""
    told = list(names)
    return in_both(lambda language: mark.in_(language).join(each.in_(language) for each in told))


def listed(names: Iterable[Text], otherwise: Text) -> Text:
    """Return names that may hold commas as a list, or what is said where there are none."""
    told = list(names)
    return semicolons(told) if told else otherwise


def unquoted(text: Text) -> Text:
    """Return a name that can stand between Chinese quotation marks: its own become single ones."""
    return text._replace(zh=text.zh.translate(INNER))
