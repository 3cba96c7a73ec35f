"""Protects the search: its front, what it gives up, what stays as it was, and how all is told."""

import csv
import io
from collections.abc import Sequence

import numpy as np
import pytest

from sim import ensemble
from sim.ensemble import Trajectory
from sim.estimate import Interval
from sim.estimate.groups import Floats
from sim.estimate.objectives import Objective
from sim.estimate.paired import Difference
from sim.estimate.robust import Robust, across, robust
from sim.experiments import search as room
from sim.experiments.objective_file import single
from sim.experiments.packages import LEVERS, MOST, Space
from sim.experiments.ranking import other_forms
from sim.experiments.search import Candidate, Searched, search, undominated
from sim.language import Language
from sim.model.world.layout import COUNTS
from sim.model.world.setup import Setup
from sim.plan import PLAN
from sim.present.browser import option
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.sampling import draw_of
from sim.scenario import read_scenario
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.marks import Dots, Panels
from sim.store.fill import Ensemble, Sample
from sim.store.store import Store
from sim.store.work import Where
from sim.studies.carried import carried_out
from sim.studies.search import STUDY, Found, design, parts
from sim.studies.shared.searched_figure import figure
from sim.studies.study import Setting
from sim.views.themes import LIGHT
from tests.experiments.conftest import quick, store
from tests.views.made_up import BASIS
from tests.views.reading import check, said, sheet

