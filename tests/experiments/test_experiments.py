"""Comparison, attribution, gates, futures, search: on real replicates where short."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import ensemble
from sim.estimate import thresholds
from sim.estimate.objectives import Objective
from sim.estimate.shapley import attribute, attribute_median
from sim.experiments.attribution import PLANS, coalitions
from sim.experiments.compare import compare
from sim.experiments.costs import FORGONE, cost, spent
from sim.experiments.each_lever import each_off
from sim.experiments.effect_rows import effect_of
from sim.experiments.equal_cost import at_cost
from sim.experiments.existing import existing
from sim.experiments.goals import likelihood
from sim.experiments.objective_file import read_objective, single
from sim.experiments.packages import LEVERS, MOST, Space
from sim.experiments.search import Candidate, front, search
from sim.model.world.layout import COUNTS, DUE, MEASURES
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario
from sim.store.fill import Ensemble, Sample, load
from sim.store.store import Store
from sim.store.work import Where
from sim.studies import attribute as shapley
from sim.studies.carried import carried_out
from sim.studies.gates import GATES, opened
from sim.studies.study import Setting
from tests.studies.files import comparison_files

SAMPLE = Sample(7, 64)


def ensemble_of(scenario: Scenario, gain: float, replicates: int = 64) -> Ensemble:
    """Return replicates whose counts in 2030 are those of common luck plus a gain."""
    rng = np.random.default_rng(1)
    at_end = thresholds(0.0).strict * (1.0 + rng.normal(0.0, 0.2, (replicates, 1)) + gain)
    counts = at_end[:, None, :] * np.linspace(0.1, 1.0, 99)[None, :, None]
    measures = np.full((replicates, 9, len(MEASURES)), 5.0 + gain, dtype=np.float32)
    return Ensemble(scenario, counts, np.arange(replicates) // 2, measures, SAMPLE.seed)


def test_a_package_compared_with_itself_is_a_tie_everywhere() -> None:
    same = ensemble_of(read_scenario("as-written"), 0.0)
    found = compare(same, same)
    assert all(each.likelihood.tie and each.likelihood.value == 0.0 for each in found.counts)
    assert all(each.effect.amount.value == 0.0 for each in found.counts)
    assert all(each.effect.ratio.value == 1.0 for each in found.counts)
    assert not any(each.effect.told_apart for each in found.counts)
    assert all(area.value == 0.0 for area in found.areas)
    assert all(each.rate is None for each in found.counts)


def test_a_gain_of_a_tenth_is_found_with_its_sign_and_time() -> None:
    first = ensemble_of(read_scenario("without-yulin"), 0.0)
    second = ensemble_of(read_scenario("as-written"), 0.1)
    found = compare(first, second)
    for number, each in enumerate(found.counts):
        target = PLAN.counts[number].target
        assert each.effect.amount.value == pytest.approx(0.1 * target, rel=1e-6), each.id
        assert each.effect.pairs == (1.0, 0.0)
        assert each.likelihood.value > 0.1
        assert each.joint[0] == 0  # more of a thing never loses a target
        assert each.months is not None
        assert each.months.value < 0
        assert each.likelihood.reduction is not None
        assert each.likelihood.reduction > 1.0
    assert all(area.value == pytest.approx(0.1, abs=1e-5) for area in found.areas)
    assert found.spent[1] > found.spent[0]
    assert 0.0 < found.more.low < found.more.mean < found.more.high
    rate = found.counts[0].rate
    assert rate is not None
    gain = 100 * found.counts[0].likelihood.value
    assert rate.value == pytest.approx(gain / found.more.mean)
    assert rate.low < rate.value < rate.high


def test_no_points_per_cost_where_it_is_open_which_package_costs_more() -> None:
    """The fund's money to talents: 1 亿元 more by default prices, -44 to +51 over their draws."""
    base = read_scenario("as-written")

    def with_talents(dose: float) -> Scenario:
        settings = base.settings
        moved = {
            "guidance_fund": replace(settings["guidance_fund"], on=False),
            "global_talents": replace(settings["global_talents"], dose=dose),
        }
        return replace(base, id="moved", settings={**settings, **moved})

    none, one = (cost(with_talents(dose), DUE + 1) for dose in (0.0, 1.0))
    other = with_talents((cost(base, DUE + 1) + 0.75 - none) / (one - none))
    found = compare(ensemble_of(base, 0.0), ensemble_of(other, 0.1))
    assert abs(found.costs[1] - found.costs[0]) < 1.0
    assert found.costs[1] - found.costs[0] > 0.5
    assert not found.more.told_apart
    assert not any(each.likelihood.tie for each in found.counts)
    assert all(each.rate is None for each in found.counts)


