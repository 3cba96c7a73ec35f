"""Protects components, products, standards and moves: each belongs to a firm that could do it."""

import numpy as np

from sim.model.world import codes
from sim.model.world.tables import LEADING_POOL, NEVER
from tests.rules.history import History, Month, Records

BOOKS = {"components": codes.COMPONENT, "products": codes.PRODUCT, "standards": codes.STANDARD}


def written(before: Month, after: Month, kind: int) -> Records:
    """Return what was written down of a kind this month."""
    new = after.breakthroughs[len(before.breakthroughs) :]
    found: Records = new[new["kind"] == kind]
    return found


def test_what_is_written_down_stays(history: History) -> None:
    for before, after in history.pairs():
        old = after.breakthroughs[: len(before.breakthroughs)]
        new = after.breakthroughs[len(before.breakthroughs) :]
        for column in old.dtype.names or ():
            assert (old[column] == before.breakthroughs[column]).all(), after.number
        assert (new["month"] == after.number).all(), after.number


def test_firms_books_grow_by_what_is_written_down(history: History) -> None:
    for before, after in history.pairs():
        rows = len(before.firms)
        there = before.firms["alive"] == 1
        now = after.firms[:rows]
        for column, kind in BOOKS.items():
            more = (now[column] - before.firms[column])[there]
            assert ((more == 0) | (more == 1)).all(), (after.number, column)
            found = np.sort(written(before, after, kind)["firm"])
            assert (found == np.sort(now["id"][there][more == 1])).all(), (after.number, column)


def test_only_able_firms_break_through(history: History) -> None:
    p = history.p
    for before, after in history.pairs():
        rows = len(before.firms)
        old, now = before.firms, after.firms[:rows]
        there = old["alive"] == 1
        done = {column: there & (now[column] > old[column]) for column in BOOKS}
        made = now[done["components"]]
        assert (made["level"] >= p["component_level"]).all(), after.number
        assert (made["quality"] >= p["component_quality"]).all(), after.number
        shown = now[done["products"] | done["standards"]]
        assert (shown["level"] == 9).all(), after.number
        assert (shown["quality"] >= p["product_quality"]).all(), after.number


def test_a_leading_firm_moves_once_and_counts_once_it_does_research(history: History) -> None:
    p = history.p
    for before, after in history.pairs():
        moved = after.firms[
            np.isin(after.firms["id"], written(before, after, codes.LEADING_MOVE)["firm"])
        ]
        assert (moved["leading"] == 2).all(), after.number
        assert (moved["real_rd"] >= p["leading_rd"]).all(), after.number
        old, now = before.city["leading_pool"], after.city["leading_pool"]
        assert (now[old != NEVER] == old[old != NEVER]).all(), after.number
        assert (now[(old == NEVER) & (now != NEVER)] == after.number).all(), after.number
        waiting = LEADING_POOL - int(p["leading_pool"])
        assert (now == NEVER).sum() >= waiting, after.number
    moves = history.months[-1].breakthroughs
    firms = moves["firm"][moves["kind"] == codes.LEADING_MOVE]
    assert len(np.unique(firms)) == len(firms)