__all__ = ["quick", "store"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
BASE = read_scenario("as-written")
GOALS = (single("output"), single("products"))
SPACE = Space(BASE, 500.0)
ASKED = {
    "count": None, "budget": None, "trials": 4, "scenario": "as-written", "objective": None,
    "since": None, "as_of": None, "variants": 0,
}  # fmt: skip


def tried(number: int, goals: int = 1, replicates: int = 64) -> Candidate:
    """Return a candidate: the greater its number, the dearer and likelier, but in a second goal."""
    doses = tuple(0.1 * number + 0.01 * lever for lever in range(len(LEVERS)))
    package = SPACE.given()._replace(doses=doses, cost=10.0 * number)
    found = (0.04 * number, 0.8 - 0.03 * number)[:goals]
    fresh = tuple(Interval(each - 0.02, each - 0.1, each + 0.04) for each in found)
    gains = tuple(Difference(each - 0.3, each - 0.35, each - 0.25) for each in found)
    return Candidate(package, found, replicates, fresh, gains, Robust(0.02, 0.05, 0.9))


def searched(goals: int = 1) -> Searched:
    """Return a search of twenty packages, five of them given up early."""
    every = tuple(tried(number, goals, 16 if number < 5 else 64) for number in range(20))
    best = tuple(tried(number, goals) for number in (19, 18, 17, 16))
    return Searched(GOALS[:goals], SPACE, every, best, every[8:], tried(12, goals))


def told(goals: int = 1) -> list[Part]:
    """Return what the study says of it."""
    found = Found(searched(goals), None, ("", ""))
    return list(parts(found, BASIS._replace(scenarios=[BASE])))


@pytest.mark.parametrize("goals", [1, 2])
def test_finalists_begin_with_the_package_given_and_files_hold_every_goal(goals: int) -> None:
    first, second, *others = told(goals)
    assert isinstance(first, Sentence) and isinstance(second, Sentence)
    assert "20 packages tried, 5 of them given up early" in first.text.en
    assert ("#1, #2" in second.text.en) == (goals == 1)  # of two goals #1 has lost one
    texts = dict(csv_files_of(others))
    rows = list(csv.DictReader(io.StringIO(texts["finalists.csv"])))
    name = "gain" if goals == 1 else "gain_products"
    assert [row[name] == "" for row in rows] == [True, False, False, False, False]
    assert [row["rank"] for row in rows] == ["0", "1", "2", "3", "4"]
    assert float(rows[1][f"{LEVERS[1]}.dose"]) == pytest.approx(1.91)
    assert float(rows[1]["near"]) == 0.9
    every = list(csv.DictReader(io.StringIO(texts["search.csv"])))
    assert [row["replicates"] for row in every].count("16") == 5
    assert [row["package"] for row in every] == [str(each) for each in range(20)]
    assert len(texts["front.csv"].splitlines()) == 1 + 12


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("goals", [1, 2])
def test_nothing_is_clipped_or_covered(language: Language, goals: int) -> None:
    declared = figure(searched(goals), BASIS, BASIS.name)
    drawn = sheet(declared, language)
    check(drawn)
    assert isinstance(declared.mark, Panels)
    dots = [each for each in declared.mark.panels[0].layers if isinstance(each, Dots)]
    assert [len(each.across) for each in dots] == [5, 15, 16, 1]
    assert option(declared, language, LIGHT)["xAxis"][0]["name"]
    assert ("#1 74%" in said(drawn)) == (goals == 1)


def test_of_points_on_and_off_a_known_front_the_front_is_kept() -> None:
    """One goal is x - p, the other 1 - x² - p; without the waste p none of them is beaten."""
    at = np.linspace(0.0, 1.0, 11)
    best = [(float(x), float(1.0 - x * x)) for x in at]
    worse = [(x - p, y - p) for x, y in best for p in (0.02, 0.3)]
    every = [tried(0)._replace(found=each) for each in (*worse, *best)]
    assert [each.found for each in undominated(every)] == best[::-1]


def test_regret_is_what_a_package_lacks_of_the_best_in_each_draw() -> None:
    """One is best in three draws of four and far behind in one; the other is never far behind."""
    bold, safe = np.array([1.0, 1.0, 1.0, 0.0]), np.array([0.96, 0.96, 0.96, 0.96])
    one, other = robust([bold, safe])
    assert (one.regret, one.near) == pytest.approx((0.24, 0.75))
    assert (other.regret, other.regret_90, other.near) == pytest.approx((0.03, 0.04, 1.0))
    assert one.regret_90 > 0.5


def test_over_forms_the_worst_regret_counts_and_each_form_weighs_the_same() -> None:
    """The bold one is best in the first form and far behind in the second; the given is between."""
    given, bold, safe = (np.full(4, value) for value in (0.5, 0.9, 0.88))
    fallen, better = np.full(2, 0.3), np.full(2, 0.6)
    told_given, told_bold, told_safe = across(
        [[given, bold, safe], [np.full(2, 0.5), fallen, better]]
    )
    assert told_bold == pytest.approx((0.3, 0.5, 1, 2))
    assert told_safe == pytest.approx((0.02, 1.0, 2, 2))
    assert told_given == pytest.approx((0.4, 0.0, 0, 2))


def spilt(setup: Setup, seed: int, replicate: int, *_: object) -> Trajectory:
    """Return a trajectory of which output rises with all doses, but without spillovers falls."""
    luck = np.random.default_rng([seed, replicate]).normal(0.0, 0.01)
    sign = -1.0 if ("spillovers", "none") in setup.variants else 1.0
    level = 0.5 + luck + sign * 0.2 * float(setup.dose[-1].mean())
    counts = np.zeros((setup.months, len(COUNTS)))
    for number, count in enumerate(PLAN.counts):
        counts[:, number] = count.target * level
    measures = np.zeros((setup.months, len(setup.measures)), np.float32)
    return Trajectory(replicate, draw_of(replicate), counts, measures, {})


def test_what_was_found_is_looked_at_under_every_form(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ensemble, "run_one", spilt)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_: None)
    looked_at = design({**ASKED, "count": "output", "budget": 1000.0, "variants": 16})
    here = Setting(Sample(7, 16), Where(1), store)
    done = carried_out(STUDY, looked_at, here, lambda *_: None)
    searched_ = done.found.searched
    forms = 1 + len(other_forms(BASE))
    best = searched_.best[0].across
    assert best is not None and best.forms == forms
    assert searched_.best[0].fresh[0].value >= searched_.base.fresh[0].value
    every = [each for each in (searched_.base, *searched_.best)]
    least = min(each.across.worst for each in every if each.across)
    (sentence,) = (
        part.text.en
        for part in done.findings.parts
        if isinstance(part, Sentence) and "has the least regret" in part.text.en
    )
    assert f"the {forms} forms" in sentence and f"{100 * least:.1f} points" in sentence
    texts = dict(csv_files_of(done.findings.parts))
    rows = list(csv.DictReader(io.StringIO(texts["finalists.csv"])))
    for row, each in zip(rows, every, strict=True):
        assert each.across is not None
        assert float(row["regret_worst"]) == pytest.approx(each.across.worst)
        more = each.package.scenario.setup().dose[-1].mean() - BASE.setup().dose[-1].mean()
        assert each.across.holds == (forms - 1 if more > 0.0 else int(more < 0.0))


