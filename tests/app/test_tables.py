"""Every figure of an experiment gives its numbers as CSV, and these are those that it shows."""

import csv
import io

import pytest

from sim.app.growth import Replicates
from sim.app.jobs import deadline_job, shapley_job, sweep_job
from sim.app.tables import drawings_of
from sim.experiments.compare import all_against_first
from sim.plan import PLAN
from sim.present.figure import figures_of
from sim.scenario import read_scenario
from sim.spec.table import Table
from sim.store.fill import Sample
from sim.store.store import Store
from sim.store.work import Where
from sim.studies.shared.comparison import comparison_figures, rests_on
from tests.app.made_up import store_of

SAMPLE = Sample(2022, 16)


def rows_of(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store with all that the jobs of these tests need."""
    found = Store(str(tmp_path_factory.mktemp("made-up") / "store"))
    base = read_scenario("as-written")
    jobs = (sweep_job("six-plans"), shapley_job(base), deadline_job(base, "yulin", "standards"))
    known = {scenario.hash(): scenario for job in jobs for scenario in job.scenarios}
    store_of(found, list(known.values()), SAMPLE.seed)
    return found


def nobody(_done: int, _wanted: int) -> None:
    """Hear of no progress."""


def test_a_sweep_says_what_the_study_says_and_its_figures_give_every_point(store: Store) -> None:
    found = sweep_job("six-plans").run(SAMPLE, store, Where(1), nobody)("zh")
    (drawing,) = found.drawings
    assert drawing.declared is not None and drawing.figure.stem == "sweep_scatter"
    assert drawing.numbers() == dict(found.texts)["sweep.csv"]
    rows = rows_of(drawing.numbers())
    assert len(rows) == 64 * (len(PLAN.counts) + 1)
    read = [part for part in found.parts if isinstance(part, Table) and part.read]
    assert any(cell.text.zh == "全部关闭" for each in read for row in each.rows for cell in row)


def test_shares_and_deadlines_are_told(store: Store) -> None:
    base = read_scenario("as-written")
    found = shapley_job(base).run(SAMPLE, store, Where(1), nobody)("en")
    rows = rows_of(found.drawings[0].numbers())
    assert len(rows) == 13 * 6
    for count in range(13):
        own = rows[6 * count : 6 * count + 6]
        without, with_all = (float(own[0][key]) for key in ("without_plans", "with_all_plans"))
        assert with_all > without
        assert sum(float(row["value"]) for row in own) == pytest.approx(with_all - without)
    found = deadline_job(base, "yulin", "standards").run(SAMPLE, store, Where(1), nobody)("en")
    (drawing,) = found.drawings
    assert drawing.numbers() == dict(found.texts)["deadline.csv"]
    assert drawing.declared is not None and drawing.declared.name == drawing.figure.stem


def test_differences_and_maps_are_told(as_written: Replicates, without_yulin: Replicates) -> None:
    pairs = range(8)
    ensembles = [
        replicates.ensemble(read_scenario(name), pairs)
        for name, replicates in (("as-written", as_written), ("without-yulin", without_yulin))
    ]
    found = all_against_first(ensembles)
    declared = comparison_figures(found, rests_on(found, Sample(2022, 8)))
    shown = ("differences", "effects_", "difference_map_")
    figures = [each for each in figures_of(declared, "en") if each.stem.startswith(shown)]
    drawings = drawings_of(figures, found)
    first, effects, *maps = (rows_of(drawing.numbers()) for drawing in drawings)
    assert [row["count"] for row in first] == [*(count.id for count in PLAN.counts), "all"]
    assert [float(row["difference"]) for row in first[:13]] == [
        each.likelihood.value for each in found[0].counts
    ]
    assert [float(row["amount"]) for row in effects] == [
        each.effect.amount.value for each in found[0].counts
    ]
    assert len(maps) == 3
    for drawing, rows in zip(drawings[2:], maps, strict=True):
        quantity = drawing.figure.stem.split("_")[2]
        assert {row["quantity"] for row in rows} == {quantity}
        assert [row["district"] for row in rows] == [each.id for each in PLAN.districts]
        known = {area.area: area.value for area in found[0].areas if area.quantity == quantity}
        assert all(float(row["difference"]) == known[row["district"]] for row in rows)
