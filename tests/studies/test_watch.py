"""Protects early warnings: the planted figure is found, told alike everywhere, and noise is not."""

import csv
import io
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.calendar import DECEMBER, month_index
from sim.estimate.objectives import Objective
from sim.experiments.baseline import MISSING
from sim.experiments.objective_file import read_objective, whole_plan
from sim.language import Language
from sim.model.world.layout import DUE, MEASURES, measure
from sim.plan import PLAN
from sim.present.browser import option
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.sampling import draw_of
from sim.scenario import read_scenario
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.marks import Rows
from sim.store.fill import Ensemble
from sim.studies.shared.watched import (
    UNMEASURABLE,
    Found,
    Lines,
    Target,
    lines,
    look,
    targets,
    watched,
)
from sim.studies.shared.watched_figure import figure
from sim.studies.watch import STUDY, design, known_by, parts
from sim.views.themes import LIGHT
from tests.views.made_up import BASIS
from tests.views.reading import check, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")
BASE = read_scenario("as-written")
MONTH = "2026-12"
AT = month_index(MONTH)
PLANTED = "pay"
REPLICATES = 256


def planted(size: float = 3.0) -> Ensemble:
    """Return replicates that miss all or no targets; half-way only one measure says which.

    Half of the parameter draws miss. Counts rise at any pace until the month and then to what they
    come to; the planted measure is lower by so many standard deviations where they are missed.
    """
    rng = np.random.default_rng(7)
    draws = np.array([draw_of(each) for each in range(REPLICATES)])
    missed = (rng.random(REPLICATES) < 0.5)[draws]
    ends = np.array([count.target for count in PLAN.counts]) * np.where(missed, 0.5, 1.5)[:, None]
    counts = rng.uniform(0.2, 0.8, (REPLICATES, DUE + 1, len(PLAN.counts))) * ends.max(axis=0)
    counts[:, DUE], counts[:, 0] = ends, 0.0
    measures = rng.normal(size=(REPLICATES, 9, len(MEASURES))).astype(np.float32)
    measures[:, (AT - DECEMBER) // 12, measure(PLANTED)] -= size * missed
    return Ensemble(BASE, counts, draws, measures, 7)


def found(ensemble: Ensemble, objective: Objective | None = None) -> Found:
    """Return what foretells the misses of some replicates."""
    wanted, whole = objective or whole_plan(), objective is not None
    figures, values = watched(ensemble, AT)
    each = zip(
        targets(ensemble, wanted, None, whole=whole),
        lines(ensemble, wanted, AT, whole=whole),
        strict=True,
    )
    watches = [look(target, line, values, ensemble.draws, MONTH) for target, line in each]
    return Found(objective, figures, watches, ("", ""), MISSING)


@cache
def of_planted() -> Found:
    return found(planted(), read_objective("industry"))


def told(of: Found) -> list[Part]:
    """Return what the study says."""
    return list(parts(of, BASIS._replace(scenarios=[BASE])))


def test_the_planted_figure_foretells_every_miss_and_counts_do_not() -> None:
    of = of_planted()
    assert of.objective is not None
    assert [each.id for each in of.watches] == [
        "objective", *(aim.count.id for aim in of.objective.aims)
    ]  # fmt: skip
    for each in of.watches:
        assert each.best is not None and each.line is not None and each.gain is not None
        assert of.figures[each.best.rule.column].id == PLANTED and not each.best.rule.above
        assert each.clear and each.best.agreed and each.gain.low > 0.0
        # Shifted by three standard deviations: half-way between both means 7 % are on either side.
        assert 0.88 < each.best.rates.sensitivity.value < 0.97
        assert 0.88 < each.best.rates.specificity.value < 0.97
        clear = [own.id for own, worth in zip(of.figures, each.told, strict=True) if worth.clear]
        assert clear == [PLANTED]
        narrowed = each.told[each.best.rule.column].over_parameters
        assert narrowed is not None and narrowed.now == (0.0, 1.0) and narrowed.by.low > 0.0


def test_a_figure_is_had_or_has_to_be_measured() -> None:
    seen = {each.id: each.seen for each in of_planted().figures}
    assert (seen["pilot_zones"], seen["hightech_enterprises"]) == ("published", "wider")
    assert (seen["output"], seen["public_cost"]) == ("unpublished", "records")
    assert not UNMEASURABLE & set(seen)


def test_the_line_rises_from_the_first_month_to_the_target() -> None:
    ensemble = planted()
    wanted = whole_plan()
    on_line = np.array([aim.target * AT / aim.month for aim in wanted.aims])
    ensemble.counts[:, AT] = on_line + 1e-6
    ensemble.counts[0, AT] -= 1e-3
    (entire, *each) = lines(ensemble, wanted, AT, whole=True)
    assert all(own.behind[0] and not own.behind[1:].any() for own in each)
    assert entire.behind[0] and not entire.behind[1:].any()


def test_what_is_told_is_the_same_in_sentences_table_file_and_figure() -> None:
    of = of_planted()
    first, second, third, fourth, *others = told(of)
    texts = [part.text.en for part in (first, second, third, fourth) if isinstance(part, Sentence)]
    assert texts[0].startswith(f"Known by {MONTH}, a figure foretells the miss of 4 of 4 targets")
    assert "cost of a talent against October 2022 below" in texts[0]
    assert "clearly better for 4 targets and clearly worse for 0; for 0" in texts[1]
    assert texts[2].startswith("Of what would have to be measured first, these figures surely")
    assert texts[3].startswith("The middle 80 % over parameters of the likelihood would surely")
    files = dict(csv_files_of(others))
    assert set(files) == {"warnings.csv", "information.csv"}
    rows = list(csv.DictReader(io.StringIO(files["warnings.csv"])))
    assert len(rows) == len(of.watches) * (2 + len(of.figures))
    best = [row for row in rows if row["alarm"] == "best"]
    for row, each in zip(best, of.watches, strict=True):
        assert each.best is not None
        assert (row["count"], row["figure"], row["side"]) == (each.id, PLANTED, "below")
        assert float(row["threshold"]) == each.best.rule.threshold
        assert float(row["missed_alarms"]) == pytest.approx(1.0 - float(row["sensitivity"]))
        assert float(row["false_alarms"]) == pytest.approx(1.0 - float(row["specificity"]))
        assert (row["clear"], row["halves_agree"], row["seen"]) == ("True", "True", "unpublished")
    assert {row["figure"] for row in rows if row["alarm"] == "line"} == {""}
    worth = list(csv.DictReader(io.StringIO(files["information.csv"])))
    assert len(worth) == len(of.watches) * len(of.figures)
    assert {row["figure"] for row in worth if row["clear"] == "True"} == {PLANTED}
    assert set(worth[0]) >= {"variance", "now_p10", "known_p90", "narrower", "narrower_clear"}
    declared = next(part for part in others if isinstance(part, Figure))
    assert isinstance(declared.mark, Rows)
    (row_, *_) = declared.mark.rows
    assert of.watches[0].best is not None
    assert row_.intervals[0].value == pytest.approx(100 * of.watches[0].best.rates.skill.value)
    text = said(sheet(declared))
    for part in ("best foretells", "no part in choosing", "N = 256", MONTH):
        assert part in text


def test_noise_foretells_nothing_and_that_is_said() -> None:
    of = found(planted(0.0), read_objective("industry"))
    assert not any(each.clear for each in of.watches)
    first, _, third, fourth, *_ = told(of)
    assert isinstance(first, Sentence) and first.text.en.startswith("No figure known by")
    assert isinstance(third, Sentence) and "no figure surely takes" in third.text.en
    assert isinstance(fourth, Sentence) and "cannot be told of any figure" in fourth.text.en


def test_with_too_few_misses_that_is_said_and_nothing_is_drawn() -> None:
    never = Target("output", PLAN.counts[0].name, np.zeros(REPLICATES, dtype=bool), None)
    line = Lines(np.zeros(REPLICATES, dtype=bool), np.zeros(REPLICATES))
    figures, values = watched(planted(), AT)
    own = look(never, line, values, planted().draws, MONTH)
    assert own.best is None and own.line is None and own.told == ()
    first, second, *others = told(Found(None, figures, [own], ("", ""), MISSING))
    assert isinstance(first, Sentence) and "more replicates" in first.text.en
    assert isinstance(second, Sentence) and "too few misses" in second.text.en
    assert isinstance(others[0], Sentence) and "takes 16 misses" in others[0].text.en
    assert not [each for each in others if isinstance(each, Figure)]
    assert len(dict(csv_files_of(others))["warnings.csv"].splitlines()) == 3 + len(figures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped_or_covered(language: Language) -> None:
    """The longest names there are: every target, with alarms of one figure after another."""
    of = of_planted()
    (first, *_) = of.watches
    assert first.best is not None
    longest = max(range(len(of.figures)), key=lambda at: len(of.figures[at].name.in_(language)))
    rule = first.best.rule._replace(column=longest)
    watches = [
        first._replace(id=count.id, name=count.name, month=month,
                       best=first.best._replace(rule=rule))
        for month in ("2025-12", MONTH) for count in PLAN.counts
    ]  # fmt: skip
    declared = figure(of._replace(watches=watches), BASIS)
    check(sheet(declared, language))
    assert option(declared, language, LIGHT)["series"]


def asked(**more: Any) -> dict[str, Any]:
    return {each.name: each.default for each in STUDY.options} | more


def test_the_month_is_half_way_by_default_or_as_asked() -> None:
    assert design(asked()).options["months"] == [AT]
    assert known_by("2027-12, 2025-06,2027-12", 2, 97) == [32, 62]
    early = design(asked(objective="output-4000-by-2028"))
    assert early.options["months"] == [month_index("2025-12")]
    assert design(asked(as_of="2025-06", month="2025-12")).stem.endswith("as-of-2025-06")


@pytest.mark.parametrize(
    "wrong",
    [
        {"month": "soon"},
        {"month": "2026-13"},
        {"month": "2022-11"},
        {"month": "2030-12"},
        {"month": "2026-12,"},
        {"month": "2025-06", "as_of": "2025-06"},
        {"month": "2028-12", "objective": "output-4000-by-2028"},
    ],
)
def test_a_month_is_one_before_targets_are_due_that_is_not_known_yet(wrong: dict[str, str]) -> None:
    with pytest.raises(Problem, match="--month"):
        design(asked(**wrong))
