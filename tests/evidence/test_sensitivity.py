"""Sensitivity: the same code finds known answers, and designed runs are runs like any others."""

from pathlib import Path

import numpy as np
import pytest
from SALib.sample import morris as morris_design
from SALib.sample import sobol as sobol_design
from SALib.test_functions import Ishigami
from scipy.stats import kendalltau, norm

from sim import ensemble
from sim.dependence import followers
from sim.evidence.calibration.emulator import positions
from sim.evidence.sensitivity import identify
from sim.evidence.sensitivity.analysis import Size, sensitivity
from sim.evidence.sensitivity.designed import UNCERTAIN, Runner, designed, values_at
from sim.evidence.sensitivity.identify import Identified, identified, published_spread
from sim.evidence.sensitivity.indices import analysed
from sim.evidence.sensitivity.ranking import agreement, chances, ordered, ranking, shared_ranks
from sim.evidence.sensitivity.screening import LEVELS, effects, problem
from sim.evidence.sensitivity.shares import shares
from sim.experiments.designs import unit_cube
from sim.model.world.layout import MEASURES
from sim.model.world.setup import Draws, Setup
from sim.sampling import draw_of
from sim.scenario import Scenario, read_scenario
from sim.scenario.posterior import Fit
from sim.store.store import Store
from sim.store.work import Where

SEED = 5


class TestDesigned:
    """A design sets what a draw would."""

    def test_a_row_with_a_draw_s_positions_and_luck_is_that_replicate(self) -> None:
        scenario = read_scenario("as-written")
        setup = scenario.setup()._replace(months=4, draws=None)
        run = ensemble.run_one(setup, SEED, 6)
        where = positions(SEED, np.array([draw_of(6)]))
        design = designed(scenario, where, np.array([6]), "one").design
        again = ensemble.run_one(setup._replace(design=design), SEED, 0)
        assert again.parameters == pytest.approx(run.parameters)
        assert np.array_equal(again.counts, run.counts)

    def test_designs_that_differ_are_kept_apart(self) -> None:
        scenario = read_scenario("as-written")
        where = positions(SEED, np.arange(4))
        one = designed(scenario, where, np.arange(4), "one")
        other = designed(scenario, where, np.arange(4) + 1, "one")
        assert len({one.hash(), other.hash(), scenario.hash()}) == 3
        assert len(one.design.lucks) == 16

    def test_values_lie_within_the_priors(self) -> None:
        low, high = (values_at(np.full((1, len(UNCERTAIN)), u)) for u in (0.001, 0.999))
        assert (low < high).all()


def test_morris_finds_the_slopes_of_a_plane() -> None:
    box = problem(3)
    points = morris_design.sample(box, 20, num_levels=LEVELS, seed=SEED)
    slopes = np.array([3.0, -1.0, 0.0])
    found = effects(box, points, (points @ slopes)[:, None], SEED)
    assert found.trajectories == 20
    ratio = found.mu_star[0] / found.mu_star[0, 1]
    assert ratio == pytest.approx([3.0, 1.0, 0.0], abs=1e-9)
    assert found.sigma[0] == pytest.approx(0.0, abs=1e-9)


def test_indices_of_ishigami_are_the_known_ones() -> None:
    """N = 1024; the tolerance is some four standard errors of the estimates."""
    points = sobol_design.sample(unit_cube(3), 1024, calc_second_order=False, seed=SEED)
    values = Ishigami.evaluate((2.0 * points - 1.0) * np.pi)
    found = analysed(("a", "b", "c"), 1024, values[:, None], SEED)
    assert found.first[0] == pytest.approx([0.314, 0.442, 0.0], abs=0.08)
    assert found.total[0] == pytest.approx([0.558, 0.442, 0.244], abs=0.08)


def test_an_output_that_never_varies_has_no_indices() -> None:
    found = analysed(("a", "b"), 8, np.ones((32, 1)), SEED)
    assert np.isnan(found.total).all()


def test_shares_are_those_that_a_variance_was_made_of() -> None:
    """64 packages, 400 draws, two lucks: variances 4, 9, 1 and 2; within a tenth of the whole."""
    generator = np.random.default_rng(SEED)
    levers = 2.0 * generator.standard_normal((64, 1, 1))
    parameters = 3.0 * generator.standard_normal((1, 400, 1))
    luck = generator.standard_normal((1, 400, 2))
    together = np.sqrt(2.0) * generator.standard_normal((64, 400, 1))
    found = shares(levers + parameters + luck + together)
    assert found is not None
    assert found == pytest.approx(np.array([4.0, 9.0, 1.0, 2.0]) / 16.0, abs=0.1)
    assert sum(found) == pytest.approx(1.0)
    assert shares(np.ones((4, 4, 2))) is None


