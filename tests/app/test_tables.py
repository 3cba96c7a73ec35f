"""Every figure of an experiment gives its numbers as CSV, and these are those that it shows."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from sim.app.growth import Engine
from sim.app.jobs import Done, job_of
from sim.app.package import Package, preset
from sim.app.pooled import STEPS, ask, design
from sim.app.works import Work
from sim.model.world.layout import BREAKDOWN
from sim.plan import PLAN
from sim.spec.marks import Map
from sim.spec.stored import findings_of
from sim.spec.table import Table
from sim.store.fill import Sample
from sim.store.store import Store
from sim.store.work import Where
from sim.studies import registry
from sim.studies.carried import carried_out
from sim.studies.study import Setting
from tests.app.asked import asked_for
from tests.app.conftest import wait_for
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
    (drawing,) = found["sweep"].drawings
    assert drawing.figure.name == "sweep_scatter"
    assert drawing.numbers() == dict(found["sweep"].tables)["sweep.csv"]
    rows = rows_of(drawing.numbers())
    assert len(rows) == 64 * (len(PLAN.counts) + 1)
    parts = found["sweep"].findings.parts
    read = [part for part in parts if isinstance(part, Table) and part.read]
    assert any(cell.text.zh == "全部关闭" for each in read for row in each.rows for cell in row)


def test_shares_and_deadlines_are_told(found: Mapping[str, Done]) -> None:
    rows = rows_of(found["attribute"].drawings[0].numbers())
    assert len(rows) == 13 * 6
    for count in range(13):
        own = rows[6 * count : 6 * count + 6]
        without, with_all = (float(own[0][key]) for key in ("without_plans", "with_all_plans"))
        assert with_all > without
        assert sum(float(row["value"]) for row in own) == pytest.approx(with_all - without)
    (drawing,) = found["deadline"].drawings
    assert drawing.numbers() == dict(found["deadline"].tables)["deadline.csv"]


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


def test_a_pool_of_replicates_gives_what_the_command_tells(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And maps come with the numbers of places."""
    now, without = preset("as-written"), preset("without-yulin")
    asked: Mapping[str, tuple[Package, ...]] = {"compare": (now, without), "gates": (without,)}
    for name in asked:
        monkeypatch.setitem(STEPS, name, (4, 8))

    async def answered(engine: Engine, name: str) -> Done:
        work = Work(name, asked[name], None)
        await ask(engine, name, asked[name], work)
        assert (work.number, work.wanted) == (work.wanted, work.wanted)
        found: Done = work.found
        return found

    async def both() -> list[Done]:
        engine = Engine(2)
        done = [await answered(engine, name) for name in asked]
        engine.close()
        return done

    here = Setting(Sample(now.scenario.seed, 8), Where(2), Store(str(tmp_path / "store")))
    told = wait_for(both())
    for done, (name, packages) in zip(told, asked.items(), strict=True):
        looked_at = design(name, packages)
        looked_at = looked_at._replace(options={**looked_at.options, "matched": 0})
        known = carried_out(registry.study(name), looked_at, here, nobody)
        assert known.findings == done.findings
        assert tuple(known.files) == done.texts
    maps = [each for each in told[0].drawings if isinstance(each.figure.mark, Map)]
    assert [{row["quantity"] for row in rows_of(each.numbers())} for each in maps] == [
        set(BREAKDOWN) for _ in BREAKDOWN
    ]
