"""A traced life is that of one firm, leaves nothing out, and agrees with the tables."""

import re
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.cluster_model import ClusterModel
from sim.ensemble import run_one
from sim.model.world import codes
from sim.model.world.tables import NOBODY
from sim.scenario import read_scenario
from sim.trace.life import Event, life_of
from sim.trace.listing import some_firms
from sim.trace.names import Called, called, code, tail, talent_name
from sim.trace.words import EXIT_REASONS, FIRM_KINDS, FUND_KINDS, money, year_of

SEED = 7
MONTHS = 48
SETUP = read_scenario("as-written").setup()._replace(months=MONTHS)
DECEMBERS = range(2, MONTHS, 12)


class Past(NamedTuple):
    """What the firm tables of one run say, month by month, kept without the code under test."""

    tables: list[NDArray[np.void]]
    """The firm table at the beginning, then after each month."""
    hires: list[Counter[int]]
    """Talents who came to each firm row, in each month."""
    model: ClusterModel

    def rows(self, identity: int) -> dict[int, np.void]:
        """Return a firm's row after each month in which it was there or ended; -1 is the start."""
        found: dict[int, np.void] = {}
        for month, table in enumerate(self.tables, start=-1):
            for firm in table[table["id"] == identity]:
                if firm["alive"] or month - 1 in found or firm["entered"] == month:
                    found[month] = firm
                    if not firm["alive"]:
                        return found
        return found


@pytest.fixture(scope="module")
def past() -> Past:
    model = ClusterModel(SETUP, SEED, 0)
    tables, hires, there = [used(model)], [], employed(model)
    while model.running:
        model.step()
        tables.append(used(model))
        before, there = there, employed(model)
        hires.append(Counter(row for person, row in there.items() if before.get(person) != row))
    return Past(tables, hires, model)


def employed(model: ClusterModel) -> dict[int, int]:
    """Return the firm rows of all talents whom firms employ, by identity."""
    people = model.world.talents
    firms = (people.alive == 1) & (people.employer >= 0)
    return dict(zip(people.id[firms].tolist(), people.employer[firms].tolist(), strict=True))


def used(model: ClusterModel) -> NDArray[np.void]:
    rows: NDArray[np.void] = model.world.firms[: model.world.city[0]["firm_rows"]].copy()
    return rows


def traced(identity: Any) -> list[Event]:
    return list(life_of(ClusterModel(SETUP, SEED, 0), Called(int(identity))))


def months_of(life: list[Event], *kinds: str) -> list[int]:
    return [event.month for event in life if event.kind in kinds]


def busiest(past: Past) -> dict[str, int]:
    """Return the identities of firms to which different things happen."""
    last = past.tables[-1]
    living = last["alive"] == 1
    new = last["entered"] >= 0

    def most(eligible: Any, what: str) -> int:
        return int(last["id"][np.where(eligible, last[what], -1).argmax()])

    return {
        "old": most(living & ~new, "sales"),
        "raised": most(living & new, "raised"),
        "ended": most(~living, "raised"),
        "components": most(living, "components"),
        "founded": most(living & (last["founder"] != NOBODY), "talents"),
        **{name: min(ids) for name, ids in changing(past).items()},
    }


def changing(past: Past) -> dict[str, set[int]]:
    """Return the identities of firms in which a field changed in one way or the other."""
    found: dict[str, set[int]] = {}
    for month, (earlier, table) in enumerate(zip(past.tables, past.tables[1:], strict=False)):
        later = table[: len(earlier)]
        same = (later["id"] == earlier["id"]) & (later["alive"] == 1) & (earlier["alive"] == 1)
        until = later["certificate_until"]
        changes = {
            "fell": later["level"] < earlier["level"],
            "moved": later["district"] != earlier["district"],
            "certified": until > earlier["certificate_until"],
            "renewed": (until > earlier["certificate_until"])
            & (earlier["certificate_until"] >= month),
            "lapsed": (until == month) & (until == earlier["certificate_until"]),
            "centre": later["technology_centre"] != earlier["technology_centre"],
            "ordered": (later["patron"] != NOBODY) & (earlier["patron"] == NOBODY),
            "joined": later["consortium"] != earlier["consortium"],
            "sells": (later["sales"] > 0.0) & (earlier["sales"] == 0.0),
            "broke": (later["distress"] > 0) & (earlier["distress"] == 0),
        }
        for name, changed in changes.items():
            found.setdefault(name, set()).update(later["id"][same & changed].tolist())
    return found


