"""What agents are called when a life is told: by names that people keep, and type again."""

import re
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.language import Text
from sim.plan import PLAN
from sim.text.catalogue import worded
from sim.trace.words import year_of

LETTERS: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Of codes: none looks like another, and without vowels they are no words."""
FIRM_LENGTH: Final = 4
"""Of a firm's code: there are 614,656, and the year beside it tells apart who has one in common."""
TALENT_LENGTH: Final = 6
"""There are 482 million."""
TYPED: Final = re.compile(
    rf"(\d{{4}})-([{LETTERS}]{{{FIRM_LENGTH}}})|()([{LETTERS}]{{{TALENT_LENGTH}}})"
)
"""How a firm's name ends, or a talent's code: all that is needed to find either again."""


def code(identity: int, length: int) -> str:
    """Return an agent's code, from its identity alone: the same in every run that has it."""
    letters = []
    for _ in range(length):
        identity, letter = divmod(identity, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def talent_name(identity: int) -> str:
    """Return what a talent is called."""
    return code(identity, TALENT_LENGTH)


def firm_name(identity: int, track: int, year: int) -> Text:
    """Return a firm's name: its track, the year in which it was founded, and its code."""
    return worded(
        "life.firm_name", track=PLAN.tracks[track].name, year=year, code=code(identity, FIRM_LENGTH)
    )


def tail(identity: int, founded: int) -> str:
    """Return how a firm's name ends, given the month in which it was founded."""
    return f"{year_of(founded)}-{code(identity, FIRM_LENGTH)}"


def name_of(firm: Any) -> Text:
    """Return the name of the firm in a row."""
    return firm_name(int(firm["id"]), int(firm["track"]), year_of(int(firm["founded"])))


class Called(NamedTuple):
    """An agent that is asked for: by its identity, or by how it is called."""

    identity: int
    """Of itself, or of its code."""
    codes: int = 0
    """How many there are; 0: it is asked for by its identity."""
    year: int | None = None
    """In which it was founded; None: it is no firm that is asked for by its name."""

    def among(self, ids: NDArray[Any], founded: NDArray[Any] | None = None) -> NDArray[np.bool_]:
        """Return which of some agents it is; ``founded`` are the months of firms."""
        if not self.codes:
            return np.asarray(ids == self.identity)
        found = np.asarray(ids % self.codes == self.identity)
        if founded is not None:
            alike = np.flatnonzero(found)
            found[alike] = [year_of(int(month)) == self.year for month in founded[alike]]
        return found


def called(text: str) -> Called | None:
    """Return whom a text asks for, as it is typed behind ``firm:``; None if that is nobody."""
    if text.isascii() and text.isdecimal() and int(text) <= np.iinfo(np.int64).max:
        return Called(int(text))
    if (found := TYPED.fullmatch(text.upper())) is None:
        return None
    letters = found[2] or found[4]
    number = 0
    for letter in reversed(letters):
        number = number * len(LETTERS) + LETTERS.index(letter)
    return Called(number, len(LETTERS) ** len(letters), int(found[1]) if found[1] else None)
