"""Whom chance may strike this month, found without looking at anybody.

Most months nothing happens to most agents. A rule gives the highest chance that anyone can have;
only rows whose random word is low enough for that are listed and looked at closely. The list never
leaves anyone out, so a rule with it gives the same result as one that looks at everybody.
"""

import numpy as np

from sim.compiled import helper
from sim.rules.common import WORD

SLACK = 1.000001
"""Makes an upper bound safe from rounding."""


@helper
def list_struck(world, rows, first, second, third):
    """List in ``struck`` the rows of which a random word is low enough for its chance.

    Args:
        world: whose ``words`` are filled for these rows.
        rows: how many rows to look at, from row 0 on.
        first: the highest chance that anyone's first word is held against; 0 for none.
        second: the same for the second word.
        third: the same for the third word.

    Returns:
        How many rows are listed, in ascending order.
    """
    flag_struck(world, rows, first, second, third)
    return list_flagged(world, rows, world.struck)


@helper
def flag_struck(world, rows, first, second, third):
    """Flag the rows that ``list_struck`` lists."""
    flags = world.flags
    a, b, c = world.words[0], world.words[1], world.words[2]
    x, y, z = np.uint32(reach(first)), np.uint32(reach(second)), np.uint32(reach(third))
    for i in range(rows):  # no branch, so that it becomes vector instructions
        flags[i] = (a[i] <= x) | (b[i] <= y) | (c[i] <= z)


@helper
def reach(chance):
    """Return the highest random word that may be below ``chance`` times the words' range."""
    return int(min(WORD - 1.0, max(0.0, chance * WORD)))


@helper
def list_flagged(world, rows, listed):
    """List the rows whose flag is set, in ascending order; return how many there are.

    Eight flags are looked at as one number: where all eight are clear, one look is enough.
    """
    flags = world.flags
    marks = flags.view(np.uint64)
    words = (rows + 7) // 8
    for i in range(rows, 8 * words):
        flags[i] = 0
    number = 0
    for word in range(words):
        if marks[word] != 0:
            for i in range(8 * word, 8 * word + 8):  # no branch: who is flagged cannot be guessed
                listed[number] = i
                number += flags[i]
    return number