def test_other_replicates_are_not_pairs() -> None:
    scenario = read_scenario("as-written")
    with pytest.raises(ValueError, match="same replicates"):
        compare(ensemble_of(scenario, 0.0), ensemble_of(scenario, 0.0, 32))


@pytest.mark.parametrize("key", ["seed", "draws", "as_of"])
def test_what_does_not_share_its_luck_is_not_called_paired(key: str) -> None:
    scenario = read_scenario("as-written")
    first, second = ensemble_of(scenario, 0.0), ensemble_of(scenario, 0.1)
    drawn = "posterior" if scenario.draws == "prior" else "prior"
    other = {
        "seed": second._replace(seed=8),
        "draws": second._replace(scenario=replace(scenario, draws=drawn)),
        "as_of": second._replace(scenario=replace(scenario, as_of="2024-12")),
    }
    with pytest.raises(Problem, match=key):
        compare(first, other[key])


def test_the_files_of_a_comparison_hold_every_count_and_area() -> None:
    first = ensemble_of(read_scenario("without-yulin"), 0.0)
    second = ensemble_of(read_scenario("as-written"), 0.1)
    texts = dict(comparison_files([compare(first, second)], SAMPLE))
    rows = list(csv.DictReader(io.StringIO(texts["comparison.csv"])))
    assert [row["count"] for row in rows] == [*COUNTS, "all"]
    told = json.loads(texts["comparison.json"])["joint"][0]
    assert float(rows[-1]["difference_high"]) == told["difference_high"]
    assert rows[-1]["amount"] == ""
    found = json.loads(texts["comparison.json"])["counts"]
    assert [effect_of(row) for row in found] == [
        each.effect for each in compare(first, second).counts
    ]
    assert {row["first"] for row in rows} == {"without-yulin"}
    areas = list(csv.DictReader(io.StringIO(texts["areas.csv"])))
    assert len(areas) == 3 * (len(PLAN.clusters) + len(PLAN.districts))


def test_what_exists_under_both_packages_is_matched_by_identity() -> None:
    """The same package has nothing of its own; without the colleges, colleges are missing."""
    written, without = read_scenario("as-written"), read_scenario("without-zhuji")
    same, fewer = existing([written, written, without], 2022, 2, 2)
    for row in same:
        assert (row.only_first, row.only_second) == (0.0, 0.0)
        assert row.both > 0 or row.kind != "firm"
    rows = {row.kind: row for row in fewer}
    assert rows["college"].only_first > rows["college"].only_second
    assert rows["firm"].both > 0


def test_the_coalitions_are_all_64_once() -> None:
    found = coalitions(read_scenario("as-written"))
    assert len({scenario.hash() for scenario in found}) == 64
    assert found[-1].hash() == read_scenario("as-written").hash()
    for bit, plan in enumerate(PLANS):
        without = found[63 - (1 << bit)]
        assert without.hash() == read_scenario(f"without-{plan}").hash()