def test_a_parameter_that_turns_the_ranking_round_is_named() -> None:
    generator = np.random.default_rng(SEED)
    where = generator.random((200, 2))
    turned = np.where(where[:, :1] < 0.5, 1.0, -1.0) * np.arange(1, 7) / 2.0
    found = ranking(
        turned + 0.1 * generator.standard_normal((200, 6)), where, ("turns", "idle"), generator
    )
    turns, idle = found.splits
    assert turns.reorders and turns.tau is not None and turns.tau < -0.9
    assert (turns.low, turns.high) == (5, 0)
    assert not idle.reorders and idle.p_value == 1.0
    steady = ranking(np.tile(np.arange(6.0), (50, 1)), where[:50], ("a", "b"), generator)
    assert steady.best.tolist() == steady.worst.tolist() == [6, 5, 4, 3, 2, 1]
    assert (steady.clear, steady.first) == (15, [5])
    assert all(split.tau == 1.0 and not split.reorders for split in steady.splits)


def test_plans_that_do_nothing_share_every_rank_and_nothing_reorders_them() -> None:
    """Their order in the table used to be their rank, and noise a correlation of -1."""
    generator = np.random.default_rng(SEED)
    found = ranking(np.zeros((32, 6)), generator.random((32, 1)), ("a",), generator)
    assert found.ranks == pytest.approx(1.0 / 6.0)
    assert (found.best.tolist(), found.worst.tolist()) == ([1] * 6, [6] * 6)
    assert (found.clear, found.first) == (0, [])
    assert found.splits[0].tau is None and not found.splits[0].reorders


def test_one_flip_in_sixteen_draws_is_a_tie_and_twelve_are_not() -> None:
    """By hand: z = 1 / 18 / sqrt((2 / 18 - 1 / 324) / 18) = 0.72; with twelve 5.37."""
    by_draw = np.zeros((16, 2))
    by_draw[0, 0] = 1.0
    assert chances(by_draw)[0, 1] == pytest.approx(norm.sf(0.71714), rel=1e-3)
    assert not ordered(chances(by_draw)).any()
    by_draw[:12, 0] = 1.0
    assert chances(by_draw)[0, 1] == pytest.approx(norm.sf(5.36656), rel=1e-3)
    assert ordered(chances(by_draw)).tolist() == [[0, 1], [-1, 0]]


def test_holm_asks_less_of_each_next_pair() -> None:
    """Two-sided chances 0.016, 0.024 and 0.06 against 0.05 / 3, 0.05 / 2 and 0.05."""
    chance = np.full((3, 3), 0.5)
    for (one, other), value in {(0, 1): 0.008, (0, 2): 0.012, (1, 2): 0.03}.items():
        chance[one, other], chance[other, one] = value, 1.0 - value
    assert ordered(chance).tolist() == [[0, 1, 1], [-1, 0, 0], [-1, 0, 0]]


def test_tau_b_is_kendall_s_where_orders_have_ties() -> None:
    one, other = np.array([3, 2, 2, 1]), np.array([4, 1, 2, 2])
    signs = [np.sign(each[:, None] - each) for each in (one, other)]
    assert agreement(signs[0], signs[1]) == pytest.approx(kendalltau(one, other).statistic)
    assert agreement(signs[0], 0 * signs[1]) is None


def test_ranks_are_shared_by_plans_with_equal_effects() -> None:
    shared = shared_ranks(np.array([[2.0, 5.0, 2.0]]))[0]
    assert shared.tolist() == [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0], [0.0, 0.5, 0.5]]


def test_luck_alone_puts_plans_in_order_or_turns_them_round_as_seldom_as_stated() -> None:
    """Rare flips either way, six plans alike: each at most 5 %; 23 of 200 would have 0.02 %."""
    generator = np.random.default_rng(SEED)
    false_order = turned = 0
    for _ in range(200):
        flips = generator.choice([-1.0, 0.0, 1.0], (32, 6), p=[0.15, 0.7, 0.15])
        found = ranking(flips, generator.random((32, 2)), ("a", "b"), generator)
        false_order += found.clear > 0
        turned += any(split.reorders for split in found.splits)
    assert false_order < 23 and turned < 23


