"""Protects what screens say that an instrument does: it was measured, and the words are measured.

A made-up table has known verdicts; the shipped one must cover the plan.
"""

from dataclasses import replace

import numpy as np
import pytest

from sim.digest import priors_digest, rules_digest
from sim.evidence import instruments
from sim.evidence.instruments import (
    BASES,
    INSTRUMENTS,
    OUTCOMES,
    Change,
    Measured,
    measured,
    parse,
)
from sim.indicators import INDICATORS
from sim.language import Text
from sim.mechanisms import MECHANISMS
from sim.present.tables import csv as csv_of
from sim.problems import Problem
from sim.spec.table import table
from sim.studies.instruments import changed, in_file

SURE, LIKELY, CHANCE = 1e-9, 5e-4, 0.5
"""How often chance alone would give a change: clear among all, among one instrument's, not at all.
"""


def made(clear: dict[tuple[str, str, str], tuple[float, float]]) -> Measured:
    """Return a measurement in which only some changes, with their p, are any."""
    return Measured(
        tuple(
            Change(one, base, name, change, change, change, 1.0 + change, 0.0, p)
            for base in BASES
            for one in INSTRUMENTS
            for name in OUTCOMES
            for change, p in [clear.get((base, one, name), (0.0, 1.0))]
        ),
        128, 128, 2022, rules_digest(), priors_digest(), "2026-01-01",
    )  # fmt: skip


BAU, WRITTEN = BASES
FOUND = made(
    {
        (BAU, "forums", "components"): (5.0, SURE),
        (WRITTEN, "data", "components"): (-5.0, SURE),
        (BAU, "land", "components"): (1.0, SURE),
        (BAU, "stars", "components"): (9.0, LIKELY),
        (BAU, "vouchers", "components"): (9.0, CHANCE),
        (WRITTEN, "tolerance", "components"): (9.0, SURE),
    }
)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("forums", "acts"),
        ("data", "acts"),
        ("land", "weak"),
        ("stars", "weak"),
        ("vouchers", "none"),
        ("tolerance", "acts"),
        ("sourcing", "none"),
    ],
)
def test_a_verdict_is_on_clear_changes_that_are_not_small(name: str, verdict: str) -> None:
    assert FOUND.verdict(name) == verdict
    told = instruments.said_of_instrument(name, FOUND)
    assert ("moves nothing detectably" in told.en) == (verdict == "none")
    assert ("未见任何可辨的变化" in told.zh) == (verdict == "none")
    assert ("lowers core components (9.0% of the target)" in told.en) == (name == "tolerance")


def test_every_sentence_says_how_it_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instruments, "measured", lambda: FOUND)
    said = [
        *map(instruments.said_of_instrument, INSTRUMENTS),
        *instruments.remarks(["vouchers"]),
        instruments.said_of_counts(),
    ]
    own = rules_digest()[:8]
    for told in said:
        assert told is not None
        assert f"(128 pairs of replicates, 128 parameter draws, rules {own})" in told.en
        assert f"（128 对模拟，128 组参数抽样，规则 {own}）" in told.zh
    assert instruments.remarks(["forums"]) == []
    counts = instruments.said_of_counts()
    assert counts is not None
    assert "core components" not in counts.en
    assert "future-industry output" in counts.en


def test_another_model_than_the_measured_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instruments, "measured", lambda: replace(FOUND, rules="0" * 64))
    told = instruments.said_of_instrument("forums")
    assert "rules 00000000; rules or priors are others now" in told.en
    assert "规则 00000000；规则或先验现已不同" in told.zh


def test_the_cost_of_tax_forgone_is_told_wherever_it_differs() -> None:
    told = instruments.remarks(["super_deduction"])
    assert any("tax forgone" in each.en and "少征的税收" in each.zh for each in told)
    assert not any("tax forgone" in each.en for each in instruments.remarks(["forums"]))


def test_the_shipped_table_has_every_count_and_base() -> None:
    found = measured()
    assert found is not None
    outcomes = {each.outcome for each in found.changes}
    assert len(found.changes) == len(BASES) * len(found.instruments) * len(outcomes)
    assert (found.replicates, found.draws) == (128, 128)
    # What opens programmes of a kind opens them: the measurement measured something.
    assert found.verdict("technology_colleges") == "acts"


def test_an_instrument_that_came_later_is_not_measured_and_no_verdict_is_made_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = tuple(each for each in FOUND.changes if each.instrument != "sourcing")
    found = parse(csv_of(table("", Text("", ""), in_file(FOUND), known)))
    monkeypatch.setattr(instruments, "measured", lambda: found)
    assert instruments.said_of_instrument("sourcing").en == "not measured"
    assert "sourcing" not in instruments.judged("none")
    assert set(found.instruments) == set(INSTRUMENTS) - {"sourcing"}


def written() -> str:
    return csv_of(table("", Text("", ""), in_file(FOUND), FOUND.changes))


def test_what_is_written_is_what_is_read() -> None:
    found = parse(written())
    assert found.changes == FOUND.changes
    assert replace(found, changes=(), date="") == replace(FOUND, changes=(), date="")


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text.replace("forums", "fora"),
        lambda text: "".join(text.splitlines(keepends=True)[:-1]),
        lambda text: text.replace(",128,", ",127,", 1),
        lambda text: text.replace("change", "chance", 1),
        lambda text: text.splitlines()[0],
    ],
    ids=["another instrument", "a line less", "two measurements", "another column", "no line"],
)
def test_a_damaged_table_is_one_problem(harm: object) -> None:
    assert callable(harm)
    with pytest.raises(Problem, match=r"instruments\.csv"):
        parse(harm(written()))


def test_changes_are_tested_over_draws_not_replicates() -> None:
    """Two replicates of a draw that agree count once."""
    before = np.ones((8, len(OUTCOMES)))
    after = before.copy()
    after[:, 0] += np.repeat([1.0, 2.0, 3.0, 4.0], 2)
    draws = np.repeat(np.arange(4), 2)
    first, second, *_ = changed("forums", BAU, before, after, draws)
    assert (first.ratio, second.ratio) == (3.5, 1.0)
    assert (first.change, second.change, second.t, second.p) == (2.5, 0.0, 0.0, 1.0)
    assert first.t == pytest.approx(2.5 / (np.std([1, 2, 3, 4], ddof=1) / 2))


def test_what_an_instrument_adds_has_its_interval_whichever_way_it_is_switched() -> None:
    """Off alone, a fall is what it adds; shares are of the target, or of the outcome's own size."""
    on = Change("forums", BAU, "output", 50.0, 25.0, 100.0, 1.1, 9.0, SURE)
    off = Change("forums", WRITTEN, "firms", -20.0, -30.0, -10.0, 0.8, -9.0, SURE)
    assert (on.effect, *on.ends) == pytest.approx((0.01, 0.005, 0.02))
    assert (off.effect, *off.ends) == pytest.approx((0.2, 0.1, 0.3))


def test_what_an_instrument_builds_itself_is_no_reach() -> None:
    """Its verdict may rest on it, but what it moves most is named beside it."""
    found = made({(BAU, "pilot_zones", "pilot_zones"): (5.0, SURE)})
    assert found.verdict("pilot_zones") == "acts"
    assert found.most("pilot_zones").outcome != "pilot_zones"
    for mechanism in MECHANISMS.values():
        assert set(mechanism.builds) <= set(INDICATORS)
