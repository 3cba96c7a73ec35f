"""Nobody shares luck by a name: an identity has a namespace, a draw a declared purpose."""

import ast
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim import parameters
from sim.engine.chance import LONG, identity
from sim.engine.watch import WATCH, Watch
from sim.model.rules.month import SCHEDULE
from sim.model.world import namespaces, purposes
from sim.model.world.codes import COLLEGE
from sim.model.world.history import write_history
from sim.model.world.namespaces import Namespace
from sim.model.world.population import create
from sim.model.world.purposes import Purpose
from sim.model.world.setup import Placed
from sim.model.world.tables import NOBODY
from tests.reference.processes import small

HOME = Path(sim.__file__).parent
SMALL = range(-2, 12)
"""Numbers that kinds, rows, districts and months share."""
NAMERS = ("identity", "draw_candidates", "new_identity")
"""Functions that name somebody, by a namespace first (a world or a model aside)."""
whole = st.integers(-(2**63), 2**63 - 1)


def test_the_numbers_that_name_kinds_never_meet() -> None:
    """As the model builds them: of small numbers, and of identities of others."""
    owner = int(identity(namespaces.FIRST_FIRM, 3, 0, 0))
    told = [*product(SMALL, SMALL, range(3)), *((owner, j, k) for j in SMALL for k in SMALL)]
    found = [int(identity(each.value, *numbers)) for each in Namespace for numbers in told]
    assert len(set(found)) == len(found) == len(Namespace) * len(told)


@given(st.sampled_from(Namespace), whole, whole, whole)
def test_an_identity_says_its_namespace(each: Namespace, a: int, b: int, c: int) -> None:
    found = int(identity(each.value, a & LONG, b & LONG, c & LONG))
    assert 0 < found < 2**63
    assert found >> 56 == each


def test_a_college_that_was_there_at_once_is_not_a_firm_of_2022() -> None:
    """The k-th firm and the k-th known programme, a college open in month 0, shared one."""
    setup = small("as-written")
    placed = Placed(COLLEGE, NOBODY, 0, NOBODY, 0)
    world = create(parameters.as_record(parameters.draw(2022, 0, setup.overrides)), 2022, 0)
    write_history(world, setup._replace(placed=(placed, placed)))
    ids = [*world.firms["id"], *world.programmes["id"], *world.funds["id"], *world.talents.id]
    there = [each for each in ids if each]
    assert len(set(there)) == len(there)


def test_nobody_is_named_without_a_namespace() -> None:
    files = [HOME / "adding.py", *(HOME / "model").rglob("*.py")]
    named = []
    for file in files:
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in NAMERS:
                said = {
                    each.id if isinstance(each, ast.Name) else getattr(each, "attr", "")
                    for each in call.args[:2]
                }
                named.append(said & (set(Namespace.__members__) | {"namespace"}))
    assert len(named) > 15 and all(named)


@pytest.mark.parametrize(("module", "members"), [(namespaces, Namespace), (purposes, Purpose)])
def test_plain_numbers_are_those_of_the_enumeration(module: object, members: type) -> None:
    for each in members:  # type: ignore[attr-defined]
        assert type(getattr(module, each.name)) is int
        assert getattr(module, each.name) == each


def test_every_purpose_is_declared_by_who_draws_for_it() -> None:
    declared = purposes.AT_THE_START.union(*(each.draws for each in SCHEDULE))
    assert declared == set(Purpose)


def test_the_start_draws_for_what_it_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIM_MODE", "plain")
    values = parameters.draw(5, 0, small("as-written").overrides)
    watch = Watch()
    token = WATCH.set(watch)
    try:
        create(parameters.as_record(values), 5, 0)
    finally:
        WATCH.reset(token)
    assert watch.draws == purposes.AT_THE_START
