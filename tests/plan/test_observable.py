"""What is published of each count: how near it is to the plan's, and how far the city is."""

import tomllib

import pytest

from sim.ledger import ledger
from sim.plan import PLAN
from sim.plan.observable import FILE, UNSEEN, observables, read_observables
from sim.problems import Problem
from sim.toml_tables import Table

KNOWN = """
[[counts]]
id = "a"
[[counts.known]]
reading = "all_sectors"
rows = ["G191", "G192"]
what = { en = "colleges", zh = "学院" }
[[counts.known]]
reading = "strict"
what = { en = "none", zh = "无" }
[[counts]]
id = "b"
remark = { en = "no list", zh = "无名单" }
"""


def table(text: str) -> Table:
    return Table(FILE, "", tomllib.loads(text))


def test_each_count_of_the_city_says_what_is_known_by_when() -> None:
    found = observables()
    assert list(found) == [count.id for count in PLAN.counts]
    zones, scenes = found["pilot_zones"].known[0], found["scenarios"].known[0]
    assert (zones.reading, zones.value, zones.date) == ("strict", 3, "2025-03")
    assert (scenes.reading, scenes.value, scenes.date) == ("strict", 28, "2025-03")
    assert found["output"].reading == UNSEEN
    assert all(each.remark for each in found.values() if each.reading == UNSEEN)


def test_numbers_are_those_of_the_rows_and_what_nobody_named_is_none_so_far() -> None:
    found = read_observables(table(KNOWN), ["a", "b"])
    strict, wide = found["a"].known
    assert (strict.reading, strict.value) == ("strict", 0)
    assert wide.value == sum(ledger()[row].value or 0 for row in wide.rows) == 5
    assert wide.date == "2025-12"
    assert found["b"].reading == UNSEEN


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('id = "b"', 'id = "c"', "counts.c.id"),
        ('id = "b"', 'id = "a"', "counts.a.id"),
        ('"G191"', '"G999"', "counts.a.known.1.rows"),
        ('"G191"', '"G257"', "counts.a.known.1.rows"),
        ('"strict"', '"exact"', "counts.a.known.2.reading"),
        ('remark = { en = "no list", zh = "无名单" }', "", "counts.b.remark"),
        ('[[counts]]\nid = "b"\n', "", "b"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, key: str) -> None:
    text = KNOWN.replace(old, new)
    if key == "b":
        text = text.replace('remark = { en = "no list", zh = "无名单" }', "")
    with pytest.raises(Problem) as caught:
        read_observables(table(text), ["a", "b"])
    assert (caught.value.where, caught.value.key) == (FILE, key)