def _histories(seed: int, draws: int, planted: float) -> Identified:
    """Look for parameters in made-up histories: the first shows in the first quantity, no other."""
    generator = np.random.default_rng(seed)
    where = generator.random((draws, 12))
    shown = generator.standard_normal((2 * draws, 8))
    shown[:, 0] += planted * np.repeat(where[:, 0], 2)
    return identified("2024-12", tuple("abcdefghijkl"), where, shown, generator)


def test_a_parameter_that_shows_is_found_and_inert_ones_are_not() -> None:
    """Signal variance 3, noise 1: the line explains three quarters but for the ridge's pull."""
    found = _histories(SEED, 300, 6.0)
    assert found.found == [0]
    assert found.explained[0] == pytest.approx(0.75, abs=0.06)
    assert (found.explained[1:] < 0.02).all()


def test_nothing_is_found_where_there_is_nothing_but_by_the_stated_chance() -> None:
    """Each has 5 % of listing any parameter; five or more of 20 would have 0.3 %."""
    listed = [bool(_histories(seed, 40, 0.0).found) for seed in range(20)]
    assert sum(listed) < 5


def test_what_was_published_leaves_half_the_spread_of_a_parameter_halved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Draws in the lower half of the first parameter's prior tell of those that follow it alone."""
    numbers = np.arange(4000)
    lower = tuple(numbers[positions(SEED, numbers)[:, 0] < 0.5].tolist())
    known = Fit("2024-12", 2000.0, Draws(SEED, lower))
    monkeypatch.setattr(Scenario, "fit", lambda _: known)
    spread = published_spread()
    assert spread is not None
    assert spread[0] == pytest.approx(0.5, abs=0.02)
    following = {UNCERTAIN[0]}
    for each in [*followers().values()] * 2:  # whoever follows a follower, too
        following |= {each.name} if each.follows in following else set()
    apart = [column for column, name in enumerate(UNCERTAIN) if name not in following]
    assert spread[apart] == pytest.approx(1.0, abs=0.06)
    nearest = UNCERTAIN.index("talents_2022")
    assert spread[nearest] < 0.93
    monkeypatch.setattr(Scenario, "fit", lambda _: None)
    assert published_spread() is None


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(str(tmp_path_factory.mktemp("sensitivity")))


def test_designs_go_on_from_what_the_store_holds(store: Store) -> None:
    scenario = read_scenario("as-written")
    where = positions(SEED, np.arange(16))
    first = Runner(scenario, SEED, store, Where(2)).counts(where, np.arange(16), "part")
    told: list[tuple[int, int]] = []
    again = Runner(scenario, SEED, store, Where(2), lambda *seen: told.append(seen))
    assert np.array_equal(again.counts(where, np.arange(16), "part"), first)
    assert told == [(16, 16)]


def test_the_whole_analysis_on_a_model_of_two_parameters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model is replaced by a sum of two parameters and a little luck; the rest is real.

    But for what the shipped posterior says, which takes as long as all else.
    """
    slopes = {"market_pace": 5.0, "team": 0.5}

    def fake(setup: Setup, seed: int, replicate: int, *_: object) -> ensemble.Trajectory:
        values = ensemble.draw_for(setup, seed, replicate)
        row = 1.0 + sum(by * values[name] for name, by in slopes.items())
        luck = replicate if setup.design is None else int(setup.design.lucks[replicate])
        counts = np.full((setup.months, 13), 20.0 * row + 0.1 * (luck % 7))
        counts += setup.dose[-1].sum()
        measures = np.zeros((setup.months, len(MEASURES)), np.float32)
        return ensemble.Trajectory(replicate, draw_of(replicate), counts, measures, {})

    monkeypatch.setattr(ensemble, "run_one", fake)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_: None)
    monkeypatch.setattr(identify, "published_spread", lambda: None)
    monkeypatch.setattr(identify, "PERMUTATIONS", 19)
    size = Size(2, 2, 32, 16, 64)
    found = sensitivity(read_scenario("as-written"), size, SEED, Store(str(tmp_path)), Where(1))
    assert set(found.values.factors[:2]) == set(slopes)
    assert found.values.factors[0] == "market_pace" or found.screened.share[0].max() > 0.5
    assert found.values.total[0, :2].sum() > 0.9
    assert abs(found.values.total[0, 2]) < 0.05
    assert found.identified.names[found.identified.found[0]] == "market_pace"
    assert found.rankings[-1].ranks.sum(axis=0) == pytest.approx(1.0)
