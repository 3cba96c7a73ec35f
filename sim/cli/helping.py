"""Help in the language that a command line asks for: declared by a text's name, said at the end.

Options and arguments are declared before a command line is read, so their help is the name of a
text there (``help.seed``); a study's commands are made after that and have theirs in words.
"""

from typing import Any, Final

import typer
from typer.core import TyperGroup

from sim.language import Language
from sim.text.catalogue import say, texts

Formatter: type[Any] = TyperGroup.context_class.formatter_class
"""What Typer writes help with; it has no public name there."""
WORDS: Final = {
    "Options": "options",
    "Arguments": "arguments",
    "Commands": "commands",
    "Show this message and exit.": "help",
}
"""Typer's own words in help, and the texts of ``help.words`` that stand for them."""
BEHIND: Final = {"[required]": "needed", "[default:": "default"}
"""What it writes behind what is told of an option, likewise."""


def told_in(whole: typer.Typer, language: Language) -> Any:
    """Return all commands with their help in a language."""
    made = typer.main.get_command(whole)
    _tell(made, language)
    return made


def _tell(command: Any, language: Language) -> None:
    """Say the help of a command, of what it takes, and of the commands in it."""

    class Told(Formatter):  # type: ignore[misc]
        """Writes help with Typer's own words in the language."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            del prefix
            super().write_usage(prog, args, f"{say('help.words.usage', language)} ")

        def write_heading(self, heading: str) -> None:
            self.write(f"{_in_words(heading, language)}\n")

        def write_dl(self, rows: Any, *args: Any, **given: Any) -> None:
            said = [(first, _in_words(second, language)) for first, second in rows]
            super().write_dl(said, *args, **given)

    class Context(command.context_class):  # type: ignore[misc]
        formatter_class = Told

    command.context_class = Context
    for each in (command, *command.params):
        each.help = _said(each.help, language)
    command.short_help = command.help
    for inner in getattr(command, "commands", {}).values():
        _tell(inner, language)


def _said(told: str | None, language: Language) -> str | None:
    return say(told, language) if told is not None and told in texts() else told


def _in_words(told: str, language: Language) -> str:
    """Return a line of help with Typer's own words in the language."""
    if told in WORDS:
        return say(f"help.words.{WORDS[told]}", language)
    for own, name in BEHIND.items():
        told = told.replace(own, say(f"help.words.{name}", language))
    return told