def test_what_was_done_before_a_month_stays_and_budgets_count_it() -> None:
    since = "2026-06"
    space = Space(BASE, 400.0, since)
    month = space.first
    package = space.package((2.0,) * len(LEVERS), (since,) * len(LEVERS))
    before, after = BASE.setup().dose, package.scenario.setup().dose
    np.testing.assert_array_equal(after[:month], before[:month])
    assert (after[month:] != before[month:]).any()
    assert package.cost == pytest.approx(400.0)
    assert 0.0 < space.bound < 400.0
    with pytest.raises(Problem, match="--budget"):
        design({**ASKED, "since": since, "budget": 1.0})


def test_goals_are_read_together_and_each_once() -> None:
    assert [each.id for each in design(ASKED).options["goals"]] == ["all"]
    asked = {**ASKED, "count": "output, products", "objective": "all"}
    assert [each.id for each in design(asked).options["goals"]] == ["output", "products", "all"]
    with pytest.raises(Problem, match="COUNT"):
        design({**ASKED, "count": "output,output"})
    with pytest.raises(Problem, match="--since"):
        design({**ASKED, "since": "soon"})


def worth(scenario_doses: Sequence[float]) -> tuple[float, float]:
    """Return two goals of which one falls as the other rises, less what is done in vain."""
    first, *others = (dose / MOST for dose in scenario_doses)
    waste = float(np.mean(others))
    return first - waste, 1.0 - first * first - waste


def doses_of(ensemble: Ensemble) -> list[float]:
    """Return the dose of each lever."""
    settings = ensemble.scenario.settings
    own = [settings[lever.instruments[0].id] for lever in PLAN.levers]
    return [each.dose * each.on for each in own]


def planted(ensemble: Ensemble, goal: Objective) -> Floats:
    """Return what the search climbs, without any luck."""
    value = worth(doses_of(ensemble))[goal.id == "products"]
    return np.full(len(ensemble.draws), value)


@pytest.mark.usefixtures("quick")
def test_several_goals_come_near_a_front_known_in_closed_form(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packages of the same number drawn at random waste far more all along the front."""
    monkeypatch.setattr(room, "score", planted)
    found = search(SPACE._replace(budget=1e9), GOALS, 160, Sample(7, 16), store, Where(1))
    drawn = np.random.default_rng(7).uniform(0.0, MOST, (160, len(LEVERS)))

    def short(points: Sequence[tuple[float, float]]) -> float:
        """Return how far the best of them falls short of the front, on average along it."""
        values = np.array(points)
        at = np.linspace(0.1, 0.9, 9)
        best = np.stack([at, 1.0 - at * at], axis=1)
        gaps = (best[:, None, :] - values[None]).max(axis=2)
        return float(gaps.min(axis=1).mean())

    ours = short([worth(each.package.doses) for each in found.tried])
    assert ours < 0.75 * short([worth(each) for each in drawn])


@pytest.mark.usefixtures("quick")
def test_what_is_clearly_worse_is_given_up_after_one_block(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "score", planted)
    found = search(SPACE._replace(budget=200.0), GOALS[:1], 12, Sample(7, 32), store, Where(1))
    early = [each for each in found.tried if each.replicates == 16]
    assert early and {each.replicates for each in found.tried} == {16, 32}
    assert all(each.replicates == 32 for each in (*found.best, *found.front))
    for each in early:  # some package that costs no more was better
        value = worth(each.package.doses)[0]
        assert any(
            other.package.cost <= each.package.cost and worth(other.package.doses)[0] > value
            for other in found.tried
        )


def test_figures_have_no_part_of_what_they_rest_on_missing() -> None:
    (declared,) = (each for each in told() if isinstance(each, Figure))
    text = said(sheet(declared))
    for part in ("N = 256", "conditional on the model", "flatters"):
        assert part in text
