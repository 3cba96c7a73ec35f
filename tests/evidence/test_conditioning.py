"""Patterns as observations: measured as patterns are, found again, and never called validation."""

import re
from dataclasses import replace

import numpy as np
import pytest

from sim import ensemble
from sim.engine.declared import Changes
from sim.evidence.calibration.observations import Observation, conditioning, tallied
from sim.evidence.calibration.trial import trial, watched
from sim.evidence.calibration.weights import by_draw, log_likelihoods
from sim.evidence.patterns.bands import patterns
from sim.evidence.patterns.funding import held_by_largest, held_by_smallest
from sim.evidence.patterns.measures import BOTTOM, TOP
from sim.evidence.patterns.panel import Panel, observe
from sim.model.world.setup import Design, Setup
from sim.parameters import PARAMETERS
from sim.sampling import LUCKS_A_DRAW
from sim.scenario import drawn_from, read_scenario
from sim.store.block import decembers
from sim.store.fill import Ensemble

SEED = 5
UNTIL = "2025-12"
HELD = {"gathered_staff", "moran", "contagion", "product_gene"}
"""Patterns that are held to validate."""
GRID = 9
"""Values of the planted parameter that are tried."""


class TestRoles:
    """What conditions validates nothing, and sets no prior."""

    def test_a_pattern_conditions_if_and_only_if_an_observation_stands_for_it(self) -> None:
        named = {name for each in conditioning() for name in each.patterns}
        assert named == {each.id for each in patterns() if each.in_view == "conditions"}
        assert not any(each.validates for each in patterns() if each.id in named)
        assert {each.id for each in patterns() if each.validates} == HELD

    def test_what_a_prior_follows_from_is_not_used_a_second_time(self) -> None:
        priors = " ".join(
            each.source
            for each in PARAMETERS.values()
            if each.source.startswith("literature") or "pooled" in each.source
        )
        for each in conditioning():
            assert not set(each.figures) & set(re.findall(r"[FG]\d{3}", priors)), each.id

    def test_all_was_known_before_the_plan(self) -> None:
        """So a forecast from any year may rest on it; those that are scored use none of it."""
        assert {each.until < "2022-10" for each in conditioning()} == {True}
        assert all(each.since is None and each.spread > 0.0 for each in conditioning())


@pytest.fixture(scope="module")
def setup() -> Setup:
    return watched((0, 1), SEED, UNTIL).setup()


@pytest.fixture(scope="module")
def plain() -> Setup:
    """Return the plan as written without facts, which panels do not know of."""
    changed = Changes(measures=tallied())
    return replace(drawn_from(read_scenario("as-written"), "prior"), processes=changed).setup()


@pytest.fixture(scope="module")
def panel(plain: Setup) -> Panel:
    return observe(plain, SEED, 0)


@pytest.fixture(scope="module")
def recorded(plain: Setup) -> dict[str, float]:
    found = ensemble.run_one(plain, SEED, 0).measures[-1]
    return dict(zip(plain.measures, found.tolist(), strict=True))


class TestTallies:
    """What calibration's runs record is what patterns are measured by."""

    @pytest.mark.parametrize(
        ("name", "youngest", "oldest"), [("2", 12, 24), ("3", 24, 36), ("4_to_7", 36, 84)]
    )
    def test_failures_by_age(
        self, panel: Panel, recorded: dict[str, float], name: str, youngest: int, oldest: int
    ) -> None:
        age = panel.start_ups.last - panel.start_ups.founded
        died = panel.start_ups.died & (youngest < age) & (age <= oldest)
        lived = np.clip(age, youngest, oldest) - youngest
        assert recorded[f"failed_{name}"] == died.sum() > 0
        assert recorded[f"watched_{name}"] == pytest.approx(lived.sum() / 12.0, rel=1e-5)

    def test_rounds_but_for_those_of_firms_that_ended(
        self, panel: Panel, recorded: dict[str, float]
    ) -> None:
        top, bottom = held_by_largest(panel.rounds, TOP), held_by_smallest(panel.rounds, BOTTOM)
        assert recorded["held_by_largest"] == pytest.approx(top.value, abs=0.1)
        assert recorded["held_by_smallest"] == pytest.approx(bottom.value, abs=0.02)

    def test_nothing_else_changes(self, setup: Setup) -> None:
        bare = trial((0, 1), SEED, UNTIL, UNTIL).setup()
        usual, more = (ensemble.run_one(each, SEED, 0) for each in (bare, setup))
        months = bare.months
        assert np.array_equal(usual.counts, more.counts[:months])
        assert np.array_equal(usual.measures, more.measures[:months, : usual.measures.shape[1]])
        assert [each.name for each in tallied()] == list(setup.measures[-len(tallied()) :])


def _runs(setup: Setup, values: np.ndarray, first_luck: int) -> Ensemble:
    """Return runs in which closing_rate alone differs, each value with its own lucks."""
    rows = np.repeat(values, LUCKS_A_DRAW)
    lucks = first_luck + np.arange(len(rows))
    given = setup._replace(design=Design(("closing_rate",), rows[:, None], lucks))
    found = [ensemble.run_one(given, SEED, replicate) for replicate in range(len(rows))]
    return Ensemble(
        watched((0, 1), SEED, UNTIL),
        np.stack([each.counts for each in found]),
        np.arange(len(rows)),
        np.stack([each.measures[decembers(setup.months)] for each in found]),
        SEED,
    )


@pytest.fixture(scope="module")
def grid() -> np.ndarray:
    prior = PARAMETERS["closing_rate"].prior
    return np.geomspace(prior.low, prior.high, GRID)


@pytest.fixture(scope="module")
def tried(setup: Setup, grid: np.ndarray) -> Ensemble:
    return _runs(setup, grid, 0)


class TestPlanted:
    """What is seen in patterns alone is found again: the rate at which small firms are given up."""

    @pytest.mark.parametrize("planted", [1, GRID - 2])
    def test_a_planted_rate_is_found_again(
        self, setup: Setup, grid: np.ndarray, tried: Ensemble, planted: int
    ) -> None:
        """Within a third of its prior, from failures with the spread that they have."""
        truth = _runs(setup, grid[planted : planted + 1], 1000)
        ages = [each for each in conditioning() if each.id.startswith("failures")]
        shown: list[Observation] = [each.at(float(each.simulated(truth).mean())) for each in ages]
        simulated = np.stack([each.simulated(tried) for each in shown], axis=1)
        weights = by_draw(log_likelihoods(shown, simulated))
        place = float(weights @ np.arange(GRID) / weights.sum())
        assert abs(place - planted) < (GRID - 1) / 3.0
        assert (place < (GRID - 1) / 2.0) == (planted < (GRID - 1) / 2.0)