@pytest.mark.usefixtures("quick")
def test_an_objective_is_shared_out_beside_its_counts(store: Store) -> None:
    wanted = read_objective("all")._replace(id="three", at_least=3)
    wanted = wanted._replace(aims=wanted.aims[:3])
    design = shapley.combined(read_scenario("as-written"), wanted)
    done = carried_out(
        shapley.STUDY, design, Setting(Sample(7, 4), Where(1), store), lambda *_: None
    )
    assert [each.id for each in done.found.owed] == [
        "objective", *(each.id for each in PLAN.counts[:3])
    ]  # fmt: skip
    assert done.found.owed[0].with_all <= min(each.with_all for each in done.found.owed[1:])


SIZES = (
    *("firms_2022", "talents_2022", "funds_2022", "output_2022", "land_capacity"),
    *("graduates", "arrivals", "moving_in", "private_inflow"),
)
FIFTH = tuple((name, 0.2) for name in SIZES)
"""Multipliers of a city of a fifth of the size, which names as many programmes."""


def test_the_shares_of_real_results_add_up_and_fit_what_is_known() -> None:
    """Two real replicates of all 64 combinations, with the same luck in each."""
    setups = [each.setup() for each in coalitions(read_scenario("as-written"))]
    small = [setup._replace(multipliers=FIFTH) for setup in setups]
    ran = [list(ensemble.run(setup, 2022, range(2), 2)) for setup in small]
    counts = np.array([[one.counts[DUE] for one in each] for each in ran])
    draws = np.arange(2)
    for number, count in enumerate(PLAN.counts):
        own = counts[:, :, number]
        found = attribute_median(own, draws, 0)
        shares = [each.value for each in found.players]
        together = float(np.median(own[63]) - np.median(own[0]))
        assert sum(shares) == pytest.approx(together, abs=1e-9 * max(1.0, own.max())), count.id
        reached = attribute(own >= thresholds(0.0).strict[number], draws)
        assert abs(reached.gap) < 1e-12
        gain = (own[63] >= count.target).mean() - (own[0] >= count.target).mean()
        assert sum(each.value for each in reached.players) == pytest.approx(gain, abs=1e-12)
        if count.id == "colleges":  # only the Foundation Plan opens colleges
            assert max(range(6), key=lambda k: shares[k]) == PLANS.index("zhuji")
            assert shares[PLANS.index("zhuji")] > 0.0


def test_tax_forgone_is_booked_and_held_against_nothing() -> None:
    """What the super-deduction is booked to cost buys no points and frees no money for others."""
    base = read_scenario("as-written")
    (forgone,) = FORGONE
    off = replace(base.settings[forgone], on=False)
    without = replace(base, settings={**base.settings, forgone: off})
    until = DUE + 1
    assert cost(without, until) < cost(base, until)
    assert spent(without, until) == spent(base, until) == cost(without, until)
    found = compare(ensemble_of(base, 0.0), ensemble_of(without, -0.1))
    assert found.counts[0].rate is None
    assert at_cost(without, spent(base, until)).settings["forums"].dose == pytest.approx(1.0)


def test_each_lever_is_left_out_once_and_may_cost_the_same() -> None:
    base = read_scenario("as-written")
    without = each_off(base)
    assert [each.id for each in without] == [f"as-written-without-{id_}" for id_ in LEVERS]
    assert without[-6].hash() == read_scenario("without-yulin").hash()
    wanted = spent(base, DUE + 1)
    for each in without:
        assert spent(each, DUE + 1) < wanted
        assert spent(at_cost(each, wanted), DUE + 1) == pytest.approx(wanted)
    assert len(each_off(read_scenario("without-yulin"))) == len(LEVERS) - 1
    with pytest.raises(Problem, match="each-lever"):
        each_off(read_scenario("business-as-usual"))
    with pytest.raises(Problem, match="equal-cost"):
        at_cost(base, 0.0)


def test_every_gate_widens_parameters_that_exist_in_every_draw() -> None:
    base = read_scenario("as-written")
    for gate in GATES:
        assert set(gate.parameters) <= set(PARAMETERS)
        wider = opened(base, gate)
        assert wider.setup().multipliers == tuple((name, 2.0) for name in sorted(gate.parameters))
        assert wider.hash() != base.hash()
        twice = opened(wider, gate)
        assert dict(twice.multipliers) == dict.fromkeys(gate.parameters, 4.0)


