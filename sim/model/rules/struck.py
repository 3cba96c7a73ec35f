"""Whom chance may strike this month among firms: flagged by bounds, listed, and then looked at."""

from sim.engine import rule
from sim.engine.chance import fill_words
from sim.engine.rare import chance, list_flagged, row_of, screen, strikes, word_of
from sim.model.world.tables import Tables

CLIMB, SETBACK = chance("climb", byte=0, word=0), chance("setback", byte=1, word=2)
COMPONENT, PRODUCT = chance("component", byte=2, word=0), chance("product", byte=3, word=1)
STANDARD = chance("standard", byte=4, word=2)
NEWS, ORDERS = chance("news", byte=5), chance("orders", byte=6)
CLOSING, SALE = chance("closing", byte=7, word=0), chance("sale", byte=8, word=1)
LEAVING = chance("leaving", byte=9, word=2)


@rule
def clear_flags(world: Tables) -> None:
    """Take back the flags of all firms."""
    for i in range(world.city[0].firm_rows):
        world.flags[i] = 0


@rule
def flag_struck(world: Tables, which: int, bound: float) -> None:
    """Flag the firms whom a chance of at most ``bound`` may strike."""
    screen(world.flags, world.firm_glances[row_of(which)], world.city[0].firm_rows, which, bound)


@rule
def list_struck(world: Tables, month: int, purpose: int) -> int:
    """List the flagged firms in ``struck``, draw their words, and return how many they are."""
    city, who = world.city[0], world.who
    listed = list_flagged(world.flags, city.firm_rows, world.struck)
    for k in range(listed):
        who[k] = world.ids[world.struck[k]]
    fill_words(world.words, who, listed, city.seed, city.replicate, month, purpose)
    return listed


@rule
def is_struck(world: Tables, which: int, k: int, hazard: float, bound: float) -> bool:
    """Return whether chance strikes the firm listed in place ``k``, given its hazard."""
    own = world.firm_glances[row_of(which)][world.struck[k]]
    return strikes(which, own, world.words[word_of(which), k], hazard, bound)
