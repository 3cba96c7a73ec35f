"""Every figure of an experiment gives its numbers as CSV, and these are those that it shows."""

import csv
import io

import pytest

from sim.app.charts import FONT
from sim.app.growth import Replicates
from sim.app.jobs import DOTS, deadline_job, shapley_job, sweep_job
from sim.app.scatter import Spot, front, scatter, told
from sim.app.tables import drawings_of
from sim.estimate.records import Interval
from sim.experiments.compare import all_against_first
from sim.language import Language
from sim.plan import PLAN
from sim.present.figure import figures_of
from sim.scenario import read_scenario
from sim.store.fill import Sample
from sim.store.store import Store
from sim.store.work import Where
from sim.studies.shared.comparison import comparison_figures, rests_on
from tests.app.made_up import store_of

SAMPLE = Sample(2022, 16)
WORDS = {"cost": "cost", "front": "front"}


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


@pytest.mark.parametrize(("language", "none"), [("en", "none of them"), ("zh", "全部关闭")])
def test_a_sweep_tells_every_point_by_name(store: Store, language: Language, none: str) -> None:
    found = sweep_job("six-plans").run(SAMPLE, store, Where(1), nobody)(language)
    (drawing,) = found.drawings
    assert drawing.figure.stem == DOTS
    rows = rows_of(drawing.numbers())
    assert len(rows) == len(found.spots) * (len(PLAN.counts) + 1) == 64 * 14
    assert rows[0]["name"] == found.spots[0].name == none
    for spot, row in zip(found.spots, rows[::14], strict=True):
        told_of = [float(row[key]) for key in ("public_cost", "likelihood", "low", "high")]
        first = spot.found[0]
        assert told_of == [spot.cost, first.value, first.low, first.high]
    (base,) = (number for number, row in enumerate(rows[::14]) if row["is_base"] == "True")
    for row in rows[14 * base : 14 * base + 14]:
        assert row["difference"] == "0.0"
    for row in rows:
        change = float(row["likelihood"]) - float(rows[14 * base]["likelihood"])
        if row["count"] == rows[0]["count"]:
            assert float(row["difference"]) == pytest.approx(change)
    best = {int(row["point"]) for row in rows[::14] if row["on_front"] == "True"}
    assert best == set(front(found.spots, 0))
    assert 1 < len(best) < 64


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


def test_dots_are_named_numbered_along_the_front_and_joined() -> None:
    costs, levels = (300.0, 100.0, 200.0), (0.5, 0.2, 0.1)
    spots = [
        Spot(f"spot {cost:.0f}", cost, [Interval(level, level - 0.1, level + 0.1)] * 14)
        for cost, level in zip(costs, levels, strict=True)
    ]
    option = scatter(spots, 0, 2, WORDS, dark=False)
    intervals, line, dots = (series["data"] for series in option["series"])
    assert line == [[100.0, 20.0], [300.0, 50.0]]
    assert intervals[0] == pytest.approx([300.0, 40.0, 60.0])
    assert [dot["name"] for dot in dots] == [told(spot, 0) for spot in spots]
    assert told(spots[0], 0) == "spot 300 · 50% (40–60%) · 300 亿元"
    assert [dot["label"]["formatter"] for dot in dots] == ["2", "1", ""]
    assert [dot["label"]["show"] for dot in dots] == [True, True, False]
    # Words drawn by the browser need the font with Chinese; they do not take it from around them.
    assert option["tooltip"]["textStyle"]["fontFamily"] == FONT
    sizes = [dot["symbolSize"] for dot in dots]
    assert sizes[2] > sizes[0] == sizes[1]
