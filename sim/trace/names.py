"""What agents are called when a life is told: by their identities, or by names that people keep."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from sim.language import Text
from sim.plan import PLAN
from sim.text.catalogue import worded
from sim.trace.words import year_of

LETTERS: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Of codes: none looks like another, and without vowels they are no words."""
LENGTH: Final = 4


def code(identity: int) -> str:
    """Return the code of an agent, from its identity alone: the same in every run that has it.

    It tells apart who has the rest of a name in common, not all agents: there are 614,656.
    """
    letters = []
    for _ in range(LENGTH):
        identity, letter = divmod(identity, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def firm_name(identity: int, track: int, year: int) -> Text:
    """Return a firm's name: its track, the year in which it was founded, and its code."""
    return worded("life.firm_name", track=PLAN.tracks[track].name, year=year, code=code(identity))


class Naming(NamedTuple):
    """How a life names others."""

    firm: Callable[[Any], Text]
    """Given a firm's row."""
    talent: Callable[[int], str]
    """Given an identity."""


BY_IDENTITY: Final = Naming(lambda firm: worded("life.firm", identity=firm["id"]), str)
"""As the command line is asked for them."""
BY_NAME: Final = Naming(
    lambda firm: firm_name(int(firm["id"]), int(firm["track"]), year_of(int(firm["founded"]))), code
)
