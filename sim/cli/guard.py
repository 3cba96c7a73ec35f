"""Every problem is said in one message, in the language asked for, with exit status 2."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from sim.cli import interrupts
from sim.extras import missing_extra
from sim.language import LANGUAGES, Language, Text, default_language
from sim.problems import Problem, meant
from sim.text.catalogue import say, worded
from sim.text.joining import alternatives

BAD_INPUT = 2

UsageError: type[Any] = typer.BadParameter.__mro__[1]
"""What Typer raises when a command line makes no sense; it has no public name there."""

WANTED = {
    "int_parsing": "expected.whole_number",
    "int_from_float": "expected.whole_number",
    "float_parsing": "expected.number",
    "greater_than_equal": "expected.no_less",
    "less_than_equal": "expected.no_more",
}
"""What an option takes, as its text is called, by the name of the mistake."""
BOUNDS = ("expected.no_less", "expected.no_more")
"""Of these, both are said where there are both."""
QUOTED = re.compile(r"(?<!\w)['(]([^'()]+)[')]")
"""What a person wrote, and then what may be meant, in Typer's sentences on it."""
STOPPED, KEPT = "cli.stopped", "cli.kept"
NOTHING = "—"


@contextmanager
def guarded(lang: str | None, out: str | None = None) -> Iterator[Language]:
    """Turn a problem into its message and status 2, in the language that is yielded.

    Args:
        lang: language asked for; None: that of the surroundings.
        out: folder asked for; that it is taken is said before any work begins.
    """
    language = language_chosen(lang)
    try:
        if out is not None:
            from sim.store import check_free

            check_free(Path(out))
        yield language
    except Problem as problem:
        print_problem(problem, language)
        raise typer.Exit(BAD_INPUT) from None
    except ModuleNotFoundError as error:
        if (lacking := missing_extra(error)) is None:
            raise
        print_problem(lacking, language)
        raise typer.Exit(BAD_INPUT) from None


def say_at_interrupt(language: Language, *texts: str) -> None:
    """Leave some lines to be said if an interrupt ends the process from here on, by their names."""
    interrupts.last_words = "".join(f"{say(text, language)}\n" for text in texts)


def print_problem(problem: Problem, language: Language) -> None:
    """Print a problem where it does not mix with results."""
    print(problem.in_(language), file=sys.stderr)


def usage_problem(error: Any) -> Problem:
    """Return what is wrong with a command line.

    Args:
        error: a usage error of Typer's, which names the command it belongs to.
    """
    command = error.ctx.command_path if error.ctx else "sim"
    possible = getattr(error, "possibilities", None)
    if hasattr(error, "option_name") and hasattr(error, "possibilities"):
        expected, hint = (
            worded("expected.option", command=command),
            meant(next(iter(possible or ()), None)),
        )
        return Problem(command, "", error.option_name, expected, hint)
    if hasattr(error, "param_type") and error.param is not None:
        wanted = error.param.metavar or error.param.opts[0]
        return Problem(command, wanted, NOTHING, worded("expected.value"))
    mistakes: list[Any] = getattr(error.__cause__, "errors", list)()
    if mistakes and (wanted := _wanted(mistakes[0], error.param)) is not None:
        option = error.param.metavar or error.param.opts[0]
        return Problem(command, option, str(mistakes[0]["input"]), wanted)
    said, close, *_ = *QUOTED.findall(error.message), None, None
    found = getattr(error, "option_name", said or error.message)
    expected = worded("expected.usage", command=command)
    return Problem(command, "", found, expected, meant(close))


def _wanted(mistake: dict[str, Any], option: Any) -> Text | None:
    """Return what an option takes: one of a few words, or what its mistake says."""
    if choices := option.type_descriptor.choices:
        return alternatives(str(each.value) for each in choices)
    taken = WANTED.get(mistake["type"])
    if taken in BOUNDS and None not in (option.min, option.max):
        ends = {"low": f"{option.min:.12g}", "high": f"{option.max:.12g}"}
        return worded("expected.number_between_ends", **ends)
    return None if taken is None else worded(taken, **mistake.get("ctx", {}))


def unknown_language() -> Problem | None:
    """Return that the surroundings ask for a language that there is not, if they do."""
    chosen = os.environ.get("SIM_LANG", "")
    if chosen in ("", *LANGUAGES):
        return None
    return Problem("SIM_LANG", "", chosen, alternatives(LANGUAGES))


def language_chosen(lang: str | None) -> Language:
    """Return the language asked for, or that of the surroundings."""
    return str(lang) if lang else default_language()


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language asked for on a command line that could not be understood."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        chosen = following if argument == "--lang" else argument.removeprefix("--lang=")
        if argument.startswith("--lang") and chosen in LANGUAGES:
            return chosen
    return default_language()


def language_last(arguments: Sequence[str]) -> list[str]:
    """Return a command line with a language that stands before its command behind it.

    Where help is asked for, it has done its work: groups of commands do not take it.
    """
    first, *rest = arguments or [""]
    if first.startswith("--lang="):
        words = [*rest, first]
    else:
        words = [*rest[1:], first, *rest[:1]] if first == "--lang" else [*arguments]
    if "--help" in words and "--lang" in words[:-1]:
        at = words.index("--lang")
        del words[at : at + 2 * (words[at + 1] in LANGUAGES)]
    return words
