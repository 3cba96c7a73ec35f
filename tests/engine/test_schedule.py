"""Protects the order of a month: what is taken out or put in is sound or refused in words."""

from typing import Any

import pytest

from sim.engine.process import Process, fields, process
from sim.engine.schedule import Schedule
from sim.problems import Problem


def made(name: str, reads: str = "", writes: str = "") -> Process:
    @process(name, reads=reads.split(","), writes=writes.split(","))
    def nothing(world: Any, p: Any, month: int) -> None:
        del world, p, month

    return nothing


PRICE = made("price", writes="city: price")
SELL = made("sell", reads="city: price,firms: weight", writes="firms: sales")
TAX = made("tax", reads="firms: sales", writes="firms: cash")
MONTHLY = frozenset({"city.price"})
SCHEDULE = Schedule((PRICE, SELL, TAX), MONTHLY)


def test_entries_name_the_fields_of_a_table_or_a_table_without_fields() -> None:
    assert set(fields(["firms: level cash", "words who"])) == {
        "firms.level",
        "firms.cash",
        "words",
        "who",
    }


def test_a_process_is_taken_out_put_in_and_exchanged_by_name() -> None:
    gift = made("gift", reads="firms: cash", writes="firms: cash")
    assert SCHEDULE.without("tax").names == ("price", "sell")
    assert SCHEDULE.insert_after("sell", gift).names == ("price", "sell", "gift", "tax")
    assert SCHEDULE.insert_before("sell", gift).names == ("price", "gift", "sell", "tax")
    assert SCHEDULE.replace("tax", gift).names == ("price", "sell", "gift")
    assert SCHEDULE.names == ("price", "sell", "tax")


def test_what_reads_a_result_of_the_month_is_refused_without_what_makes_it() -> None:
    with pytest.raises(Problem) as problem:
        SCHEDULE.without("price")
    assert problem.value.key == "sell"
    assert "city.price" in str(problem.value)


def test_what_reads_a_result_of_the_month_is_refused_before_what_makes_it() -> None:
    """Two that read each other's results of the month can stand in no order: a cycle."""
    with pytest.raises(Problem) as problem:
        Schedule((SELL, PRICE), MONTHLY)
    assert "'sell'" in str(problem.value)
    assert "'price'" in str(problem.value)
    one, two = made("one", "city: a", "city: b"), made("two", "city: b", "city: a")
    for order in ((one, two), (two, one)):
        with pytest.raises(Problem):
            Schedule(order, frozenset({"city.a", "city.b"}))


def test_a_state_may_be_read_before_it_is_changed() -> None:
    assert Schedule((TAX, PRICE, SELL), MONTHLY).names == ("tax", "price", "sell")


def test_unknown_and_double_names_are_refused() -> None:
    with pytest.raises(Problem, match="taxes"):
        SCHEDULE.without("taxes")
    with pytest.raises(Problem, match="once"):
        SCHEDULE.replace("tax", SELL)
