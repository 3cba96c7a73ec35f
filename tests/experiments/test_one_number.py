"""One question has one number: whichever study tells it, of the same replicates."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import ensemble
from sim.digest import model_hash
from sim.ensemble import Trajectory
from sim.estimate.adjusted import FEWEST
from sim.experiments import baseline
from sim.experiments.baseline import document, parse
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.setup import Setup
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.present.tables import csv_files_of
from sim.sampling import draw_of
from sim.scenario import read_scenario
from sim.spec.findings import Sentence
from sim.spec.table import Table
from sim.store.fill import Sample, fill, load
from sim.store.store import Store
from sim.store.work import Where
from sim.studies import registry
from sim.studies.carried import Done, carried_out
from sim.studies.study import Setting

KNOWN = Sample(7, 4 * FEWEST)
SAMPLE = KNOWN._replace(replicates=FEWEST)
COUNT = next(each for each in PLAN.counts if each.about)
AT = PLAN.counts.index(COUNT)
TARGETS = np.array([count.target for count in PLAN.counts], dtype=np.float64)
READINGS = ("strict", "左右")


def near_targets(setup: Setup, seed: int, replicate: int, *_: object) -> Trajectory:
    """Return a trajectory that may or may not reach targets: by luck, doses and multipliers."""
    luck = np.random.default_rng([seed, replicate]).normal(size=len(COUNTS))
    dose, twice = float(setup.dose.sum() * setup.reach.mean()), len(setup.multipliers)
    own = np.random.default_rng([seed, replicate, round(dose), twice]).normal(size=len(COUNTS))
    end = TARGETS * (0.3 + 0.2 * luck + 0.05 * own + 0.01 * twice + dose / 8000.0)
    counts = np.linspace(0.0, 1.0, setup.months)[:, None] * np.maximum(end, 0.0)
    measures = np.zeros((setup.months, len(MEASURES)), dtype=np.float32)
    drawn = {name: each.default for name, each in PARAMETERS.items()}
    return Trajectory(replicate, draw_of(replicate), counts, measures, drawn)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store under a stored baseline of a few hundred replicates."""
    store = Store(str(tmp_path_factory.mktemp("store")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ensemble, "run_one", near_targets)
        patch.setattr(ensemble, "warm_up", lambda *_: None)
        packages = [read_scenario(name) for name in ("as-written", "business-as-usual")]
        fill(packages, KNOWN, store, Where(1))
        kept = parse(document([load(each, KNOWN, store) for each in packages]))
        patch.setattr(baseline, "shipped", lambda: kept)
        yield store


def carry_out(
    name: str, store: Store, asked: Mapping[str, Any], folder: Path | None = None
) -> Done:
    study = registry.study(name)
    options = {each.name: each.default for each in study.options} | dict(asked)
    setting = Setting(SAMPLE, Where(1), store, folder=folder)
    return carried_out(study, study.design(options), setting, lambda *_: None)


def said(done: Done) -> str:
    """Return what a study says in sentences."""
    return " ".join(part.text.en for part in done.findings.parts if isinstance(part, Sentence))


def files(done: Done) -> list[str]:
    """Return the names of a study's tables that are in files."""
    return [each.name for each in done.findings.parts if isinstance(each, Table) and each.name]


def rows(done: Done, table: str, **wanted: str) -> list[Mapping[str, str]]:
    """Return the lines of a file in which some columns say this."""
    text = dict(csv_files_of(done.findings.parts))[f"{table}.csv"]
    lines = csv.DictReader(io.StringIO(text))
    return [line for line in lines if all(line[key] == word for key, word in wanted.items())]


def wanted(folder: Path, reading: str) -> str:
    """Write an objective of one count, and return its file."""
    file = folder / "wanted.toml"
    file.write_text(f'threshold = "{reading}"\n[counts]\n{COUNT.id} = {{}}\n', encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("reading", READINGS)
def test_a_likelihood_is_the_same_in_every_study(
    found: Store, tmp_path: Path, reading: str
) -> None:
    aim, strict = wanted(tmp_path, reading), reading == "strict"
    rank = {"objective": aim, "levers": "yulin", "way": "down"}
    (tmp_path / "run").mkdir()
    alone = {"file": "as-written", "objective": aim}
    asked = [run := carry_out("run", found, alone, tmp_path / "run")]
    summary = run.found.result.summary.counts[AT]
    told = {
        "run": (summary.likelihood if strict else summary.about).value,
        "run objective": run.found.reached.packages[0].achieved.likelihood.value,
    }
    pair = {"files": ["as-written", "without-yulin"], "matched": 0, "objective": aim}
    asked.append(done := carry_out("compare", found, pair))
    (line,) = rows(done, "comparison", count=COUNT.id)
    told["compare"] = line["likelihood_first" if strict else "about_first"]
    told["compare objective"] = rows(done, "objective", package="as-written")[0]["likelihood"]
    asked.append(done := carry_out("sweep", found, {"file": "one-lever-off", "objective": aim}))
    (line,) = rows(done, "sweep", count=COUNT.id, base="True")
    told["sweep"] = line["likelihood" if strict else "about"]
    told["sweep objective"] = rows(done, "objective")[0]["likelihood"]
    asked.append(done := carry_out("gates", found, {"objective": aim}))
    told["gates"] = rows(done, "gates", count=COUNT.id)[0]["likelihood"]
    asked.append(done := carry_out("rank", found, rank))
    told["rank"] = rows(done, "rank")[0]["likelihood_first"]
    asked.append(done := carry_out("deadline", found, {"lever": "yulin", "objective": aim}))
    told["deadline"] = rows(done, "deadline")[0]["likelihood"]
    if strict:
        asked.append(done := carry_out("attribute", found, {"objective": aim}))
        told["attribute"] = rows(done, "attribution", count=COUNT.id)[0]["with_all_plans"]
    asked.append(done := carry_out("watch", found, {"objective": aim}))
    told["watch"] = 1.0 - done.found.watches[0].miss.value
    assert all("adjusted by a stored baseline" in said(each) for each in asked)
    for name, lines in ((name, rows(each, name)) for each in asked for name in files(each)):
        assert {line["baseline_replicates"] for line in lines} <= {str(KNOWN.replicates)}, name
        assert {line["model"] for line in lines} <= {model_hash()[:12]}, name
        assert {line["seed"] for line in lines} <= {str(SAMPLE.seed)}, name
    every = {name: float(value) for name, value in told.items()}
    assert every == pytest.approx(dict.fromkeys(every, every["run"]), abs=1e-6)
    assert 0.05 < every["run"] < 0.95


@pytest.mark.parametrize("reading", READINGS)
def test_so_is_what_a_change_does_to_it(found: Store, tmp_path: Path, reading: str) -> None:
    """With its interval, and with what a point costs."""
    aim, names = wanted(tmp_path, reading), ("difference", "difference_low", "difference_high")
    pair = {"files": ["as-written", "without-yulin"], "matched": 0, "objective": aim}
    rank = {"objective": aim, "levers": "yulin", "way": "down"}
    compared = carry_out("compare", found, pair)
    (line,) = rows(compared, "comparison", count=COUNT.id)
    about = ("about_difference", "about_low", "about_high")
    told = {"compare": [line[name] for name in (names if reading == "strict" else about)]}
    line = rows(compared, "objective", package="without-yulin")[0]
    told["compare objective"] = [line[name] for name in names]
    swept = carry_out("sweep", found, {"file": "one-lever-off", "objective": aim})
    point = next(each["point"] for each in rows(swept, "points", **{"yulin.on": "False"}))
    if reading == "strict":
        (line,) = rows(swept, "sweep", count=COUNT.id, point=point)
        told["sweep"] = [line[name] for name in names]
    told["sweep objective"] = [
        line[name]
        for line in rows(swept, "objective_levels", factor="yulin.on", value="off")
        for name in names
    ]
    ranked = carry_out("rank", found, rank)
    told["rank"] = [rows(ranked, "rank")[0][name] for name in names]
    every = {name: [float(each) for each in own] for name, own in told.items()}
    assert every == {key: pytest.approx(every["compare"], abs=1e-6) for key in every}
    assert every["compare"][0] < 0.0
    if reading == "strict":
        rate = rows(compared, "comparison", count=COUNT.id)[0]["points_per_cost"]
        assert rate == rows(ranked, "rank")[0]["points_per_cost"]


@pytest.mark.parametrize("name", ["facts", "search"])
def test_so_is_what_facts_say_and_what_a_search_runs_anew(
    found: Store, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A search judges on replicates that it never saw, which are further ones of the baseline."""
    options: dict[str, dict[str, Any]] = {
        "facts": {"file": "as-written"},
        "search": {"count": COUNT.id, "trials": 3, "budget": 2000.0},
    }
    asked = options[name]
    done = carry_out(name, found, asked)
    assert "adjusted by a stored baseline" in said(done)
    monkeypatch.setattr(baseline, "shipped", lambda: None)
    plain = carry_out(name, found, asked)
    assert "no stored baseline" in said(plain)
    table = {"facts": "facts", "search": "finalists"}[name]
    ends = [
        [float(line["high"]) - float(line["low"]) for line in rows(each, table)][-1]
        for each in (done, plain)
    ]
    assert 0.0 < ends[0] < ends[1]


def test_definitions_are_adjusted_too(found: Store) -> None:
    done = carry_out("definitions", found, {})
    assert "adjusted by a stored baseline" in said(done)
    line = rows(done, "definitions", count=COUNT.id)[0]
    base = carry_out("gates", found, {})
    told = rows(base, "gates", count=COUNT.id)[0]["likelihood"]
    assert float(line["likelihood"]) == pytest.approx(float(told), abs=1e-9)