@pytest.fixture(scope="module")
def lives(past: Past) -> dict[int, list[Event]]:
    """Return the lives of some firms, by identity."""
    return {identity: traced(identity) for identity in busiest(past).values()}


def test_what_changes_in_the_row_is_an_event_of_that_month(
    past: Past, lives: dict[int, list[Event]]
) -> None:
    seen: Counter[str] = Counter()
    for identity, life in lives.items():
        rows = past.rows(identity)
        pairs = [(m, rows[m - 1], rows[m]) for m in rows if m - 1 in rows]
        up = [m for m, old, new in pairs if new["level"] > old["level"]]
        down = [m for m, old, new in pairs if new["level"] < old["level"]]
        moves = [m for m, old, new in pairs if new["district"] != old["district"]]
        rounds = [m for m, old, new in pairs if new["raised"] > old["raised"]]
        sells = [m for m, old, new in pairs if new["sales"] > 0.0 and old["sales"] == 0.0]
        broke = [m for m, old, new in pairs if new["distress"] > 0 and old["distress"] == 0]
        assert months_of(life, "climbs") == up
        assert months_of(life, "falls") == down
        assert months_of(life, "moves") == moves
        assert months_of(life, "round") == rounds  # one, however many investors share it
        assert months_of(life, "sales") == sells
        assert months_of(life, "distress") == broke
        for name in ("components", "products", "standards"):
            made = [m for m, old, new in pairs for _ in range(new[name] - old[name])]
            assert months_of(life, name) == made
        titles = [
            m
            for m, old, new in pairs
            for name in ("technology_centre", "ecosystem")
            if new[name] != old[name]
        ]
        assert months_of(life, "title") == titles
        for name, kind in (("consortium", "consortium"), ("patron", "order")):
            alive = [(m, old, new) for m, old, new in pairs if new["alive"]]
            changed = {m for m, old, new in alive if new[name] != old[name]}
            assert changed <= set(months_of(life, kind))
        seen.update(event.kind for event in life)
    # A kind that no life shows would be tested by nothing.
    shown = {"begins", "climbs", "falls", "moves", "round", "components", "sales", "distress"}
    assert shown | {"order", "consortium", "title", "year", "ends"} <= set(seen)


def test_certificates_are_held_as_the_events_say(past: Past, lives: dict[int, list[Event]]) -> None:
    said_so: Counter[str] = Counter()
    for identity, life in lives.items():
        rows = past.rows(identity)
        first = min(rows)
        held = bool(rows[first]["certificate_until"] > first) if first == -1 else False
        said = {event.month: event.what.en for event in life if event.kind == "certificate"}
        for month, row in rows.items():
            if month in said:
                assert ("renews" in said[month]) <= held
                held = "runs out" not in said[month]
                said_so[said[month].split()[0]] += 1
            assert held == (row["certificate_until"] > month)
    assert set(said_so) == {"becomes", "renews", "its"}


def test_a_life_begins_and_ends_when_the_firm_does(
    past: Past, lives: dict[int, list[Event]]
) -> None:
    for identity, life in lives.items():
        rows = past.rows(identity)
        last = max(rows)
        assert life[0].kind == "begins" and life[0].month == min(rows)
        assert [event.month for event in life] == sorted(event.month for event in life)
        assert [event.kind for event in life].count("begins") == 1
        if rows[last]["alive"]:
            assert last == MONTHS - 1
            assert "ends" not in {event.kind for event in life}
        else:
            reason = EXIT_REASONS[rows[last]["exit_reason"]]
            assert months_of(life, "ends") == [last]
            assert life[-1].what.en.startswith(f"ends: {reason.en};")
            assert life[-1].what.zh.startswith(f"退出：{reason.zh}；")


