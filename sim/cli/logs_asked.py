"""Whether a command line asks for what the package logs; it stands before or after a command."""

import os
from collections.abc import Sequence

from sim.language import Language
from sim.problems import Problem
from sim.text import logs
from sim.text.catalogue import worded

OPTION = "--verbose"


def settle_logs(arguments: Sequence[str], language: Language) -> list[str]:
    """Show what the package logs if that is asked for, and return the rest of a command line.

    Raises:
        Problem: the environment names a level that there is not.
    """
    if OPTION in arguments and not os.environ.get(logs.VARIABLE):
        os.environ[logs.VARIABLE] = logs.USUAL
    level = os.environ.get(logs.VARIABLE)
    if level and level not in logs.LEVELS:
        listed = ", ".join(logs.LEVELS)
        raise Problem(logs.VARIABLE, "", level, worded("expected.one_of_these", names=listed))
    logs.show_if_asked(language)
    return [argument for argument in arguments if argument != OPTION]
