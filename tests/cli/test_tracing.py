"""``sim trace``: what each process changes, of an agent or by an instrument."""

import re

import numpy as np
import pytest

from sim.ensemble import run_one
from sim.model.rules.month import SCHEDULE
from sim.scenario import read_scenario
from sim.trace.by_process import (
    TABLES,
    UNITS,
    changes_of,
    examples,
    instrument_number,
    moved_by,
    stand_at,
)
from sim.trace.names import Called, called
from tests.cli.conftest import Command

SETUP = read_scenario("as-written").setup()._replace(months=40)
MONTH, SEED = 30, 7
SEED_AND_MONTH = ("--seed", SEED, "--month", "2025-04")


def asked(text: str) -> Called:
    found = called(text)
    assert found is not None
    return found


def test_tracing_runs_the_month_that_the_ensemble_runs() -> None:
    stand = stand_at(SETUP, SEED, 1, MONTH)
    for kind in TABLES:
        list(changes_of(stand, kind, asked(examples(stand, kind, 1)[0]), 2))
    bare = run_one(SETUP, SEED, 1)
    assert stand.inputs.counts[: MONTH + 6].tobytes() == bare.counts[: MONTH + 6].tobytes()


def test_all_changes_of_an_agent_are_told_and_lead_from_one_state_to_the_next() -> None:
    for kind, table in TABLES.items():
        stand = stand_at(SETUP, SEED, 0, MONTH)
        agent = asked(examples(stand, kind, 1)[0])
        told: dict[str, float | None] = {}
        for change in changes_of(stand, kind, agent, 6):
            assert change.before == told.get(change.field, change.before)
            assert change.process in SCHEDULE.names
            told[change.field] = change.after
        other = stand_at(SETUP, SEED, 0, MONTH + 6)
        end: object = getattr(other.world, table)
        for field, value in told.items():
            column = getattr(end, field) if kind == "talent" else end[field]  # type: ignore[index]
            ids = end.id if kind == "talent" else end["id"]  # type: ignore[attr-defined,index]
            founded = end["founded"] if kind == "firm" else None  # type: ignore[index]
            assert column[np.flatnonzero(agent.among(ids, founded))[0]] == value
        assert told or kind == "talent"


def test_a_life_is_told_from_its_beginning_to_its_end() -> None:
    stand = stand_at(SETUP, SEED, 0, MONTH)
    before = set(examples(stand, "firm", 10**6))
    later = stand_at(SETUP, SEED, 0, MONTH + 1)
    (new, *_) = sorted(set(examples(later, "firm", 10**6)) - before)
    first = next(changes_of(stand, "firm", asked(new), 1))
    assert (first.before, first.process) == (None, "entry") or first.process == "linkage"
    gone = sorted(before - set(examples(later, "firm", 10**6)))[0]
    stand = stand_at(SETUP, SEED, 0, MONTH)
    last = [
        change for change in changes_of(stand, "firm", asked(gone), 6) if change.field == "alive"
    ]
    assert [(each.process, each.before, each.after) for each in last] == [("exit", 1, 0)]


def test_an_instrument_moves_what_its_rule_says_and_no_more() -> None:
    """Vouchers pay for research: finance is the first process after policy in which it counts."""
    stand = stand_at(SETUP, SEED, 0, MONTH)
    moved = list(moved_by(stand, instrument_number("vouchers"), 1))
    processes = list(dict.fromkeys(each.process for each in moved))
    assert processes[:2] == ["policy", "finance"]
    cash = next(each for each in moved if each.field == "firms.cash")
    assert cash.places > 1000 and cash.difference is not None
    assert all(each.field in UNITS for each in moved)
    quiet = stand_at(SETUP._replace(dose=0.0 * SETUP.dose), SEED, 0, MONTH)
    assert list(moved_by(quiet, instrument_number("vouchers"), 2)) == []


@pytest.mark.parametrize(("lang", "head"), [("en", "rows that differ"), ("zh", "不同的行数")])
def test_a_person_asks_for_an_instrument_and_for_a_firm(
    command: Command, lang: str, head: str
) -> None:
    said = command("trace", "as-written", "创新券", *SEED_AND_MONTH, "--lang", lang)
    assert (said.status, said.err) == (0, "")
    assert head in said.out and "firms.cash" in said.out
    unknown = command("trace", "as-written", "firm:3", *SEED_AND_MONTH, "--lang", lang)
    assert unknown.status == 2 and "Traceback" not in unknown.err
    (firm, *_) = re.findall(r"firm:[0-9]{4}-[0-9A-Z]{4}", unknown.err)
    said = command("trace", "as-written", firm, *SEED_AND_MONTH, "--months", 2, "--lang", lang)
    assert (said.status, said.err) == (0, "")
    assert re.search(r"2025-05 +\S* *market +\S* *sales", said.out)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("magic",), "an instrument"),
        (("firm:x",), "firm: with a number"),
        (("vouchers", "--month", "2031-01"), "a month from 2022-10"),
        (("vouchers", "--month", "soon"), "a month from 2022-10"),
    ],
)
def test_what_cannot_be_traced_is_said(command: Command, given: tuple[str, ...], said: str) -> None:
    found = command("trace", "as-written", *given)
    assert (found.status, found.out) == (2, "")
    assert said in found.err
