"""Whom chance may strike this month, found without looking at anybody.

Most months nothing happens to most agents. A rule gives the highest chance that anyone can have;
only rows whose random byte is low enough for that are listed and looked at closely. The list never
leaves anyone out, so a rule with it gives the same result as one that looks at everybody.
"""

import numpy as np

from sim.chance import fill_words
from sim.engine import rule
from sim.engine.tables import Numbers
from sim.rules.bounds import screened
from sim.world.glances import glance, shift_of
from sim.world.tables import Tables


@rule
def clear_flags(world: Tables) -> None:
    """Take back the flags of all firms."""
    for i in range(world.city[0].firm_rows):
        world.flags[i] = 0


@rule
def flag_struck(world: Tables, which: int, chance: float) -> None:
    """Flag the firms whose byte for one of their chances is low enough for ``chance``."""
    flags, word = world.flags, world.firm_glances[which // 4]
    shift, most = np.uint32(shift_of(which)), np.uint32(screened(chance))
    for i in range(world.city[0].firm_rows):  # no branch, so that it becomes vector instructions
        flags[i] |= glance(word[i], shift) <= most


@rule
def list_struck(world: Tables, month: int, purpose: int) -> int:
    """List the flagged firms in ``struck``, draw their words, and return how many they are."""
    listed = list_flagged(world, world.city[0].firm_rows, world.struck)
    draw_words(world, listed, month, purpose)
    return listed


@rule
def draw_words(world: Tables, listed: int, month: int, purpose: int) -> None:
    """Draw the words of the firms listed in ``struck``, in that order."""
    city, who = world.city[0], world.who
    for k in range(listed):
        who[k] = world.ids[world.struck[k]]
    fill_words(world.words, who, listed, city.seed, city.replicate, month, purpose)


@rule
def list_flagged(world: Tables, rows: int, listed: Numbers) -> int:
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
