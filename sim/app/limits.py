"""What of a file or a link is too much to be read: told before it is, so that nobody waits for it.

Readers of nested keys take a time that grows with the square of their depth.
"""

from collections.abc import Iterable, Mapping

from sim.problems import Problem
from sim.text.catalogue import worded

DEEPEST = 16
"""Parts of a key in a link; a scenario has four."""
MOST_IN_A_LINE = 50
"""Dots, or opening brackets, in a line of a file: keys have four parts, and texts are sentences."""
MOST: Mapping[str, int] = {"=": 4000, ",": 1000, ".": 5000}
"""How often a sign may stand in a file: a scenario that sets all parameters has a third of it."""


def check_file(text: str, where: str) -> None:
    """Refuse a file that would take long to read.

    Args:
        text: of the file, not yet read.
        where: name to tell it with.

    Raises:
        Problem: it sets too much, or a line of it is nested too deeply.
    """
    for sign, most in MOST.items():
        if (number := text.count(sign)) > most:
            expected = worded("expected.signs", most=most, sign=sign)
            raise Problem(where, "", str(number), expected)
    for number, line in enumerate(text.splitlines(), start=1):
        if max(line.count("."), line.count("[") + line.count("{")) > MOST_IN_A_LINE:
            expected = worded("expected.dots_in_a_line", most=MOST_IN_A_LINE)
            raise Problem(f"{where}:{number}", "", f"{line[:40]}…", expected)


def check_keys(keys: Iterable[str], where: str) -> None:
    """Refuse keys of a link that are nested too deeply.

    Raises:
        Problem: one is.
    """
    for key in keys:
        if key.count(".") >= DEEPEST:
            expected = worded("expected.key_parts", most=DEEPEST)
            raise Problem(where, f"{key[:40]}…", str(key.count(".") + 1), expected)
