"""Every figure of an experiment gives its numbers as CSV, and these are those that it shows."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from sim.app.growth import Replicates
from sim.app.jobs import Done, job_of
from sim.app.package import preset
from sim.app.tables import drawings_of
from sim.experiments.compare import all_against_first
from sim.plan import PLAN
from sim.present.figure import figures_of
from sim.scenario import read_scenario
from sim.spec.stored import findings_of
from sim.spec.table import Table
from sim.store.fill import Sample
from sim.store.store import Store
from sim.studies.carried import carried_out
from sim.studies.shared.comparison import comparison_figures, rests_on
from tests.app.asked import asked_for
from tests.app.made_up import MADE_UP, store_of


def rows_of(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


STUDIES = {
    "sweep": {"file": "six-plans"},
    "attribute": {},
    "deadline": {"lever": "yulin", "count": "standards"},
}
"""What is asked of each study."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Done]:
    """Return what studies find in a store that is made up."""
    store = Store(str(tmp_path_factory.mktemp("made-up") / "store"))
    base = [preset("as-written")]
    jobs = {
        name: job_of(asked_for(name, **told), [] if name == "sweep" else base, store, 1)
        for name, told in STUDIES.items()
    }
    known = {each.hash(): each for job in jobs.values() for each in job.design.scenarios}
    store_of(store, list(known.values()), MADE_UP)
    done = {name: carried_out(*job, nobody) for name, job in jobs.items()}
    return {
        name: Done(each.findings, tuple(each.figures), tuple(each.files), each.left_out)
        for name, each in done.items()
    }


def nobody(_done: int, _wanted: int) -> None:
    """Hear of no progress."""


def test_a_sweep_says_what_the_study_says_and_its_figures_give_every_point(
    found: Mapping[str, Done],
) -> None:
    (drawing,) = found["sweep"].drawings("zh")
    assert drawing.declared is not None and drawing.figure.stem == "sweep_scatter"
    assert drawing.numbers() == dict(found["sweep"].tables)["sweep.csv"]
    rows = rows_of(drawing.numbers())
    assert len(rows) == 64 * (len(PLAN.counts) + 1)
    parts = found["sweep"].findings.parts
    read = [part for part in parts if isinstance(part, Table) and part.read]
    assert any(cell.text.zh == "全部关闭" for each in read for row in each.rows for cell in row)


def test_shares_and_deadlines_are_told(found: Mapping[str, Done]) -> None:
    rows = rows_of(found["attribute"].drawings("en")[0].numbers())
    assert len(rows) == 13 * 6
    for count in range(13):
        own = rows[6 * count : 6 * count + 6]
        without, with_all = (float(own[0][key]) for key in ("without_plans", "with_all_plans"))
        assert with_all > without
        assert sum(float(row["value"]) for row in own) == pytest.approx(with_all - without)
    (drawing,) = found["deadline"].drawings("en")
    assert drawing.numbers() == dict(found["deadline"].tables)["deadline.csv"]
    assert drawing.declared is not None and drawing.declared.name == drawing.figure.stem


def test_an_answer_is_packed_as_its_command_writes_it_and_reported(
    found: Mapping[str, Done],
) -> None:
    late = found["deadline"]
    with zipfile.ZipFile(io.BytesIO(late.as_zip("zh"))) as packed:
        names = {Path(name).name for name in packed.namelist()}
        told = packed.read("deadline/study.json").decode("utf-8")
    (stem,) = (each.name for each in late.figures)
    assert {"deadline.csv", f"{stem}.png", f"{stem}.svg", "study.json"} <= names
    assert findings_of(told).name == late.findings.name
    said = json.loads(late.as_json())
    assert (said["study"], said["replicates"], said["seed"]) == ("deadline", 16, MADE_UP)
    assert late.findings.name.zh in late.as_report("zh").decode("utf-8")


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
