"""Where in a scenario file one is, to say it when something there is wrong."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from sim.language import Text
from sim.problems import Problem, meant, nearest
from sim.scenario.keys import CHINESE
from sim.text.catalogue import worded

LONGEST = 60
"""Characters of a value that a message repeats."""


ELSEWHERE = {"targets", "target", "counts", "objectives", "目标"}
"""Keys that people look for and that no file has: a hint says what there is instead."""


class Place(NamedTuple):
    """A key within a file."""

    file: str
    keys: tuple[str, ...] = ()

    def under(self, key: str) -> "Place":
        """Return the place of a key within the table at this place."""
        return Place(self.file, (*self.keys, key))

    def problem(self, found: object, expected: Text, hint: Text | None = None) -> Problem:
        """Return the problem that something other than expected was found here."""
        return Problem(self.file, ".".join(self.keys), shown(found), expected, hint)

    @contextmanager
    def blamed_for(self, value: object) -> Iterator[None]:
        """Say of a problem that is met meanwhile that it is this value's, here.

        Raises:
            Problem: one was met.
        """
        try:
            yield
        except Problem as problem:
            raise self.problem(value, problem.expected, problem.hint) from problem

    def unknown(self, key: str, valid: Iterable[str]) -> Problem:
        """Return the problem that there is no such key here, naming the nearest."""
        names = tuple(valid)
        words = tuple(CHINESE[name] for name in names if name in CHINESE)
        sought = key.casefold() in ELSEWHERE
        hint = worded("hint.own_targets") if sought else meant(nearest(key, (*names, *words)))
        listed = ", ".join(names)
        expected = worded("expected.one_of_keys", listed=listed)
        return Problem(self.file, ".".join(self.keys), shown(key), expected, hint)


def shown(value: object) -> str:
    """Return a value much as a file has it, shortened for a message."""
    if isinstance(value, Mapping):
        return shorten("{" + ", ".join(map(str, value)) + "}")
    try:
        return shorten(json.dumps(value, ensure_ascii=False, default=str))
    except (ValueError, RecursionError):  # numbers of thousands of digits, tables without bottom
        return "…"


def shorten(text: str) -> str:
    """Return a text on one line, its end left out if it is long."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
