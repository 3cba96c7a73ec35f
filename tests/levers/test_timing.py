"""An instrument acts from its start, to its end, and by its ramp: not a byte before."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.calendar import month_label
from sim.model.world.setup import Setup
from sim.model.world.world import World
from sim.scenario import Scenario, read_scenario
from tests.levers.runs import INSTRUMENTS, Look, Probe, Run, contents, doses, record_of, run, setup
from tests.levers.table import EFFECTS

USUAL = read_scenario("business-as-usual")
MONTHS, START, END = 14, 6, 11
PROPORTIONAL = ("vouchers", "consumer_subsidies")
"""Instruments whose probe moves with what the dose is worth, all else being the same but for a firm
that ends or grows by a little more."""


def given(name: str, months: int = MONTHS, **how: Any) -> Setup:
    """Return business as usual with one instrument more, as a scenario has it, cut short."""
    told: dict[str, Any] = {"on": True, "start": month_label(START), "ramp_months": 0, **how}
    setting = replace(USUAL.settings[name], **told)
    return cut(replace(USUAL, settings={**USUAL.settings, name: setting}), months)


def cut(scenario: Scenario, months: int) -> Setup:
    whole = scenario.setup()
    return whole._replace(months=months, dose=whole.dose[:months])


def reached(look: Look) -> float:
    """Return the dose that reaches Shanghai: that of every instrument, district and cluster."""
    field = look.world.city["dose"][0]
    assert field.min() == pytest.approx(field.max(), rel=1e-12)
    return float(field.max())


def probe_of(name: str) -> Probe:
    return next(effect.probe for effect in EFFECTS if effect.instrument == name)


@pytest.fixture(scope="module")
def usual() -> Run:
    probes = {probe_of(name) for name in INSTRUMENTS}
    return run(setup(doses(MONTHS, {})), 0, probes)


@pytest.fixture(scope="module")
def usual_at_start() -> World:
    return run(setup(doses(START, {})), 0).world


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_nothing_changes_before_the_start(name: str, usual: Run, usual_at_start: World) -> None:
    probe = probe_of(name)
    late = run(given(name), 0, [probe])
    assert late.readings[probe][:START].tobytes() == usual.readings[probe][:START].tobytes()
    assert late.counts[:START].tobytes() == usual.counts[:START].tobytes()
    assert late.measures[:START].tobytes() == usual.measures[:START].tobytes()
    assert contents(run(given(name, START), 0).world) == contents(usual_at_start)
    assert late.measures[START:].tobytes() != usual.measures[START:].tobytes()


def test_the_dose_of_every_instrument_starts_ramps_up_and_ends() -> None:
    told: dict[str, Any] = {"start": month_label(START), "end": month_label(END)}
    settings = {
        name: replace(each, on=True, ramp_months=4, dose=2.0, **told)
        for name, each in USUAL.settings.items()
    }
    dose = Probe(reached, np.sum)
    ramped = run(cut(replace(USUAL, settings=settings), MONTHS), 0, [dose])
    half = float(record_of(0)[0]["dose_half"])
    rising = [a * (1.0 + half) / (a + half) for a in (0.5, 1.0, 1.5, 2.0, 2.0)]
    assert ramped.readings[dose].tolist() == pytest.approx(
        [0.0] * START + rising + [0.0] * (MONTHS - END)
    )


@pytest.mark.parametrize("name", ["vouchers", "guidance_fund"])
def test_money_stops_at_the_end(name: str) -> None:
    """What is paid month by month is not paid on; what was built may stay.

    Months may pass without a round that the guidance fund joins.
    """
    probe = probe_of(name)
    paid = run(given(name, end=month_label(END)), 0, [probe]).readings[probe]
    assert (paid[:START] == 0.0).all()
    assert np.count_nonzero(paid[START:END] > 0.0) >= (END - START) // 2
    assert (paid[END:] == 0.0).all()


@pytest.mark.parametrize("name", ["vouchers", "consumer_subsidies", "ip_protection"])
def test_the_first_month_of_a_ramp_has_its_part_of_the_effect(name: str, usual: Run) -> None:
    """Both runs meet the same world at the start: a third of the dose has less effect, not none."""
    probe = probe_of(name)
    full, third = (
        run(given(name, START + 1, ramp_months=ramp), 0, [probe]).readings[probe][START]
        - usual.readings[probe][START]
        for ramp in (0, 3)
    )
    assert 0.0 < third / full < 1.0
    if name in PROPORTIONAL:
        half = float(record_of(0)[0]["dose_half"])
        worth = (1.0 / 3.0) * (1.0 + half) / (1.0 / 3.0 + half)
        assert third == pytest.approx(full * worth, rel=1e-3)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_switched_off_is_dose_zero(name: str) -> None:
    """The rules are given the same, so what they do with it need not be run."""
    off, zero = given(name, on=False, dose=1.0), given(name, dose=0.0)
    assert off.dose.tobytes() == zero.dose.tobytes()
    assert off.reach.tobytes() == zero.reach.tobytes()
    assert off._replace(dose=zero.dose, reach=zero.reach) == zero
