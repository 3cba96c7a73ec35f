"""What the package logs: through Python's `logging`, in both languages, shown when asked for.

A module logs with ``logging.getLogger(__name__)`` and gives it a `Said`, which is worded only if
somebody listens. Nobody does unless a program sets up logging, ``sim --verbose`` is asked for, or
the environment variable SIM_LOG names a level.
"""

import logging
import os
import sys
from typing import Final

from sim.language import Language, default_language, visible
from sim.text.catalogue import worded

VARIABLE: Final = "SIM_LOG"
"""Environment variable that names a level; processes that this one starts have it too."""
LEVELS: Final = {"info": logging.INFO, "debug": logging.DEBUG, "warning": logging.WARNING}
USUAL: Final = "info"
PACKAGE: Final = "sim"
"""The logger above all of the package."""


class Said:
    """A line of a log: a text of the catalogues (section ``log``) and what fills its braces."""

    def __init__(self, key: str, **values: object) -> None:
        """Take the text's name within the section, and the values."""
        self._key, self._values = key, values

    def in_(self, language: Language) -> str:
        """Return the line in a language."""
        return worded(f"log.{self._key}", **self._values).in_(language)

    def __str__(self) -> str:
        """Return the line in English, as logs are."""
        return self.in_("en")


class Screen(logging.Handler):
    """Writes lines to standard error, wherever that goes by then (a progress bar moves it)."""

    def __init__(self, language: Language) -> None:
        """Write in a language."""
        super().__init__()
        self._language = language
        self.setFormatter(logging.Formatter("%(asctime)s %(name)s: %(message)s", "%H:%M:%S"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; what others named can neither act on a terminal nor begin another line."""
        if isinstance(record.msg, Said):
            record = logging.makeLogRecord({**vars(record), "msg": record.msg.in_(self._language)})
        line = visible(self.format(record)).replace("\n", "\\u000a")
        print(line, file=sys.stderr, flush=True)


def show(level: str, language: Language | None = None) -> None:
    """Show what the package logs on standard error, once, here and in processes started from here.

    Args:
        level: info, debug or warning.
        language: of the lines; by default the usual one.
    """
    os.environ[VARIABLE] = level
    logger = logging.getLogger(PACKAGE)
    logger.setLevel(LEVELS[level])
    if not any(isinstance(handler, Screen) for handler in logger.handlers):
        logger.addHandler(Screen(language or default_language()))
        logger.propagate = False


def show_if_asked(language: Language | None = None) -> None:
    """Show what the package logs if SIM_LOG names a level."""
    level = os.environ.get(VARIABLE, "")
    if level in LEVELS:
        show(level, language)