def test_who_came_and_who_left_add_up_to_who_is_there(
    past: Past, lives: dict[int, list[Event]]
) -> None:
    hires = 0
    for identity, life in lives.items():
        rows = past.rows(identity)
        (there,) = re.findall(r"talents ([0-9]+)", life[0].what.en)
        number = int(there)
        for event in life:
            if event.kind == "year":
                numbers = re.findall(r"hired ([0-9]+), left ([0-9]+), now ([0-9]+)", event.what.en)
                hired, left, now = map(int, numbers[0])
                number += hired - left
                assert number == now == rows[event.month]["talents"]
                assert hired == came(past, identity, rows, event.month)
                hires += hired
        expected = [m for m in DECEMBERS if m in rows and rows[m]["alive"]]
        assert months_of(life, "year") == expected
    assert hires > 0


def came(past: Past, identity: int, rows: dict[int, np.void], december: int) -> int:
    """Return how many talents came to a firm in a year, after its first month."""
    (row,) = np.flatnonzero(past.tables[december + 1]["id"] == identity)
    year = range(max(december - 11, min(rows) + 1), december + 1)
    return sum(past.hires[month][int(row)] for month in year)


def test_what_is_raised_is_what_the_row_says(past: Past, lives: dict[int, list[Event]]) -> None:
    kinds = set()
    for identity, life in lives.items():
        rows = past.rows(identity)
        before = float(rows[-1]["raised"]) if -1 in rows else 0.0
        said = [event.what for event in life if event.kind == "round"]
        total = sum(amount(what.en) for what in said)
        assert total == pytest.approx(float(rows[max(rows)]["raised"]) - before, rel=0.01, abs=2.0)
        kinds |= {kind.en for kind in FUND_KINDS for what in said if kind.en in what.en}
    assert len(kinds) >= 2


def amount(text: str) -> float:
    """Return an amount in a sentence, in 万元."""
    number, unit = re.findall(r"([0-9,.]+) (万元|亿元)", text)[0]
    return float(number.replace(",", "")) * (10_000.0 if unit == "亿元" else 1.0)


def test_a_row_that_is_used_again_tells_two_lives(past: Past) -> None:
    first, last = past.tables[0], past.tables[-1]
    alive = last["alive"][: len(first)] == 1
    again = np.flatnonzero((first["id"] != last["id"][: len(first)]) & alive)
    earlier, later = first["id"][again[0]], last["id"][again[0]]
    one, other = traced(earlier), traced(later)
    assert one[-1].kind == "ends"
    assert other[0].kind == "begins"
    assert one[-1].month < other[0].month == last["entered"][again[0]]


def test_a_firm_that_ends_in_its_first_month_has_a_life() -> None:
    """No Mesa agent ever stands for it, and it is in no month's table of the living."""
    setup = SETUP._replace(months=99)
    replicate, brief = 0, NOBODY
    model = ClusterModel(setup, SEED, replicate)
    while brief == NOBODY:
        if not model.running:
            replicate += 1
            model = ClusterModel(setup, SEED, replicate)
        model.step()
        firms = used(model)
        found = (firms["entered"] == model.month - 1) & (firms["alive"] == 0)
        if found.any():
            brief = int(firms["id"][found][0])
    life = list(life_of(ClusterModel(setup, SEED, replicate), Called(brief)))
    assert (life[0].kind, life[-1].kind) == ("begins", "ends")
    assert {event.month for event in life} == {model.month - 1}


@pytest.mark.parametrize("identity", [0, 77, -1])
def test_nobody_has_no_life(identity: int) -> None:
    """Rows that were never used hold the number 0."""
    model = ClusterModel(SETUP._replace(months=2), SEED, 0)
    assert list(life_of(model, Called(identity))) == []
    assert not model.running


