"""Bad input, said in one way: where, which key, what was found, what was expected."""

import difflib
from collections.abc import Iterable

from sim.language import Text


class Problem(Exception):  # noqa: N818 - it is what it tells, not a fault of the program
    """Something that a person gave cannot be used; shown without a traceback, exit status 2."""

    def __init__(
        self, where: str, key: str, found: str, expected: Text, hint: Text | None = None
    ) -> None:
        """Describe the problem.

        Args:
            where: file or option that it is in.
            key: name within that file, "" if none.
            found: what was found there.
            expected: what would have been right.
            hint: a way on, if there is one.
        """
        super().__init__(where, key, found, expected, hint)
        self.where = where
        self.key = key
        self.found = found
        self.expected = expected
        self.hint = hint

    def in_(self, language: str) -> str:
        """Return the message in ``language``."""
        place = f"{self.where}: {self.key}" if self.key else self.where
        expected = self.expected.in_(language)
        if language == "zh":
            message = f"{place}：现为 {self.found}；应为 {expected}"
        else:
            message = f"{place}: found {self.found}; expected {expected}"
        if self.hint is None:
            return message
        separator = "。" if language == "zh" else ". "
        return f"{message}{separator}{self.hint.in_(language)}"

    def __str__(self) -> str:
        """Return the message in English."""
        return self.in_("en")


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """Return the valid name most like ``name``, or None if none is alike."""
    found = difflib.get_close_matches(name.lower(), list(valid), n=1, cutoff=0.5)
    return found[0] if found else None
