"""Protects the verdicts: what is expected was fixed before, and what is found is said as it is."""

import csv
import io
import json
import math
import re

import numpy as np
import pytest

from sim import ensemble
from sim.digest import MODEL
from sim.evidence.patterns.bands import Pattern, patterns
from sim.evidence.patterns.estimate import UNKNOWN, Estimate
from sim.evidence.patterns.look import Looked, look
from sim.evidence.patterns.measures import MEASURES, TRACK_MEASURES
from sim.evidence.patterns.panel import NOT_YET, Panel
from sim.evidence.patterns.verdict import MAJORITY, judge
from sim.figures import figures
from sim.language import Text
from sim.model.world.layout import measure
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.present.tables import csv as csv_of
from sim.scenario import read_scenario
from sim.spec.table import Table
from sim.store.fill import Sample
from sim.studies.patterns import STUDY, files, parts
from sim.studies.study import basis_of
from tests.evidence.conftest import REPLICATES, SEED

HELD = ("size_hill", "size_rank", "gathered_firms", "moran", "bunching")
"""Patterns that the model is held to."""
BASE = read_scenario("as-written")
PAIRS = np.arange(40) // 2


def band(rule: str = "inside", low: float = 0.0, high: float = 1.0) -> Pattern:
    name = Text("made up", "虚构")
    return Pattern("made_up", name, name, low, high, rule, "unseen", name, "", "")


def test_every_pattern_is_measured_and_every_measure_has_a_band() -> None:
    assert [pattern.id for pattern in patterns() if not pattern.track] == list(MEASURES)
    assert [pattern.id for pattern in patterns() if pattern.track] == ["product_gene"]
    assert all(pattern.source for pattern in patterns())


def test_bands_cite_figures_that_exist() -> None:
    cited = {
        name
        for pattern in patterns()
        for name in re.findall(r"[FG]\d{3}", f"{pattern.source} {pattern.band.en}")
    }
    assert cited
    assert cited <= set(figures())


def test_what_was_used_to_set_a_prior_is_not_used_to_validate() -> None:
    """Neither a figure nor a study that a parameter cites; what was not found holds no value."""
    sources = " ".join(parameter.source for parameter in PARAMETERS.values())
    surnames = set(re.findall(r"literature: [^A-Z]*([A-Z]\w+)", sources))
    assert {"Stanley", "Chen"} <= surnames
    for pattern in patterns():
        if pattern.validates:
            text = f"{pattern.source} {pattern.band.en}"
            cited = {name for name in re.findall(r"[FG]\d{3}", text) if figures()[name].value}
            assert not {name for name in cited if name in sources}, pattern.id
            assert not {name for name in surnames if name in text}, pattern.id


def test_evidence_changes_no_number_of_the_model() -> None:
    assert "evidence" not in MODEL


@pytest.mark.parametrize(
    ("rule", "inside", "near", "far"),
    [("inside", True, False, False), ("meets", True, True, False), ("clear", True, False, False)],
)
def test_each_rule_passes_what_it_says(rule: str, inside: bool, near: bool, far: bool) -> None:
    pattern = band(rule)
    assert pattern.passed(Estimate(0.5, 0.1)) is inside
    assert pattern.passed(Estimate(1.1, 0.1)) is near
    assert pattern.passed(Estimate(1.5, 0.1)) is far
    assert pattern.passed(Estimate(0.9, 0.1)) is (rule != "clear")
    assert not pattern.passed(UNKNOWN)


@pytest.mark.parametrize(
    ("passing", "verdict"), [(40, "holds"), (0, "fails"), (20, "undecided"), (22, "undecided")]
)
def test_a_verdict_needs_more_than_luck(passing: int, verdict: str) -> None:
    values = [Estimate(0.5 if k < passing else 2.0) for k in range(40)]
    found = judge(band(), values, PAIRS)
    assert found.verdict == verdict
    assert found.pass_rate.value == passing / 40
    assert found.pass_rate.low <= passing / 40 <= found.pass_rate.high


def test_a_world_that_cannot_be_measured_does_not_pass() -> None:
    found = judge(band(), [Estimate(0.5)] * 10 + [UNKNOWN] * 30, PAIRS)
    assert (found.known, found.pass_rate.value, found.median) == (10, 0.25, 0.5)


