"""Protects that nobody appears, disappears or works twice: people against events and books."""

import numpy as np

from sim.model.world.codes import CLUSTER_OF, INSTITUTE, INSTITUTE_BASE, JUNIOR, SEARCHING
from sim.model.world.ledgers import ARRIVED, DEPARTED, GRADUATED
from tests.rules.history import History

LARGE = 30_000.0
"""Sales of a large firm, 万元 a year."""
ALIKE = 0.2
"""Most by which the parts of posts that large firms and others fill differ in one replicate."""


def test_people_come_and_go_only_as_the_events_say(history: History) -> None:
    for before, after in history.pairs():
        events, rows = after.city["events"], len(before.talents.id)
        stayed = (before.talents.alive == 1) & (after.talents.alive[:rows] == 1)
        stayed &= before.talents.id == after.talents.id[:rows]
        came, went = len(after.present.id) - stayed.sum(), len(before.present.id) - stayed.sum()
        passed_through = events[DEPARTED] - went
        assert passed_through >= 0, after.number
        assert came + passed_through == events[GRADUATED] + events[ARRIVED], after.number


def test_graduates_come_in_july_only(history: History) -> None:
    for month in history.months:
        july = month.number % 12 == 9
        assert (month.city["events"][GRADUATED] > 0) == july, month.number


def test_nobody_is_in_the_city_twice(history: History) -> None:
    for month in history.months:
        assert (np.diff(np.sort(month.present.id)) > 0).all(), month.number


def test_every_employer_exists(history: History) -> None:
    for month in history.months:
        employer = month.present.employer
        firms = employer[employer >= 0]
        assert (month.firms["alive"][firms] == 1).all(), month.number
        institutes = month.programmes[INSTITUTE_BASE - employer[employer < SEARCHING]]
        assert (institutes["alive"] == 1).all(), month.number
        assert (institutes["kind"] == INSTITUTE).all(), month.number


def test_people_work_in_their_own_field(history: History) -> None:
    """The breakdowns of talents by cluster take the employer's cluster for the person's."""
    for month in history.months:
        employer, track = month.present.employer, month.present.track
        at_firm, at_institute = employer >= 0, employer < SEARCHING
        assert (month.firms["track"][employer[at_firm]] == track[at_firm]).all(), month.number
        institutes = month.programmes[INSTITUTE_BASE - employer[at_institute]]
        cluster = np.array(CLUSTER_OF)[track[at_institute]]
        assert (institutes["cluster"] == cluster).all(), month.number


def test_firms_books_list_those_who_work_there(history: History) -> None:
    for month in history.months:
        employer, level = month.present.employer, month.present.level
        rows = len(month.firms)
        here = np.bincount(employer[employer >= 0], minlength=rows)
        senior = np.bincount(employer[(employer >= 0) & (level > JUNIOR)], minlength=rows)
        alive = month.firms["alive"] == 1
        assert (month.firms["talents"] == here)[alive].all(), month.number
        assert (month.firms["seniors"] == senior)[alive].all(), month.number


def test_institutes_books_list_those_who_work_there(history: History) -> None:
    for month in history.months:
        employer = month.present.employer
        rows = INSTITUTE_BASE - employer[employer < SEARCHING]
        here = np.bincount(rows, minlength=len(month.programmes))
        assert (month.programmes["talents"] == here).all(), month.number
        assert (month.programmes["talents"] <= month.programmes["wanted"]).all(), month.number


def test_nobody_forgets_a_level_a_failure_or_an_origin(history: History) -> None:
    for before, after in history.pairs():
        rows = len(before.talents.id)
        stayed = (before.talents.alive == 1) & (before.talents.id == after.talents.id[:rows])
        for column in ("level", "failures"):
            change = getattr(after.talents, column)[:rows] - getattr(before.talents, column)
            assert (change[stayed].astype(np.int8) >= 0).all(), (after.number, column)
        for column in ("origin", "track", "skill", "home"):
            same = getattr(after.talents, column)[:rows] == getattr(before.talents, column)
            assert same[stayed].all(), (after.number, column)


def test_posts_are_filled_alike_whatever_the_size_of_a_firm(history: History) -> None:
    """Where people met firms and not posts, large ones filled half of what small ones did."""
    firms = history.months[-1].living
    large = firms["sales"] > LARGE
    filled = [
        np.minimum(some["talents"], some["wanted"]).sum() / some["wanted"].sum()
        for some in (firms[large], firms[~large])
    ]
    assert abs(filled[0] - filled[1]) < ALIKE, filled
