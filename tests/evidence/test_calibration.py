"""Calibration: weights are right, truths are found where they are known, and nothing runs twice."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from sim.dependence import places
from sim.evidence.calibration.calibrate import Calibration, Plan, Proposal, Wave, calibrate, weighed
from sim.evidence.calibration.diagnostics import at_best, learnt, noise, predicted
from sim.evidence.calibration.emulator import UNCERTAIN, emulator, positions
from sim.evidence.calibration.files import Report, documents, use_from_now_on
from sim.evidence.calibration.forms import factor_of, forms
from sim.evidence.calibration.observations import Observation, known, observations
from sim.evidence.calibration.synthetic import synthetic
from sim.evidence.calibration.weights import (
    by_draw,
    effective,
    quantile,
    resampled,
    weighed_by,
)
from sim.figures import figures
from sim.language import Text
from sim.ledger import ledger
from sim.model.world.layout import COUNTS
from sim.problems import Problem
from sim.sampling import LUCKS_A_DRAW
from sim.scenario import drawn_from, read_scenario
from sim.scenario.posterior import fit
from sim.scenario.variants import known as variants
from sim.store.store import Store
from sim.store.work import Where

SEED = 11
DRAWS = 3000
PLANTED, INERT = "market_pace", "team"


def seen(value: float, spread: float) -> Observation:
    return Observation(
        "made_up", 2024, None, COUNTS[0], "", value, value, spread, (), Text("", ""), ""
    )


@cache
def toy(truth: float, spread: float) -> Calibration:
    """Return a calibration of a toy: what is observed is a parameter's position, plus luck.

    Args:
        truth: what was observed.
        spread: of the observation.
    """
    generator = np.random.default_rng(SEED)
    numbers = np.arange(DRAWS)
    where = positions(SEED, numbers)
    column = UNCERTAIN.index(PLANTED)
    found = np.repeat(where[:, column], LUCKS_A_DRAW)
    found = found + 0.1 * generator.standard_normal(len(found))
    first = Wave(numbers[: DRAWS // 2], found[:DRAWS, None])
    second = Wave(numbers[DRAWS // 2 :], found[DRAWS:, None])
    observations_ = (seen(truth, spread),)
    guide = emulator(observations_, positions(SEED, first.numbers), first.simulated[::2])
    # The second wave is drawn from the prior, too: an emulator that rules nothing out.
    flat = guide._replace(residuals=np.array([1e9]))
    return weighed("2024-12", observations_, SEED, (first, second), [Proposal(flat, 1.0, 1.0)])


class TestKernel:
    """An observation is flat within its range and normal outside."""

    def test_by_hand(self) -> None:
        one = Observation("x", 2024, None, "firms", "", 1.0, 2.0, 0.5, (), Text("", ""), "")
        values = np.array([0.0, 1.0, 1.7, 2.0, 3.0])
        assert one.distance(values).tolist() == [1.0, 0.0, 0.0, 0.0, 1.0]
        assert one.log_likelihood(values).tolist() == [-2.0, 0.0, 0.0, 0.0, -2.0]

    def test_every_observation_cites_figures_and_says_why(self) -> None:
        for observation in observations():
            assert (observation.figures or observation.patterns) and observation.why
            assert set(observation.figures) <= {*figures(), *ledger()}
            assert observation.spread > 0.0 and observation.low <= observation.high

    def test_only_what_was_known_is_used(self) -> None:
        assert {each.year for each in known("2023-12")} == {2023}
        assert known("2022-12") == ()


class TestWeights:
    """Importance weights undo the proposal."""

    def test_a_draw_s_likelihood_is_the_mean_over_its_lucks(self) -> None:
        found = by_draw(np.log([1.0, 0.5, 0.25, 0.25]))
        assert found == pytest.approx([0.75, 0.25])

    def test_a_proposal_changes_precision_and_not_the_answer(self) -> None:
        """The posterior mean of a known target, from prior draws alone and with a proposal.

        20,000 draws each; the standard errors are near 0.001, the tolerance is six of them.
        """
        generator = np.random.default_rng(SEED)

        def target(u: np.ndarray) -> np.ndarray:
            return np.exp(-0.5 * ((u - 0.9) / 0.05) ** 2)

        grid = (np.arange(100_000) + 0.5) / 100_000
        truth = float(grid @ target(grid) / target(grid).sum())
        prior = generator.random(20_000)
        proposal = np.where(generator.random(20_000) < 0.1, prior, generator.beta(20, 3, 20_000))
        from scipy.stats import beta

        pooled = np.concatenate([generator.random(20_000), proposal])
        density = 0.1 + 0.9 * beta(20, 3).pdf(pooled)
        alone = weighed_by(target(prior), np.ones(20_000))
        both = weighed_by(target(pooled), 0.5 + 0.5 * density)
        assert float(alone @ prior) == pytest.approx(truth, abs=0.006)
        assert float(both @ pooled) == pytest.approx(truth, abs=0.006)
        assert effective(both) / 2 > effective(alone)

    def test_resampling_picks_each_as_often_as_it_weighs(self) -> None:
        weights = np.array([0.5, 0.0, 0.3, 0.2])
        tallies = np.bincount(resampled(weights, 101, 0.3), minlength=4)
        assert (np.abs(tallies - 101 * weights) < 1.0).all()

    def test_effective_sample_size_and_quantiles_by_hand(self) -> None:
        assert effective(np.full(8, 1 / 8)) == pytest.approx(8.0)
        values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.1, 0.6, 0.3])
        assert quantile(values, weights, [0.05, 0.5, 0.65, 0.95]).tolist() == [1, 1, 2, 3]

    def test_a_proposal_is_a_density_that_keeps_a_part_of_the_prior(self) -> None:
        guide = toy(0.9, 0.05).proposals[0].guide._replace(residuals=np.array([0.05]))
        where = positions(SEED, np.arange(DRAWS))
        likelihood = np.exp(guide.log_likelihood(where))
        density = Proposal(guide, float(likelihood.mean()), 1.0).density(where)
        assert float(density.mean()) == pytest.approx(1.0)
        assert 0.1 <= float(density.min()) < 0.11

    def test_what_is_far_from_one_observation_is_ruled_out(self) -> None:
        guide = toy(0.9, 0.05).proposals[0].guide._replace(residuals=np.array([0.0]))
        where = np.full((2, len(UNCERTAIN)), 0.5)
        where[:, UNCERTAIN.index(PLANTED)] = 0.9, 0.3
        near, far = guide.implausibility(where)
        assert near < 3.0 < far


def test_positions_are_those_that_parameters_are_drawn_at() -> None:
    numbers = np.array([0, 7, 2**31 + 5])
    found = positions(SEED, numbers)
    for row, number in enumerate(numbers.tolist()):
        for name in (UNCERTAIN[0], PLANTED, UNCERTAIN[-1]):
            assert found[row, UNCERTAIN.index(name)] == places(SEED, number, (name,))[0]


class TestDiagnostics:
    """On a toy whose answer is known."""

    def test_the_planted_parameter_is_found_and_others_are_not(self) -> None:
        found = toy(0.9, 0.1)
        rows = {row.name: row for row in learnt(found)}
        assert next(iter(rows)) == PLANTED
        assert rows[PLANTED].shift > 1.0 and rows[PLANTED].narrowing > 0.3
        # By its definition, fewer than one false alarm in twenty such tests.
        assert sum(abs(row.shift) > noise(found) for row in rows.values()) <= 2

    def test_truths_are_covered_and_recovered(self) -> None:
        """Ranks are uniform unless calibration is wrong; the threshold errs once in a thousand."""
        check = synthetic(toy(0.5, 0.1), (PLANTED, INERT))
        assert {check[source].p_value > 0.001 for source in ("prior", "posterior")} == {True}
        assert abs(check["prior"].covered - 0.8) < 0.03
        assert check["prior"].truths == 500 and check["posterior"].truths > 200
        assert check["prior"].recovery[PLANTED] > 0.8
        assert abs(check["prior"].recovery[INERT]) < 0.2

    def test_no_spread_narrows_further_than_what_the_quantities_say(self) -> None:
        """One quantity is the parameter with an eighth of its spread as luck; one is luck alone."""
        generator = np.random.default_rng(SEED)
        where = generator.random((4000, 2))
        near = where[:, 0] + np.sqrt(1 / 12) / 8 * generator.standard_normal(4000)
        quantities = np.stack([near, generator.standard_normal(4000)], axis=1)
        narrowing = at_best(where, quantities)
        assert narrowing[0] == pytest.approx(1.0 - 1.0 / np.sqrt(65.0), abs=0.01)
        assert narrowing[1] == pytest.approx(0.0, abs=0.005)
        assert at_best(where[:3], quantities[:3]).tolist() == [0.0, 0.0]

    def test_an_observation_far_from_what_the_others_allow_is_a_conflict(self) -> None:
        near, far = toy(0.5, 0.1), toy(2.0, 0.1)
        assert not predicted(near)[0].conflict
        assert predicted(far)[0].conflict


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return Plan(64, Store(str(tmp_path_factory.mktemp("calibration"))), Where(2))


@pytest.fixture(scope="module")
def found(plan: Plan) -> Calibration:
    return calibrate("2024-12", plan)


class TestWhole:
    """A small calibration of the model itself."""

    def test_it_goes_on_from_what_the_store_holds(self, plan: Plan, found: Calibration) -> None:
        told: list[tuple[int, int]] = []
        again = calibrate("2024-12", plan._replace(watch=lambda *seen: told.append(seen)))
        assert all(done == wanted for done, wanted in told)
        assert np.array_equal(again.weights, found.weights)

    def test_an_earlier_date_uses_fewer_observations(self, found: Calibration) -> None:
        earlier = found.given("2023-12")
        assert {each.year for each in earlier.seen if not each.patterns} == {2023}
        assert {each for each in found.seen if each.patterns} <= set(earlier.seen)
        assert earlier.weights.sum() == pytest.approx(1.0)
        assert not np.array_equal(earlier.weights, found.weights)

    def test_runs_draw_from_what_is_written_and_the_prior_can_be_had(
        self, found: Calibration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "scenarios").mkdir()
        (tmp_path / "scenarios" / "posterior.json").write_text("{}")
        monkeypatch.chdir(tmp_path)
        with pytest.raises(Problem, match="sim calibrate --use"):
            fit(None)
        report = Report(found, truths=8)
        assert documents(report)[0][0] == "posterior.json"
        use_from_now_on(report)
        fitted = fit(None)
        assert fitted is not None and fitted.until == "2024-12"
        assert set(fitted.draws.numbers) <= set(found.numbers.tolist())
        early = fit("2024-11")
        assert early is not None and early.until == "2023-12"
        assert fit("2023-11") is None
        asked = drawn_from(read_scenario("as-written"), "posterior")
        assert asked.setup().draws == fitted.draws
        said = json.loads(dict(documents(report))["calibration.json"])
        assert 1.0 <= said["effective_sample_size"] <= len(found.numbers)

    def test_forms_are_compared_on_the_same_draws(
        self, plan: Plan, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of one subject, since each form is compiled anew: its weights sum to one."""
        one = {"spillovers": variants()["spillovers"]}
        monkeypatch.setattr("sim.evidence.calibration.forms.variants", lambda: one)
        rows = forms("2023-12", 8, plan)
        for subject in {row.subject for row in rows}:
            own = [row for row in rows if row.subject == subject]
            assert sum(row.weight for row in own) == pytest.approx(1.0)
            assert sum(row.factor == row.low == row.high == 1.0 for row in own) == 1
        assert all(row.low <= row.factor <= row.high for row in rows)


def test_a_bayes_factor_whose_value_is_known() -> None:
    """Two normals an observation lies in and off: the ratio of their densities there.

    Each draw's likelihood is that of the observation given its value; 20,000 draws of each.
    """
    generator = np.random.default_rng(SEED)
    near, far = (
        np.exp(-0.5 * ((generator.normal(mean, 1.0, 20_000) - 0.5) / 0.5) ** 2)
        for mean in (0.0, 2.0)
    )
    wanted = norm(2.0, np.hypot(1.0, 0.5)).pdf(0.5) / norm(0.0, np.hypot(1.0, 0.5)).pdf(0.5)
    factor, low, high = factor_of(near, far, generator)
    assert factor == pytest.approx(wanted, rel=0.05)  # five standard errors
    assert low < wanted < high and high - low < 0.1