def test_replicates_of_one_draw_count_for_less() -> None:
    alike = [Estimate(0.5 if k % 10 < 8 else 2.0) for k in range(40)]
    alone = judge(band(), alike, np.arange(40))
    shared = judge(band(), alike, PAIRS)
    assert shared.pass_rate.low < alone.pass_rate.low


@pytest.mark.parametrize("name", HELD)
def test_the_model_shows_what_it_is_held_to(looked: Looked, name: str) -> None:
    """A pattern that only half of all replicates show would pass in 2.5 % of all test seeds."""
    found = next(each for each in looked.findings if each.pattern.id == name)
    assert found.pass_rate.low > MAJORITY


def test_what_fails_is_written_as_failing(looked: Looked) -> None:
    design = STUDY.design({"file": "as-written"})
    basis = basis_of(design.name, design.scenarios, Sample(SEED, REPLICATES))
    told = [each for each in parts(looked, basis) if isinstance(each, Table)]
    texts = {f"{each.name}.csv": csv_of(each) for each in told}
    texts |= dict(files(looked, basis))
    rows = list(csv.DictReader(io.StringIO(texts["patterns.csv"])))
    failing = {each.pattern.id for each in looked.findings if each.pass_rate.high < MAJORITY}
    assert failing
    assert {row["pattern"] for row in rows if row["verdict"] == "fails"} == failing
    said = json.loads(texts["patterns.json"])
    assert {row["pattern"] for row in said["patterns"] if row["verdict"] == "fails"} == failing
    replicates = list(csv.DictReader(io.StringIO(texts["replicates.csv"])))
    assert len(replicates) == len(patterns()) * REPLICATES
    tracks = list(csv.DictReader(io.StringIO(texts["tracks.csv"])))
    assert len(tracks) == len(PLAN.tracks) * len(TRACK_MEASURES)
    for row in rows:
        passed = [
            each["passes"] == "True" for each in replicates if each["pattern"] == row["pattern"]
        ]
        assert float(row["pass_rate"]) == np.mean(passed)


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_threads(looked: Looked) -> None:
    few = look(BASE.setup(), SEED, 4, workers=1)
    for one, many in zip(few.findings, looked.findings, strict=True):
        assert repr(one.estimates) == repr(many.estimates[:4])


@pytest.fixture(scope="module")
def panel(looked: Looked) -> Panel:
    return looked.portraits[0].panel


def test_a_panel_is_what_happened(panel: Panel) -> None:
    start_ups = panel.start_ups
    assert len(start_ups.track) == panel.places.founded.sum()
    assert (start_ups.founded <= start_ups.last).all()
    assert (start_ups.last[~start_ups.died] <= panel.months - 1).all()
    sold = start_ups.product != NOT_YET
    assert (start_ups.founded <= start_ups.product)[sold].all()
    assert (start_ups.product <= start_ups.last)[sold].all()
    assert (panel.years.sales > 0.0).all()
    assert set(panel.years.year) == set(range(2023, 2031))
    keys = set(zip(panel.years.year.tolist(), panel.years.firm.tolist(), strict=True))
    assert len(keys) == len(panel.years.year)


def test_what_is_summed_from_books_agrees_with_what_the_model_records(panel: Panel) -> None:
    """Foundings, deaths and equity are measured from rows; the model's ledger counts them too."""
    run = ensemble.run_one(BASE.setup(), SEED, 0)
    founded = run.measures[:, measure("entries")].sum()
    assert panel.places.founded.sum() == founded
    money = sum(
        run.measures[1:, measure(f"{kind}_investment")].sum() for kind in ("private", "guidance")
    )
    assert panel.rounds.sum() / 1e4 == pytest.approx(money, rel=0.02)
    last = panel.years.year == 2030
    assert panel.years.sales[last].sum() / 1e4 == pytest.approx(run.counts[98, 0], rel=0.05)
    assert panel.years.sales[last].sum() / 1e4 < run.counts[98, 0]
    assert math.isfinite(panel.filings.reported.max())
    assert (panel.filings.reported >= panel.filings.real).all()
