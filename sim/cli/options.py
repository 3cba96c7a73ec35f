"""Arguments and options that many commands share."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.completion import completing
from sim.language import LANGUAGES
from sim.scenario.files import scenario_names
from sim.scenario.keys import LAST_KNOWN

BARE: Final[Mapping[str, str]] = {"--as-of": LAST_KNOWN}
"""Options that may stand without a value, and the value that they then have."""


def with_values(words: Sequence[str]) -> list[str]:
    """Return the words of a command line with a value for options that stand without one."""
    found: list[str] = []
    for word, after in zip_longest(words, words[1:]):
        found.append(word)
        if word in BARE and (after is None or after.startswith("-")):
            found.append(BARE[word])
    return found


if TYPE_CHECKING:
    Lang = str
else:
    Lang = StrEnum("Lang", dict(zip(LANGUAGES, LANGUAGES, strict=True)))

LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="help.language", show_default=False)
]
_SCENARIOS: Final = completing(scenario_names)
File = Annotated[
    str,
    typer.Argument(metavar="FILE", help="help.scenario_file_or_name", autocompletion=_SCENARIOS),
]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="help.scenario_files_or_names",
        autocompletion=_SCENARIOS,
    ),
]
