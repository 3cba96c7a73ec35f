"""Rare events: a rule says hazard and bound side by side; all else of the chance is done here.

Most months nothing happens to most agents. So a number in (0, 1) that is held against a small
chance is drawn in two parts. Its first eight bits are a byte; sixteen bytes come with one call of
Philox, so everybody is given one each month (``draw_bytes``). Whose byte is too high for the bound,
the highest chance that anyone can have, is passed over (``screen``, ``may_strike``). For the few
who are left the rest of the number is drawn, a word of its own, and it is held against their own
hazard (``strikes``). Nobody is left out, so it is as if all numbers had been drawn whole.

Compiled code trusts the bound. The checked mode looks at everybody and at every hazard, so that a
bound that is too low is an error that names the chance.
"""

from itertools import count
from typing import Final

import numpy as np

from sim.engine import in_python, inlined, rule
from sim.engine.chance import fill_words, number
from sim.engine.tables import Numbers
from sim.engine.watch import WATCH
from sim.language import Text
from sim.problems import Problem

BYTES: Final = 16
"""Random bytes of one call of Philox: four words of four bytes each, the lowest first."""
VALUES: Final = 256.0
SLACK: Final = 1.000001
"""Makes an upper bound safe from rounding."""
NAMES: Final[dict[int, str]] = {}
"""What each chance is of, by its number."""
_whole = count(4 * BYTES)


def chance(name: str, byte: int, word: int = 0) -> int:
    """Return the number of a chance that is screened.

    Args:
        name: what it is of.
        byte: which of an agent's sixteen is the first part of its number.
        word: which of the four words that are drawn together is the rest.
    """
    return _named(name, byte + BYTES * word)


def whole_chance(name: str) -> int:
    """Return the number of a chance that is not screened so, or is one of several bands."""
    return _named(name, next(_whole))


def _named(name: str, which: int) -> int:
    if NAMES.setdefault(which, name) != name:
        raise ValueError(f"{name} and {NAMES[which]} have one number")
    return which


@rule
def draw_bytes(
    table: Numbers, ids: Numbers, rows: int, seed: int, replicate: int, when: int, purpose: int
) -> None:
    """Draw the bytes of the first ``rows`` identities, shape (4, rows), four bytes a word."""
    fill_words(table, ids, rows, seed, replicate, when, purpose)


@rule
def row_of(which: int) -> int:
    """Return in which of the four words of bytes a chance has its byte."""
    return which % BYTES // 4


@rule
def word_of(which: int) -> int:
    """Return which of the four words drawn together is the rest of a chance's number."""
    return which // BYTES


@inlined
def byte_of(bytes_: int, which: int) -> int:
    """Return a chance's byte of the word of four in which it stands."""
    return (bytes_ >> np.uint32(8 * (which % 4))) & np.uint32(255)  # type: ignore[return-value]


@rule
def highest(chance: float) -> int:
    """Return the highest byte of a number that can be below ``chance``."""
    return int(min(VALUES - 1.0, max(0.0, chance * VALUES)))


def _screened(bound: float) -> int:
    return highest(bound) if WATCH.get() is None else int(VALUES) - 1


@in_python(_screened)
@rule
def screened(bound: float) -> int:
    """Return the highest byte at which a chance of at most ``bound`` may strike."""
    return highest(bound)


@rule
def screen(flags: Numbers, bytes_: Numbers, rows: int, which: int, bound: float) -> None:
    """Flag the rows whose byte of a chance is low enough for ``bound``, besides those flagged."""
    most = np.uint32(screened(bound))
    for i in range(rows):  # no branch, so that it becomes vector instructions
        flags[i] |= byte_of(bytes_[i], which) <= most


def _may_strike(bytes_: int, which: int, bound: float) -> bool:
    return WATCH.get() is not None or byte_of(bytes_, which) < bound * VALUES


@in_python(_may_strike)
@inlined
def may_strike(bytes_: int, which: int, bound: float) -> bool:
    """Return whether a byte is low enough for a bound that is the agent's own."""
    return byte_of(bytes_, which) < bound * VALUES


def _in_reach(drawn: float, bound: float) -> bool:
    return WATCH.get() is not None or drawn < bound


@in_python(_in_reach)
@rule
def in_reach(drawn: float, bound: float) -> bool:
    """Return whether a chance of at most ``bound`` may strike whose number is drawn whole."""
    return drawn < bound


@rule
def list_flagged(flags: Numbers, rows: int, listed: Numbers) -> int:
    """List the rows whose flag is set, in ascending order; return how many there are.

    Eight flags are looked at as one number: where all eight are clear, one look is enough.
    """
    marks = flags.view(np.uint64)
    words = (rows + 7) // 8
    for i in range(rows, 8 * words):
        flags[i] = 0
    found = 0
    for word in range(words):
        if marks[word] != 0:
            for i in range(8 * word, 8 * word + 8):  # no branch: who is flagged cannot be guessed
                listed[found] = i
                found += flags[i]
    return found


@inlined
def completed(bytes_: int, which: int, rest: float) -> float:
    """Return the number in (0, 1) of a chance's byte and the rest, a number in (0, 1) itself."""
    return (byte_of(bytes_, which) + rest) / VALUES


@rule
def undecided(bytes_: int, which: int, end: float) -> bool:
    """Return whether a byte alone does not say if the number is below ``end``."""
    return int(byte_of(bytes_, which)) == highest(end)


@rule
def strikes(which: int, bytes_: int, word: int, hazard: float, bound: float) -> bool:
    """Return whether chance strikes: the completed number is below the hazard.

    Args:
        which: number of the chance.
        bytes_: the word in which its byte stands.
        word: for the rest of its number.
        hazard: the agent's chance of it.
        bound: by which it was screened, no lower than anybody's hazard.
    """
    return completed(bytes_, which, number(word)) < bounded(which, hazard, bound)


def _bounded(which: int, hazard: float, bound: float) -> float:
    if hazard > bound and WATCH.get() is not None:
        expected = Text("expected.at_most_bound", bound=bound)
        raise Problem("hazard", NAMES[which], str(hazard), expected)
    return hazard


@in_python(_bounded)
@rule
def bounded(which: int, hazard: float, bound: float) -> float:
    """Return a hazard whose bound has screened out those whom it cannot strike."""
    return hazard