def test_a_life_can_be_followed_from_the_middle_of_a_run(past: Past) -> None:
    identity = busiest(past)["old"]
    model = ClusterModel(SETUP, SEED, 0)
    for _ in range(DECEMBERS[1] + 1):
        model.step()
    late = list(life_of(model, Called(identity)))
    assert (late[0].kind, late[0].month) == ("begins", DECEMBERS[1])
    assert "there already" in late[0].what.en
    assert late[1:] == [event for event in traced(identity) if event.month > DECEMBERS[1]]


def test_a_firm_is_found_by_how_its_name_ends(past: Past) -> None:
    """Whoever has the code, and was founded in the year; no other firm of the table is."""
    table = past.tables[-1]
    firm = table[table["id"] == busiest(past)["raised"]][0]
    typed = tail(int(firm["id"]), int(firm["founded"]))
    assert typed.endswith(code(int(firm["id"]), 4))
    asked = called(typed.lower())
    assert asked is not None and asked.year == year_of(int(firm["founded"]))
    assert table["id"][asked.among(table["id"], table["founded"])].tolist() == [firm["id"]]
    assert list(life_of(ClusterModel(SETUP, SEED, 0), asked)) == traced(firm["id"])
    people = past.model.world.talents
    person = called(talent_name(int(people.id[7])))
    assert person is not None and np.flatnonzero(person.among(people.id)).tolist() == [7]
    assert called("2029-8A8V") is None and called("x") is None and called("9" * 40) is None


def test_tracing_changes_nothing(past: Past) -> None:
    model = ClusterModel(SETUP, SEED, 0)
    assert list(life_of(model, Called(busiest(past)["old"])))
    bare = run_one(SETUP, SEED, 0)
    assert model.trajectory().counts.tobytes() == bare.counts.tobytes()
    assert model.trajectory().measures.tobytes() == bare.measures.tobytes()


def test_every_sentence_is_in_both_languages(lives: dict[int, list[Event]]) -> None:
    for life in lives.values():
        for event in life:
            assert not re.search(r"[\u4e00-\u9fff]", re.sub("万元|亿元", "", event.what.en))
            assert re.search(r"[\u4e00-\u9fff]", event.what.zh)
            assert not re.search(r"[,;:](?![0-9])", event.what.zh)  # save in 12,345


def test_some_firms_are_the_largest_the_newest_and_the_ended(past: Past) -> None:
    listed = some_firms(past.model)
    last = past.tables[-1]
    rows = {tail(int(firm["id"]), int(firm["founded"])): firm for firm in last}
    largest, newcomers, ended = listed[:10], listed[10:15], listed[15:]
    assert len(ended) == 5
    assert len({firm.called for firm in listed}) == len(listed)
    living = last[last["alive"] == 1]
    assert rows[largest[0].called]["id"] == living["id"][living["sales"].argmax()]
    for group in (largest, newcomers):
        sales = [firm.sales for firm in group]
        assert sales == sorted(sales, reverse=True)
        assert all(rows[firm.called]["alive"] for firm in group)
    assert all(rows[firm.called]["entered"] >= 0 for firm in newcomers)
    assert not any(rows[firm.called]["alive"] for firm in ended)
    assert {firm.fate for firm in ended} <= set(EXIT_REASONS)
    assert all(firm.founded == year_of(int(rows[firm.called]["founded"])) for firm in listed)


def test_the_codes_have_a_name_each() -> None:
    assert len(FIRM_KINDS) == len(codes.FIRM_KINDS)
    assert tuple(fund.en.split()[1] for fund in FUND_KINDS) == codes.FUND_KINDS
    assert tuple(reason.en for reason in EXIT_REASONS) == codes.EXIT_REASONS


@pytest.mark.parametrize(
    ("month", "year"), [(-1, 2022), (0, 2022), (2, 2022), (3, 2023), (-10, 2021), (98, 2030)]
)
def test_a_month_lies_in_its_year(month: int, year: int) -> None:
    assert year_of(month) == year


def test_amounts_are_in_the_unit_that_suits_them() -> None:
    assert [money(wan) for wan in (0.4, 9_999.0, 10_000.0, -25_000.0)] == [
        "0 万元",
        "9,999 万元",
        "1.00 亿元",
        "-2.50 亿元",
    ]
