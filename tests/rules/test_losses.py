"""Losses of earlier years lessen what is taxed as long as the law lets them: worked by hand."""

import pytest

from sim.model.world import ledgers
from tests.reference.processes import Run, small

BOOKS = {
    **{"talent_cost": 100.0, "overhead": 12.0, "core_rent": 0.0, "operating_margin": 0.12},
    **{"deduction_usual": 0.5, "deduction_rate": 1.0, "tax_rate": 0.25},
}
RESEARCH = 135.0
"""What ten talents cost in a month and are deducted for: 10 * (100 * 1.5 + 12) / 12."""


def taxes(sales: list[float], **overrides: float) -> list[float]:
    """Return the tax of one firm with ten talents whose yearly sales are these, month by month."""
    run = Run(small("business-as-usual", **BOOKS, **overrides), 7, 0)
    run.world.firms["alive"][1:] = 0
    firm, city = run.world.firms[0], run.world.city
    firm["losses"], paid = 0.0, []
    firm["certificate_until"] = -1
    run.process("policy", 0)
    for month, sold in enumerate(sales):
        firm["alive"], firm["sales"], firm["talents"], firm["cash"] = 1, sold, 10, 1e6
        firm["distress"] = firm["debt"] = firm["plant_debt"] = 0
        city["flows"] = 0.0
        run.process("finance", month)
        paid.append(-float(city["flows"][0, ledgers.TAX]))
    return paid


def test_a_loss_is_set_off_by_the_profits_that_follow_and_fades_over_ten_years() -> None:
    left = RESEARCH
    left = left * (1 - 1 / 120) - (200.0 - RESEARCH)
    left = left * (1 - 1 / 120) - (200.0 - RESEARCH)
    taxable = (200.0 - RESEARCH) - left * (1 - 1 / 120)
    assert 0.0 < left < 65.0
    expected = [0.0, 0.0, 0.0, 0.25 * taxable, 0.25 * 65.0]
    assert taxes([0.0, *[20_000.0] * 4]) == pytest.approx(expected)


def test_who_is_too_large_for_a_technology_sme_has_five_years() -> None:
    left = RESEARCH * (1 - 1 / 60)
    expected = [0.0, 0.25 * (165.0 - left)]
    assert taxes([0.0, 30_000.0]) == pytest.approx(expected)


def test_without_a_term_nothing_is_carried() -> None:
    assert taxes([0.0, 20_000.0], loss_years_technology=0.0) == pytest.approx([0.0, 0.25 * 65.0])


def test_start_ups_of_2022_have_losses_and_who_earns_has_none() -> None:
    run = Run(small("business-as-usual"), 7, 0)
    firms = run.world.firms[run.world.firms["alive"] == 1]
    unsold = (firms["sales"] == 0.0) & (firms["founded"] < -1)
    assert (firms["losses"][unsold] > 0.0).all()
    yearly = float(run.record["talent_cost"][0]) * 2.0 + float(run.record["overhead"][0])
    assert (firms["losses"] <= 10.0 * yearly * firms["wanted"]).all()
    assert (firms["losses"] == 0.0).any()