@pytest.mark.usefixtures("quick")
def test_a_search_stays_within_its_budget_and_judges_on_fresh_luck(store: Store) -> None:
    base = read_scenario("as-written")
    space, goals = Space(base, 0.5 * cost(base, DUE + 1)), [single("output")]
    found = search(space, goals, 6, Sample(7, 16), store, Where(2))
    assert len(found.tried) == 6
    assert all(each.package.cost <= space.budget * (1 + 1e-9) for each in found.tried)
    assert all(each.fresh for each in (*found.best, *found.front, found.base))
    assert [each.found for each in found.front] == [each.found for each in front(found.tried)]
    best = found.best[0]
    again = load(best.package.scenario, Sample(7, 32), store).since(16)
    assert best.fresh[0] == likelihood(again, goals[0])
    given = load(found.base.package.scenario, Sample(7, 32), store).since(16)
    assert best.gains[0] == compare(given, again).counts[0].likelihood
    for each in (*found.best, *found.front):
        gain = each.fresh[0].value - found.base.fresh[0].value
        assert each.gains[0].value == pytest.approx(gain)
    seen = load(best.package.scenario, Sample(7, 16), store)
    assert not (again.counts == seen.counts).any() and not np.isin(again.draws, seen.draws).any()
    repeated = search(space, goals, 6, Sample(7, 16), store, Where(2))
    assert [each.package.doses for each in repeated.tried] == [
        each.package.doses for each in found.tried
    ]


def test_the_front_is_what_nothing_cheaper_beats() -> None:
    given = Space(read_scenario("as-written"), 1e9).given()
    points = [(1.0, 0.2), (2.0, 0.1), (2.0, 0.5), (3.0, 0.5), (4.0, 0.9)]
    tried = [Candidate(given._replace(cost=c), (f,), 16) for c, f in points]
    assert [(each.package.cost, each.found[0]) for each in front(tried)] == [
        (1.0, 0.2),
        (2.0, 0.5),
        (4.0, 0.9),
    ]


@pytest.mark.usefixtures("quick")
def test_the_optimiser_finds_a_known_optimum(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """One instrument helps and all others harm, under noise: the best is to do its plan only.

    Eleven doses and eleven starts are searched. A hundred packages come two thirds of the way
    from the package given to the optimum; as many drawn at random come less far.
    """
    from sim.experiments import search as room

    def worth(doses: Mapping[str, float]) -> float:
        return doses["validation"] - sum(doses.values()) / len(doses)

    def of(scenario: Scenario) -> float:
        return worth({name: each.dose * each.on for name, each in scenario.settings.items()})

    def noisy(ensemble: Ensemble, _goal: Objective) -> NDArray[np.float64]:
        noise = 0.2 * float(np.sin(1e4 * ensemble.counts.sum()))
        return np.full(len(ensemble.draws), of(ensemble.scenario) + noise)

    def package(doses: NDArray[np.float64]) -> dict[str, float]:
        return {
            each.id: float(dose)
            for lever, dose in zip(PLAN.levers, doses, strict=True)
            for each in lever.instruments
        }

    monkeypatch.setattr(room, "score", noisy)
    base = read_scenario("as-written")
    found = search(Space(base, 1e9), [single("output")], 100, Sample(7, 16), store, Where(2))
    optimum = worth(package(MOST * np.array([lever == "kaiyuan" for lever in LEVERS])))
    drawn = np.random.default_rng(7).uniform(0.0, MOST, (100, len(LEVERS)))
    best = max(of(each.package.scenario) for each in found.tried)
    assert best > of(base) + 2 / 3 * (optimum - of(base))
    assert best > max(worth(package(doses)) for doses in drawn) + 0.2
